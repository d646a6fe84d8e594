"""Whether the figures can be trusted: what came, what was set aside, what is still missing."""

from datetime import datetime

import duckdb
import pandas

COMPLETE = 0.9
"""A day of which less is expected to be here is provisional."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400

_DELAYS = """
    SELECT source, epoch(received_at) - epoch(occurred_at) AS seconds
    FROM events WHERE org = $org
"""


def landed_lines(database: duckdb.DuckDBPyConnection) -> pandas.DataFrame:
    """What became of every line that was acknowledged, by source and over all orgs.

    Columns: source, objects, lines, kept, duplicates, superseded, quarantined, damaged (objects),
    difference. The difference is lines that nothing accounts for: always 0.
    """
    return database.sql(
        """
        SELECT source, count(DISTINCT object) AS objects, sum(lines)::BIGINT AS lines,
               sum(kept)::BIGINT AS kept, sum(duplicates)::BIGINT AS duplicates,
               sum(superseded)::BIGINT AS superseded, sum(quarantined)::BIGINT AS quarantined,
               sum(damaged)::BIGINT AS damaged,
               sum(lines - kept - duplicates - superseded - quarantined + damaged)::BIGINT
                   AS difference
        FROM landing_ledger WHERE state = 'consumed' GROUP BY source ORDER BY source
        """
    ).df()


def deliveries_by_arm(database: duckdb.DuckDBPyConnection, org: str) -> pandas.DataFrame:
    """Whether the daily figures hold every delivery, by arm and reason.

    Columns: arm, reason (why the arm is none), deliveries, in_daily_metrics, difference (always 0).
    """
    query = """
        WITH kept AS (
            SELECT arm, reason, count(*) AS deliveries
            FROM deliveries WHERE org = $org GROUP BY arm, reason
        ), counted AS (
            SELECT arm, reason, sum(deliveries)::BIGINT AS deliveries
            FROM daily_metrics WHERE org = $org GROUP BY arm, reason HAVING sum(deliveries) > 0
        )
        SELECT coalesce(kept.arm, counted.arm) AS arm,
               coalesce(kept.reason, counted.reason) AS reason,
               coalesce(kept.deliveries, 0) AS deliveries,
               coalesce(counted.deliveries, 0) AS in_daily_metrics,
               coalesce(kept.deliveries, 0) - coalesce(counted.deliveries, 0) AS difference
        FROM kept FULL JOIN counted
            ON kept.arm = counted.arm AND kept.reason IS NOT DISTINCT FROM counted.reason
        ORDER BY ALL
    """
    return database.execute(query, {"org": org}).df()


def quarantine_by_reason(database: duckdb.DuckDBPyConnection, org: str) -> pandas.DataFrame:
    """What could not be understood and is still set aside; lines that name no org count for all.

    Columns: reason, source, rows, first_landed and last_landed (UTC days), example (a detail).
    """
    query = """
        SELECT reason, source, count(*) AS rows, min(date) AS first_landed,
               max(date) AS last_landed, min(detail) AS example
        FROM quarantine WHERE (org = $org OR org IS NULL) AND recovered_by IS NULL
        GROUP BY reason, source ORDER BY rows DESC, reason, source
    """
    return database.execute(query, {"org": org}).df()


def lateness(database: duckdb.DuckDBPyConnection, org: str) -> pandas.DataFrame:
    """How long after it happened an event became durable here, by source.

    Columns: source, events, median_seconds, p95_seconds, and the shares that came later than
    an hour and than a day after.
    """
    query = f"""
        SELECT source, count(*) AS events,
               quantile_cont(seconds, 0.5) AS median_seconds,
               quantile_cont(seconds, 0.95) AS p95_seconds,
               avg((seconds > {_HOUR})::INT) AS later_than_an_hour,
               avg((seconds > {_DAY})::INT) AS later_than_a_day
        FROM ({_DELAYS}) GROUP BY source ORDER BY source
    """  # noqa: S608 (no part is a value)
    return database.execute(query, {"org": org}).df()


def arrival_curve(database: duckdb.DuckDBPyConnection, org: str) -> pandas.DataFrame:
    """The share of events that had come by some time after they happened.

    Columns: after (in words), seconds, share (0 to 1). Only what has come so far counts: what is
    still missing can't be seen, so the last steps are upper bounds.
    """
    steps = [
        ("1 minute", _MINUTE),
        ("10 minutes", 10 * _MINUTE),
        ("1 hour", _HOUR),
        ("6 hours", 6 * _HOUR),
        ("1 day", _DAY),
        ("3 days", 3 * _DAY),
        ("7 days", 7 * _DAY),
    ]
    values = ", ".join(f"('{name}', {seconds})" for name, seconds in steps)
    query = f"""
        SELECT after, steps.seconds, avg((delays.seconds <= steps.seconds)::INT) AS share
        FROM (VALUES {values}) AS steps (after, seconds), ({_DELAYS}) AS delays
        GROUP BY after, steps.seconds ORDER BY steps.seconds
    """  # noqa: S608
    return database.execute(query, {"org": org}).df()


def completeness(
    database: duckdb.DuckDBPyConnection, org: str, as_of: datetime, days: int = 14
) -> pandas.DataFrame:
    """How much of the last days' events is expected to be here.

    The share of a day is that of all events that came within the time from the day's end until
    ``as_of``, such as when the tables were published. Columns: date (UTC), events, expected_share
    (0 to 1).
    """
    query = f"""
        WITH delays AS ({_DELAYS}),
             by_day AS (SELECT date, count(*) AS events FROM events WHERE org = $org
                        GROUP BY date ORDER BY date DESC LIMIT $days)
        SELECT date, any_value(events) AS events,
               avg((seconds <= $as_of - epoch(date + INTERVAL 1 DAY))::INT) AS expected_share
        FROM by_day, delays GROUP BY date ORDER BY date
    """  # noqa: S608
    return database.execute(query, {"org": org, "as_of": as_of.timestamp(), "days": days}).df()


def empty_hours(database: duckdb.DuckDBPyConnection) -> pandas.DataFrame:
    """Hours between the first and the last landing in which a source landed nothing.

    Columns: source, hours (how many), first, last. A busy source without landings for hours says
    that its sender or the way here was broken.
    """
    return database.sql(
        """
        WITH bounds AS (SELECT source, min(hour) AS low, max(hour) AS high
                        FROM landing_ledger GROUP BY source),
             expected AS (SELECT source, unnest(generate_series(low, high, INTERVAL 1 HOUR)) AS hour
                          FROM bounds)
        SELECT source, count(*) AS hours, min(hour) AS first, max(hour) AS last
        FROM expected ANTI JOIN landing_ledger USING (source, hour)
        GROUP BY source ORDER BY source
        """
    ).df()


def restatements(database: duckdb.DuckDBPyConnection, org: str) -> pandas.DataFrame:
    """Published figures that changed after they were final, newest first.

    Columns: published_at, reason, event_date, measure, template_id, copy_key, before, after.
    """
    query = """
        SELECT published_at, reason, event_date, measure, template_id, copy_key,
               before::DOUBLE AS before, after::DOUBLE AS after
        FROM restatements WHERE org = $org
        ORDER BY published_at DESC, event_date, measure, template_id, copy_key
    """
    return database.execute(query, {"org": org}).df()
