"""An Airflow of the tests' own: set before the first import of airflow, which reads it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from embedded_storage import embedded_storage, new_bucket_name

from tests.webhook import Webhook, listening

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

DAGS = Path(__file__).parents[1] / "dags"

HOME = tempfile.TemporaryDirectory(prefix="copyloop-airflow-")

os.environ["AIRFLOW_HOME"] = HOME.name
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "false"
os.environ["AIRFLOW__CORE__UNIT_TEST_MODE"] = "false"
# The SDK's own checks would ask the network.
os.environ["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] = "false"


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with listening() as server:
        yield server


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with embedded_storage(tmp_path_factory.mktemp("storage")) as variables:
        yield variables


@pytest.fixture
def s3(storage: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> "S3Client":
    """A client of a real S3 server, which the environment names too."""
    for variable, value in storage.items():
        monkeypatch.setenv(variable, value)
    return boto3.Session().client("s3", endpoint_url=storage["COPYLOOP_S3_ENDPOINT"])


@pytest.fixture
def bucket(s3: "S3Client", monkeypatch: pytest.MonkeyPatch) -> str:
    name = new_bucket_name()
    monkeypatch.setenv("COPYLOOP_BUCKET", name)
    s3.create_bucket(Bucket=name)
    return name
