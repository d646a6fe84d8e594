import pytest

from copyloop_client.arms import Arms
from copyloop_client.lift import always_valid_interval, always_valid_p, lift_of, pooled
from copyloop_client.proportions import Proportion
from copyloop_client.segments import lift_by_segment

TUNING_UNITS = 20_000
LITTLE, MUCH = Proportion(100, 1000), Proportion(200, 1000)


def arms(treatment: Proportion, control: Proportion) -> Arms:
    return {"treatment": treatment, "control": control}


def test_each_segment_is_pooled_over_its_periods() -> None:
    first = {"a": arms(MUCH, LITTLE), "b": arms(LITTLE, LITTLE)}
    second = {"a": arms(Proportion(90, 300), Proportion(40, 300))}
    table = lift_by_segment([first, second], TUNING_UNITS, 0.05).set_index("segment")
    strata = [lift_of(each["a"]["treatment"], each["a"]["control"]) for each in (first, second)]
    effect = pooled([each for each in strata if each is not None])
    assert effect is not None
    interval = always_valid_interval(effect, TUNING_UNITS)
    expected = (2600, effect.lift, interval.low, interval.high)
    found = table.to_dict("index")
    assert tuple(found["a"][name] for name in ("assigned", "lift", "low", "high")) == pytest.approx(
        expected
    )
    assert found["b"]["lift"] == pytest.approx(0)


def test_p_values_are_adjusted_for_the_number_of_segments() -> None:
    names = ("a", "b", "c", "d")
    only_one_differs = {name: arms(MUCH if name == "a" else LITTLE, LITTLE) for name in names}
    table = lift_by_segment([only_one_differs], TUNING_UNITS, 0.05).set_index("segment")
    effect = lift_of(MUCH, LITTLE)
    assert effect is not None
    p = always_valid_p(effect, TUNING_UNITS)
    found = table.to_dict("index")["a"]
    assert (found["p"], found["adjusted p"]) == pytest.approx((p, 4 * p))


def test_a_segment_without_one_of_the_arms_has_no_lift() -> None:
    lonely = {"free": arms(MUCH, Proportion(0, 0))}
    assert lift_by_segment([lonely], TUNING_UNITS, 0.05).empty
    assert lift_by_segment([], TUNING_UNITS, 0.05).empty
