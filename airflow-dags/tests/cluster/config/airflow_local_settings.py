"""How the tests' own Airflow differs: seconds where others wait for minutes."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG
from airflow.sdk.bases.operator import BaseOperator

from copyloop_airflow.defaults import TURN, late_after

# Others wait no longer than this for a job that was killed.
TURN += ["--lease-time", "5s"]

# The night that is due by the schedule would come before the tests' own.
NO_SCHEDULE_UNTIL = datetime(2999, 1, 1, tzinfo=UTC)


def dag_policy(dag: DAG) -> None:
    if dag.dag_id == "copyloop_nightly":
        dag.start_date = NO_SCHEDULE_UNTIL
        dag.deadline = [late_after(timedelta(seconds=1))]


def task_policy(task: BaseOperator) -> None:
    task.retry_delay = timedelta(seconds=1)
    if task.dag_id == "copyloop_nightly":
        task.start_date = NO_SCHEDULE_UNTIL
    if task.dag_id == "copyloop_backfill":
        task.retries = 0
