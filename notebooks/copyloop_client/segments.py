"""The lift of each segment: exploratory, since of many some differ by chance."""

from collections.abc import Sequence

import pandas

from copyloop_client.arms import Arms
from copyloop_client.families import benjamini_hochberg
from copyloop_client.lift import always_valid_interval, always_valid_p, lift_of, pooled


def lift_by_segment(
    by_period: Sequence[dict[str, Arms]], tuning_units: int, alpha: float
) -> pandas.DataFrame:
    """The lift of each segment, pooled over periods of constant share.

    Columns: segment, assigned, lift, low and high (for nightly looks), p (always valid), adjusted p
    (Benjamini and Hochberg). A segment of which an arm has nothing is left out: it has no lift.

    Args:
        by_period: both arms by the name of the segment, as ``arms.proportions_by`` counts them.
        tuning_units: see ``lift.always_valid_interval``.
        alpha: 1 - the confidence.
    """
    rows = []
    for name in sorted({name for period in by_period for name in period}):
        both = [period[name] for period in by_period if name in period]
        found = [lift_of(arms["treatment"], arms["control"]) for arms in both]
        effect = pooled([each for each in found if each is not None])
        if effect is not None:
            interval = always_valid_interval(effect, tuning_units, alpha)
            p = always_valid_p(effect, tuning_units, alpha)
            rows.append((name, effect.units, effect.lift, interval.low, interval.high, p))
    columns = ["segment", "assigned", "lift", "low", "high", "p"]
    table = pandas.DataFrame(rows, columns=columns)
    table["adjusted p"] = benjamini_hochberg(table["p"].tolist())
    return table
