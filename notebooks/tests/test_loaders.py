"""The documented DuckDB loader over a real S3 server: loaded twice, restated, emptied."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from copyloop_client.connection import Connection
from tests.sample_exports import MENS, SCHEMA, generation

EXAMPLE = Path(__file__).parents[2] / "docs" / "loaders" / "duckdb.sql"
ADDRESS = "s3://copyloop/exports/acme/"
NINE = datetime(2026, 11, 3, 9, tzinfo=UTC)


def loader(connection: Connection) -> str:
    sql = EXAMPLE.read_text(encoding="utf-8")
    return sql.replace(ADDRESS, f"s3://{connection.bucket}/exports/loaders/")


def test_duckdb_loads_a_dataset_only_once_there_is_something_of_it(connection: Connection) -> None:
    database = connection.duckdb()
    script = loader(connection).replace("exports/loaders/", "exports/nothing-yet/")

    for _ in range(2):
        database.execute(script)
        assert loaded(database) == []


def publish(connection: Connection, hour: datetime, numbers: list[int], content_hash: str) -> None:
    """An hour as the batch writes it: the object, then its manifest."""
    folder = f"{connection.bucket}/exports/loaders/generations/{hour:%Y/%m/%d/%H}"
    rows = [generation(MENS, number, hour + timedelta(seconds=number)) for number in numbers]
    data = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), data, compression="zstd")
    manifest = {
        "partition": f"{hour:%Y-%m-%dT%H}",
        "content_hash": content_hash,
        "files": [{"name": "part-00000.parquet"}],
    }
    for name, content in (
        ("part-00000.parquet", data.getvalue().to_pybytes()),
        ("_manifest.json", json.dumps(manifest).encode() + b"\n"),
    ):
        with connection.filesystem().open_output_stream(f"{folder}/{name}") as stream:
            stream.write(content)


def loaded(database: duckdb.DuckDBPyConnection) -> list[str]:
    rows = database.sql("SELECT user_id FROM generations ORDER BY user_id").fetchall()
    return [user for (user,) in rows]


def test_duckdb_loads_each_hour_once_and_replaces_restated_ones(connection: Connection) -> None:
    database = connection.duckdb()
    publish(connection, NINE, [1, 2], "v1:a")
    publish(connection, NINE + timedelta(hours=1), [3], "v1:b")

    for _ in range(2):
        database.execute(loader(connection))
        assert loaded(database) == ["u-1", "u-2", "u-3"]

    publish(connection, NINE, [2, 4, 5], "v1:c")
    publish(connection, NINE + timedelta(hours=1), [], "v1:empty")
    database.execute(loader(connection))
    assert loaded(database) == ["u-2", "u-4", "u-5"]
    attrs = database.sql("SELECT attrs['plan'] FROM generations WHERE user_id = 'u-5'").fetchall()
    assert attrs == [("pro",)]
