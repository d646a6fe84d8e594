"""Daily figures of two copies and a control over 14 days, with known sums."""

from datetime import date, timedelta

import pyarrow as pa

from copyloop_client.exports import Exports
from tests.sample_exports import MENS, TEXTS, WOMENS, write_partition

FIRST_DAY = date(2026, 11, 1)
DAYS = 14
SENDS_PER_DAY = 200
"""Of each copy; control gets as many as both."""

UNKNOWN_PER_DAY = 2
"""Of them: nothing says who clicked."""

CLICKS_PER_DAY = {MENS: 40, WOMENS: 24, "control": 50}
"""By no machine, each on the day after the send; machines click five more each day."""

BOUGHT = {"treatment": 2 * DAYS, "control": DAYS}
"""People with a purchase, as many by each of the rule's two versions."""

DIMENSIONS = {"template_id": "welcome", "reason": None, "action_id": "1001", "channel": "email"}
MEASURES = (
    "assigned",
    "sends",
    "delivered",
    "unique_opens",
    "unique_opens_human",
    "unique_opens_machine",
    "unique_clicks",
    "unique_clicks_human",
    "unique_clicks_machine",
    "cio_conversions",
    "unsubscribes",
    "bounces",
)
SCHEMA = pa.schema(
    [("template_id", pa.string()), ("copy_key", pa.string()), ("arm", pa.string())]
    + [(name, pa.string()) for name in ("reason", "action_id", "channel", "workspace")]
    + [("message_no", pa.int32()), ("send_date", pa.date32()), ("event_date", pa.date32())]
    + [(name, pa.int64()) for name in MEASURES]
)

CUSTOM_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("template_id", "arm", "channel", "workspace", "rule_id")]
    + [("rule_version", pa.int32()), ("message_no", pa.int32()), ("lift_persons", pa.int64())]
    + [("send_date", pa.date32()), ("event_date", pa.date32())]
)


def write_figures(exports: Exports) -> None:
    rows = [row for key in CLICKS_PER_DAY for day in range(DAYS) for row in cohort(key, day)]
    for day in range(DAYS + 1):
        event_date = FIRST_DAY + timedelta(days=day)
        of_day = [row for row in rows if row["event_date"] == event_date]
        table = pa.Table.from_pylist(of_day, schema=SCHEMA)
        write_partition(exports, f"daily_metrics/{event_date:%Y/%m/%d}", table)
        purchases = pa.Table.from_pylist(bought(event_date), schema=CUSTOM_SCHEMA)
        write_partition(exports, f"daily_custom_metrics/{event_date:%Y/%m/%d}", purchases)
    keys = {MENS: "mens", WOMENS: "womens"}
    copies = [
        {"copy_id": copy_id, "template_id": "welcome", "key": key, "vars": {"subject": key}}
        for copy_id, key in keys.items()
    ]
    names = [(name, pa.string()) for name in ("copy_id", "template_id", "key")]
    schema = pa.schema([*names, ("vars", TEXTS)])
    write_partition(exports, "copies", pa.Table.from_pylist(copies, schema=schema))


def cohort(key: str, day: int) -> list[dict[str, object]]:
    """What was sent on a day, what was clicked on the next, and a second message's sends."""
    send_date = FIRST_DAY + timedelta(days=day)
    sends = 2 * SENDS_PER_DAY if key == "control" else SENDS_PER_DAY
    clicks = CLICKS_PER_DAY[key]
    clicked = {
        "unique_clicks": clicks + 5,
        "unique_clicks_human": clicks - UNKNOWN_PER_DAY,
        "unique_clicks_machine": 5,
    }
    tomorrow = send_date + timedelta(days=1)
    return [
        facts(key, send_date, send_date, None, {"assigned": sends}),
        facts(key, send_date, send_date, 1, {"sends": sends, "delivered": sends}),
        facts(key, send_date, send_date, 2, {"sends": 17, "delivered": 17}),
        facts(key, send_date, tomorrow, 1, clicked),
        {**facts(key, send_date, send_date, 1, {"sends": 3}), "arm": "none", "reason": "unbound"},
    ]


def facts(
    key: str, send_date: date, event_date: date, message_no: int | None, known: dict[str, int]
) -> dict[str, object]:
    return {
        **DIMENSIONS,
        "copy_key": key,
        "arm": "control" if key == "control" else "treatment",
        "message_no": message_no,
        "send_date": send_date,
        "event_date": event_date,
        **dict.fromkeys(MEASURES, 0),
        **known,
    }


def bought(event_date: date) -> list[dict[str, object]]:
    """Who bought on a day, after a send of the day before; of either message."""
    return [
        {
            "template_id": "welcome",
            "arm": arm,
            "channel": "email",
            "rule_id": "purchase",
            "rule_version": version,
            "message_no": message_no,
            "lift_persons": people // DAYS,
            "send_date": event_date - timedelta(days=1),
            "event_date": event_date,
        }
        for arm, people in BOUGHT.items()
        for version, message_no in ((1, 1), (2, 2))
        if event_date > FIRST_DAY
    ]
