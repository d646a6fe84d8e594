"""The typed result that each job leaves in the bucket."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError

from copyloop_airflow import storage

_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")


@dataclass(frozen=True)
class JobResult:
    """What a job did, in the same words for every job.

    Attributes:
        run_id: the run's id in the lake.
        job: the job's name.
        rows: by source, table or dataset: lines kept, or rows that it has now.
        days: the days it brought rows to or wrote anew, or would, sorted.
        quarantined: rows it could not understand, by reason.
        restatements: published figures that it changed after they were final.
        manifest: where its whole result lies.
        result: the whole result, as the job wrote it.
    """

    run_id: str
    job: str
    rows: dict[str, int]
    days: list[str]
    quarantined: dict[str, int]
    restatements: int
    manifest: str
    result: dict[str, Any]

    @staticmethod
    def of(content: dict[str, Any], manifest: str) -> "JobResult":
        """Reads a job's JSON; what a job does not have is empty."""
        result = content["result"]
        return JobResult(
            run_id=content["run_id"],
            job=content["job"],
            rows=_rows(result),
            days=_days(result),
            quarantined=dict(result.get("quarantine_reasons", {})),
            restatements=result.get("restated", 0),
            manifest=manifest,
            result=result,
        )

    @staticmethod
    def together(results: "Sequence[JobResult]") -> "JobResult":
        """What several jobs of one run did; the last one's manifest stands for all."""
        if len(results) == 1:
            return results[0]
        return JobResult(
            run_id=results[-1].run_id,
            job=", ".join(result.job for result in results),
            rows={name: count for result in results for name, count in result.rows.items()},
            days=sorted({day for result in results for day in result.days}),
            quarantined={
                reason: count for result in results for reason, count in result.quarantined.items()
            },
            restatements=sum(result.restatements for result in results),
            manifest=results[-1].manifest,
            result={result.job: result.result for result in results},
        )

    def summary(self) -> str:
        """The result in a few lines, for the log."""
        return "\n".join(
            (
                f"rows: {_listed(self.rows)}",
                f"days: {', '.join(self.days) or 'none'}",
                f"quarantined: {_listed(self.quarantined)}",
                f"restatements: {self.restatements:,}",
                f"all of it: {self.manifest}",
            )
        )

    def values(self) -> dict[str, Any]:
        """The result as later tasks read it from XCom."""
        return asdict(self)


def result_key(run_id: str, job: str) -> str:
    """Where a job of a run leaves its result in the bucket."""
    return f"runs/{run_id}/{job}.json"


def read_result(run_id: str, job: str) -> JobResult:
    """The result of a job from the bucket that the environment names.

    Raises:
        LookupError: the job left none.
    """
    bucket, key = storage.bucket(), result_key(run_id, job)
    try:
        body = storage.client().get_object(Bucket=bucket, Key=key)["Body"]
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "NoSuchKey":
            raise
        raise LookupError(
            f"Cannot find the result of {job} at {storage.address(key)}: its process ended well, "
            "yet left none. Check that it writes to the bucket that this worker reads"
        ) from error
    return JobResult.of(json.load(body), storage.address(key))


def _rows(result: dict[str, Any]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for source, lines in result.get("sources", {}).items():
        rows[source] = lines["kept"]
    for table in result.get("tables", []):
        if "rows" in table:
            rows[table["table"]] = table["rows"]
    for dataset in result.get("datasets", []):
        rows[dataset["dataset"]] = rows.get(dataset["dataset"], 0) + dataset["rows"]
    for planned in result.get("days", {}).values():
        for kind, count in planned.items():
            rows[kind] = rows.get(kind, 0) + count
    return rows


def _days(result: dict[str, Any]) -> list[str]:
    names = [*result.get("days", {}), *result.get("event_days", [])]
    names += result.get("generation_days", [])
    names += [part for table in result.get("tables", []) for part in table.get("replaced", [])]
    names += [part for each in result.get("datasets", []) for part in each.get("written", [])]
    found = (_DAY.search(name) for name in names)
    return sorted({"-".join(match.groups()) for match in found if match})


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"
