"""What every task of Copyloop is given."""

from datetime import timedelta
from typing import Any

from airflow.sdk.definitions.callback import SyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from copyloop_airflow.alerts import alert, late

POOL = "copyloop_lake"
"""One slot: whoever writes the lake waits for whoever does. ``pools.json`` defines it."""

TAGS = ["copyloop"]

TASK_DEFAULTS: dict[str, Any] = {
    "owner": "copyloop",
    "retries": 3,
    "retry_delay": timedelta(minutes=2),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=30),
    "execution_timeout": timedelta(hours=4),
    "on_failure_callback": alert,
}

TURN = ["--wait", "1h"]
"""A run outside this Airflow may hold the lake: its end is waited for, before a try is spent."""

IN_POOL: dict[str, Any] = {"pool": POOL, "priority_weight": 1, "weight_rule": "absolute"}
"""A task that writes the lake."""

FIRST_IN_POOL = {**IN_POOL, "priority_weight": 100}
"""The same, before all others that wait: the night must not wait for a whole backfill."""


def late_after(limit: timedelta) -> DeadlineAlert:
    """The alert on a run that has not ended so long after it was queued."""
    # Run by the executor: the triggerer can't import from the folder of the DAGs.
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=limit,
        callback=SyncCallback(late),
    )
