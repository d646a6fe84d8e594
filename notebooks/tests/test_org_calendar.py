from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from copyloop_client.org_calendar import Calendar, calendar_of

BERLIN = ZoneInfo("Europe/Berlin")
CHANGE = datetime(2026, 7, 1, 12, tzinfo=UTC)


def moved(before: str, after: str, change: datetime = CHANGE) -> Calendar:
    return Calendar(ZoneInfo(before), ((change, ZoneInfo(after)),))


def test_days_are_shorter_and_longer_when_clocks_change() -> None:
    calendar = Calendar(BERLIN)
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        [(start, end)] = calendar.spans(day)
        assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)


def test_a_day_of_two_zones_is_all_that_is_counted_on_it() -> None:
    west = moved("Europe/Berlin", "America/Los_Angeles")
    assert west.spans(date(2026, 7, 1)) == [
        (datetime(2026, 6, 30, 22, tzinfo=UTC), CHANGE),
        (CHANGE, datetime(2026, 7, 2, 7, tzinfo=UTC)),
    ]
    assert west.spans(date(2026, 7, 2)) == [
        (datetime(2026, 7, 2, 7, tzinfo=UTC), datetime(2026, 7, 3, 7, tzinfo=UTC))
    ]


def test_a_day_that_a_change_leaves_out_is_none() -> None:
    east = moved(
        "Pacific/Pago_Pago", "Pacific/Kiritimati", datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    )
    assert east.spans(date(2026, 7, 1)) == []


def test_the_settings_name_the_changes() -> None:
    org = {"slug": "demo", "time_zone": "Europe/Berlin"}
    assert calendar_of({"orgs": [org]}, "demo") == Calendar(BERLIN)
    change = {"from": "2026-07-01T12:00:00Z", "time_zone": "Asia/Tokyo"}
    settings = {"orgs": [{"slug": "other"}, org | {"time_zone_changes": [change]}]}
    assert calendar_of(settings, "demo") == moved("Europe/Berlin", "Asia/Tokyo")
