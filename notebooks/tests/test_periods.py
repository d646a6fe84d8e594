from datetime import date, timedelta
from typing import Any

import pytest

from copyloop_client.periods import Period, periods

DAYS = [date(2026, 11, 1) + timedelta(days=n) for n in range(6)]


def binding(share: str, valid_from: str, valid_to: str | None = None) -> dict[str, Any]:
    return {"control_share": share, "valid_from": valid_from, "valid_to": valid_to}


def found(
    *bindings: dict[str, Any], splits: tuple[dict[str, Any], ...] = (), zone: str = "UTC"
) -> list[Period]:
    template = {"template_id": "welcome", "bindings": list(bindings), "splits": list(splits)}
    other = {"template_id": "other", "bindings": [], "splits": []}
    settings = {"orgs": [{"slug": "demo", "time_zone": zone, "templates": [other, template]}]}
    return periods(settings, "demo", "welcome", DAYS)


def test_one_share_is_one_period() -> None:
    assert found(binding("0.5", "2026-01-01T00:00:00Z")) == [Period(tuple(DAYS), 0.5)]


def test_a_change_at_midnight_parts_two_periods() -> None:
    parts = found(
        binding("0.5", "2026-01-01T00:00:00Z", "2026-11-04T00:00:00Z"),
        binding("0.2", "2026-11-04T00:00:00Z"),
    )
    assert parts == [Period(tuple(DAYS[:3]), 0.5), Period(tuple(DAYS[3:]), 0.2)]
    assert str(parts[1]) == "2026-11-04 to 2026-11-06"


def test_the_day_of_a_change_is_in_no_period() -> None:
    parts = found(
        binding("0.5", "2026-01-01T00:00:00Z", "2026-11-04T15:00:00Z"),
        binding("0.2", "2026-11-04T15:00:00Z"),
    )
    assert [part.days for part in parts] == [tuple(DAYS[:3]), tuple(DAYS[4:])]


def test_the_same_share_in_a_new_binding_is_the_same_period() -> None:
    parts = found(
        binding("0.5", "2026-01-01T00:00:00Z", "2026-11-04T15:00:00Z"),
        binding("0.50", "2026-11-04T15:00:00Z"),
    )
    assert parts == [Period(tuple(DAYS), 0.5)]


def test_days_are_the_orgs() -> None:
    change = "2026-11-04T05:00:00Z"
    parts = found(
        binding("0.5", "2026-01-01T00:00:00Z", change),
        binding("0.2", change),
        zone="America/New_York",
    )
    assert [len(part.days) for part in parts] == [3, 3]


def test_days_are_of_the_zone_that_held_on_them() -> None:
    change = "2026-11-04T05:00:00Z"
    template = {
        "template_id": "welcome",
        "bindings": [
            binding("0.5", "2026-01-01T00:00:00Z", change),
            binding("0.2", change),
        ],
    }
    moved = {"from": "2026-11-02T12:00:00Z", "time_zone": "America/New_York"}
    org = {
        "slug": "demo",
        "time_zone": "Europe/Berlin",
        "time_zone_changes": [moved],
        "templates": [template],
    }
    parts = periods({"orgs": [org]}, "demo", "welcome", DAYS)
    assert [len(part.days) for part in parts] == [3, 3]


@pytest.mark.parametrize(
    "bindings",
    [
        (),
        (binding("0.5", "2027-01-01T00:00:00Z"),),
        (binding("0.5", "2026-01-01T00:00:00Z"), binding("0.2", "2026-01-01T00:00:00Z")),
        (binding("0", "2026-01-01T00:00:00Z"),),
    ],
)
def test_days_without_one_share_are_in_no_period(bindings: tuple[dict[str, Any], ...]) -> None:
    assert found(*bindings) == []


def test_a_split_made_by_generate_tells_the_share() -> None:
    split = {"from": "2026-11-03T00:00:00Z", "mode": "random", "control_share": "0.1"}
    parts = found(binding("0.5", "2026-01-01T00:00:00Z"), splits=(split,))
    assert parts == [Period(tuple(DAYS[:2]), 0.5), Period(tuple(DAYS[2:]), 0.1)]
