"""Nights and backfills, run by Airflow with real Spark over what a real stack landed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowFailException

from copyloop_airflow.alerts import WEBHOOK_VARIABLE
from copyloop_airflow.job import JAR_VARIABLE, CopyloopJobOperator
from copyloop_airflow.night import STAGES, lake_run_id
from tests.landed_days import (
    CONTROLS,
    DAYS,
    LATE_CLICKS,
    LINES,
    ORG,
    TREATED,
    bucket_client,
    land,
    land_late_clicks,
    objects,
)
from tests.scheduler import Airflow, Run, awaited, kill_job, running
from tests.webhook import Webhook, listening

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
JOBS = ROOT / "spark-jobs" / "target"
SECOND_DAY = ("backfill_day", 1)


@pytest.fixture(scope="module")
def spark_environment() -> Iterator[None]:
    jar = next(JOBS.glob("copyloop-spark-jobs-*.jar"))
    connection = ROOT / "airflow-dags" / "connections" / "local.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{JOBS / 'bin'}{os.pathsep}{os.environ['PATH']}")
        patch.setenv(JAR_VARIABLE, str(jar))
        # These nights are over before Java's second compiler has paid for itself.
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


@pytest.fixture(scope="module")
def first_night(nightly: DAG, stack: dict[str, str], spark_environment: None) -> dict[str, Any]:
    """Each task's result of the night after the days have landed."""
    land(stack)
    run = nightly.test(run_conf={"day": today()})
    assert run.state == "success"
    tasks = run.get_task_instances()
    return {task.task_id: task.xcom_pull(task_ids=task.task_id) for task in tasks}


@pytest.fixture(scope="module")
def alerts() -> Iterator[Webhook]:
    with listening() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv(WEBHOOK_VARIABLE, server.url)
        yield server


@pytest.fixture(scope="module")
def airflow(
    tmp_path_factory: pytest.TempPathFactory,
    stack: dict[str, str],
    spark_environment: None,
    alerts: Webhook,
) -> Iterator[Airflow]:
    with running(tmp_path_factory.mktemp("airflow") / "home") as started:
        yield started


@dataclass(frozen=True)
class Together:
    """A night and a backfill that were started together, both over.

    Attributes:
        night: the JVM of its `attribute` was killed while it wrote.
        backfill: of the three days; the JVM of the second was killed while it wrote.
        content: of every exported part, as both left it.
    """

    night: Run
    night_ended: str
    backfill: Run
    backfill_ended: str
    content: dict[str, str]


@pytest.fixture(scope="module")
def together(airflow: Airflow, stack: dict[str, str], first_night: dict[str, Any]) -> Together:
    land_late_clicks(stack)
    airflow.call("PATCH", "dags/follows_exports?update_mask=is_paused", {"is_paused": False})
    before = len(keys(stack, "lake/engagements/_delta_log/"))
    night = airflow.trigger("copyloop_nightly", {"day": today()})
    asked = {"from": str(DAYS[0]), "to": str(DAYS[-1])}
    backfill = airflow.trigger("copyloop_backfill", asked)
    kill_job(
        lake_run_id(night.run_id),
        "attribute",
        when=lambda: len(keys(stack, "lake/engagements/_delta_log/")) > before,
    )
    second_day = f"{lake_run_id(backfill.run_id)}-{DAYS[1]}"
    kill_job(second_day, when=lambda: bool(keys(stack, f"runs/{second_day}/compact.json")))
    night_ended, backfill_ended = night.await_end(), backfill.await_end()
    return Together(night, night_ended, backfill, backfill_ended, content_by_part(stack))


def test_landed_days_become_exports(first_night: dict[str, Any], stack: dict[str, str]) -> None:
    assert kept_lines(first_night["compact"]) == LINES
    audit = first_night["metrics"]["result"]["audit"]["counted_deliveries"]
    assert {arm: int(float(count)) for arm, count in audit.items()} == {
        "treatment": TREATED,
        "control": CONTROLS,
    }
    exported = {
        each["dataset"]: each["rows"]
        for each in first_night["export"]["result"]["datasets"]
        if each["org"] == ORG
    }
    assert exported["generations"] == TREATED
    parts = manifests_of(stack).values()
    hours = [part for part in parts if part["dataset"] == "generations" and "files" in part]
    assert {hour["partition"]: hour["rows"] for hour in hours} == {
        f"{day}T12": TREATED // len(DAYS) for day in DAYS
    }


