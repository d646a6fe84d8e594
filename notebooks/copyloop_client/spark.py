"""A Spark session that reads the bucket, by Spark Connect."""

import atexit
import os
import secrets
import socket
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from copyloop_client.connection import Connection

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

REMOTE_VARIABLE = "SPARK_REMOTE"
"""Names a Spark Connect server that can read the bucket, such as sc://spark.example:15002."""

# It says so of pandas 3 whenever a session is made; rows come without pandas.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)

_JOBS = Path(__file__).parents[2] / "spark-jobs" / "target"
_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
_START_SECONDS = 120


def session(connection: Connection) -> "SparkSession":
    """A session of the server that ``SPARK_REMOTE`` names, else of one on this machine.

    The latter runs the Spark of the jobs of this checkout, answers this process alone and ends
    with it.

    Raises:
        LookupError: neither is there.
        RuntimeError: Spark did not start.
    """
    from pyspark.sql.connect.session import SparkSession

    remote = os.environ.get(REMOTE_VARIABLE) or _start(connection)
    return SparkSession.builder.remote(remote).getOrCreate()


def _start(connection: Connection) -> str:
    """Starts a server; returns its address once it answers."""
    servers = sorted((_JOBS / "connect").glob("spark-connect_*.jar"))
    if not servers:
        raise LookupError(
            f"Cannot find Spark: {_JOBS / 'connect'} is not built. Run ./copyloop build, or name "
            f"a Spark Connect server with {REMOTE_VARIABLE}"
        )
    port, token = _free_port(), secrets.token_urlsafe(24)
    settings = {**_settings(connection), "spark.connect.grpc.binding.port": str(port)}
    options = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    log = Path(tempfile.mkdtemp(prefix="copyloop-spark-"), "server.log")
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 (our own)
            [_JOBS / "bin" / "spark-submit", *options, "--class", _SERVER, servers[-1]],
            env={**os.environ, **_keys(connection), "SPARK_CONNECT_AUTHENTICATE_TOKEN": token},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    atexit.register(process.terminate)
    _await_answer(port, process, log)
    return f"sc://localhost:{port}/;token={token}"


def _settings(connection: Connection) -> dict[str, str]:
    settings = {
        "spark.master": "local[*]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.hadoop.fs.s3a.endpoint.region": connection.region,
    }
    if connection.endpoint:
        settings["spark.hadoop.fs.s3a.endpoint"] = connection.endpoint
        settings["spark.hadoop.fs.s3a.path.style.access"] = "true"
    return settings


def _keys(connection: Connection) -> dict[str, str]:
    """By the environment: everybody on the machine can read a command line."""
    keys = {
        "AWS_ACCESS_KEY_ID": connection.access_key,
        "AWS_SECRET_ACCESS_KEY": connection.secret_key,
        "AWS_SESSION_TOKEN": connection.session_token,
    }
    return {name: value for name, value in keys.items() if value is not None}


def _await_answer(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise RuntimeError(f"Cannot start Spark, see {log}") from error
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
