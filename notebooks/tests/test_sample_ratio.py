"""Fixed figures: scipy 1.17 chisquare and ssrm-test 0.1.5 sequential_p_values."""

import pytest

from copyloop_client.sample_ratio import always_valid_sample_ratio_p, sample_ratio_p


@pytest.mark.parametrize(
    ("counts", "shares", "p"),
    [
        ([21307, 21387], [0.5, 0.5], 0.6986271470237171),
        ([42694, 21306], [2 / 3, 1 / 3], 0.8187158292900825),
        ([5200, 4800], [0.5, 0.5], 6.334248366623988e-05),
        ([100, 130, 90], [1 / 3, 1 / 3, 1 / 3], 0.017205950425851387),
        ([25, 25], [0.5, 0.5], 1.0),
        ([0, 0], [0.5, 0.5], 1.0),
    ],
)
def test_chi_squared_gives_the_published_p(
    counts: list[int], shares: list[float], p: float
) -> None:
    assert sample_ratio_p(counts, shares) == pytest.approx(p, rel=1e-9)


def test_sequential_p_gives_the_published_one() -> None:
    days = [[520, 480], [1040, 960], [3640, 3360]]
    assert always_valid_sample_ratio_p(days[:1], [0.5, 0.5]) == pytest.approx(0.9752351257855065)
    assert always_valid_sample_ratio_p(days, [0.5, 0.5]) == pytest.approx(0.02589046135170969)


def test_sequential_p_never_rises_again() -> None:
    alarm = [[5200, 4800]]
    calmed = [*alarm, [4800, 5200]]
    assert always_valid_sample_ratio_p(calmed, [0.5, 0.5]) == always_valid_sample_ratio_p(
        alarm, [0.5, 0.5]
    )


@pytest.mark.parametrize(
    ("counts", "shares", "message"),
    [
        ([1, 2], [0.5, 0.3, 0.2], "Invalid arms"),
        ([1], [1.0], "Invalid arms"),
        ([-1, 2], [0.5, 0.5], "Invalid counts"),
        ([1, 2], [0.5, 0.6], "Invalid shares"),
        ([1, 2], [1.0, 0.0], "Invalid shares"),
    ],
)
def test_impossible_arms_are_refused(counts: list[int], shares: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sample_ratio_p(counts, shares)
