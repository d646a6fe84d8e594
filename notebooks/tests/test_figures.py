"""The figures are sums of what the exports hold, no more."""

from datetime import date, timedelta

import duckdb
import pytest

from copyloop_client.exports import Exports
from copyloop_client.figures import (
    Metric,
    Scope,
    events_by_copy_and_day,
    only_template,
    rates_by_copy,
    rates_by_copy_and_day,
)
from copyloop_client.proportions import Proportion, wilson
from tests.sample_exports import MENS
from tests.sample_figures import CLICKS_PER_DAY, DAYS, FIRST_DAY, SENDS_PER_DAY, UNKNOWN_PER_DAY

SCOPE = Scope("welcome")
CLICKS: tuple[Metric, ...] = (
    "unique_clicks",
    "unique_clicks_not_machine",
    "unique_clicks_human",
)


@pytest.fixture(scope="module")
def database(exports: Exports) -> duckdb.DuckDBPyConnection:
    return exports.open()


def test_rate_per_copy_is_of_first_messages(database: duckdb.DuckDBPyConnection) -> None:
    rates = rates_by_copy(database, SCOPE, "unique_clicks_not_machine").set_index("copy")
    assert sorted(rates.index) == ["control", "mens", "womens"]
    mens = Proportion(CLICKS_PER_DAY[MENS] * DAYS, SENDS_PER_DAY * DAYS)
    found = rates.to_dict("index")["mens"]
    assert (found["units"], found["successes"]) == (mens.units, mens.successes)
    assert (found["rate"], found["low"], found["high"]) == pytest.approx(
        (mens.rate, wilson(mens).low, wilson(mens).high)
    )


def test_a_click_belongs_to_the_cohort_of_its_send(database: duckdb.DuckDBPyConnection) -> None:
    rates = rates_by_copy_and_day(database, SCOPE, "unique_clicks_not_machine")
    mens = rates[rates["copy"] == "mens"]
    assert len(mens) == DAYS
    assert mens["rate"].tolist() == pytest.approx([CLICKS_PER_DAY[MENS] / SENDS_PER_DAY] * DAYS)


def test_on_the_other_clock_it_counts_the_day_after(database: duckdb.DuckDBPyConnection) -> None:
    events = events_by_copy_and_day(database, SCOPE, "unique_clicks_not_machine")
    mens = events[(events["copy"] == "mens") & (events["successes"] > 0)]
    assert mens["event_date"].min().date() == FIRST_DAY + timedelta(days=1)
    assert mens["successes"].sum() == CLICKS_PER_DAY[MENS] * DAYS
    assert "units" not in events


def test_machines_are_told_apart(database: duckdb.DuckDBPyConnection) -> None:
    rates = {name: rates_by_copy(database, SCOPE, name)["successes"].sum() for name in CLICKS}
    cohorts = DAYS * len(CLICKS_PER_DAY)
    assert rates["unique_clicks"] - rates["unique_clicks_not_machine"] == 5 * cohorts
    unknown = rates["unique_clicks_not_machine"] - rates["unique_clicks_human"]
    assert unknown == UNKNOWN_PER_DAY * cohorts


def test_days_are_chosen_by_cohort(database: duckdb.DuckDBPyConnection) -> None:
    three_days = Scope("welcome", FIRST_DAY, FIRST_DAY + timedelta(days=2))
    rates = rates_by_copy(database, three_days, "unique_clicks_not_machine").set_index("copy")
    assert rates.loc["mens", "successes"] == 3 * CLICKS_PER_DAY[MENS]


def test_without_sends_there_is_no_rate(database: duckdb.DuckDBPyConnection) -> None:
    nothing = Scope("welcome", date(2020, 1, 1), date(2020, 1, 2))
    assert rates_by_copy(database, nothing, "unique_clicks").empty


def test_more_successes_than_sends_have_no_rate() -> None:
    database = duckdb.connect()
    database.execute("CREATE TABLE copies (copy_id VARCHAR, key VARCHAR)")
    database.execute(
        "CREATE TABLE daily_metrics AS SELECT 'welcome' AS template_id, 'c' AS copy_key, "
        "'treatment' AS arm, NULL::INT AS message_no, DATE '2026-11-01' AS send_date, "
        "0::BIGINT AS sends, 7::BIGINT AS unique_clicks"
    )
    rates = rates_by_copy(database, SCOPE, "unique_clicks")
    assert rates["successes"].tolist() == [7]
    assert rates["rate"].isna().all()


def test_the_only_template_is_found(database: duckdb.DuckDBPyConnection) -> None:
    assert only_template(database) == "welcome"


@pytest.mark.parametrize(("templates", "found"), [([], "none"), (["a", "b"], "'a', 'b'")])
def test_several_templates_are_named(templates: list[str], found: str) -> None:
    database = duckdb.connect()
    database.execute("CREATE TABLE daily_metrics (template_id VARCHAR)")
    for template in templates:
        database.execute("INSERT INTO daily_metrics VALUES (?)", [template])
    with pytest.raises(LookupError, match=found):
        only_template(database)
