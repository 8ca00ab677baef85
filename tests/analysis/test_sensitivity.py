"""Which number decides: a scenario in which one decides alone, and one in which chance has a say."""

import pytest
from blows import POWER, TIE, one_blow, trials

from wedge.engine.analysis.inputs import uncertain
from wedge.engine.analysis.sensitivity import rows_needed, sensitivity
from wedge.engine.experiment import ExperimentError


def asked(method, worlds, most=0, *sets, of="fracture(pact)"):
    """What a method says of the scenario."""
    scenario = one_blow(*sets)
    return sensitivity(trials(scenario, of), uncertain(scenario), method, worlds, most)


@pytest.mark.parametrize("method", ["tornado", "sobol", "morris"])
def test_the_one_number_that_decides_comes_first(method):
    """The commitment does, the power of a state does not matter."""
    found = asked(method, 25)
    assert [TIE, POWER] == list(found.numbers["path"])
    assert [True, False] == list(found.numbers["judgement"])
    effect = {"tornado": "swing", "sobol": "total", "morris": "mu_star"}[method]
    assert 0 == found.numbers[effect].iloc[1]


def test_a_tornado_goes_from_one_end_to_the_other():
    """Always broken at the 5th percentile of the commitment (0.42), never at the 95th (0.78)."""
    row = asked("tornado", 25).numbers.iloc[0]
    assert (0.42, 0.78, 1.0, 0.0, -1.0) == pytest.approx(
        (row["low_at"], row["high_at"], row["at_low"], row["at_high"], row["swing"])
    )
    assert row["told_apart"]


def test_without_chance_the_numbers_decide_everything():
    """All of the variance is theirs."""
    parts = asked("sobol", 60).parts.set_index("part")["share"]
    assert {"numbers": 1.0, "chance": 0.0, "both": 0.0} == parts.to_dict()


def test_numbers_and_chance_are_told_apart():
    """If the blow falls in six worlds of ten, the shares of variance are .43, .29 and .29.

    The outcome is x · l with x even and l 0.6: its variance is .3 · .7, the part of x is .6² / 4, that of l .24 / 4.
    """
    found = asked("sobol", 400, 0, "events.blow.chance=0.6")
    for part, share in (("numbers", 0.09 / 0.21), ("chance", 0.06 / 0.21)):
        row = found.parts.set_index("part").loc[part]
        assert row["low"] <= share <= row["high"]
    assert found.numbers["first"].iloc[0] == pytest.approx(0.09 / 0.21, abs=0.12)
    assert found.numbers["total"].iloc[0] == pytest.approx((0.21 - 0.06) / 0.21, abs=0.12)


def test_many_numbers_are_tried_before_few_are_looked_at():
    """The one that decides is kept, and it is said how many were left out."""
    found = asked("tornado", 40, 1)
    assert [TIE] == list(found.numbers["path"])
    assert 1 == found.left_out


@pytest.mark.parametrize(("method", "most"), [("tornado", 0), ("sobol", 0), ("morris", 0)])
def test_the_number_of_runs_is_known_beforehand(method, most):
    """So that it can be said how long it will take."""
    assert rows_needed(method, 2, 10, most) == asked(method, 10, most).played


def test_nothing_that_varies_is_refused():
    """With the cure."""
    with pytest.raises(ExperimentError, match="no number of this scenario varies"):
        asked("tornado", 10, 0, f"{TIE}=0.5", f"{POWER}=1")


def test_an_observable_that_some_worlds_lack_has_no_variance():
    """It is said in how many runs it is missing."""
    scenario = one_blow()
    mine = trials(scenario)
    mine._evaluate = lambda block: block.worlds * float("nan")
    with pytest.raises(ExperimentError, match="is missing in"):
        sensitivity(mine, uncertain(scenario), "sobol", 10, 0)


def test_the_table_goes_out_as_plain_values():
    """For --json."""
    told = asked("sobol", 20).as_json()
    assert ["sobol", "alliances.pact.fractured", 2] == [told["method"], told["observable"], len(told["numbers"])]
