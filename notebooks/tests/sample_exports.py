"""Two hours of generations as design and data dictionary describe them, with known figures."""

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.fs import S3FileSystem

from copyloop_client.connection import Connection
from copyloop_client.exports import Exports

HOURS = (datetime(2026, 11, 3, 22, tzinfo=UTC), datetime(2026, 11, 3, 23, tzinfo=UTC))
MENS, WOMENS = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
GENERATIONS = {MENS: 30, WOMENS: 20}

TEXTS = pa.map_(pa.string(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("event_timestamp", pa.int64(), nullable=False),
        ("user_id", pa.string()),
        ("tracking_id", pa.string()),
        ("copy_id", pa.string()),
        ("template_id", pa.string()),
        ("vars", TEXTS),
        ("attrs", TEXTS),
        ("event_time", pa.timestamp("us", tz="UTC")),
        ("generation_id", pa.string()),
        ("calls", pa.int32()),
        ("workspace", pa.string()),
        ("campaign_id", pa.string()),
        ("webhook_action_id", pa.string()),
        ("arm", pa.string()),
        ("propensity", pa.float64()),
        ("policy_version", pa.string()),
        ("fallback", pa.string()),
        ("forced", pa.bool_()),
        ("replayed", pa.bool_()),
    ]
)


def create_bucket(connection: Connection) -> None:
    filesystem = S3FileSystem(
        access_key=connection.access_key,
        secret_key=connection.secret_key,
        region=connection.region,
        endpoint_override=connection.endpoint,
        allow_bucket_creation=True,
    )
    filesystem.create_dir(connection.bucket)


def write_exports(exports: Exports) -> None:
    for remainder, hour in enumerate(HOURS):
        rows = [
            generation(copy_id, number, hour + timedelta(seconds=number))
            for copy_id, count in GENERATIONS.items()
            for number in range(remainder, count, len(HOURS))
        ]
        table = pa.Table.from_pylist(rows, schema=SCHEMA)
        write_partition(exports, f"generations/{hour:%Y/%m/%d/%H}", table)


def write_partition(exports: Exports, path: str, table: pa.Table) -> None:
    """One file and its manifest, as a partition is after its task."""
    data = pa.BufferOutputStream()
    pq.write_table(table, data, compression="zstd")
    content = data.getvalue().to_pybytes()
    manifest = {
        "rows": table.num_rows,
        "files": [
            {
                "name": "part-00000.parquet",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        ],
    }
    objects = {"part-00000.parquet": content, "_manifest.json": json.dumps(manifest).encode()}
    for name, body in objects.items():
        address = f"{exports.prefix}/{path}/{name}"
        with exports.connection.filesystem().open_output_stream(address) as stream:
            stream.write(body)


def generation(copy_id: str, number: int, at: datetime) -> dict[str, object]:
    return {
        "event_timestamp": int(at.timestamp()),
        "user_id": f"u-{number}",
        "tracking_id": f"j-{copy_id}-{number}",
        "copy_id": copy_id,
        "template_id": "welcome",
        "vars": {"subject": "Hello", "body": "Something for you"},
        "attrs": {"plan": "pro" if number % 5 == 0 else "free"},
        "event_time": at,
        "generation_id": str(uuid.uuid5(uuid.UUID(copy_id), str(number))),
        "calls": 1,
        "workspace": "production",
        "campaign_id": "7",
        "webhook_action_id": "1000",
        "arm": "treatment",
        "propensity": 0.5,
        "policy_version": "uniform",
        "fallback": None,
        "forced": False,
        "replayed": False,
    }
