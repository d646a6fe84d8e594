"""The operator that runs jobs of the batch and hands on what they did."""

import os
from collections.abc import Sequence
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseOperatorLink, Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from copyloop_airflow import storage
from copyloop_airflow.results import JobResult, read_result, result_key

CONNECTION = "copyloop_spark"
MAIN_CLASS = "dev.copyloop.jobs.Main"

JAR_VARIABLE = "COPYLOOP_JOBS_JAR"
"""Names the jobs' jar on the worker; without it the class path of spark-submit has it."""

HOPELESS = {
    2: "an option or a setting is wrong",
    65: "an audit or the reconciliation failed, and nothing was published",
}
"""The exit codes after which a retry can't help."""


class ManifestLink(BaseOperatorLink):
    """The button that opens what a task's last job did in the run."""

    name = "Result of the run"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """Its address for a browser; the operator has been rendered."""
        return storage.browser_address(result_key(operator.run_id, operator.jobs[-1]))


class CopyloopJobOperator(SparkSubmitOperator):
    """Runs a command of the batch by spark-submit and returns the results of its jobs as XCom.

    A job leaves its result as ``runs/<run id>/<job>.json``. Clearing the task is safe: a job that
    runs again over the same input changes nothing.

    Args:
        command: the command's name, such as ``compact`` or ``backfill`` (templated).
        run_id: the run's id in the lake (templated).
        jobs: the jobs whose results the command leaves; by default the one of its name.
        arguments: further options of the command (templated); what is rendered empty is left out.
        day: the partition that the events of its assets name (templated).
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "run_id", "day")
    operator_extra_links = (ManifestLink(),)

    def __init__(
        self,
        *,
        command: str,
        run_id: str,
        jobs: Sequence[str] = (),
        arguments: Sequence[str] = (),
        day: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            conn_id=CONNECTION,
            java_class=MAIN_CLASS,
            name=f"copyloop-{kwargs['task_id']}",
            application_args=[command, "--run-id", run_id, *arguments],
            **kwargs,
        )
        self.run_id = run_id
        self.jobs = list(jobs) or [command]
        self.day = day

    # Spark's own operator returns nothing.
    def execute(self, context: Context) -> dict[str, Any]:  # type: ignore[override]
        """Runs the command and reads the results of its jobs."""
        self.application = os.environ.get(JAR_VARIABLE, "spark-internal")
        self.application_args = [word for word in self.application_args or () if word]
        self._submit(context)
        result = JobResult.together([read_result(self.run_id, job) for job in self.jobs])
        self.log.info("%s of %s\n%s", result.job, self.run_id, result.summary())
        self._name_partition(context)
        return result.values()

    def _submit(self, context: Context) -> None:
        try:
            super().execute(context)
        except AirflowException as error:
            exit_code = self._exit_code()
            if exit_code not in HOPELESS:
                raise
            raise AirflowFailException(
                f"{' '.join(self.jobs)} of {self.run_id} ended with {exit_code}: "
                f"{HOPELESS[exit_code]}. Its own words are in this task's log; see docs/airflow.md"
            ) from error

    def _name_partition(self, context: Context) -> None:
        """A run by hand has no partition key of its own, and who waits for assets needs one."""
        if self.day:
            for asset in self.outlets:
                context["outlet_events"][asset].add_partitions(self.day)

    def _exit_code(self) -> int | None:
        process = self._hook._submit_sp if self._hook else None
        return process.returncode if process else None
