"""A range of days, computed anew and written over what was exported before."""

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, chain, get_current_context, task

from copyloop_airflow.assets import EXPORTS, PUBLISHED_TABLES
from copyloop_airflow.backfill import asked_for, backfill_of_context, backfill_params, told
from copyloop_airflow.defaults import IN_POOL, TAGS, TASK_DEFAULTS
from copyloop_airflow.job import CopyloopJobOperator

DOC = """
### By hand: compute a range of days anew

Days are UTC, by the time when something happened; both ends are included. What is pending is
consumed first, then each day is computed by the current settings and written over what was
there; what did not change is not written.

* **First a dry run**: the log and the XCom of `plan` show days, rows and an estimate.
* **It stopped**: clear the failed tasks. Days that are done stay done.
* **The night** goes first: it runs between two days of a backfill (pool `copyloop_lake`).
"""

with DAG(
    dag_id="copyloop_backfill",
    description="A range of days is computed and exported anew",
    doc_md=DOC,
    schedule=None,
    max_active_runs=4,
    dagrun_timeout=timedelta(days=14),
    default_args=TASK_DEFAULTS,
    params=backfill_params(),
    tags=TAGS,
) as dag:

    @task(retries=0)
    def read_form() -> dict[str, str]:
        """Fails at once if the range is none."""
        return backfill_of_context(get_current_context()).values()

    @task
    def choose_days() -> list[dict[str, Any]]:
        """One entry per day; none of a dry run."""
        return backfill_of_context(get_current_context()).days()

    @task(trigger_rule="none_failed")
    def tell(results: Any = ()) -> str:
        """What was done, in words."""
        return told(backfill_of_context(get_current_context()), list(results or ()))

    plan = CopyloopJobOperator(
        task_id="plan",
        command="plan",
        run_id=asked_for("run_id"),
        arguments=["--from", asked_for("from"), "--to", asked_for("end"), asked_for("org")],
    )
    chosen = choose_days()
    days = CopyloopJobOperator.partial(
        task_id="backfill_day",
        command="backfill",
        outlets=[EXPORTS, *PUBLISHED_TABLES],
        map_index_template="{{ task.day }}",
        max_active_tis_per_dagrun=1,
        **IN_POOL,
    ).expand_kwargs(chosen)
    chain(read_form(), plan, chosen)
    tell(days.output)
