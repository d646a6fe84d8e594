"""Once a week: what keeps the lake small and fast to read."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, CronTriggerTimetable

from copyloop_airflow.defaults import IN_POOL, TAGS, TASK_DEFAULTS, TURN, late_after
from copyloop_airflow.job import CopyloopJobOperator
from copyloop_airflow.night import lake_run_id

DOC = """
### Sundays at 05:00 UTC

Joins the small files of the tables and removes those that no published state names any more.
It waits for whoever writes the lake (pool `copyloop_lake`), and a week that was missed needs no
catching up.
"""

with DAG(
    dag_id="copyloop_maintenance",
    description="The tables' files are joined and tidied",
    doc_md=DOC,
    schedule=CronTriggerTimetable("0 5 * * 0", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    deadline=late_after(timedelta(hours=6)),
    default_args=TASK_DEFAULTS,
    user_defined_filters={"lake_run_id": lake_run_id},
    tags=TAGS,
) as dag:
    CopyloopJobOperator(
        task_id="maintain",
        command="maintain",
        run_id="{{ run_id | lake_run_id }}",
        arguments=TURN,
        **IN_POOL,
    )
