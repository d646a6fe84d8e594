"""Periods in which the split between control and treatment was the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from copyloop_client.org_calendar import Calendar, calendar_of, org_of


@dataclass(frozen=True)
class Period:
    """Days on all of which one share of the people was control."""

    days: tuple[date, ...]
    control_share: float

    def __str__(self) -> str:
        return f"{self.days[0]} to {self.days[-1]}"


def periods(
    settings: dict[str, Any], org: str, template_id: str, days: Sequence[date]
) -> list[Period]:
    """The periods that some days fall into, by the template's bindings and splits.

    A day on which the share changed, on which none is set, or of which all people were of one arm,
    is in no period: there is nothing to compare.

    Args:
        settings: the document that the figures were computed by, see ``Lake.settings``.
        org: the org's slug.
        template_id: the template.
        days: the org's own days.
    """
    templates = org_of(settings, org)["templates"]
    [template] = [each for each in templates if each["template_id"] == template_id]
    calendar = calendar_of(settings, org)
    shares = [(day, _share_on(template, day, calendar)) for day in sorted(days)]
    return [
        Period(tuple(day for day, _ in group), share)
        for share, group in groupby(shares, key=lambda each: each[1])
        if share is not None and 0 < share < 1
    ]


def _share_on(template: dict[str, Any], day: date, calendar: Calendar) -> float | None:
    shares = set()
    for start, end in calendar.spans(day):
        changes = [at for at in _changes(template) if start < at < end]
        shares |= {_share_at(template, at) for at in (start, *changes)}
    return shares.pop() if len(shares) == 1 else None


def _share_at(template: dict[str, Any], at: datetime) -> float | None:
    splits = [each for each in template.get("splits", []) if _time(each["from"]) <= at]
    if splits and splits[-1]["mode"] != "external":
        return float(splits[-1]["control_share"])
    shares = {
        float(each["control_share"])
        for each in template.get("bindings", [])
        if _time(each["valid_from"]) <= at
        and (not each.get("valid_to") or at < _time(each["valid_to"]))
    }
    return shares.pop() if len(shares) == 1 else None


def _changes(template: dict[str, Any]) -> list[datetime]:
    bindings = template.get("bindings", [])
    times = [each[end] for each in bindings for end in ("valid_from", "valid_to") if each.get(end)]
    return [_time(each) for each in (*times, *(s["from"] for s in template.get("splits", [])))]


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
