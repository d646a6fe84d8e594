"""When an org's days begin and end: its time zone may change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_EVER = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Calendar:
    """Which time zone an org's days go by.

    Args:
        zone: the zone before the first change.
        changes: from when on which zone holds, by time.
    """

    zone: ZoneInfo
    changes: Sequence[tuple[datetime, ZoneInfo]] = ()

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when to when a day lasts, the end excluded; 23 to 25 hours.

        A day on which the zone changes may be two spans, one that a change leaves out is none.
        """
        spans = []
        for zone, start, end in self._zones():
            first = max(start, datetime.combine(day, time(), zone))
            last = min(end, datetime.combine(day + timedelta(1), time(), zone))
            if first < last:
                spans.append((first, last))
        return spans

    def _zones(self) -> Iterator[tuple[ZoneInfo, datetime, datetime]]:
        starts = [(_EVER, self.zone), *self.changes]
        ends = [*(start for start, _ in self.changes), _NEVER]
        for (start, zone), end in zip(starts, ends, strict=True):
            yield zone, start, end


def org_of(settings: dict[str, Any], slug: str) -> dict[str, Any]:
    """The org's part of the settings' document."""
    [found] = [each for each in settings["orgs"] if each["slug"] == slug]
    return dict(found)


def calendar_of(settings: dict[str, Any], org: str) -> Calendar:
    """The calendar whose days the org's figures have, by the settings' document."""
    found = org_of(settings, org)
    changes = [
        (datetime.fromisoformat(each["from"]), ZoneInfo(each["time_zone"]))
        for each in found.get("time_zone_changes", [])
    ]
    return Calendar(ZoneInfo(found["time_zone"]), tuple(changes))
