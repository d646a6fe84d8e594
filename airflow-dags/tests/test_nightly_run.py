"""The night, run by Airflow with real Spark over what a real stack landed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowFailException

from copyloop_airflow.job import JAR_VARIABLE, CopyloopJobOperator
from tests.landed_day import CONTROLS, LINES, ORG, TREATED, bucket_client, land, objects

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
JOBS = ROOT / "spark-jobs" / "target"


@pytest.fixture(scope="module")
def spark_environment() -> Iterator[None]:
    jar = next(JOBS.glob("copyloop-spark-jobs-*.jar"))
    connection = ROOT / "airflow-dags" / "connections" / "local.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{JOBS / 'bin'}{os.pathsep}{os.environ['PATH']}")
        patch.setenv(JAR_VARIABLE, str(jar))
        # Short jobs end before the second compiler pays.
        patch.setenv("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1")
        patch.setenv("AIRFLOW_CONN_COPYLOOP_SPARK", connection.read_text(encoding="utf-8"))
        yield


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A local stack of the test's own, whose variables are this process's meanwhile."""
    home = tmp_path_factory.mktemp("stack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYLOOP_HOME", str(home))
        subprocess.run([ROOT / "copyloop", "up"], check=True)
        try:
            lines = (home / "local.env").read_text(encoding="utf-8").splitlines()
            environment = dict(line.split("=", 1) for line in lines)
            for name, value in environment.items():
                patch.setenv(name, value)
            yield environment
        finally:
            subprocess.run([ROOT / "copyloop", "down"], check=True)


@pytest.fixture(scope="module")
def nightly() -> DAG:
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True)
    import copyloop_nightly

    for task in copyloop_nightly.dag.tasks:
        task.retries = 0
    # dag.test() can't run a DAG that has one; the scheduler can.
    copyloop_nightly.dag.deadline = None
    return copyloop_nightly.dag


@pytest.mark.usefixtures("spark_environment")
def test_a_landed_day_becomes_exports_and_again_changes_nothing(
    nightly: DAG, stack: dict[str, str]
) -> None:
    land(stack)
    first = run_night(nightly)
    counted = first["compact"]["result"]["sources"].values()
    assert sum(source["landed"] for source in counted) == LINES
    assert sum(source["kept"] for source in counted) == LINES
    assert audited_deliveries(first) == {"treatment": TREATED, "control": CONTROLS}
    assert exported_rows(first)["generations"] == TREATED
    manifests = manifests_of(stack)
    assert (
        sum(m["rows"] for m in manifests.values() if "files" in m and m["dataset"] == "generations")
        == TREATED
    )

    again = run_night(nightly)
    assert not again["compact"]["result"]["batches"]
    assert content_hashes(again) == content_hashes(first)
    assert [each["written"] for each in exports_of(again)] == [[]] * len(exports_of(again))
    assert manifests_of(stack) == manifests


@pytest.mark.usefixtures("spark_environment")
def test_a_wrong_option_is_not_tried_again() -> None:
    job = CopyloopJobOperator(
        task_id="compact", command="compact", run_id="r-1", arguments=["--to", "soon"]
    )
    with pytest.raises(AirflowFailException, match=r"compact of r-1 ended with 2: an option"):
        job.execute({})


def run_night(nightly: DAG) -> dict[str, Any]:
    """Runs it for today and returns each task's result."""
    run = nightly.test(run_conf={"day": datetime.now(UTC).date().isoformat()})
    assert run.state == "success"
    tasks = run.get_task_instances()
    return {task.task_id: task.xcom_pull(task_ids=task.task_id) for task in tasks}


def audited_deliveries(results: dict[str, Any]) -> dict[str, int]:
    counts = results["metrics"]["result"]["audit"]["counted_deliveries"]
    return {arm: int(float(count)) for arm, count in counts.items()}


def exports_of(results: dict[str, Any]) -> list[dict[str, Any]]:
    exports: list[dict[str, Any]] = results["export"]["result"]["datasets"]
    return [each for each in exports if each["org"] == ORG]


def exported_rows(results: dict[str, Any]) -> dict[str, int]:
    return {each["dataset"]: each["rows"] for each in exports_of(results)}


def content_hashes(results: dict[str, Any]) -> dict[str, str]:
    return {each["dataset"]: each["content_hash"] for each in exports_of(results)}


def manifests_of(stack: dict[str, str]) -> dict[str, Any]:
    client, bucket = bucket_client(stack), stack["COPYLOOP_BUCKET"]
    keys = [item["Key"] for item in objects(client, bucket, f"exports/{ORG}/")]
    return {
        key: json.load(client.get_object(Bucket=bucket, Key=key)["Body"])
        for key in keys
        if key.endswith("_manifest.json")
    }
