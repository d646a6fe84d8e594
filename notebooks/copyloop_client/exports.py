"""The exports of one org, by dataset and range."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import duckdb
import pandas
from pyarrow.fs import FileSelector, FileType

from copyloop_client.connection import Connection

Dataset = Literal["generations", "daily_metrics", "daily_custom_metrics", "copies"]

_GLOBS: dict[Dataset, str] = {
    "generations": "*/*/*/*/*.parquet",
    "daily_metrics": "*/*/*/*.parquet",
    "daily_custom_metrics": "*/*/*/*.parquet",
    "copies": "*.parquet",
}


@dataclass(frozen=True)
class Exports:
    """What one org's exports hold; whole partitions only, as they were last written."""

    connection: Connection
    org: str

    @property
    def prefix(self) -> str:
        """The bucket and the folder of the exports, without a scheme."""
        return f"{self.connection.bucket}/exports/{self.org}"

    def glob(self, dataset: Dataset) -> str:
        """The address of every file of a dataset, as DuckDB and Polars take it."""
        return f"s3://{self.prefix}/{dataset}/{_GLOBS[dataset]}"

    def folder(self, dataset: Dataset) -> str:
        """The folder of a dataset, as pandas and PyArrow take it beside a ``filesystem``."""
        return f"{self.prefix}/{dataset}"

    def manifest(
        self, dataset: Dataset, partition: date | datetime | None = None
    ) -> dict[str, Any]:
        """The manifest of a day, of a UTC hour (a datetime), or of a dataset without partitions."""
        path = f"{self.folder(dataset)}/{_partition(partition)}_manifest.json"
        with self.connection.filesystem().open_input_stream(path) as stream:
            content: dict[str, Any] = json.loads(stream.readall())
        return content

    def open(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB with one view per dataset that has files, by the dataset's name."""
        database = self.connection.duckdb()
        for dataset in _GLOBS:
            if self._has_files(dataset):
                files = f"read_parquet('{self.glob(dataset)}', union_by_name = true)"
                database.execute(f"CREATE VIEW {dataset} AS FROM {files}")
        return database

    def frame(self, dataset: Dataset) -> pandas.DataFrame:
        """A whole dataset in pandas.

        Raises:
            LookupError: nothing of it was exported yet.
        """
        if not self._has_files(dataset):
            raise LookupError(f"Cannot find any file of {dataset} below {self.folder(dataset)}")
        return self.open().table(dataset).df()

    def _has_files(self, dataset: Dataset) -> bool:
        selector = FileSelector(self.folder(dataset), recursive=True, allow_not_found=True)
        files = self.connection.filesystem().get_file_info(selector)
        return any(file.type == FileType.File and file.extension == "parquet" for file in files)


def _partition(partition: date | datetime | None) -> str:
    if partition is None:
        return ""
    hour = isinstance(partition, datetime)
    return partition.strftime("%Y/%m/%d/%H/" if hour else "%Y/%m/%d/")
