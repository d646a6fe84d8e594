"""The lake's tables, as they were published together."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
from duckdb_extensions import import_extension
from pyarrow.fs import FileSelector, FileType

from copyloop_client.connection import Connection

_SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Publication:
    """A published state: the versions of the tables that belong together and passed the audits.

    Attributes:
        number: counts the states, from 1.
        published_at: when readers saw it first.
        run_id: the run that published it.
        settings_sha256: names the settings it was computed by.
        versions: the Delta version of each table.
    """

    number: int
    published_at: datetime
    run_id: str
    settings_sha256: str
    versions: dict[str, int]

    @staticmethod
    def of(content: dict[str, Any]) -> "Publication":
        """Reads the document of a state.

        Raises:
            ValueError: another release wrote it, in a form that this one does not know.
        """
        if content["schema_version"] != _SCHEMA_VERSION:
            raise ValueError(
                f"Cannot read a published state of schema version {content['schema_version']}: "
                f"this release reads {_SCHEMA_VERSION}"
            )
        return Publication(
            number=content["number"],
            published_at=datetime.fromisoformat(content["published_at"]),
            run_id=content["run_id"],
            settings_sha256=content["settings_sha256"],
            versions={name: table["version"] for name, table in content["tables"].items()},
        )


@dataclass(frozen=True)
class Lake:
    """The tables of a bucket. Needs keys that may read all of it, not an export alone."""

    connection: Connection

    def published(self) -> Publication:
        """The state that was published last.

        Raises:
            LookupError: no run has published yet.
        """
        folder = f"{self.connection.bucket}/_published"
        selector = FileSelector(folder, allow_not_found=True)
        files = self.connection.filesystem().get_file_info(selector)
        names = sorted(file.base_name for file in files if file.type == FileType.File)
        if not names:
            raise LookupError(f"Cannot find a published state below {folder}: no night ran yet")
        return Publication.of(self._json(f"_published/{names[-1]}"))

    def open(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB with one view per table, each at the version that was published last."""
        database = self.connection.duckdb()
        import_extension("delta", con=database)
        for table, version in self.published().versions.items():
            address = f"s3://{self.connection.bucket}/lake/{table}"
            database.execute(
                f"CREATE VIEW {table} AS FROM delta_scan('{address}', version = {version})"
            )
        return database

    def settings(self) -> dict[str, Any]:
        """The settings that the last published state was computed by."""
        return self._json(f"settings/{self.published().settings_sha256}.json")

    def _json(self, key: str) -> dict[str, Any]:
        path = f"{self.connection.bucket}/{key}"
        with self.connection.filesystem().open_input_stream(path) as stream:
            content: dict[str, Any] = json.loads(stream.readall())
        return content
