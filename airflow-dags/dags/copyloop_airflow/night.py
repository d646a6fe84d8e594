"""Which night a run is: the UTC day that it ends, and its name in the lake."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowFailException

STAGES = ("inbox", "compact", "attribute", "metrics", "publish", "export")
"""The jobs of a night, in order."""

_NOT_IN_A_RUN_ID = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_RUN_ID = 100


@dataclass(frozen=True)
class Night:
    """One run of the night.

    Attributes:
        run_id: the run's name in the lake, the same for every try.
        day: the last UTC day whose landings are consumed.
        command: the batch's: ``nightly``, or ``backfill`` to compute the day itself anew.
    """

    run_id: str
    day: date
    command: str = "nightly"

    @property
    def end(self) -> date:
        """The first UTC day that is not consumed."""
        return self.day + timedelta(days=1)

    def values(self) -> dict[str, str]:
        """The night as later tasks read it from XCom."""
        return {
            "run_id": self.run_id,
            "command": self.command,
            "day": self.day.isoformat(),
            "end": self.end.isoformat(),
        }


def night_of(
    partition_key: str | None, day: str | None, dag_run_id: str, run_type: str = "manual"
) -> Night:
    """The night by the schedule's partition key, else by the day of a run started by hand.

    A run of ``airflow backfill create`` computes its day anew, also where it consumes nothing.

    Raises:
        AirflowFailException: neither is given, or it is not a date; a retry can't help.
    """
    text = partition_key or day
    if not text:
        raise AirflowFailException(
            "Cannot tell which day to process: a run started by hand needs the parameter 'day' "
            "(or a partition key), such as 2026-11-22"
        )
    try:
        parsed = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise AirflowFailException(
            f"Cannot process the day {text!r}: expected a date such as 2026-11-22"
        ) from error
    command = "backfill" if run_type == "backfill" else "nightly"
    return Night(lake_run_id(dag_run_id), parsed, command)


def lake_run_id(dag_run_id: str) -> str:
    """The run's id in the lake: Airflow's without the characters that a path can't have."""
    return _NOT_IN_A_RUN_ID.sub("-", dag_run_id).strip("-._")[-_LONGEST_RUN_ID:].lstrip("-._")


def night_of_context(context: Context) -> Night:
    """The night of the run that a task belongs to."""
    run = context["dag_run"]
    day = context["params"].get("day")
    return night_of(run.partition_key, day, run.run_id, str(run.run_type))


def planned(value: str) -> str:
    """The template of a value of the night that the task ``plan_night`` returned."""
    return f"{{{{ ti.xcom_pull(task_ids='plan_night')['{value}'] }}}}"
