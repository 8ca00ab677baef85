"""What would it take: answers that are known beforehand."""

import pytest
from blows import BREAKS, POWER, TIE, by_rule, one_blow, trials

from wedge.engine.analysis.levers import Workbench, read_lever
from wedge.engine.analysis.solving import solve
from wedge.engine.analysis.unstored import observables_of
from wedge.engine.analysis.wants import read_want
from wedge.engine.experiment import ExperimentError


def solved(want, *levers, worlds=60, sets=()):
    """The least change that gets there."""
    scenario = one_blow(*sets)
    wanted = read_want(want, observables_of(scenario))
    mine = by_rule(scenario, wanted.observable.name)
    return solve(mine, [read_lever(scenario, lever) for lever in levers], wanted, worlds)


def test_one_number_is_moved_just_as_far_as_it_must():
    """From an even 0.4 to 0.8, one in ten is below 0.6 after a move by 0.16; the interval holds it."""
    found = solved("fracture(pact) < 10 %", TIE, worlds=150)
    assert found.reached
    assert found.level.value < 0.1
    assert found.earliest <= 0.16 <= found.surest
    assert 0.16 == pytest.approx(found.levers["shift"].iloc[0], abs=0.03)
    assert "open" == found.verdict
    assert found.fresh_surest.value < 0.1


def test_a_fixed_number_is_found_to_the_last_step():
    """A commitment of 0.5 less a blow of 0.3 holds a threshold of 0.2: a move by -0.1, in every world."""
    found = solved("fracture(pact) < 0.5", BREAKS, worlds=5, sets=(f"{TIE}=0.5",))
    assert -0.1 == pytest.approx(found.levers["shift"].iloc[0], abs=0.002)
    assert "confirmed" == found.verdict


def test_several_numbers_share_the_burden():
    """Two levers that do the same, measured alike: half each is the shortest way, and the third stays out of it."""
    found = solved("fracture(pact) < 10 %", TIE, BREAKS, POWER, worlds=40)
    assert found.reached
    shift = dict(zip(found.levers["path"], found.levers["shift"], strict=True))
    alone = dict(zip(found.levers["path"], found.levers["alone"], strict=True))
    assert alone[TIE] == pytest.approx(shift[TIE] - shift[BREAKS], abs=0.02)
    assert found.distance < 0.85 * alone[TIE]
    assert 0 == shift[POWER]
    assert alone[POWER] != alone[POWER]


def test_nothing_is_changed_where_all_is_well():
    """The least change is none."""
    found = solved("fracture(pact) < 90 %", TIE, worlds=30)
    assert (True, 0.0, 0.0) == (found.reached, found.distance, found.levers["shift"].iloc[0])


def test_what_cannot_be_reached_is_said_with_what_comes_nearest():
    """The power of a state changes nothing; a commitment within a narrow range not enough."""
    assert not solved("fracture(pact) < 10 %", POWER, worlds=10).reached
    near = solved("fracture(pact) < 10 %", f"{TIE}=0.5:0.65", worlds=30)
    assert not near.reached
    assert 0.05 == pytest.approx(near.levers["shift"].iloc[0], abs=0.01)
    assert near.level.value < near.base.value


def test_a_share_that_rises_and_falls_is_noted():
    """Where a number does not always do the same, whoever asks should know."""
    scenario = one_blow()
    wanted = read_want("fracture(pact) < 10 %", observables_of(scenario))
    mine = trials(scenario)
    mine._evaluate = lambda block: (
        (abs(block.values[:, 0] - 0.6) > 0.25).astype(float) if block.places else block.worlds % 2.0
    )
    found = solve(mine, [read_lever(scenario, TIE)], wanted, 40)
    assert ["rises and falls" in note for note in found.notes] == [True]


@pytest.mark.parametrize(
    ("lever", "said"),
    [
        ("states.bert.pover", "no number"),
        (f"{TIE}=much", "cannot read"),
        (f"{TIE}=0.5:1.5", "leaves its bounds"),
        (f"{TIE}=0.5:0.4", "is no range"),
    ],
)
def test_levers_that_make_no_sense_are_refused(lever, said):
    """With the cure."""
    with pytest.raises(ExperimentError, match=said):
        read_lever(one_blow(), lever)


def test_the_answer_goes_out_as_plain_values():
    """What is not known is null."""
    told = solved("fracture(pact) < 10 %", POWER, worlds=10).as_json()
    assert (None, False) == (told["levers"][0]["alone"], told["reached"])


def test_the_rule_that_stands_in_for_playing_is_what_is_played():
    """The searches above follow the scenario's one rule; played, the same changes come to the same."""
    scenario = one_blow()
    levers = [read_lever(scenario, path) for path in (TIE, BREAKS)]
    played, followed = (Workbench(each(scenario), levers, 12) for each in (trials, by_rule))
    for change in ([0.0, 0.0], [0.1, 0.0], [0.05, -0.1], [-0.4, 0.0]):
        assert list(played.values(change)) == list(followed.values(change))
