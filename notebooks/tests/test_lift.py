"""Fixed figures: statsmodels 0.15 confint_proportions_2indep(compare="ratio", method="log"), and
GrowthBook's form of the confidence sequence computed in its own parametrisation.
"""

import math
import random

import pytest

from copyloop_client.lift import (
    Arm,
    LogLift,
    Verdict,
    always_valid_interval,
    always_valid_p,
    fixed_interval,
    lift_of,
    log_lift,
    pooled,
    total,
    verdict,
)
from copyloop_client.proportions import Proportion

MENS_CLICKS, CONTROL_CLICKS = Proportion(3894, 21307), Proportion(2262, 21306)
MENS_CONVERSIONS, CONTROL_CONVERSIONS = Proportion(267, 21307), Proportion(122, 21306)


def effect(treatment: Proportion, control: Proportion) -> LogLift:
    found = log_lift(Arm.of_proportion(treatment), Arm.of_proportion(control))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("treatment", "control", "ratio", "low", "high"),
    [
        (MENS_CLICKS, CONTROL_CLICKS, 1.721404616781399, 1.64038488848, 1.806425964714953),
        (
            MENS_CONVERSIONS,
            CONTROL_CONVERSIONS,
            2.188421876286328,
            1.7679840780104206,
            2.708842442743053,
        ),
        (Proportion(56, 70), Proportion(48, 80), 4 / 3, 1.0766264227631928, 1.6512485112663873),
    ],
)
def test_fixed_interval_gives_the_published_one(
    treatment: Proportion, control: Proportion, ratio: float, low: float, high: float
) -> None:
    found = effect(treatment, control)
    interval = fixed_interval(found)
    assert found.lift == pytest.approx(ratio - 1)
    assert (interval.low + 1, interval.high + 1) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("treatment", "control", "tuning_units", "half_width", "p"),
    [
        (MENS_CLICKS, CONTROL_CLICKS, 5000, 0.07921454069998582, 3.825851932579973e-104),
        (
            MENS_CONVERSIONS,
            CONTROL_CONVERSIONS,
            40000,
            0.33037768813649143,
            2.724331403201433e-10,
        ),
        (Proportion(56, 70), Proportion(48, 80), 5000, 0.6197860301274946, 0.5702689307500259),
    ],
)
def test_always_valid_figures_equal_growthbooks_form(
    treatment: Proportion, control: Proportion, tuning_units: int, half_width: float, p: float
) -> None:
    found = effect(treatment, control)
    interval = always_valid_interval(found, tuning_units)
    assert math.log1p(interval.high) - found.estimate == pytest.approx(half_width)
    assert found.estimate - math.log1p(interval.low) == pytest.approx(half_width)
    assert always_valid_p(found, tuning_units) == pytest.approx(p, rel=1e-9)


def test_strata_are_pooled_as_published() -> None:
    """statsmodels 0.15 combine_effects: mean_effect_fe and sd_eff_w_fe of the log ratios."""
    found = pooled(
        [
            effect(MENS_CLICKS, CONTROL_CLICKS),
            effect(MENS_CONVERSIONS, CONTROL_CONVERSIONS),
            effect(Proportion(56, 70), Proportion(48, 80)),
        ]
    )
    assert found is not None
    assert found.estimate == pytest.approx(0.5424823347246733, rel=1e-12)
    assert found.standard_error == pytest.approx(0.023432454963950647, rel=1e-12)
    assert found.units == 2 * (21307 + 21306) + 150


def test_an_arm_is_added_up_over_strata() -> None:
    assert total([Proportion(3, 10), Proportion(0, 5)]) == Proportion(3, 15)


def test_where_nothing_varies_there_is_no_lift() -> None:
    assert lift_of(Proportion(5, 5), Proportion(5, 5)) is None
    assert lift_of(MENS_CLICKS, CONTROL_CLICKS) == effect(MENS_CLICKS, CONTROL_CLICKS)


def test_one_stratum_is_itself_and_none_is_none() -> None:
    alone = effect(MENS_CLICKS, CONTROL_CLICKS)
    found = pooled([alone])
    assert found is not None
    assert (found.estimate, found.standard_error) == pytest.approx(
        (alone.estimate, alone.standard_error)
    )
    assert pooled([]) is None


