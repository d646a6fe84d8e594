from datetime import date

import pytest
from airflow.sdk.exceptions import AirflowFailException

from copyloop_airflow.night import lake_run_id, night_of


def test_schedule_says_the_day() -> None:
    night = night_of("2026-11-22", None, "scheduled__2026-11-23T02:00:00+00:00")
    assert night.day == date(2026, 11, 22)
    assert night.values() == {
        "run_id": "scheduled__2026-11-23T02-00-00-00-00",
        "command": "nightly",
        "day": "2026-11-22",
        "end": "2026-11-23",
    }


def test_a_run_of_airflows_own_backfill_computes_its_day_anew() -> None:
    assert night_of("2026-11-22", None, "backfill__1", "backfill").command == "backfill"


def test_schedule_wins_over_the_parameter() -> None:
    assert night_of("2026-11-22", "2026-01-01", "r").day == date(2026, 11, 22)


def test_a_run_by_hand_says_it_by_parameter() -> None:
    assert night_of(None, "2026-12-31", "r").end == date(2027, 1, 1)


@pytest.mark.parametrize("day", [None, ""])
def test_a_run_without_a_day_is_told_what_to_do(day: str | None) -> None:
    with pytest.raises(AirflowFailException, match="needs the parameter 'day'"):
        night_of(None, day, "r")


@pytest.mark.parametrize("day", ["2026-02-30", "2026-11-22T02:00:00", "soon"])
def test_what_is_no_date_is_refused(day: str) -> None:
    with pytest.raises(AirflowFailException, match="expected a date"):
        night_of(day, None, "r")


@pytest.mark.parametrize(
    ("dag_run_id", "run_id"),
    [
        ("manual__2026-11-23T02:00:00.5+00:00", "manual__2026-11-23T02-00-00.5-00-00"),
        ("../../etc/x y", "etc-x-y"),
        ("a" * 150, "a" * 100),
    ],
)
def test_run_ids_fit_a_path(dag_run_id: str, run_id: str) -> None:
    assert lake_run_id(dag_run_id) == run_id
