"""Figures of one template from its exports: sums of daily_metrics, nothing that isn't in them."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb
import pandas

from copyloop_client.proportions import Proportion, wilson

Metric = Literal[
    "delivered",
    "unique_opens",
    "unique_opens_human",
    "unique_opens_not_machine",
    "unique_clicks",
    "unique_clicks_human",
    "unique_clicks_not_machine",
    "cio_conversions",
    "unsubscribes",
    "bounces",
]
"""A count of deliveries that had at least one such event."""

METRICS: dict[Metric, str] = {
    "delivered": "messages delivered",
    "unique_opens": "messages opened, machines included",
    "unique_opens_human": "messages surely opened by a person",
    "unique_opens_not_machine": "messages opened, known machines left out",
    "unique_clicks": "messages clicked, machines included",
    "unique_clicks_human": "messages surely clicked by a person",
    "unique_clicks_not_machine": "messages clicked, known machines left out",
    "cio_conversions": "messages converted (Customer.io's goal)",
    "unsubscribes": "messages unsubscribed from",
    "bounces": "messages bounced",
}
"""What each counts, for people."""

# An event without the sender's flag is neither human nor machine, but unknown.
_EXPRESSIONS: dict[Metric, str] = {
    "unique_opens_not_machine": "unique_opens - unique_opens_machine",
    "unique_clicks_not_machine": "unique_clicks - unique_clicks_machine",
}

CHOSEN = """
    template_id = $template AND send_date BETWEEN $first AND $last
    AND coalesce(message_no, 1) = 1
    AND (NOT $some OR list_contains($days, send_date))
"""
"""Of daily_metrics: a scope's rows, by its ``parameters``; first messages only."""


@dataclass(frozen=True)
class Scope:
    """Which cohorts of which template.

    Attributes:
        template_id: the template.
        first: the first send date, in the org's time zone.
        last: the last one, included.
        days: only these of them; none named: all.
    """

    template_id: str
    first: date = date.min
    last: date = date.max
    days: tuple[date, ...] = ()

    @property
    def parameters(self) -> dict[str, object]:
        """What the queries below are given."""
        return {
            "template": self.template_id,
            "first": self.first,
            "last": self.last,
            "some": bool(self.days),
            "days": list(self.days) or [self.first],
        }


def only_template(database: duckdb.DuckDBPyConnection) -> str:
    """The template, if the exports have figures of one only.

    Raises:
        LookupError: there are none or several, which are named.
    """
    query = (
        "SELECT DISTINCT template_id FROM daily_metrics WHERE template_id IS NOT NULL ORDER BY 1"
    )
    found = [str(row[0]) for row in database.sql(query).fetchall()]
    if len(found) != 1:
        raise LookupError(f"Cannot choose a template: found {found or 'none'}. Set template_id")
    return found[0]


def rates_by_copy(
    database: duckdb.DuckDBPyConnection, scope: Scope, metric: Metric
) -> pandas.DataFrame:
    """The rate per copy over all cohorts; see ``rates_by_copy_and_day`` for the columns."""
    return _rates(_counts(database, scope, metric, "copy"))


def rates_by_copy_and_day(
    database: duckdb.DuckDBPyConnection, scope: Scope, metric: Metric
) -> pandas.DataFrame:
    """The rate per copy and cohort.

    Columns: copy (its key, or control), send_date, units (sends), successes, rate, low and high
    (Wilson, 95 %). A rate is NaN where there are no sends, or fewer than successes, as when the
    sent event is not subscribed.
    """
    return _rates(_counts(database, scope, metric, "copy, send_date"))


def events_by_copy_and_day(
    database: duckdb.DuckDBPyConnection, scope: Scope, metric: Metric
) -> pandas.DataFrame:
    """The same deliveries by the day of their first event: copy, event_date, successes.

    There is no rate on this clock: what happened on a day belongs to the sends of many.
    """
    return _counts(database, scope, metric, "copy, event_date").drop(columns="units")


def total_of(metric: Metric) -> str:
    """The sum of a metric over rows of daily_metrics, in SQL."""
    return f"sum(coalesce({_EXPRESSIONS.get(metric, metric)}, 0))::BIGINT"


def _counts(
    database: duckdb.DuckDBPyConnection, scope: Scope, metric: Metric, grouping: str
) -> pandas.DataFrame:
    query = f"""
        WITH keys AS (SELECT copy_id, any_value(key) AS key FROM copies GROUP BY copy_id)
        SELECT {grouping.replace("copy", "coalesce(key, copy_key) AS copy", 1)},
               sum(sends)::BIGINT AS units, {total_of(metric)} AS successes
        FROM daily_metrics LEFT JOIN keys ON copy_id = copy_key
        WHERE {CHOSEN} AND arm IN ('treatment', 'control')
        GROUP BY {grouping} HAVING sum(sends) > 0 OR {total_of(metric)} <> 0
        ORDER BY {grouping}
    """  # noqa: S608
    return database.execute(query, scope.parameters).df()


def _rates(counts: pandas.DataFrame) -> pandas.DataFrame:
    rows = [_rate(*pair) for pair in zip(counts["successes"], counts["units"], strict=True)]
    rates = pandas.DataFrame(rows, columns=["rate", "low", "high"], index=counts.index)
    return pandas.concat([counts, rates], axis=1)


def _rate(successes: int, units: int) -> tuple[float, float, float]:
    if units == 0 or not 0 <= successes <= units:
        return math.nan, math.nan, math.nan
    proportion = Proportion(successes, units)
    interval = wilson(proportion)
    return proportion.rate, interval.low, interval.high
