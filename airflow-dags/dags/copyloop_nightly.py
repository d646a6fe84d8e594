"""The night: from what landed until the end of a UTC day to its exports."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, CronPartitionTimetable, Param, chain, get_current_context, task

from copyloop_airflow.assets import OUTLETS
from copyloop_airflow.defaults import FIRST_IN_POOL, TAGS, TASK_DEFAULTS, TURN, late_after
from copyloop_airflow.job import CopyloopJobOperator
from copyloop_airflow.night import STAGES, night_of_context, planned
from copyloop_airflow.writers import WritersSealedSensor

DOC = """
### Every night at 02:00 UTC

Waits until the writers have brought the day before, at most `writers_grace_minutes`; consumes every
landing object that was not consumed yet, however old; attributes, measures and exports what they
touch. A task's result is its XCom `return_value` and `runs/<run id>/<job>.json` in the bucket.

* **Again**: clear a task and what follows. Over the same input a job changes nothing.
* **By hand**: trigger it with a partition key, or with the parameter `day`.
* **Waits** for whoever writes the lake (pool `copyloop_lake`), of a backfill for one day at most.
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
    deadline=late_after(timedelta(hours=4)),
    default_args=TASK_DEFAULTS,
    params={
        "day": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Day",
            description="The UTC day, for a run by hand. The schedule sets it by itself.",
        ),
        "writers_grace_minutes": Param(
            30,
            type="integer",
            minimum=0,
            maximum=600,
            title="Grace for the writers, in minutes",
        ),
    },
    tags=TAGS,
) as dag:

    @task(retries=0)
    def plan_night() -> dict[str, str]:
        """Fails at once if the run does not say which day it is."""
        return night_of_context(get_current_context()).values()

    sealed = WritersSealedSensor(
        task_id="await_writers",
        end=planned("end"),
        grace_minutes="{{ params.writers_grace_minutes }}",
    )
    jobs = [
        CopyloopJobOperator(
            task_id=job,
            command=planned("command"),
            jobs=[job],
            run_id=planned("run_id"),
            arguments=["--stages", job, "--from", planned("day"), "--to", planned("end"), *TURN],
            outlets=OUTLETS.get(job, []),
            day=planned("day"),
            **FIRST_IN_POOL,
        )
        for job in STAGES
    ]
    chain(plan_night(), sealed, *jobs)
