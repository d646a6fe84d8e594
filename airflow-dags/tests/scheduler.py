"""A whole Airflow of the tests' own, reached by its REST API, as an operator would."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from tests.conftest import DAGS

CLUSTER = Path(__file__).parent / "cluster"
POOLS = Path(__file__).parents[1] / "pools.json"
START_SECONDS = 300
RUN_SECONDS = 1800
BETWEEN_LOOKS = 0.1

Found = TypeVar("Found")


@dataclass(frozen=True)
class Airflow:
    """The address of an Airflow, and a token that may do anything there."""

    url: str
    token: str

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> "Run":
        """Starts a run."""
        self.call("PATCH", f"dags/{dag_id}?update_mask=is_paused", {"is_paused": False})
        run = self.call("POST", f"dags/{dag_id}/dagRuns", {"logical_date": None, "conf": conf})
        return Run(self, dag_id, str(run["dag_run_id"]))

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = self.call("GET", f"dags/{dag_id}/dagRuns")["dag_runs"]
        return runs

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return request(method, f"{self.url}/api/v2/{path}", body, self.token)


@dataclass(frozen=True)
class Run:
    """A run of a DAG."""

    airflow: Airflow
    dag_id: str
    run_id: str

    def await_end(self) -> str:
        """Waits for it; returns the state it ended in."""

        def ended() -> str | None:
            state = str(self._get("")["state"])
            return state if state in ("success", "failed") else None

        return awaited(ended, f"the end of {self.run_id}", RUN_SECONDS)

    def tasks(self) -> list[dict[str, Any]]:
        """The last try of each task."""
        found: list[dict[str, Any]] = self._get("/taskInstances")["task_instances"]
        return found

    def tries(self) -> dict[tuple[str, int], int]:
        """How often each task was tried, by its id and its map index (-1: it has none)."""
        return {(task["task_id"], task["map_index"]): task["try_number"] for task in self.tasks()}

    def states(self) -> dict[tuple[str, int], str]:
        return {(task["task_id"], task["map_index"]): task["state"] for task in self.tasks()}

    def value(self, task_id: str, map_index: int = -1) -> Any:
        """What a task returned."""
        path = f"/taskInstances/{task_id}/xcomEntries/return_value?map_index={map_index}"
        return self._get(path)["value"]

    def clear(self, **chosen: Any) -> None:
        """Clears tasks, so that they run again."""
        body = {"dag_run_id": self.run_id, "dry_run": False, "reset_dag_runs": True, **chosen}
        self.airflow.call("POST", f"dags/{self.dag_id}/clearTaskInstances", body)

    def _get(self, path: str) -> dict[str, Any]:
        return self.airflow.call("GET", f"dags/{self.dag_id}/dagRuns/{quote(self.run_id)}{path}")


@contextmanager
def running(home: Path) -> Iterator[Airflow]:
    """Runs a scheduler and an API server; all of their processes are gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    home.mkdir()
    environment = {**os.environ, **variables(home, url, port)}
    for command in (["db", "migrate"], ["pools", "import", str(POOLS)], ["dags", "reserialize"]):
        code = airflow(environment, home, *command).wait(START_SECONDS)
        assert code == 0, f"airflow {command} ended with {code}, see {home}"
    with ExitStack() as processes:
        for command in (["api-server", "--workers", "1"], ["scheduler", "--skip-serve-logs"]):
            process = airflow(environment, home, *command)
            processes.callback(stop, process)
        token = awaited(lambda: token_of(url), f"Airflow, see {home}", START_SECONDS)
        yield Airflow(url, token)


def variables(home: Path, url: str, port: int) -> dict[str, str]:
    local = "airflow.dag_processing.bundles.local.LocalDagBundle"
    bundles = [
        {"name": folder.parent.name, "classpath": local, "kwargs": {"path": str(folder)}}
        for folder in (DAGS, CLUSTER / "dags")
    ]
    return {
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(map(str, (DAGS, CLUSTER / "config"))),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "AIRFLOW__CORE__PARALLELISM": "3",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "true",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
    }


def airflow(environment: dict[str, str], home: Path, *command: str) -> subprocess.Popen[bytes]:
    """Starts a command of Airflow's, in a process group of its own."""
    with (home / f"{command[0]}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "airflow", *command],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a command and its children, which outlive a signal to it alone."""
    os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=30)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def token_of(url: str) -> str | None:
    """A token, once the API and the scheduler are up."""
    try:
        health = request("GET", f"{url}/api/v2/monitor/health")
        if health["scheduler"]["status"] != "healthy":
            return None
        return str(request("GET", f"{url}/auth/token")["access_token"])
    except OSError:
        return None


def kill_job(*words: str, when: Callable[[], bool]) -> None:
    """Kills the JVM of a job by words of its command line, in the middle of its work."""
    pid = awaited(lambda: job_with(*words), f"a job of {words}", RUN_SECONDS)
    awaited(when, f"the middle of {words}", RUN_SECONDS)
    os.kill(pid, signal.SIGKILL)


def job_with(*words: str) -> int | None:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if "org.apache.spark.deploy.SparkSubmit" in line and all(word in line for word in words):
            return int(folder.name)
    return None


def awaited(look: Callable[[], Found | None], what: str, seconds: float) -> Found:
    """What a look finds, as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"Waited {seconds} s for {what}"
        time.sleep(BETWEEN_LOOKS)
    return found


def request(
    method: str, url: str, body: dict[str, Any] | None = None, token: str | None = None
) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    call = urllib.request.Request(url, data=data, headers=headers, method=method)
    with urllib.request.urlopen(call, timeout=60) as answer:
        content: dict[str, Any] = json.loads(answer.read() or b"{}")
    return content
