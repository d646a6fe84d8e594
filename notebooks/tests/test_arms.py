"""Arms are what the split assigned, from the exports or, by attribute, from the tables."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest

from copyloop_client.arms import (
    assigned_by_day,
    label,
    proportions,
    proportions_by,
    proportions_by_attribute,
)
from copyloop_client.exports import Exports
from copyloop_client.figures import Scope
from copyloop_client.org_calendar import Calendar
from copyloop_client.proportions import Proportion
from tests.sample_figures import BOUGHT, DAYS, FIRST_DAY, SENDS_PER_DAY

SCOPE = Scope("welcome")
BERLIN = Calendar(ZoneInfo("Europe/Berlin"))

TABLES = """
    CREATE TABLE generations AS
    SELECT 'demo' AS org, 'welcome' AS template_id, journey AS tracking_id,
           journey || '-' || calls AS generation_id, arm, MAP {'plan': plan} AS attrs,
           epoch_ms(ms)::TIMESTAMPTZ AS occurred_at, false AS test
    FROM (VALUES
        -- The last second of a day in Berlin, and the first of the next.
        ('j-1', 1, 'treatment', 'pro', 1793573999000),
        ('j-2', 1, 'treatment', 'pro', 1793574000000),
        ('j-3', 1, 'control', 'pro', 1793577600000),
        ('j-4', 1, 'control', 'free', 1793577600000),
        -- Called again: the later call holds.
        ('j-5', 1, 'treatment', 'pro', 1793577600000),
        ('j-5', 2, 'treatment', 'free', 1793577601000)
    ) AS calls (journey, calls, arm, plan, ms);
    CREATE TABLE deliveries AS
    SELECT 'demo' AS org, 'production' AS workspace, 'd-' || tracking_id AS delivery_id,
           'welcome' AS template_id, tracking_id AS journey_id, generation_id
    FROM generations WHERE NOT generation_id LIKE '%-2';
    CREATE TABLE engagements AS
    SELECT 'demo' AS org, 'production' AS workspace, 'd-' || journey AS delivery_id,
           'clicked' AS metric, class AS human_class, 1 AS message_no
    FROM (VALUES ('j-2', 'human'), ('j-2', 'human'), ('j-3', 'machine'), ('j-5', 'unknown'))
        AS clicks (journey, class);
    CREATE TABLE attributed_events AS
    SELECT 'demo' AS org, 'production' AS workspace, 'd-' || journey AS delivery_id, kind,
           'purchase' AS rule_id, version AS rule_version, true AS first_of_person
    FROM (VALUES ('j-2', 'lift', 1), ('j-2', 'lift', 2), ('j-3', 'lift', 1), ('j-4', 'credit', 2))
        AS purchases (journey, kind, version)
    UNION ALL SELECT 'other', 'production', 'd-other', 'lift', 'purchase', 3, true
"""


@pytest.fixture(scope="module")
def database(exports: Exports) -> duckdb.DuckDBPyConnection:
    return exports.open()


def test_arms_count_what_was_assigned(database: duckdb.DuckDBPyConnection) -> None:
    arms = proportions(database, SCOPE, "unique_clicks_not_machine")
    assert arms == {
        "treatment": Proportion(64 * DAYS, 2 * SENDS_PER_DAY * DAYS),
        "control": Proportion(50 * DAYS, 2 * SENDS_PER_DAY * DAYS),
    }
    assigned = assigned_by_day(database, SCOPE)
    assert assigned["treatment"].tolist() == [2 * SENDS_PER_DAY] * DAYS
    assert assigned["control"].sum() == 2 * SENDS_PER_DAY * DAYS


def test_segments_add_up_to_the_arms(database: duckdb.DuckDBPyConnection) -> None:
    by_weekday = proportions_by(database, SCOPE, "unique_clicks_not_machine", "weekday")
    assert [name[2:5] for name in by_weekday] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    whole = proportions(database, SCOPE, "unique_clicks_not_machine")
    for arm, proportion in whole.items():
        assert sum(each[arm].units for each in by_weekday.values()) == proportion.units
        assert sum(each[arm].successes for each in by_weekday.values()) == proportion.successes


def test_single_days_can_be_chosen(database: duckdb.DuckDBPyConnection) -> None:
    chosen = Scope("welcome", days=(FIRST_DAY, FIRST_DAY + timedelta(days=5)))
    arms = proportions(database, chosen, "unique_clicks_not_machine")
    assert arms["control"] == Proportion(100, 4 * SENDS_PER_DAY)


def test_nothing_assigned_is_nothing_counted(database: duckdb.DuckDBPyConnection) -> None:
    nothing = Scope("welcome", date(2020, 1, 1), date(2020, 1, 2))
    assert proportions(database, nothing, "unique_clicks")["control"] == Proportion(0, 0)
    assert assigned_by_day(database, nothing).empty


def test_people_of_a_rule_are_compared_with_all_assigned(
    database: duckdb.DuckDBPyConnection,
) -> None:
    arms = proportions(database, SCOPE, "custom:purchase")
    assert {arm: each.successes for arm, each in arms.items()} == BOUGHT
    assert {each.units for each in arms.values()} == {2 * SENDS_PER_DAY * DAYS}
    assert label("custom:purchase") == "people with 'purchase' in its window"


def test_a_rule_without_events_is_none_of_all_assigned(
    database: duckdb.DuckDBPyConnection,
) -> None:
    arms = proportions(database, SCOPE, "custom:never")
    assert arms["control"] == Proportion(0, 2 * SENDS_PER_DAY * DAYS)


def test_an_unknown_metric_is_told() -> None:
    with pytest.raises(LookupError, match=r"'clicks'.* name one of delivered, "):
        label("clicks")


def test_attributes_are_those_of_the_last_call_on_days_of_the_org() -> None:
    tables = duckdb.connect()
    tables.execute(TABLES)
    scope = Scope("welcome", days=(date(2026, 11, 2),))
    found = proportions_by_attribute(
        tables, "demo", BERLIN, scope, "unique_clicks_not_machine", "plan"
    )
    assert found == {
        "free": {"treatment": Proportion(1, 1), "control": Proportion(0, 1)},
        "pro": {"treatment": Proportion(1, 1), "control": Proportion(0, 1)},
    }


def test_what_no_call_named_is_not_known() -> None:
    tables = duckdb.connect()
    tables.execute(TABLES)
    scope = Scope("welcome", days=(date(2026, 11, 1), date(2026, 11, 2)))
    found = proportions_by_attribute(tables, "demo", BERLIN, scope, "unique_clicks", "city")
    assert found == {"not known": {"treatment": Proportion(2, 3), "control": Proportion(1, 2)}}


def test_people_of_a_rule_are_counted_by_the_latest_version_of_their_org() -> None:
    tables = duckdb.connect()
    tables.execute(TABLES)
    scope = Scope("welcome", days=(date(2026, 11, 2),))
    found = proportions_by_attribute(tables, "demo", BERLIN, scope, "custom:purchase", "plan")
    assert found["pro"] == {"treatment": Proportion(1, 1), "control": Proportion(0, 1)}
    assert found["free"]["control"] == Proportion(0, 1)


def test_no_day_is_nobody() -> None:
    tables = duckdb.connect()
    tables.execute(TABLES)
    assert proportions_by_attribute(tables, "demo", BERLIN, SCOPE, "delivered", "plan") == {}
