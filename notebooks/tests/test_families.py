"""The fixed figures are statsmodels 0.15's: multipletests(method="fdr_bh")."""

import pytest

from copyloop_client.families import benjamini_hochberg


@pytest.mark.parametrize(
    ("ps", "adjusted"),
    [
        ([0.001, 0.02, 0.03, 0.8, 0.04], [0.005, 0.05, 0.05, 0.8, 0.05]),
        ([0.2, 0.01], [0.2, 0.02]),
        ([0.3], [0.3]),
        ([], []),
    ],
)
def test_adjusted_ps_are_the_published_ones(ps: list[float], adjusted: list[float]) -> None:
    assert benjamini_hochberg(ps) == pytest.approx(adjusted)