def test_amounts_are_compared_by_their_sums() -> None:
    treatment = Arm.of_sums(4, 10.0, 30.0)
    assert (treatment.mean, treatment.variance) == pytest.approx((2.5, 5 / 3))
    found = log_lift(treatment, Arm.of_sums(5, 10.0, 30.0))
    assert found is not None
    assert found.lift == pytest.approx(0.25)
    assert found.standard_error == pytest.approx(math.sqrt(5 / 3 / (4 * 6.25) + 2.5 / (5 * 4)))


@pytest.mark.parametrize(
    ("treatment", "control"),
    [((0, 100), (5, 100)), ((5, 100), (0, 100)), ((0, 0), (5, 100)), ((0, 0), (0, 0))],
)
def test_no_ratio_without_successes(treatment: tuple[int, int], control: tuple[int, int]) -> None:
    arms = (Arm.of_proportion(Proportion(*counts)) for counts in (treatment, control))
    assert log_lift(*arms) is None


def test_a_variance_needs_two_units() -> None:
    with pytest.raises(ValueError, match="Cannot estimate a variance"):
        Arm.of_sums(1, 1.0, 1.0)


def test_certain_arms_have_a_p_value() -> None:
    everybody = effect(Proportion(50, 50), Proportion(60, 60))
    assert always_valid_p(everybody, 1000) == 1.0


@pytest.mark.parametrize(("tuning_units", "alpha"), [(0, 0.05), (100, 0.0), (100, 1.0)])
def test_impossible_settings_are_refused(tuning_units: int, alpha: float) -> None:
    with pytest.raises(ValueError, match="Invalid tuning units"):
        always_valid_p(effect(MENS_CLICKS, CONTROL_CLICKS), tuning_units, alpha)


def test_thirty_nightly_looks_at_nothing_rarely_alarm() -> None:
    """A fixed interval alarms in about 28 % of such A/A runs, the always-valid one in few."""
    dice = random.Random(20261123)
    fixed_alarms = valid_alarms = 0
    runs = 200
    for _ in range(runs):
        fixed, valid = nightly_alarms(dice, nights=30, units=1000, rate=0.03)
        fixed_alarms += fixed
        valid_alarms += valid
    assert fixed_alarms / runs > 0.15
    assert valid_alarms / runs < 0.05


def nightly_alarms(
    dice: random.Random, *, nights: int, units: int, rate: float
) -> tuple[bool, bool]:
    spread = math.sqrt(units * rate * (1 - rate))
    successes = [0, 0]
    fixed = valid = False
    for night in range(1, nights + 1):
        successes = [s + max(0, round(dice.gauss(units * rate, spread))) for s in successes]
        found = effect(*(Proportion(s, night * units) for s in successes))
        fixed |= 0 not in fixed_interval(found)
        valid |= 0 not in always_valid_interval(found, 20_000)
    return fixed, valid


@pytest.mark.parametrize(
    ("treatment", "control", "full_days", "expected"),
    [
        (MENS_CLICKS, CONTROL_CLICKS, 14, Verdict.BETTER),
        (CONTROL_CLICKS, MENS_CLICKS, 14, Verdict.WORSE),
        (MENS_CLICKS, CONTROL_CLICKS, 6, Verdict.TOO_EARLY),
        (Proportion(39, 2000), Proportion(80, 2000), 14, Verdict.TOO_EARLY),
        (Proportion(45, 99), Proportion(45, 2000), 14, Verdict.TOO_EARLY),
        (Proportion(0, 0), Proportion(0, 0), 14, Verdict.TOO_EARLY),
        (Proportion(60, 2000), Proportion(55, 2000), 14, Verdict.NO_DIFFERENCE_YET),
        (Proportion(500_000, 1_000_000), Proportion(500_100, 1_000_000), 14, Verdict.EQUIVALENT),
    ],
)
def test_verdict_says_it_in_words(
    treatment: Proportion, control: Proportion, full_days: int, expected: Verdict
) -> None:
    found = verdict(
        log_lift(Arm.of_proportion(treatment), Arm.of_proportion(control)),
        (treatment, control),
        full_days=full_days,
        tuning_units=20_000,
        minimum_effect=0.05,
    )
    assert found is expected
