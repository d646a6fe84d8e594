"""The project's embedded S3 server for Python tests: a real one, with a bucket per caller."""

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MODULE = Path(__file__).parents[2] / "quickstart" / "embedded" / "target"
_MAIN = "dev.copyloop.embedded.storage.StorageMain"
_READY = "ready "


@contextmanager
def embedded_storage(folder: Path) -> Iterator[dict[str, str]]:
    """Runs a server on a folder; yields the variables by which clients find it, without a bucket.

    The server dies with this process, however that ends: it watches its standard input.
    """
    if not (_MODULE / "storage-lib").is_dir():
        raise FileNotFoundError(
            f"Cannot start the S3 server: {_MODULE} is not built; run "
            "mvn -q -pl quickstart/embedded -am -DskipTests package"
        )
    access_key, secret_key = uuid.uuid4().hex, uuid.uuid4().hex
    process = subprocess.Popen(
        [
            _java(),
            "-Xmx256m",
            "-Dlogback.configurationFile=storage-logback.xml",
            "-cp",
            f"{_MODULE / 'classes'}{os.pathsep}{_MODULE / 'storage-lib'}{os.sep}*",
            _MAIN,
        ],
        env={
            "PATH": os.environ["PATH"],
            "COPYLOOP_STORAGE_FOLDER": str(folder),
            "COPYLOOP_STORAGE_PORT": "0",
            "COPYLOOP_STORAGE_ACCESS_KEY": access_key,
            "COPYLOOP_STORAGE_SECRET_KEY": secret_key,
            "COPYLOOP_STORAGE_LIFETIME": "PARENT",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line.startswith(_READY), f"The S3 server did not start, it said {line!r}"
            yield {
                "COPYLOOP_S3_ENDPOINT": line.removeprefix(_READY),
                "AWS_ACCESS_KEY_ID": access_key,
                "AWS_SECRET_ACCESS_KEY": secret_key,
                "AWS_REGION": "us-east-1",
            }
        finally:
            process.terminate()


def new_bucket_name() -> str:
    """A bucket name that no other test uses."""
    return f"test-{uuid.uuid4()}"


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    if java is None:
        raise FileNotFoundError("Cannot start the S3 server: no java on PATH; set JAVA_HOME")
    return str(java)
