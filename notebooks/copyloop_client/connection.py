"""Where the exports lie and with which keys they are read."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
from duckdb_extensions import import_extension
from pyarrow.fs import S3FileSystem

LOCAL_SETTINGS = Path(".copyloop", "local.env")
HOME_VARIABLE = "COPYLOOP_HOME"


@dataclass(frozen=True)
class Connection:
    """A bucket of an S3 API, with keys that may read it. The secret shows in no print-out."""

    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)
    region: str = "us-east-1"
    endpoint: str | None = None
    """The address of an S3 API that is not AWS's, such as http://127.0.0.1:9000."""

    @staticmethod
    def find(folder: Path | None = None) -> "Connection":
        """The connection that the environment names, else the local stack's.

        Looks for ``.copyloop/local.env``, which ``./copyloop up`` writes, in the folder (default:
        the current one) and those above it; where ``COPYLOOP_HOME`` is set, only there. A variable
        of the environment wins over the file.

        Raises:
            LookupError: what is needed is in neither.
        """
        return Connection.of({**_local_settings(folder or Path.cwd()), **os.environ})

    @staticmethod
    def of(settings: Mapping[str, str]) -> "Connection":
        """The connection by its variables, ``COPYLOOP_BUCKET`` and so on."""
        needed = ("COPYLOOP_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        missing = [name for name in needed if not settings.get(name)]
        if missing:
            raise LookupError(
                f"Cannot find the exports: {', '.join(missing)} not set. Start the local stack "
                f"with ./copyloop up, which writes {LOCAL_SETTINGS}, or set them in the environment"
            )
        return Connection(
            bucket=settings["COPYLOOP_BUCKET"],
            access_key=settings["AWS_ACCESS_KEY_ID"],
            secret_key=settings["AWS_SECRET_ACCESS_KEY"],
            session_token=settings.get("AWS_SESSION_TOKEN") or None,
            region=settings.get("AWS_REGION") or "us-east-1",
            endpoint=settings.get("COPYLOOP_S3_ENDPOINT") or None,
        )

    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """An in-memory DuckDB that reads ``s3://`` addresses; needs no network but the bucket's."""
        database = duckdb.connect(config={"autoinstall_known_extensions": "false"})
        import_extension("httpfs", con=database)
        secret = {
            "KEY_ID": self.access_key,
            "SECRET": self.secret_key,
            "SESSION_TOKEN": self.session_token,
            "REGION": self.region,
            "SCOPE": f"s3://{self.bucket}",
            **self._duckdb_endpoint(),
        }
        given = {name: value for name, value in secret.items() if value is not None}
        options = ", ".join(f"{name} {_sql_text(value)}" for name, value in given.items())
        database.execute(f"CREATE SECRET copyloop (TYPE s3, {options})")
        return database

    def storage_options(self) -> dict[str, str]:
        """What Polars and Delta readers take as ``storage_options``."""
        options = {
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": self.secret_key,
            "aws_session_token": self.session_token,
            "aws_region": self.region,
            "aws_endpoint_url": self.endpoint,
            "aws_allow_http": "true" if self._plain_http() else None,
        }
        return {name: value for name, value in options.items() if value is not None}

    def filesystem(self) -> S3FileSystem:
        """What pandas and PyArrow take as ``filesystem``; its paths start with the bucket."""
        return S3FileSystem(
            access_key=self.access_key,
            secret_key=self.secret_key,
            session_token=self.session_token,
            region=self.region,
            endpoint_override=self.endpoint,
        )

    def _plain_http(self) -> bool:
        return self.endpoint is not None and urlsplit(self.endpoint).scheme == "http"

    def _duckdb_endpoint(self) -> dict[str, str]:
        if self.endpoint is None:
            return {}
        return {
            "ENDPOINT": urlsplit(self.endpoint).netloc,
            "URL_STYLE": "path",
            "USE_SSL": "false" if self._plain_http() else "true",
        }


def _local_settings(folder: Path) -> dict[str, str]:
    home = os.environ.get(HOME_VARIABLE)
    above = (folder.resolve(), *folder.resolve().parents)
    candidates = (
        [Path(home, LOCAL_SETTINGS.name)] if home else [at / LOCAL_SETTINGS for at in above]
    )
    for file in candidates:
        if file.is_file():
            words = shlex.split(file.read_text(encoding="utf-8"), comments=True)
            return dict(word.split("=", 1) for word in words if "=" in word)
    return {}


def _sql_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
