"""Forced moves as text: what is written is read as the same, what is wrong is refused with a cure."""

import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from hypothesis import strategies as st
from small_games import Played, game, small

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS
from wedge.engine.analysis.notation import MoveError, plain, read_moves, written
from wedge.engine.analysis.seating import SeatError
from wedge.engine.model.words import ACCEPT, CONCEDE, CONSULT, PASS, PROPOSE, REJECT
from wedge.engine.simulation import forcing
from wedge.engine.simulation.forcing import Forced

SIDES = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.7}}
TIES = {("crane", "anvil"): {"commitment": 0.6}, ("anvil", "crane"): {"commitment": 0.6, "dependence": 0.5}}


def talks(**rest):
    """Two allies and an adversary, with an event."""
    insult = {"at": "2030-01-15", "effects": [{"shock": {"from": "crane", "to": "anvil"}, "by": -0.1}]}
    return game(small(SIDES, TIES, rounds=8, events={"insult": insult}, **rest))


@st.composite
def any_move(draw, scenario):
    """Any forced move of a scenario."""
    names, s = scenario.names, scenario.setting
    n, who = draw(st.integers(0, s.rounds - 1)), draw(st.integers(0, len(names.states) - 1))
    issue, share = draw(st.integers(0, len(names.issues) - 1)), draw(st.floats(0, 1))
    stance = draw(st.sampled_from((ACCEPT, CONCEDE, REJECT)))
    kinds = [
        Forced(n, forcing.FORCE_STANCE, who=who, value=float(stance)),
        Forced(n, forcing.FORCE_MOVE, value=float(draw(st.sampled_from((PASS, PROPOSE))))),
        Forced(n, forcing.FORCE_MOVE, what=who, value=float(CONSULT)),
        Forced(n, forcing.FORCE_LEVEL, what=issue, value=share),
        Forced(n, forcing.FORCE_SHARE, who=who, value=share),
        Forced(n, forcing.BRANCH, value=float(draw(st.integers(0, 10_000)))),
    ]
    for kind, room in ((forcing.SET_DEMANDS, DEMANDS), (forcing.SET_COURTS, COURTS), (forcing.SET_ANSWERS, ANSWERS)):
        slot = draw(st.sampled_from(sorted(room)))
        kinds.append(Forced(n, kind, who=who, value=float(room[slot].number)))
    place = names.numbers.index(f"states.{names.states[who]}.war_cost")
    kinds.append(Forced(n, forcing.SET_NUMBER, what=place, value=draw(st.floats(0, 1e300))))
    if names.events:
        which = draw(st.integers(0, len(names.events) - 1))
        kinds += [Forced(n, kind, who=which) for kind in (forcing.LEAVE_OUT, forcing.CALL_EVENT)]
    return draw(st.sampled_from(kinds))


@many(25)
@given(scenario_trees(), st.data())
def test_what_is_written_is_read_as_the_same_moves(tree, data):
    """Every kind of move, to the last bit of its value."""
    scenario = game(tree)
    moves = tuple(data.draw(st.lists(any_move(scenario), max_size=5)))
    assert moves == read_moves(scenario, written(scenario, moves)).forced


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_without_a_plus_and_read_as_the_same(value):
    """A plus sign begins the next move."""
    assert "+" not in plain(value)
    assert value == float(plain(value))


def test_rounds_are_written_as_people_count():
    """From 1, where the tables count from 0."""
    course = read_moves(talks(), "+3.anvil=accept+4.pass+5.without.insult")
    assert [2, 3, 4] == [move.round for move in course.forced]
    assert "+3.anvil=accept+4.pass+5.without.insult" == written(talks(), course.forced)


def test_leaving_is_written_for_those_who_have_somewhere_to_go():
    """And read as the same move."""
    scenario = talks(states={"anvil": {"outside": {"value": 0.1}}})
    course = read_moves(scenario, "+3.anvil=leave")
    assert (Forced(2, forcing.FORCE_LEAVE, who=scenario.names.states.index("anvil")),) == course.forced
    assert "+3.anvil=leave" == written(scenario, course.forced)


def test_no_moves_is_the_scenario_itself():
    """An empty text."""
    assert () == read_moves(talks(), "").forced


@pytest.mark.parametrize(
    ("text", "message", "cure"),
    [
        ("+9.pass", "there is no round 9", "rounds go from 1 to 8"),
        ("+0.pass", "there is no round 0", "rounds go from 1 to 8"),
        ("+pass", "'pass' is no move", "a round, a dot"),
        ("+2.anvl=accept", "there is no state 'anvl'", "did you mean 'anvil'?"),
        ("+2.anvil=leave", "nothing outside the talks", "reject"),
        ("+2.anvil=acept", "'acept' is no answer", "did you mean 'accept'?"),
        ("+2.without.insult_", "there is no event 'insult_'", "did you mean 'insult'?"),
        ("+2.withot.insult", "is no move", "did you mean 'without'?"),
        ("+2.level.land=2", "out of bounds", "from 0 to 1"),
        ("+2.set.states.anvil.powr=1", "there is no number", "did you mean 'states.anvil.power'?"),
        ("+2.set.states.anvil.power=-1", "out of bounds", "0 or more"),
        ("+2.set.states.anvil.power=much", "is not a number", "0.25"),
        ("+2.set.states.anvil.positions.land.salience=1", "cannot change halfway", "--set"),
        ("+2.demands.anvil=firmm", "there is no 'firmm'", ""),
        ("+2.branch.x", "names no future", "whole numbers"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_cure(text, message, cure):
    """The same words on every way in."""
    with pytest.raises(MoveError) as wrong:
        read_moves(talks(), text)
    assert message in wrong.value.message
    assert cure in wrong.value.help


class TestPolicies:
    """Another policy from a round on."""

    @pytest.mark.parametrize("policy", ["firm", "boulware", "conceder", "wedge", "follow", "random"])
    def test_from_the_first_round_on_it_is_the_scenario_with_that_policy(self, policy):
        """The same moves, round by round, as with --policy."""
        tree = small(SIDES, TIES, rounds=8, states={name: {"whim": 0.05} for name in SIDES})
        course = read_moves(game(tree), f"+1.policy.anvil={policy}")
        other = game({**tree, "states": {**tree["states"], "anvil": {**tree["states"]["anvil"], "policy": policy}}})
        forced, declared = Played(course.scenario, *course.forced), Played(other)
        assert [declared.stances(n) for n in range(8)] == [forced.stances(n) for n in range(8)]
        assert [declared.proposed(n) for n in range(8)] == [forced.proposed(n) for n in range(8)]

    def test_before_its_round_nothing_changes(self):
        """Though whom it courts is put into the scenario."""
        scenario = talks()
        course = read_moves(scenario, "+5.policy.anvil=follow")
        forced, free = Played(course.scenario, *course.forced), Played(scenario)
        assert [free.commitments("crane", "anvil")[:4]] == [forced.commitments("crane", "anvil")[:4]]

    def test_an_unknown_one_is_refused(self):
        """With the nearest that is known."""
        with pytest.raises(SeatError, match="there is no policy 'firmm'") as wrong:
            read_moves(talks(), "+1.policy.anvil=firmm")
        assert "did you mean 'firm'?" == wrong.value.help
