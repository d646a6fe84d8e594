"""What every task of Copyloop is given."""

from datetime import timedelta
from typing import Any

from copyloop_airflow.alerts import alert

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
