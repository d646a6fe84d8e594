"""The operator that runs one job of the batch and hands on what it did."""

import os
from collections.abc import Sequence
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseOperatorLink, Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from copyloop_airflow import storage
from copyloop_airflow.results import read_result, result_key

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
    """The button that opens what a job did in the run."""

    name = "Result of the run"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """Its address for a browser; the operator has been rendered."""
        return storage.browser_address(result_key(operator.run_id, operator.job))


class CopyloopJobOperator(SparkSubmitOperator):
    """Runs a job by spark-submit and returns its result, ``runs/<run id>/<job>.json``, as XCom.

    Clearing it is safe: a job that runs again over the same input changes nothing.

    Args:
        job: the job's name, such as ``compact``.
        run_id: the run's id in the lake (templated).
        arguments: further options of the job (templated).
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "run_id")
    operator_extra_links = (ManifestLink(),)

    def __init__(
        self, *, job: str, run_id: str, arguments: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(
            conn_id=CONNECTION,
            java_class=MAIN_CLASS,
            name=f"copyloop-{job}",
            application_args=[job, "--run-id", run_id, *arguments],
            **kwargs,
        )
        self.job = job
        self.run_id = run_id

    # Spark's own operator returns nothing.
    def execute(self, context: Context) -> dict[str, Any]:  # type: ignore[override]
        """Runs the job and reads its result."""
        self.application = os.environ.get(JAR_VARIABLE, "spark-internal")
        self._submit(context)
        result = read_result(self.run_id, self.job)
        self.log.info("%s of %s\n%s", self.job, self.run_id, result.summary())
        return result.values()

    def _submit(self, context: Context) -> None:
        try:
            super().execute(context)
        except AirflowException as error:
            exit_code = self._exit_code()
            if exit_code not in HOPELESS:
                raise
            raise AirflowFailException(
                f"The job {self.job} of {self.run_id} ended with {exit_code}: "
                f"{HOPELESS[exit_code]}. Its own words are in this task's log; see docs/airflow.md"
            ) from error

    def _exit_code(self) -> int | None:
        process = self._hook._submit_sp if self._hook else None
        return process.returncode if process else None
