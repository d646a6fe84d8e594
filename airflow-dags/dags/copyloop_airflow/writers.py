"""Waits until what the writers accepted on a day is in the bucket."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseSensorOperator, Context, PokeReturnValue

from copyloop_airflow import storage
from copyloop_airflow.alerts import notify

MARKS = "landing/_writers/"
"""The folder in which each writer says how far it has come."""


@dataclass(frozen=True)
class WriterMark:
    """What a writer said last.

    Attributes:
        writer: its id, the name of its spool.
        sealed_through: everything it received before this time is in the bucket.
        published_at: when it said so.
        drained: it has stopped, with nothing left to bring.
    """

    writer: str
    sealed_through: datetime
    published_at: datetime
    drained: bool

    @staticmethod
    def of(content: dict[str, Any]) -> "WriterMark":
        """Reads the JSON of a mark."""
        return WriterMark(
            writer=content["writer"],
            sealed_through=datetime.fromisoformat(content["sealed_through"]),
            published_at=datetime.fromisoformat(content["published_at"]),
            drained=content["state"] == "drained",
        )

    def has_sealed(self, end: datetime) -> bool:
        """Whether everything it received before ``end`` is in the bucket."""
        return self.drained or self.sealed_through >= end

    def __str__(self) -> str:
        return (
            f"{self.writer} (through {self.sealed_through.isoformat()}, "
            f"last heard of at {self.published_at.isoformat()})"
        )


def read_marks() -> list[WriterMark]:
    """The marks of all writers that ever wrote to the bucket."""
    client, bucket = storage.client(), storage.bucket()
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=MARKS)
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    bodies = (client.get_object(Bucket=bucket, Key=key)["Body"] for key in keys)
    return [WriterMark.of(json.load(body)) for body in bodies]


class WritersSealedSensor(BaseSensorOperator):
    """Waits until every writer has sealed a day; after a grace it names the missing and goes on.

    What a missing writer brings later is consumed by a later night. A day that is not over yet is
    not waited for. Between two looks the task holds no slot.

    Args:
        end: the first UTC day that is not waited for (templated).
        grace_minutes: how long after the run's start to wait (templated).
    """

    template_fields = ("end", "grace_minutes")

    def __init__(self, *, end: str, grace_minutes: str, **kwargs: Any) -> None:
        super().__init__(mode="reschedule", **kwargs)
        self.end = end
        self.grace_minutes = grace_minutes

    def poke(self, context: Context) -> bool | PokeReturnValue:
        """Looks once."""
        end = datetime.fromisoformat(self.end).replace(tzinfo=UTC)
        if end > datetime.now(UTC):
            self.log.info("The day before %s is not over: what has landed so far is taken", end)
            return _went_on(missing=[])
        missing = [mark for mark in read_marks() if not mark.has_sealed(end)]
        if not missing:
            self.log.info("Every writer has sealed what it received before %s", end)
            return _went_on(missing)
        names = ", ".join(map(str, missing))
        self.log.info("Not sealed through %s: %s", end, names)
        started = context["dag_run"].start_date or datetime.now(UTC)
        if datetime.now(UTC) < started + timedelta(minutes=int(self.grace_minutes)):
            return False
        notify(
            f"Copyloop: the night of {self.end} goes on without the writers {names}. What they "
            "still hold is counted by the night after they brought it: start them again, or "
            "recover their spool"
        )
        return _went_on(missing)


def _went_on(missing: list[WriterMark]) -> PokeReturnValue:
    return PokeReturnValue(True, {"missing_writers": [mark.writer for mark in missing]})
