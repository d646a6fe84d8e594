"""Results are read from a real S3 server."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from embedded_storage import new_bucket_name

from copyloop_airflow.results import JobResult, read_result, result_key
from copyloop_airflow.storage import ENDPOINT_VARIABLE, browser_address

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

RESULT = b'{"run_id": "r-1", "job": "compact", "result": {"lines": 3}}'


def test_result_is_read(bucket: str, s3: "S3Client") -> None:
    s3.put_object(Bucket=bucket, Key=result_key("r-1", "compact"), Body=RESULT)
    found = read_result("r-1", "compact")
    assert (found.run_id, found.job, found.result) == ("r-1", "compact", {"lines": 3})
    assert found.manifest == f"s3://{bucket}/runs/r-1/compact.json"


def test_no_result_is_told(bucket: str) -> None:
    with pytest.raises(LookupError, match=rf"s3://{bucket}/runs/r-1/metrics.json"):
        read_result("r-1", "metrics")


@pytest.mark.usefixtures("bucket")
def test_another_failure_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYLOOP_BUCKET", new_bucket_name())
    with pytest.raises(ClientError, match="NoSuchBucket"):
        read_result("r-1", "compact")


def test_no_bucket_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPYLOOP_BUCKET", raising=False)
    with pytest.raises(LookupError, match="COPYLOOP_BUCKET is not set"):
        read_result("r-1", "compact")


def test_compaction_counts_lines_days_and_quarantine() -> None:
    found = result(
        sources={"cio": {"landed": 9, "kept": 7}, "generate": {"landed": 3, "kept": 3}},
        quarantine_reasons={"not_json": 2},
        event_days=["2026-11-02", "2026-11-01"],
        generation_days=["2026-11-02"],
    )
    assert found.rows == {"cio": 7, "generate": 3}
    assert found.days == ["2026-11-01", "2026-11-02"]
    assert found.quarantined == {"not_json": 2}
    assert "rows: cio 7, generate 3" in found.summary()
    assert "quarantined: not_json 2" in found.summary()


def test_tables_name_the_days_they_replaced() -> None:
    tables = [
        {"table": "deliveries", "rows": 1200, "replaced": ["2026-11-02"]},
        {"table": "daily_metrics", "rows": 40, "replaced": ["demo|2026-11-03"]},
    ]
    found = result(tables=tables)
    assert found.rows == {"deliveries": 1200, "daily_metrics": 40}
    assert found.days == ["2026-11-02", "2026-11-03"]


def test_a_plan_counts_what_a_backfill_would_compute() -> None:
    days = {
        "2026-11-02": {"events": 5, "generations": 2},
        "2026-11-03": {"events": 4, "generations": 0},
    }
    found = result(days=days, estimated_time="PT40S")
    assert found.rows == {"events": 9, "generations": 2}
    assert found.days == ["2026-11-02", "2026-11-03"]


def test_publishing_counts_restated_figures() -> None:
    assert result(number=4, restated=3).restatements == 3


def test_maintenance_has_no_rows() -> None:
    assert result(tables=[{"name": "events", "files_joined": 9}]).rows == {}


def test_several_jobs_of_a_run_are_told_as_one() -> None:
    parts = [
        result(sources={"cio": {"kept": 7}}, event_days=["2026-11-02"]),
        result(restated=2),
        result(datasets=[{"dataset": "copies", "rows": 2, "written": ["2026/11/03"]}]),
    ]
    found = JobResult.together(parts)
    assert found.rows == {"cio": 7, "copies": 2}
    assert found.days == ["2026-11-02", "2026-11-03"]
    assert found.restatements == 2


def test_exports_add_up_over_orgs() -> None:
    datasets = [
        {"org": "a", "dataset": "generations", "rows": 4, "written": ["2026/11/02/05"]},
        {"org": "b", "dataset": "generations", "rows": 6, "written": ["2026/11/02/06"]},
        {"org": "b", "dataset": "copies", "rows": 2, "written": [""]},
    ]
    found = result(datasets=datasets)
    assert found.rows == {"generations": 10, "copies": 2}
    assert found.days == ["2026-11-02"]
    assert found.restatements == 0


def test_a_result_has_an_address_for_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYLOOP_BUCKET", "lake")
    monkeypatch.delenv(ENDPOINT_VARIABLE, raising=False)
    assert browser_address("runs/r/x.json").endswith("/s3/object/lake?prefix=runs/r/x.json")
    monkeypatch.setenv(ENDPOINT_VARIABLE, "http://127.0.0.1:9000")
    assert browser_address("runs/r/x.json") == "http://127.0.0.1:9000/lake/runs/r/x.json"


def result(**members: Any) -> JobResult:
    content = {"run_id": "r-1", "job": "any", "result": members}
    return JobResult.of(content, "s3://lake/runs/r-1/any.json")
