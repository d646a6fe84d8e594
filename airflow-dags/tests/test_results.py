"""Results are read from a real S3 server."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError
from embedded_storage import embedded_storage, new_bucket_name

from copyloop_airflow.results import read_result, result_key

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

RESULT = b'{"run_id": "r-1", "job": "compact", "result": {"lines": 3}}'


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with embedded_storage(tmp_path_factory.mktemp("storage")) as variables:
        yield variables


@pytest.fixture
def bucket(storage: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    name = new_bucket_name()
    for variable, value in {**storage, "COPYLOOP_BUCKET": name}.items():
        monkeypatch.setenv(variable, value)
    client(storage).create_bucket(Bucket=name)
    return name


def test_result_is_read(bucket: str, storage: dict[str, str]) -> None:
    client(storage).put_object(Bucket=bucket, Key=result_key("r-1", "compact"), Body=RESULT)
    assert read_result("r-1", "compact")["result"] == {"lines": 3}


def test_no_result_is_told(bucket: str) -> None:
    with pytest.raises(LookupError, match=rf"s3://{bucket}/runs/r-1/metrics.json"):
        read_result("r-1", "metrics")


@pytest.mark.usefixtures("bucket")
def test_another_failure_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYLOOP_BUCKET", new_bucket_name())
    with pytest.raises(ClientError, match="NoSuchBucket"):
        read_result("r-1", "compact")


def client(storage: dict[str, str]) -> "S3Client":
    return boto3.Session().client("s3", endpoint_url=storage["COPYLOOP_S3_ENDPOINT"])
