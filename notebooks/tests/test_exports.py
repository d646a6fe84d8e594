"""Exports are read from a real S3 server."""

from datetime import date

import pandas
import polars
import pytest

from copyloop_client.exports import Exports
from tests.sample_exports import GENERATIONS, HOURS, MENS

COUNT = "SELECT copy_id, count(*) FROM generations GROUP BY copy_id"


def test_duckdb_sees_each_exported_dataset(exports: Exports) -> None:
    database = exports.open()
    assert dict(database.sql(COUNT).fetchall()) == GENERATIONS


def test_frame_keeps_types(exports: Exports) -> None:
    frame = exports.frame("generations").sort_values("event_timestamp")
    assert len(frame) == sum(GENERATIONS.values())
    first = frame[frame["copy_id"] == MENS].iloc[0]
    assert first["event_time"] == pandas.Timestamp("2026-11-03T22:00:00Z")
    assert first["attrs"] == {"plan": "pro"}
    assert first["vars"]["subject"] == "Hello"


def test_pandas_and_polars_read_what_duckdb_reads(exports: Exports) -> None:
    connection = exports.connection
    by_pandas = pandas.read_parquet(
        exports.folder("generations"), filesystem=connection.filesystem()
    )
    by_polars = polars.read_parquet(
        exports.glob("generations"), storage_options=connection.storage_options()
    )
    assert by_pandas["copy_id"].value_counts().to_dict() == GENERATIONS
    assert dict(by_polars.group_by("copy_id").len().iter_rows()) == GENERATIONS


def test_manifest_of_an_hour_is_read(exports: Exports) -> None:
    manifests = [exports.manifest("generations", hour) for hour in HOURS]
    assert sum(manifest["rows"] for manifest in manifests) == sum(GENERATIONS.values())
    assert manifests[0]["files"][0]["name"] == "part-00000.parquet"


def test_what_was_not_exported_is_told(exports: Exports) -> None:
    nobody = Exports(exports.connection, "nobody")
    with pytest.raises(LookupError, match=r"Cannot find any file of generations .*nobody"):
        nobody.frame("generations")
    with pytest.raises(FileNotFoundError):
        nobody.manifest("generations", date(2026, 11, 3))
    assert nobody.open().sql("SHOW TABLES").fetchall() == []
