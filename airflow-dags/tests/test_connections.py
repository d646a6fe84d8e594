"""What spark-submit is told by each connection that the folder has an example of."""

from pathlib import Path

import pytest
from airflow.providers.apache.spark.hooks.spark_submit import SparkSubmitHook

from copyloop_airflow.job import CONNECTION

FOLDER = Path(__file__).parents[1] / "connections"

MASTERS = {"local": "local[*]", "standalone": "spark://spark-master:7077", "emr": "yarn"}

# Its master is refused without the package apache-airflow-providers-cncf-kubernetes.
UNTESTED = "kubernetes"


def test_every_example_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {*MASTERS, UNTESTED}


@pytest.mark.parametrize(("name", "master"), MASTERS.items())
def test_connection_names_the_master(
    name: str, master: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    monkeypatch.setenv(f"AIRFLOW_CONN_{CONNECTION.upper()}", connection)
    words = SparkSubmitHook(conn_id=CONNECTION)._build_spark_submit_command("jobs.jar")
    assert words[0] == "spark-submit"
    assert words[words.index("--master") + 1] == master
    assert words[words.index("--deploy-mode") + 1] == "client"
