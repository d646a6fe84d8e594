from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, ParamValidationError

from copyloop_airflow.backfill import LONGEST_DAYS, Backfill, backfill_params, told
from copyloop_airflow.night import STAGES

FORM: dict[str, Any] = {
    "from": "2026-10-30",
    "to": "2026-11-01",
    "org": None,
    "stages": list(STAGES),
    "dry_run": False,
}
RUN = "manual__2026-11-23T02:00:00+00:00"


def test_every_day_of_the_range_is_computed_and_both_ends_are_included() -> None:
    days = backfill().days()
    assert [day["run_id"][-10:] for day in days] == ["2026-10-30", "2026-10-31", "2026-11-01"]
    assert days[1]["arguments"][:4] == ["--from", "2026-10-31", "--to", "2026-11-01"]
    assert days[1]["jobs"] == list(STAGES)


def test_the_plan_is_of_the_whole_range() -> None:
    assert backfill(org="demo").values() == {
        "run_id": "manual__2026-11-23T02-00-00-00-00",
        "from": "2026-10-30",
        "end": "2026-11-02",
        "org": "--org=demo",
    }


def test_one_org_and_some_stages_are_passed_on_in_their_order() -> None:
    [first, *_] = backfill(org="demo", stages=["export", "metrics"]).days()
    assert first["jobs"] == ["metrics", "export"]
    assert first["arguments"][4:] == ["--stages", "metrics,export", "--wait", "1h", "--org=demo"]


def test_a_dry_run_computes_no_day() -> None:
    dry = backfill(dry_run=True)
    assert dry.days() == []
    assert "nothing was written" in told(dry, [])


def test_the_end_is_told_in_words() -> None:
    results = [
        {"days": ["2026-10-30"], "restatements": 2},
        {"days": ["2026-10-30", "2026-10-31"], "restatements": 0},
    ]
    assert "2 days of tables or exports changed; 2 restatements" in told(backfill(), results)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"from": "2026-11-02"}, "must not be before 'from'"),
        ({"from": "2020-01-01"}, f"{LONGEST_DAYS:,} are the most"),
        ({"from": "2999-01-01", "to": "2999-01-01"}, "not yet here"),
    ],
)
def test_a_range_that_is_none_is_told_at_once(form: dict[str, str], why: str) -> None:
    with pytest.raises(AirflowFailException, match=why):
        backfill(**form)


def test_today_can_be_computed_anew() -> None:
    today = datetime.now(UTC).date()
    assert len(backfill(**{"from": str(today - timedelta(days=1)), "to": str(today)}).days()) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("from", "yesterday"),
        ("from", None),
        ("to", "2026-02-30"),
        ("to", 20261101),
        ("org", "Demo Inc"),
        ("org", "-demo"),
        ("stages", []),
        ("stages", ["compact", "polish"]),
        ("stages", ["compact", "compact"]),
        ("dry_run", "perhaps"),
    ],
)
def test_a_field_that_is_not_valid_is_refused_before_a_run_exists(
    field: str, value: object
) -> None:
    with pytest.raises(ParamValidationError):
        backfill_params()[field].resolve(value)


@pytest.mark.parametrize(("field", "value"), FORM.items())
def test_a_valid_field_is_taken(field: str, value: object) -> None:
    assert backfill_params()[field].resolve(value) == value


def backfill(**form: Any) -> Backfill:
    found = Backfill.of({**FORM, **form}, RUN)
    assert found.last >= date(2026, 11, 1)
    return found
