"""Whether the arms have the sizes that the split promised; if not, trust no figure."""

import math
from collections.abc import Sequence
from itertools import accumulate

ALARM = 0.001
_CONCENTRATION = 10_000


def sample_ratio_p(counts: Sequence[int], shares: Sequence[float]) -> float:
    """The p-value of Pearson's chi-squared test, for one look; below ``ALARM`` is an alarm.

    Args:
        counts: assigned units per arm.
        shares: the promised share per arm, positive, adding up to 1.
    """
    _check(counts, shares)
    total = sum(counts)
    if total == 0:
        return 1.0
    expected = [total * share for share in shares]
    statistic = sum((o - e) ** 2 / e for o, e in zip(counts, expected, strict=True))
    return _chi_squared_tail(statistic, len(counts) - 1)


def always_valid_sample_ratio_p(
    counts_by_day: Sequence[Sequence[int]], shares: Sequence[float]
) -> float:
    """The p-value that holds however often one looks (Lindon and Malek 2020).

    One over the largest Bayes factor so far of a Dirichlet prior around the promised shares.

    Args:
        counts_by_day: newly assigned units per arm, one entry per day, oldest first.
        shares: as in ``sample_ratio_p``.
    """
    prior = [_CONCENTRATION * share for share in shares]
    largest = 0.0
    for counts in accumulate(
        counts_by_day, lambda a, b: [x + y for x, y in zip(a, b, strict=True)]
    ):
        _check(counts, shares)
        posterior = [a + n for a, n in zip(prior, counts, strict=True)]
        promised = sum(n * math.log(share) for n, share in zip(counts, shares, strict=True))
        largest = max(largest, _log_beta(posterior) - _log_beta(prior) - promised)
    return math.exp(-largest)


def _check(counts: Sequence[int], shares: Sequence[float]) -> None:
    if len(counts) != len(shares) or len(shares) < 2:
        raise ValueError(f"Invalid arms: {len(counts)} counts for {len(shares)} shares")
    if min(counts) < 0:
        raise ValueError(f"Invalid counts {list(counts)}: none may be negative")
    if min(shares) <= 0 or not math.isclose(sum(shares), 1, abs_tol=1e-9):
        raise ValueError(f"Invalid shares {list(shares)}: expected positive ones that add up to 1")


def _log_beta(parameters: Sequence[float]) -> float:
    return sum(map(math.lgamma, parameters)) - math.lgamma(sum(parameters))


def _chi_squared_tail(statistic: float, degrees: int) -> float:
    """P(X > statistic), by the recurrence of the regularised upper incomplete gamma function."""
    x = statistic / 2
    if x == 0:
        return 1.0
    order = 0.5 if degrees % 2 else 1.0
    tail = math.erfc(math.sqrt(x)) if degrees % 2 else math.exp(-x)
    while order < degrees / 2:
        tail += math.exp(order * math.log(x) - x - math.lgamma(order + 1))
        order += 1
    return tail
