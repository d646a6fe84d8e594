"""The night: from what landed until the end of a UTC day to its exports."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, Asset, CronPartitionTimetable, Param, chain, get_current_context, task

from copyloop_airflow.defaults import POOL, TAGS, TASK_DEFAULTS
from copyloop_airflow.job import CopyloopJobOperator
from copyloop_airflow.night import night_of_context, planned

EXPORTS = Asset("copyloop_exports")

DOC = """
### Every night at 02:00 UTC

Consumes every landing object of the day before that was not consumed yet, and older ones that came
late; then attributes, measures and exports what they touch. Each task's result is its XCom
`return_value` and `runs/<run id>/<job>.json` in the bucket.

* **Again**: clear a task and what follows. Over the same input a job changes nothing.
* **By hand**: trigger it with the parameter `day`.
* **Waits** for any other run that writes the lake (pool `copyloop_lake`).
"""

with DAG(
    dag_id="copyloop_nightly",
    description="Landings of a day become tables, figures and exports",
    doc_md=DOC,
    schedule=CronPartitionTimetable(
        "0 2 * * *", timezone="UTC", run_offset=-1, key_format="%Y-%m-%d"
    ),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args=TASK_DEFAULTS,
    params={
        "day": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Day",
            description="The UTC day, for a run by hand. The schedule sets it by itself.",
        )
    },
    tags=TAGS,
) as dag:

    @task(retries=0)
    def plan_night() -> dict[str, str]:
        """Fails at once if the run does not say which day it is."""
        return night_of_context(get_current_context()).values()

    jobs = [
        CopyloopJobOperator(
            task_id=job,
            job=job,
            run_id=planned("run_id"),
            arguments=["--to", planned("end")],
            pool=POOL,
            outlets=[EXPORTS] if job == "export" else [],
        )
        for job in ("compact", "attribute", "metrics", "export")
    ]
    chain(plan_night(), *jobs)
