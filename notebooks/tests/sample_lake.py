"""A lake of a few tables with known figures, laid out as the batch lays it out."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from copyloop_client.connection import Connection

LAST_DAY = date(2026, 11, 14)
DAYS = 14
EVENTS_PER_DAY = 10
LATE_PER_DAY, MISSING_DAYS = 2, 2
"""Of them come two days late; of the last days they are still missing."""

DELIVERIES = {("treatment", None): 8, ("control", None): 4, ("none", "unbound"): 2}
"""By arm and reason."""

LINES = {"cio": 140, "generate": 60}
QUARANTINED = 3
RUN = "scheduled__2026-11-15T02-00-00"
SHARES = (("2026-11-01", "2026-11-08", 0.5), ("2026-11-08", None, 0.5))
"""From when to when which share was control."""

TIME = pa.timestamp("us", tz="UTC")
_DELTA_TYPES = {
    pa.string(): "string",
    pa.int32(): "integer",
    pa.int64(): "long",
    pa.date32(): "date",
    TIME: "timestamp",
    pa.decimal128(20, 6): "decimal(20,6)",
}


def write_lake(connection: Connection) -> None:
    """The tables, one version more than is published, and the settings."""
    tables = {
        "landing_ledger": ledger(),
        "events": events(),
        "quarantine": quarantine(),
        "deliveries": deliveries(),
        "daily_metrics": daily_metrics(),
        "restatements": restatements(),
    }
    for name, table in tables.items():
        write_delta(connection, name, table)
    settings = json.dumps(settings_document())
    put(connection, "settings/abc.json", settings.encode())
    for number in (1, 2):
        state = {
            "schema_version": 1,
            "number": number,
            "published_at": "2026-11-15T02:20:00Z",
            "run_id": RUN,
            "settings_sha256": "abc",
            "tables": {name: {"version": 0} for name in tables},
        }
        put(connection, f"_published/{number:020d}.json", json.dumps(state).encode())


def ledger() -> pa.Table:
    rows = [
        {
            "object": f"landing/{source}/{number}",
            "source": source,
            "hour": datetime(2026, 11, 14, number * 2, tzinfo=UTC),
            "lines": lines // 2,
            "kept": lines // 2 - (QUARANTINED if source == "cio" and number == 0 else 0),
            "duplicates": 0,
            "superseded": 0,
            "quarantined": QUARANTINED if source == "cio" and number == 0 else 0,
            "damaged": 0,
            "state": "consumed",
        }
        for source, lines in LINES.items()
        for number in range(2)
    ]
    counts = ("lines", "kept", "duplicates", "superseded", "quarantined")
    schema = [("object", pa.string()), ("source", pa.string()), ("hour", TIME)]
    schema += [(name, pa.int64()) for name in counts]
    schema += [("damaged", pa.int32()), ("state", pa.string())]
    return pa.Table.from_pylist(rows, schema=pa.schema(schema))


def events() -> pa.Table:
    rows = []
    for day in range(DAYS):
        at = datetime.combine(LAST_DAY - timedelta(days=day), datetime.min.time(), UTC)
        in_time = EVENTS_PER_DAY - LATE_PER_DAY
        for number in range(in_time if day < MISSING_DAYS else EVENTS_PER_DAY):
            occurred = at + timedelta(hours=12, minutes=number)
            delay = timedelta(days=2) if number >= in_time else timedelta(seconds=30)
            rows.append(
                {
                    "date": occurred.date(),
                    "org": "demo",
                    "source": "cio",
                    "occurred_at": occurred,
                    "received_at": occurred + delay,
                }
            )
    names = [("date", pa.date32()), ("org", pa.string()), ("source", pa.string())]
    schema = pa.schema([*names, ("occurred_at", TIME), ("received_at", TIME)])
    return pa.Table.from_pylist(rows, schema=schema)


def quarantine() -> pa.Table:
    rows = [
        {"date": LAST_DAY, "org": org, "source": "cio", "reason": reason, "detail": "no time"}
        for org, reason in (("demo", "invalid_time"), (None, "not_json"), ("other", "not_json"))
    ]
    taken_up = {**rows[0], "recovered_by": "batch-7"}
    names = ("org", "source", "reason", "detail", "recovered_by")
    schema = pa.schema([("date", pa.date32()), *((name, pa.string()) for name in names)])
    return pa.Table.from_pylist([*rows, taken_up], schema=schema)


def deliveries() -> pa.Table:
    rows = [
        {"org": "demo", "arm": arm, "reason": reason}
        for (arm, reason), count in DELIVERIES.items()
        for _ in range(count)
    ]
    schema = pa.schema([(name, pa.string()) for name in ("org", "arm", "reason")])
    return pa.Table.from_pylist(rows, schema=schema)


def daily_metrics() -> pa.Table:
    rows = [
        {"org": "demo", "arm": arm, "reason": reason, "deliveries": count}
        for (arm, reason), count in DELIVERIES.items()
    ]
    names = ("org", "arm", "reason")
    schema = pa.schema([*((name, pa.string()) for name in names), ("deliveries", pa.int64())])
    return pa.Table.from_pylist(rows, schema=schema)


def restatements() -> pa.Table:
    row = {
        "published_at": datetime(2026, 11, 15, 2, 20, tzinfo=UTC),
        "org": "demo",
        "event_date": date(2026, 11, 1),
        "template_id": "welcome",
        "copy_key": "control",
        "measure": "unique_clicks",
        "before": Decimal(50),
        "after": Decimal(51),
        "reason": "late",
    }
    texts = ("org", "template_id", "copy_key", "measure", "reason")
    figures = (("before", pa.decimal128(20, 6)), ("after", pa.decimal128(20, 6)))
    schema = [("published_at", TIME), ("event_date", pa.date32()), *figures]
    schema += [(name, pa.string()) for name in texts]
    return pa.Table.from_pylist([row], schema=pa.schema(schema))


def settings_document() -> dict[str, object]:
    bindings = [
        {
            "valid_from": f"{first}T00:00:00Z",
            "valid_to": f"{until}T00:00:00Z" if until else None,
            "control_share": str(share),
        }
        for first, until, share in SHARES
    ]
    template = {"template_id": "welcome", "splits": [], "bindings": bindings}
    return {"orgs": [{"slug": "demo", "time_zone": "UTC", "templates": [template]}]}


def write_delta(connection: Connection, name: str, table: pa.Table) -> None:
    """A Delta table of one version, and a later one that is not published: it has no rows."""
    data = pa.BufferOutputStream()
    pq.write_table(table, data)
    content = data.getvalue().to_pybytes()
    put(connection, f"lake/{name}/part-0.parquet", content)
    file = {"path": "part-0.parquet", "partitionValues": {}, "size": len(content)}
    add = {**file, "modificationTime": 0, "dataChange": True}
    remove = {"path": "part-0.parquet", "deletionTimestamp": 1, "dataChange": True}
    fields = [
        {"name": field.name, "type": _DELTA_TYPES[field.type], "nullable": True, "metadata": {}}
        for field in table.schema
    ]
    metadata = {
        "id": name,
        "format": {"provider": "parquet", "options": {}},
        "schemaString": json.dumps({"type": "struct", "fields": fields}),
        "partitionColumns": [],
        "configuration": {},
        "createdTime": 0,
    }
    protocol = {"minReaderVersion": 1, "minWriterVersion": 2}
    commits: list[list[dict[str, object]]] = [
        [{"protocol": protocol}, {"metaData": metadata}, {"add": add}],
        [{"remove": remove}],
    ]
    for version, actions in enumerate(commits):
        log = "\n".join(json.dumps(action) for action in actions)
        put(connection, f"lake/{name}/_delta_log/{version:020d}.json", log.encode())


def put(connection: Connection, key: str, body: bytes) -> None:
    path = f"{connection.bucket}/{key}"
    with connection.filesystem().open_output_stream(path) as stream:
        stream.write(body)
