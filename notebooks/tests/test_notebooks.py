"""Every notebook runs headless over the exports, and says what they hold."""

from pathlib import Path

import pytest

from copyloop_client.exports import Exports
from copyloop_client.lake import Lake
from tests.headless import NOTEBOOKS, run
from tests.sample_exports import GENERATIONS
from tests.sample_figures import CLICKS_PER_DAY

SAID = {
    "exports_quickstart": [
        f"{sum(GENERATIONS.values())} generations of 2 copies, counted alike by four"
    ],
    "data_quality": [
        "state 2, published 2026-11-15 02:20 UTC",
        "everything adds up",
        "2 rows in quarantine",
        "2 of the last 14 days are provisional",
        "1 restatements",
    ],
    "variant_performance": ["mens   2800        560 0.2000", "control   5600        700 0.1250"],
    "lift_vs_control": [
        "assigned: 5,600 treatment, 5,600 control",
        "as promised",
        "2026-11-01 to 2026-11-14: 50.0% control",
        "0 days are left out",
        "treatment 896 of 5,600 = 16.00%",
        "treatment against control: better",
        "7 Sunday      1600 0.2800",
    ],
}


def test_every_notebook_is_tested() -> None:
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.py")) == sorted(SAID)
    assert CLICKS_PER_DAY.keys() - GENERATIONS.keys() == {"control"}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAID)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::papermill.exceptions.PapermillWarning")
def test_notebook_runs(name: str, exports: Exports, lake: Lake, tmp_path: Path) -> None:
    text = run(name, lake.connection, tmp_path, org=exports.org)
    for words in SAID[name]:
        assert words in text
