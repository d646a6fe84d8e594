"""Treatment and control by intention to treat: units are what the split assigned."""

from typing import Any, Literal, cast

import duckdb
import pandas

from copyloop_client.figures import CHOSEN, METRICS, Metric, Scope, total_of
from copyloop_client.org_calendar import Calendar
from copyloop_client.proportions import Proportion

ARMS = ("treatment", "control")

CUSTOM = "custom:"
"""Before the id of a rule or of a custom metric: people with at least one such event."""

ATTRIBUTE = "attrs."
"""Before the name of an attribute that calls of generate carry."""

Segment = Literal["all", "workspace", "channel", "weekday"]
"""What both arms have wherever the split is made."""

_SEGMENTS: dict[Segment, str] = {
    "all": "'all'",
    "workspace": "workspace",
    "channel": "channel",
    "weekday": "strftime(send_date, '%u %A')",
}

_HAPPENED: dict[Metric, str] = {
    "delivered": "metric = 'delivered'",
    "unique_opens": "metric = 'opened'",
    "unique_opens_human": "metric = 'opened' AND human_class = 'human'",
    "unique_opens_not_machine": "metric = 'opened' AND human_class <> 'machine'",
    "unique_clicks": "metric = 'clicked'",
    "unique_clicks_human": "metric = 'clicked' AND human_class = 'human'",
    "unique_clicks_not_machine": "metric = 'clicked' AND human_class <> 'machine'",
    "cio_conversions": "metric = 'converted'",
    "unsubscribes": "metric = 'unsubscribed'",
    "bounces": "metric = 'bounced'",
}
"""A metric among the single engagements."""

Arms = dict[str, Proportion]


def label(metric: str) -> str:
    """What a metric counts, for people.

    Raises:
        LookupError: there is no such metric.
    """
    if metric.startswith(CUSTOM):
        return f"people with {metric.removeprefix(CUSTOM)!r} in its window"
    if metric not in METRICS:
        raise LookupError(
            f"Cannot find the metric {metric!r}: name one of {', '.join(METRICS)}, or "
            f"{CUSTOM}ID with the id of a rule or of a custom metric"
        )
    return METRICS[metric]


def proportions(database: duckdb.DuckDBPyConnection, scope: Scope, metric: str) -> Arms:
    """Treatment and control, from the exports."""
    return proportions_by(database, scope, metric, "all").get("all", _none())


def proportions_by(
    database: duckdb.DuckDBPyConnection, scope: Scope, metric: str, segment: Segment
) -> dict[str, Arms]:
    """The same per segment, by the segment's name."""
    name, arms = f"coalesce({_SEGMENTS[segment]}, 'not known') AS segment", f"arm IN {ARMS}"
    assigned = f"""
        SELECT {name}, arm, sum(assigned)::BIGINT AS units
        FROM daily_metrics WHERE {CHOSEN} AND {arms} GROUP BY ALL
    """  # noqa: S608 (names of columns, closed sets)
    if metric.startswith(CUSTOM):
        happened = f"""
            SELECT {name}, arm, sum(lift_persons)::BIGINT AS successes
            FROM daily_custom_metrics WHERE {_CHOSEN_CUSTOM} AND {arms} GROUP BY ALL
        """  # noqa: S608
    else:
        happened = f"""
            SELECT {name}, arm, {total_of(cast("Metric", metric))} AS successes
            FROM daily_metrics WHERE {CHOSEN} AND {arms} GROUP BY ALL
        """  # noqa: S608
    query = f"""
        SELECT segment, arm, coalesce(successes, 0), coalesce(units, 0)
        FROM ({assigned}) FULL JOIN ({happened}) USING (segment, arm) ORDER BY ALL
    """  # noqa: S608
    given = scope.parameters | _rule(metric)
    return _by_segment(database.execute(query, given).fetchall())


def proportions_by_attribute(
    tables: duckdb.DuckDBPyConnection,
    org: str,
    calendar: Calendar,
    scope: Scope,
    metric: str,
    attribute: str,
) -> dict[str, Arms]:
    """The same per value of an attribute, from the lake's tables, of the days that a scope names.

    Attributes come with calls of generate. So control has them only where generate makes the
    split; where the campaign does, control makes no call and is empty here.
    """
    within = [
        f"epoch(last_call) >= {start.timestamp()} AND epoch(last_call) < {end.timestamp()}"
        for day in scope.days
        for start, end in calendar.spans(day)
    ]
    query = f"""
        WITH units AS (
            SELECT coalesce(tracking_id, generation_id) AS unit,
                   arg_max(arm, occurred_at) AS arm, max(occurred_at) AS last_call,
                   coalesce(arg_max(attrs[$attribute], occurred_at), 'not known') AS segment
            FROM generations
            WHERE org = $org AND template_id = $template AND NOT test GROUP BY unit
        ), happened AS (
            SELECT DISTINCT coalesce(deliveries.journey_id, deliveries.generation_id) AS unit
            FROM ({_happened(metric)}) JOIN deliveries USING (org, workspace, delivery_id)
            WHERE org = $org AND deliveries.template_id = $template
        )
        SELECT segment, arm, count(happened.unit), count(*)
        FROM units LEFT JOIN happened USING (unit)
        WHERE {" OR ".join(within) or "false"} GROUP BY ALL ORDER BY ALL
    """  # noqa: S608
    given = {"org": org, "template": scope.template_id, "attribute": attribute}
    return _by_segment(tables.execute(query, given | _rule(metric)).fetchall())


def assigned_by_day(database: duckdb.DuckDBPyConnection, scope: Scope) -> pandas.DataFrame:
    """The units that the split assigned per day: send_date, treatment, control."""
    query = f"""
        SELECT send_date,
               sum(assigned) FILTER (arm = 'treatment')::BIGINT AS treatment,
               sum(assigned) FILTER (arm = 'control')::BIGINT AS control
        FROM daily_metrics WHERE {CHOSEN} GROUP BY send_date HAVING sum(assigned) > 0 ORDER BY 1
    """  # noqa: S608
    return database.execute(query, scope.parameters).df().fillna(0)


# Whichever message of a call was the last before the event: the event is the person's.
_CHOSEN_CUSTOM = """
    template_id = $template AND send_date BETWEEN $first AND $last
    AND (NOT $some OR list_contains($days, send_date))
    AND rule_id = $rule
    AND rule_version = (SELECT max(rule_version) FROM daily_custom_metrics WHERE rule_id = $rule)
"""


def _happened(metric: str) -> str:
    if metric.startswith(CUSTOM):
        return """
            FROM attributed_events WHERE kind IN ('lift', 'metric') AND first_of_person
            AND rule_id = $rule AND rule_version = (
                SELECT max(rule_version) FROM attributed_events
                WHERE org = $org AND rule_id = $rule
            )
        """
    condition = _HAPPENED[cast("Metric", metric)]
    return f"FROM engagements WHERE coalesce(message_no, 1) = 1 AND {condition}"


def _rule(metric: str) -> dict[str, object]:
    return {"rule": metric.removeprefix(CUSTOM)} if metric.startswith(CUSTOM) else {}


def _by_segment(rows: list[tuple[Any, ...]]) -> dict[str, Arms]:
    found: dict[str, Arms] = {}
    for name, arm, successes, units in rows:
        # Where an event comes without its send, units are missing: no rate then.
        known = Proportion(successes, units) if successes <= units else Proportion(0, 0)
        found.setdefault(name, _none())[arm] = known
    return found


def _none() -> Arms:
    return dict.fromkeys(ARMS, Proportion(0, 0))