def test_a_killed_job_is_tried_again(together: Together) -> None:
    assert together.night_ended == "success"
    tries = together.night.tries()
    assert {task: count for (task, _), count in tries.items() if count > 1} == {"attribute": 2}


def test_a_night_and_a_backfill_take_turns(together: Together) -> None:
    tasks = together.night.tasks() + together.backfill.tasks()
    writing = [task for task in tasks if task["pool"] == "copyloop_lake"]
    spans = sorted((str(task["start_date"]), str(task["end_date"])) for task in writing)
    assert len(spans) == len(STAGES) + len(DAYS)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_what_came_late_is_counted_once_by_either(
    together: Together, first_night: dict[str, Any]
) -> None:
    done = [day for day in range(len(DAYS)) if ("backfill_day", day) != SECOND_DAY]
    days = [together.backfill.value("backfill_day", day) for day in done]
    compacted = [together.night.value("compact"), *days]
    assert sum(map(kept_lines, compacted)) == LATE_CLICKS
    assert together.content.keys() >= {f"daily_metrics/{day}" for day in DAYS}


def test_a_day_that_fails_for_good_is_told_and_no_other_is_lost(
    together: Together, alerts: Webhook
) -> None:
    assert together.backfill_ended == "failed"
    states = together.backfill.states()
    assert {task for task, state in states.items() if state != "success"} == {
        SECOND_DAY,
        ("tell", -1),
    }
    told = [
        post["text"] for post in alerts.posts if "copyloop_backfill.backfill_day" in post["text"]
    ]
    assert len(told) == 1
    assert "failed after try 1" in told[0]


def test_a_night_that_is_late_is_told(together: Together, alerts: Webhook) -> None:
    late = f"copyloop_nightly is late: the run {together.night.run_id}"
    awaited(lambda: any(late in post["text"] for post in alerts.posts), late, 60)


def test_a_backfill_goes_on_where_it_failed_and_finds_what_the_night_left(
    together: Together, stack: dict[str, str]
) -> None:
    together.backfill.clear(only_failed=True)
    assert together.backfill.await_end() == "success"
    tries = together.backfill.tries()
    assert {task for task, count in tries.items() if count > 1} == {SECOND_DAY}
    assert together.backfill.value("tell").startswith("3 days of")
    assert content_by_part(stack) == together.content


def test_a_cleared_task_and_what_follows_change_nothing(
    together: Together, stack: dict[str, str]
) -> None:
    before = together.night.tries()
    together.night.clear(task_ids=["metrics"], include_downstream=True, only_failed=False)
    assert together.night.await_end() == "success"
    again = {
        task for (task, _), count in together.night.tries().items() if count > before[task, -1]
    }
    assert again == {"metrics", "publish", "export"}
    assert content_by_part(stack) == together.content


def test_another_dag_runs_for_each_exported_day(together: Together, airflow: Airflow) -> None:
    expected = {today(), *map(str, DAYS)}

    def loaded() -> bool:
        runs = airflow.runs("follows_exports")
        return expected <= {run["partition_key"] for run in runs if run["state"] == "success"}

    awaited(loaded, f"runs for {expected}", 60)


@pytest.mark.usefixtures("spark_environment")
def test_a_wrong_option_is_not_tried_again() -> None:
    job = CopyloopJobOperator(
        task_id="compact", command="compact", run_id="r-1", arguments=["--to", "soon"]
    )
    with pytest.raises(AirflowFailException, match=r"compact of r-1 ended with 2: an option"):
        job.execute({})


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def kept_lines(value: dict[str, Any]) -> int:
    """What a compaction kept, by what its task returned."""
    result = value["result"]
    sources = result.get("compact", result)["sources"].values()
    return sum(source["kept"] for source in sources)


def keys(stack: dict[str, str], prefix: str) -> list[str]:
    found = objects(bucket_client(stack), stack["COPYLOOP_BUCKET"], prefix)
    return [item["Key"] for item in found]


def content_by_part(stack: dict[str, str]) -> dict[str, str]:
    """The content hash of every exported part."""
    return {
        f"{part['dataset']}/{part['partition']}": part["content_hash"]
        for part in manifests_of(stack).values()
        if "files" in part
    }


def manifests_of(stack: dict[str, str]) -> dict[str, Any]:
    client, bucket = bucket_client(stack), stack["COPYLOOP_BUCKET"]
    return {
        key: json.load(client.get_object(Bucket=bucket, Key=key)["Body"])
        for key in keys(stack, f"exports/{ORG}/")
        if key.endswith("_manifest.json")
    }
