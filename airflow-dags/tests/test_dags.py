import copy
import os
import runpy
import socket
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, CronPartitionTimetable, CronTriggerTimetable
from airflow.sdk.definitions.callback import SyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert
from airflow.sdk.definitions.mappedoperator import MappedOperator
from airflow.sdk.exceptions import ParamValidationError

from copyloop_airflow.night import STAGES
from tests.conftest import DAGS


@pytest.fixture(scope="module")
def bag() -> DagBag:
    return DagBag(dag_folder=DAGS, bundle_path=DAGS, bundle_name="dags-folder")


@pytest.fixture(scope="module")
def nightly(bag: DagBag) -> DAG:
    return bag.dags["copyloop_nightly"]


def test_each_file_is_one_dag_of_its_name(bag: DagBag) -> None:
    assert bag.import_errors == {}
    assert sorted(bag.dags) == sorted(path.stem for path in DAGS.glob("*.py"))


def test_files_are_wiring_only() -> None:
    for path in DAGS.glob("*.py"):
        assert len(Path(path).read_text(encoding="utf-8").splitlines()) <= 80, path


def test_nothing_is_asked_or_looked_up_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a DAG file talks to somebody at import")

    for variable in [name for name in os.environ if name.startswith(("COPYLOOP_", "AWS_"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    for path in DAGS.glob("*.py"):
        assert "dag" in runpy.run_path(str(path))


def test_nightly_runs_the_stages_in_order(nightly: DAG) -> None:
    edges = {task.task_id: sorted(task.downstream_task_ids) for task in nightly.tasks}
    assert edges == {
        "plan_night": ["await_writers"],
        "await_writers": ["inbox"],
        "inbox": ["compact"],
        "compact": ["attribute"],
        "attribute": ["metrics"],
        "metrics": ["publish"],
        "publish": ["export"],
        "export": [],
    }


def test_backfill_plans_before_it_writes(bag: DagBag) -> None:
    backfill = bag.dags["copyloop_backfill"]
    edges = {task.task_id: sorted(task.downstream_task_ids) for task in backfill.tasks}
    assert edges == {
        "read_form": ["plan"],
        "plan": ["choose_days"],
        "choose_days": ["backfill_day"],
        "backfill_day": ["tell"],
        "tell": [],
    }
    days = backfill.get_task("backfill_day")
    assert isinstance(days, MappedOperator)
    assert (days.pool, days.max_active_tis_per_dagrun) == ("copyloop_lake", 1)


def test_the_night_goes_before_a_backfill(bag: DagBag) -> None:
    nightly, day = (bag.dags[name] for name in ("copyloop_nightly", "copyloop_backfill"))
    weights = {nightly.get_task(stage).priority_weight for stage in STAGES}
    assert weights == {100}
    assert day.get_task("backfill_day").priority_weight == 1


def test_maintenance_is_weekly_and_takes_its_turn(bag: DagBag) -> None:
    maintenance = bag.dags["copyloop_maintenance"]
    timetable = maintenance.timetable
    assert isinstance(timetable, CronTriggerTimetable)
    assert timetable.expression == "0 5 * * 0"
    assert {task.task_id: task.pool for task in maintenance.tasks} == {"maintain": "copyloop_lake"}


def test_nightly_runs_at_two_for_the_day_before(nightly: DAG) -> None:
    timetable = nightly.timetable
    assert isinstance(timetable, CronPartitionTimetable)
    assert nightly.catchup is False
    assert nightly.max_active_runs == 1
    assert (timetable.expression, str(timetable.timezone)) == ("0 2 * * *", "UTC")
    assert (timetable.run_offset, timetable.key_format) == (-1, "%Y-%m-%d")


def test_only_one_task_at_a_time_writes_the_lake(nightly: DAG) -> None:
    pools = {task.task_id: task.pool for task in nightly.tasks}
    assert {pools.pop(name) for name in ("plan_night", "await_writers")} == {"default_pool"}
    assert set(pools.values()) == {"copyloop_lake"}


def test_every_task_has_an_owner_retries_and_a_limit(bag: DagBag) -> None:
    for dag in bag.dags.values():
        assert dag.tags == {"copyloop"}
        assert dag.doc_md
        for task in dag.tasks:
            assert task.owner == "copyloop", task.task_id
            assert task.execution_timeout == timedelta(hours=4), task.task_id
            assert task.retry_exponential_backoff, task.task_id
            assert task.on_failure_callback, task.task_id
        at_once = {task.task_id for task in dag.tasks if task.retries == 0}
        assert at_once <= {"plan_night", "read_form"}
        assert {task.retries for task in dag.tasks} - {0} == {3}


def test_a_late_night_is_told(nightly: DAG) -> None:
    [deadline] = cast("list[DeadlineAlert]", nightly.deadline)
    assert deadline.interval == timedelta(hours=4)
    assert isinstance(deadline.callback, SyncCallback)
    assert deadline.callback.path == "copyloop_airflow.alerts.late"


def test_others_can_wait_for_tables_and_exports(nightly: DAG) -> None:
    outlets = {task.task_id: [asset.name for asset in task.outlets] for task in nightly.tasks}
    assert outlets.pop("export") == ["copyloop_exports"]
    assert "copyloop_daily_metrics" in outlets.pop("publish")
    assert set(map(tuple, outlets.values())) == {()}


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "22.11.2026", 20261122])
def test_a_bad_day_is_refused_before_a_run_exists(nightly: DAG, day: object) -> None:
    params = copy.deepcopy(nightly.params)
    with pytest.raises(ParamValidationError, match="Invalid input for param day"):
        params["day"] = day
