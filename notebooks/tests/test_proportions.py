"""The fixed figures are statsmodels 0.15's: proportion_confint(method="wilson") and
confint_proportions_2indep(compare="diff", method="newcomb").
"""

import math

import pytest

from copyloop_client.proportions import Interval, Proportion, newcombe, normal_quantile, wilson


@pytest.mark.parametrize(
    ("successes", "units", "low", "high"),
    [
        (0, 10, 0.0, 0.27753279986288926),
        (3, 10, 0.10779126740630104, 0.6032218525388546),
        (10, 10, 0.7224672001371106, 1.0),
        (1, 1000, 0.00017654637062607765, 0.005642558597957937),
        (3894, 21307, 0.17762499082168498, 0.18800306163588704),
    ],
)
def test_wilson_gives_the_published_interval(
    successes: int, units: int, low: float, high: float
) -> None:
    interval = wilson(Proportion(successes, units))
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-12)


def test_wilson_widens_with_confidence() -> None:
    interval = wilson(Proportion(12, 240), alpha=0.01)
    assert interval.low == pytest.approx(0.024364803726072533)
    assert interval.high == pytest.approx(0.09984672117658139)


@pytest.mark.parametrize(
    ("treatment", "control", "low", "high"),
    [
        ((3894, 21307), (2262, 21306), 0.06995330808373154, 0.08322674127411137),
        ((0, 500), (3, 480), -0.0182124615144389, 0.002417361256266291),
        ((56, 70), (48, 80), 0.05243147240236498, 0.33387265403690614),
        ((0, 100), (0, 100), -0.03699349820698569, 0.03699349820698569),
    ],
)
def test_newcombe_gives_the_published_interval(
    treatment: tuple[int, int], control: tuple[int, int], low: float, high: float
) -> None:
    interval = newcombe(Proportion(*treatment), Proportion(*control))
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-12)


def test_no_units_are_no_knowledge() -> None:
    nobody = Proportion(0, 0)
    assert math.isnan(nobody.rate)
    assert wilson(nobody) == Interval(0.0, 1.0)
    assert newcombe(nobody, Proportion(1, 2)) == Interval(-1.0, 1.0)


@pytest.mark.parametrize(("successes", "units"), [(-1, 5), (6, 5), (1, 0)])
def test_impossible_counts_are_refused(successes: int, units: int) -> None:
    with pytest.raises(ValueError, match="Invalid proportion"):
        Proportion(successes, units)


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.05, 5.0])
def test_impossible_alpha_is_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match="Invalid alpha"):
        normal_quantile(alpha)
