"""The relative effect of a treatment over control, for one look and for a look every night."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from copyloop_client.proportions import Interval, Proportion, normal_quantile

MINIMUM_DAYS = 7
MINIMUM_UNITS = 100
MINIMUM_SUCCESSES = 40


@dataclass(frozen=True)
class LogLift:
    """ln(treatment's mean / control's mean), its standard error, and the units of both arms."""

    estimate: float
    standard_error: float
    units: int

    @property
    def lift(self) -> float:
        """The relative difference: 0.2 says that treatment's mean is 20 % above control's."""
        return math.expm1(self.estimate)


@dataclass(frozen=True)
class Arm:
    """The mean of a metric over an arm's independent units, and the variance of one unit."""

    units: int
    mean: float
    variance: float

    @staticmethod
    def of_proportion(proportion: Proportion) -> "Arm":
        """The arm of a yes-or-no metric."""
        p = proportion.rate
        return Arm(proportion.units, p, p * (1 - p))

    @staticmethod
    def of_sums(units: int, total: float, squares: float) -> "Arm":
        """The arm of an amount per unit, from the sums of the amounts and of their squares."""
        if units < 2:
            raise ValueError(f"Cannot estimate a variance from {units} units: 2 are needed")
        return Arm(units, total / units, (squares - total * total / units) / (units - 1))


def log_lift(treatment: Arm, control: Arm) -> LogLift | None:
    """The log ratio of two means by the delta method (Katz 1978 for proportions).

    None if an arm has no units or a mean that is not positive: no ratio exists then, show the
    difference instead.
    """
    if not (treatment.units and control.units and treatment.mean > 0 and control.mean > 0):
        return None
    variance = sum(arm.variance / (arm.units * arm.mean**2) for arm in (treatment, control))
    return LogLift(
        math.log(treatment.mean / control.mean),
        math.sqrt(variance),
        treatment.units + control.units,
    )


def lift_of(treatment: Proportion, control: Proportion) -> LogLift | None:
    """``log_lift`` of a yes-or-no metric; None also where nothing varies."""
    effect = log_lift(Arm.of_proportion(treatment), Arm.of_proportion(control))
    return None if effect is None or effect.standard_error == 0 else effect


def total(strata: Sequence[Proportion]) -> Proportion:
    """What one arm counted over all strata."""
    return Proportion(sum(each.successes for each in strata), sum(each.units for each in strata))


def pooled(effects: Sequence[LogLift]) -> LogLift | None:
    """One effect of several strata, such as periods of constant share.

    Weighted by the inverse of the variance, as if the effect were the same in all of them (the
    fixed-effect estimate of a meta-analysis). None if there are none.
    """
    if not effects:
        return None
    if any(effect.standard_error == 0 for effect in effects):
        raise ValueError("Cannot weight an effect whose standard error is 0")
    weights = [effect.standard_error**-2 for effect in effects]
    pairs = zip(weights, effects, strict=True)
    return LogLift(
        sum(weight * effect.estimate for weight, effect in pairs) / sum(weights),
        sum(weights) ** -0.5,
        sum(effect.units for effect in effects),
    )


def fixed_interval(effect: LogLift, alpha: float = 0.05) -> Interval:
    """The interval of the lift that holds for one look, decided on beforehand."""
    return _lift_interval(effect, normal_quantile(alpha) * effect.standard_error)


def always_valid_interval(effect: LogLift, tuning_units: int, alpha: float = 0.05) -> Interval:
    """The interval of the lift that holds however often one looks.

    An asymptotic confidence sequence (Waudby-Smith et al. 2021), as GrowthBook and Eppo use it.
    It is narrowest near ``tuning_units``, the units of both arms expected at the decision: fix
    them, and alpha, when the experiment starts.
    """
    n, rho = effect.units, _rho(tuning_units, alpha)
    spread = math.sqrt((n + rho) / n * math.log((n + rho) / (rho * alpha**2)))
    return _lift_interval(effect, spread * effect.standard_error)


def always_valid_p(effect: LogLift, tuning_units: int, alpha: float = 0.05) -> float:
    """The p-value of "no lift" that holds however often one looks."""
    n, rho = effect.units, _rho(tuning_units, alpha)
    if effect.standard_error == 0:
        return 1.0 if effect.estimate == 0 else 0.0
    z = effect.estimate / effect.standard_error
    return min(1.0, math.exp(math.log((n + rho) / rho) / 2 - n * z * z / (2 * (n + rho))))


class Verdict(StrEnum):
    """What an experiment says by now, in words."""

    BETTER = "better"
    WORSE = "worse"
    EQUIVALENT = "equivalent"
    NO_DIFFERENCE_YET = "no difference yet"
    TOO_EARLY = "too early to say"


def verdict(
    effect: LogLift | None,
    arms: Sequence[Proportion],
    *,
    full_days: int,
    tuning_units: int,
    minimum_effect: float,
    alpha: float = 0.05,
) -> Verdict:
    """The verdict on a yes-or-no metric where more is better.

    Args:
        effect: treatment's over control's, see ``log_lift`` and ``pooled``.
        arms: what both arms counted, over all strata.
        full_days: full days since the start; the interval is asymptotic and weekdays differ.
        tuning_units: see ``always_valid_interval``.
        minimum_effect: the smallest lift that matters; within it on both sides is equivalent.
        alpha: 1 - the confidence.
    """
    if (
        effect is None
        or full_days < MINIMUM_DAYS
        or any(arm.units < MINIMUM_UNITS or arm.successes < MINIMUM_SUCCESSES for arm in arms)
    ):
        return Verdict.TOO_EARLY
    interval = always_valid_interval(effect, tuning_units, alpha)
    if interval.low > 0:
        return Verdict.BETTER
    if interval.high < 0:
        return Verdict.WORSE
    inside = -minimum_effect <= interval.low and interval.high <= minimum_effect
    return Verdict.EQUIVALENT if inside else Verdict.NO_DIFFERENCE_YET


def _lift_interval(effect: LogLift, half_width: float) -> Interval:
    return Interval(
        math.expm1(effect.estimate - half_width), math.expm1(effect.estimate + half_width)
    )


def _rho(tuning_units: int, alpha: float) -> float:
    if tuning_units < 1 or not 0 < alpha < 1:
        raise ValueError(f"Invalid tuning units {tuning_units} or alpha {alpha}")
    return tuning_units / (-2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha)))
