"""A range of days that is computed anew: what was asked for, and its days one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from airflow.sdk import Context, Param
from airflow.sdk.exceptions import AirflowFailException

from copyloop_airflow.defaults import TURN
from copyloop_airflow.night import STAGES, lake_run_id

LONGEST_DAYS = 1000
"""Each day is a task: more of them are better asked for in several runs."""

ORG_PATTERN = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"


@dataclass(frozen=True)
class Backfill:
    """What a run was asked to do.

    Attributes:
        run_id: the run's name in the lake, the same for every try.
        first: the first UTC day, by the time when something happened.
        last: the last one, included.
        org: the only org to compute; None for all.
        stages: the jobs to run, in their own order.
        dry_run: nothing is run but the plan.
    """

    run_id: str
    first: date
    last: date
    org: str | None
    stages: tuple[str, ...]
    dry_run: bool

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise AirflowFailException(
                f"Cannot backfill {self.first} to {self.last}: 'to' is the last day, included, "
                "and must not be before 'from'"
            )
        if self.first > datetime.now(UTC).date():
            raise AirflowFailException(f"Cannot backfill from {self.first}: it is not yet here")
        if self._length() > LONGEST_DAYS:
            raise AirflowFailException(
                f"Cannot backfill {self._length():,} days in one run: {LONGEST_DAYS:,} are the "
                "most. Trigger several runs; they take turns"
            )

    @staticmethod
    def of(params: dict[str, Any], dag_run_id: str) -> "Backfill":
        """Reads the form, whose fields are valid each for itself."""
        return Backfill(
            run_id=lake_run_id(dag_run_id),
            first=date.fromisoformat(params["from"]),
            last=date.fromisoformat(params["to"]),
            org=params["org"] or None,
            stages=tuple(stage for stage in STAGES if stage in params["stages"]),
            dry_run=params["dry_run"],
        )

    def values(self) -> dict[str, str]:
        """The whole range, as the plan reads it from XCom."""
        return {
            "run_id": self.run_id,
            "from": self.first.isoformat(),
            "end": (self.last + timedelta(days=1)).isoformat(),
            "org": "" if self.org is None else f"--org={self.org}",
        }

    def days(self) -> list[dict[str, Any]]:
        """What the operator of each day is given, oldest first; none of a dry run."""
        if self.dry_run:
            return []
        return [self._day(self.first + timedelta(days=n)) for n in range(self._length())]

    def _length(self) -> int:
        return (self.last - self.first).days + 1

    def _day(self, day: date) -> dict[str, Any]:
        end = day + timedelta(days=1)
        # Written out: templates in a mapped value are not rendered.
        return {
            "run_id": lake_run_id(f"{self.run_id}-{day.isoformat()}"),
            "day": day.isoformat(),
            "jobs": list(self.stages),
            "arguments": [
                *("--from", day.isoformat(), "--to", end.isoformat()),
                *("--stages", ",".join(self.stages), *TURN),
                "" if self.org is None else f"--org={self.org}",
            ],
        }


def backfill_of_context(context: Context) -> Backfill:
    """What the run that a task belongs to was asked to do."""
    return Backfill.of(dict(context["params"]), context["dag_run"].run_id)


def asked_for(value: str) -> str:
    """The template of a value of the form that the task ``read_form`` returned."""
    return f"{{{{ ti.xcom_pull(task_ids='read_form')['{value}'] }}}}"


def backfill_params() -> dict[str, Param]:
    """The form. A field that is not valid is refused before a run exists."""
    return {
        "from": Param(
            type="string",
            format="date",
            title="From",
            description="The first UTC day, by the time when something happened.",
        ),
        "to": Param(
            type="string", format="date", title="To", description="The last UTC day, included."
        ),
        "org": Param(
            None,
            type=["null", "string"],
            pattern=ORG_PATTERN,
            maxLength=63,
            title="Org",
            description="The slug of the only org to compute. Empty: all.",
        ),
        "stages": Param(
            list(STAGES),
            type="array",
            items={"type": "string", "enum": list(STAGES)},
            examples=list(STAGES),
            minItems=1,
            uniqueItems=True,
            title="Stages",
            description="What to run, in this order. Leave all unless you know why not.",
        ),
        "dry_run": Param(
            default=False,
            type="boolean",
            title="Dry run",
            description="Show the plan only: days, rows and an estimate.",
        ),
    }


def told(backfill: Backfill, results: Sequence[dict[str, Any]]) -> str:
    """What was done, in a few lines."""
    if backfill.dry_run:
        return "A dry run: nothing was written. The log of 'plan' shows what would be."
    days = sorted({day for result in results for day in result["days"]})
    restatements = sum(result["restatements"] for result in results)
    return (
        f"{len(results)} days of {backfill.first} to {backfill.last} were computed anew; "
        f"{len(days)} days of tables or exports changed; {restatements:,} restatements"
    )
