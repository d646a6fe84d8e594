"""An Airflow of the tests' own: set before the first import of airflow, which reads it."""

import os
import tempfile
from pathlib import Path

DAGS = Path(__file__).parents[1] / "dags"

HOME = tempfile.TemporaryDirectory(prefix="copyloop-airflow-")

os.environ["AIRFLOW_HOME"] = HOME.name
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "false"
os.environ["AIRFLOW__CORE__UNIT_TEST_MODE"] = "false"
# The SDK's own checks would ask the network.
os.environ["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] = "false"
