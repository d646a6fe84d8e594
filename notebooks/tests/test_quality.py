"""The quality figures are those of the sample lake."""

from datetime import UTC, datetime

import duckdb
import pytest

from copyloop_client import quality
from copyloop_client.lake import Lake
from tests.sample_lake import (
    DAYS,
    DELIVERIES,
    EVENTS_PER_DAY,
    LATE_PER_DAY,
    LINES,
    MISSING_DAYS,
    QUARANTINED,
)

LATE = (DAYS - MISSING_DAYS) * LATE_PER_DAY
EVENTS = DAYS * EVENTS_PER_DAY - MISSING_DAYS * LATE_PER_DAY
NIGHT = datetime(2026, 11, 15, 2, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def database(lake: Lake) -> duckdb.DuckDBPyConnection:
    return lake.open()


def test_every_line_is_accounted_for(database: duckdb.DuckDBPyConnection) -> None:
    lines = quality.landed_lines(database).set_index("source").to_dict("index")
    assert lines["cio"]["lines"] == LINES["cio"]
    assert lines["cio"]["kept"] == LINES["cio"] - QUARANTINED
    assert lines["cio"]["quarantined"] == QUARANTINED
    assert {each["difference"] for each in lines.values()} == {0}


def test_a_lost_line_shows(database: duckdb.DuckDBPyConnection) -> None:
    lossy = duckdb.connect()
    ledger = database.sql("SELECT * REPLACE (kept - 1 AS kept) FROM landing_ledger").df()
    lossy.register("landing_ledger", ledger)
    assert quality.landed_lines(lossy)["difference"].tolist() == [2, 2]


def test_daily_figures_hold_every_delivery(database: duckdb.DuckDBPyConnection) -> None:
    found = quality.deliveries_by_arm(database, "demo").set_index("arm")
    expected = {arm: count for (arm, _), count in DELIVERIES.items()}
    assert found["deliveries"].to_dict() == expected
    assert found["difference"].abs().sum() == 0
    assert found.loc["none", "reason"] == "unbound"


def test_quarantine_is_of_the_org_and_of_nobody(database: duckdb.DuckDBPyConnection) -> None:
    found = quality.quarantine_by_reason(database, "demo")
    assert dict(found[["reason", "rows"]].to_numpy().tolist()) == {
        "invalid_time": 1,
        "not_json": 1,
    }


def test_late_events_are_counted(database: duckdb.DuckDBPyConnection) -> None:
    [found] = quality.lateness(database, "demo").to_dict("records")
    assert found["events"] == EVENTS
    assert found["median_seconds"] == pytest.approx(30)
    assert found["later_than_a_day"] == pytest.approx(LATE / EVENTS)


def test_the_curve_rises_to_all_that_came(database: duckdb.DuckDBPyConnection) -> None:
    curve = quality.arrival_curve(database, "demo").set_index("after")["share"]
    assert curve["1 minute"] == pytest.approx(1 - LATE / EVENTS)
    assert curve["3 days"] == 1.0
    assert curve.is_monotonic_increasing


def test_the_last_days_are_expected_to_miss_some(database: duckdb.DuckDBPyConnection) -> None:
    found = quality.completeness(database, "demo", NIGHT, days=5)
    assert found["events"].tolist() == [10, 10, 10, 8, 8]
    late = 1 - LATE / EVENTS
    assert found["expected_share"].tolist() == pytest.approx([1.0, 1.0, 1.0, late, late])


def test_hours_without_landings_are_named(database: duckdb.DuckDBPyConnection) -> None:
    gaps = quality.empty_hours(database).set_index("source")
    assert gaps["hours"].to_dict() == {"cio": 1, "generate": 1}


def test_restatements_say_what_changed(database: duckdb.DuckDBPyConnection) -> None:
    [found] = quality.restatements(database, "demo").to_dict("records")
    assert (found["reason"], found["before"], found["after"]) == ("late", 50.0, 51.0)
    assert quality.restatements(database, "other").empty
