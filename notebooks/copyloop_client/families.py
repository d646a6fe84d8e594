"""What becomes of p-values when many comparisons are looked at together."""

from collections.abc import Sequence


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """P-values adjusted for a family of comparisons, in the order given.

    Those at or below q are, on average, false in at most the share q of the cases (Benjamini and
    Hochberg 1995).
    """
    family = len(ps)
    adjusted = [1.0] * family
    smallest = 1.0
    for rank, index in enumerate(sorted(range(family), key=lambda at: ps[at], reverse=True)):
        smallest = min(smallest, ps[index] * family / (family - rank))
        adjusted[index] = smallest
    return adjusted
