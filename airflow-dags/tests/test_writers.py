"""The marks are read from a real S3 server."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from airflow.sdk import Context, PokeReturnValue

from copyloop_airflow.alerts import WEBHOOK_VARIABLE
from copyloop_airflow.writers import MARKS, WriterMark, WritersSealedSensor, read_marks
from tests.webhook import Webhook

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

DAY_END = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
AHEAD, BEHIND = DAY_END + timedelta(seconds=1), DAY_END - timedelta(hours=3)


def test_marks_are_read_as_the_writers_write_them(bucket: str, s3: "S3Client") -> None:
    put(s3, bucket, "w-1", BEHIND)
    assert read_marks() == [WriterMark("w-1", BEHIND, BEHIND, drained=False)]


def test_a_sealed_day_goes_on(bucket: str, s3: "S3Client") -> None:
    put(s3, bucket, "w-1", AHEAD)
    put(s3, bucket, "w-2", DAY_END)
    put(s3, bucket, "gone", BEHIND, state="drained")
    assert missing_after(minutes=0, grace=30) == []


def test_a_writer_behind_is_waited_for(bucket: str, s3: "S3Client") -> None:
    put(s3, bucket, "w-1", AHEAD)
    put(s3, bucket, "w-2", BEHIND)
    assert missing_after(minutes=29, grace=30) is None


def test_after_the_grace_the_missing_are_named_and_it_goes_on(
    bucket: str, s3: "S3Client", webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, webhook.url)
    put(s3, bucket, "w-1", AHEAD)
    put(s3, bucket, "w-2", BEHIND)
    assert missing_after(minutes=31, grace=30) == ["w-2"]
    [post] = webhook.posts
    assert "goes on without the writers w-2 (through " in post["text"]
    assert "recover their spool" in post["text"]


@pytest.mark.usefixtures("bucket")
def test_no_writer_is_none_to_wait_for() -> None:
    assert missing_after(minutes=0, grace=30) == []


def test_a_day_that_is_not_over_is_not_waited_for(bucket: str, s3: "S3Client") -> None:
    put(s3, bucket, "w-1", BEHIND)
    assert missing_after(minutes=0, grace=30, end=DAY_END + timedelta(days=1)) == []


def missing_after(*, minutes: int, grace: int, end: datetime = DAY_END) -> list[str] | None:
    """The writers that are missing when it goes on; None while it waits."""
    sensor = WritersSealedSensor(
        task_id="await_writers", end=end.date().isoformat(), grace_minutes=str(grace)
    )
    started = datetime.now(UTC) - timedelta(minutes=minutes)
    context = cast("Context", {"dag_run": SimpleNamespace(start_date=started)})
    found = sensor.poke(context)
    if not found:
        return None
    value = cast("dict[str, list[str]]", cast("PokeReturnValue", found).xcom_value)
    return value["missing_writers"]


def put(
    s3: "S3Client", bucket: str, writer: str, sealed_through: datetime, state: str = "live"
) -> None:
    mark = {
        "writer": writer,
        "epoch": 3,
        "sealed_through": sealed_through.isoformat().replace("+00:00", "Z"),
        "published_at": sealed_through.isoformat().replace("+00:00", "Z"),
        "state": state,
    }
    s3.put_object(Bucket=bucket, Key=f"{MARKS}{writer}.json", Body=json.dumps(mark).encode())
