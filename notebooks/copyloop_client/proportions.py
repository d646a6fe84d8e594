"""Rates of one group, and the difference between the rates of two."""

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """A closed interval."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Proportion:
    """How many of some units had an event; 0 <= successes <= units."""

    successes: int
    units: int

    def __post_init__(self) -> None:
        if not 0 <= self.successes <= self.units:
            raise ValueError(f"Invalid proportion {self.successes} of {self.units}")

    @property
    def rate(self) -> float:
        """Successes per unit, 0 to 1; NaN if there are no units."""
        return self.successes / self.units if self.units else math.nan


def normal_quantile(alpha: float) -> float:
    """The two-sided critical value of the standard normal distribution, 1.96 for 0.05."""
    if not 0 < alpha < 1:
        raise ValueError(f"Invalid alpha {alpha}: expected a number between 0 and 1")
    return NormalDist().inv_cdf(1 - alpha / 2)


def wilson(proportion: Proportion, alpha: float = 0.05) -> Interval:
    """The score interval of a rate (Wilson 1927); 0 to 1 if there are no units."""
    n = proportion.units
    if n == 0:
        return Interval(0.0, 1.0)
    p = proportion.rate
    z = normal_quantile(alpha)
    shrinkage = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / shrinkage
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / shrinkage
    low = 0.0 if proportion.successes == 0 else centre - half
    high = 1.0 if proportion.successes == n else centre + half
    return Interval(low, high)


def newcombe(treatment: Proportion, control: Proportion, alpha: float = 0.05) -> Interval:
    """The interval of treatment's rate minus control's (Newcombe 1998, method 10).

    It holds at 0 successes, where a ratio has no interval.
    """
    if treatment.units == 0 or control.units == 0:
        return Interval(-1.0, 1.0)
    ours, theirs = wilson(treatment, alpha), wilson(control, alpha)
    difference = treatment.rate - control.rate
    return Interval(
        difference - math.hypot(treatment.rate - ours.low, theirs.high - control.rate),
        difference + math.hypot(ours.high - treatment.rate, control.rate - theirs.low),
    )
