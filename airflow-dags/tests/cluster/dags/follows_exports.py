"""Somebody else's DAG, which runs for each day whose exports were written."""

from airflow.sdk import DAG, Asset, PartitionedAssetTimetable, get_current_context, task

with DAG(
    dag_id="follows_exports",
    schedule=PartitionedAssetTimetable(assets=Asset("copyloop_exports")),
    catchup=False,
) as dag:

    @task
    def load() -> str | None:
        """The day to load."""
        return get_current_context()["dag_run"].partition_key

    load()
