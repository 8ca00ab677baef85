"""Forced moves: counterfactuals change what they force and what follows from it, and nothing before."""

from typing import Any

import numpy as np
import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from hypothesis import strategies as st
from small_games import Played, Tree, game, merged, small

from wedge.engine.model import world as f
from wedge.engine.model.words import ABSENT, ACCEPT, CONSULT, MOVE_FORCED, PROPOSE, REJECT
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.forcing import (
    BRANCH,
    CALL_EVENT,
    FORCE_LEVEL,
    FORCE_MOVE,
    FORCE_SHARE,
    FORCE_STANCE,
    LEAVE_OUT,
    SET_ANSWERS,
    SET_COURTS,
    SET_DEMANDS,
    SET_NUMBER,
    Forced,
)
from wedge.engine.simulation.many import play_many
from wedge.engine.simulation.runs import Moment

SIDES = {
    "anvil": {"land": {"ideal": 0.0, "salience": 3}, "debt": 0.2},
    "bell": {"land": 1.0, "debt": {"ideal": 0.9, "salience": 3}},
    "crane": {"land": 0.4, "debt": 0.5},
}
TIES = {("anvil", "crane"): {"commitment": 0.6}, ("crane", "anvil"): {"commitment": 0.7}}
NOT_COMPARED = (
    f.REASON, f.FORCED_STANCE, f.FORCED_REASON, f.FORCED_SHARE,
    f.SEEN_BASE, f.SEEN_BEST, f.SEEN_SURPLUS, f.SEEN_WORTH, f.COURTED, f.COURT_WEIGHT,  # what a proposer thinks of others
)  # fmt: skip


def lively(**rest: Any) -> Tree:
    """Talks in which luck has a say, between two allies and a third."""
    doubts = {key: {"whim": 0.05, "misperception": 0.05} for key in SIDES}
    return merged(small(SIDES, TIES, rounds=8, states=doubts, strain={"noise": 0.01}), rest)


def differences(first: Moment, second: Moment) -> list[str]:
    """What two rounds do not have in common, but for why somebody did what it did and what it thought."""
    found = []
    for name, mine, theirs in zip(Moment._fields, first, second, strict=True):
        if name == "state":
            mine, theirs = (np.delete(part, NOT_COMPARED, axis=0) for part in (mine, theirs))
        if name == "lane":
            mine, theirs = (np.delete(part, f.FORCED_MOVE, axis=0) for part in (mine, theirs))
        if name == "issue":
            skipped = (f.FORCED_LEVEL, f.LOWEST_OFFER, f.HIGHEST_OFFER)
            mine, theirs = (np.delete(part, skipped, axis=0) for part in (mine, theirs))
        if not np.array_equal(mine, theirs, equal_nan=True):
            found.append(name)
    return found


def before(first: Played, second: Played, n: int) -> list[str]:
    """What two runs do not have in common before round n."""
    return [name for a, b in zip(first.moments[:n], second.moments[:n], strict=True) for name in differences(a, b)]


def moves_of(run: Played, n: int) -> list[Forced]:
    """The moves of a round as they were played: the levels proposed, and what everybody said and held out for."""
    moment = run.moments[n]
    if moment.lane[f.FLOOR] < 0 or moment.lane[f.MOVE] != PROPOSE:
        return []
    table = np.flatnonzero(run.scenario.setting.stage_of == int(moment.lane[f.ON_TABLE]))
    found = [Forced(n, FORCE_MOVE, value=PROPOSE)]
    found += [Forced(n, FORCE_LEVEL, what=int(k), value=moment.issue[f.PROPOSAL, k]) for k in table]
    found += [Forced(n, FORCE_STANCE, who=i, value=s) for i, s in enumerate(moment.state[f.STANCE]) if s != ABSENT]
    return found + [Forced(n, FORCE_SHARE, who=i, value=share) for i, share in enumerate(moment.state[f.SHARE_HELD])]


class TestForcing:
    """A move taken from outside."""

    @many(40)
    @given(scenario_trees(), st.integers(0, 8), st.integers(0, 4), st.sampled_from((ACCEPT, REJECT)))
    def test_a_stance_changes_nothing_before_its_round(self, tree, n, who, stance):
        """The past stands, to the bit."""
        scenario = game(tree)
        n, who = n % scenario.setting.rounds, who % len(scenario.names.states)
        free = Played(scenario)
        forced = Played(scenario, Forced(n, FORCE_STANCE, who=who, value=stance))
        assert [] == before(free, forced, n)

    @many(40)
    @given(scenario_trees(plain=True), st.integers(0, 8))
    def test_the_very_moves_that_were_played_change_nothing(self, tree, n):
        """Forcing a whole round to be what it was leaves the whole run as it was, but for the reasons given."""
        scenario = game(tree)
        free = Played(scenario)
        forced = Played(scenario, *moves_of(free, n % scenario.setting.rounds))
        assert [] == before(free, forced, scenario.setting.rounds)

    def test_an_aspiration_begins_where_the_tactic_says_even_if_a_share_is_given(self):
        """A share from outside holds for its round alone; what is held out for later is as if nobody had meddled."""
        tree = lively(decides="aspiration")
        free = Played(game(tree))
        forced = Played(game(tree), *moves_of(free, 0))
        assert moves_of(free, 0), "the first round has a proposal"
        assert [] == before(free, forced, 8)

    def test_a_refusal_is_a_refusal(self):
        """And says that it was forced."""
        tree = small(SIDES, TIES, rounds=8, states={key: {"whim": 0.4} for key in SIDES})
        free = Played(game(tree))
        signs = ("accept", "concede")
        n, refuser = next(
            (n, name) for n in range(8) for name in SIDES if name != free.floor()[n] and free.stances(n)[name] in signs
        )
        forced = Played(game(tree), Forced(n, FORCE_STANCE, who=free.names.states.index(refuser), value=REJECT))
        assert "reject" == forced.stances(n)[refuser]
        assert "move_forced" == forced.reasons(n)[refuser]
        assert 0.0 == forced.lane(n, f.PASSED)
        assert [] == before(free, forced, n)

    def test_consent_is_consent_even_past_a_red_line(self):
        """Whoever forces a move answers for it."""
        tree = lively(states={"anvil": {"positions": {"land": {"red_line": 0.1}}}})
        accept = [Forced(n, FORCE_STANCE, who=0, value=ACCEPT) for n in range(8)]
        free, forced = Played(game(tree)), Played(game(tree), *accept)
        assert "red_line" in {free.reasons(n)["anvil"] for n in range(8)}
        assert {"move_forced"} == {
            forced.reasons(n)["anvil"] for n in range(8) if forced.stances(n)["anvil"] != "absent"
        }

    def test_a_forced_refusal_closes_the_ranks_of_a_front(self):
        """The others follow as if it had refused by itself; whoever is forced itself stays."""
        front = {"alliances": {"pact": {"joint_front": True}}}
        run = Played(game(lively(**front)), Forced(1, FORCE_STANCE, who=2, value=REJECT))
        assert {"anvil": "reject", "crane": "reject"} == {name: run.stances(1)[name] for name in ("anvil", "crane")}
        both = Played(
            game(lively(**front)),
            Forced(1, FORCE_STANCE, who=2, value=REJECT),
            Forced(1, FORCE_STANCE, who=0, value=ACCEPT),
        )
        assert "accept" == both.stances(1)["anvil"]

    def test_levels_are_put_on_the_table_as_they_are_given(self):
        """What is not given stands at the proposer's own best."""
        k = game(lively()).names.issues.index("land")
        run = Played(game(lively()), Forced(2, FORCE_MOVE, value=PROPOSE), Forced(2, FORCE_LEVEL, what=k, value=0.321))
        assert "crane" == run.floor()[2]
        assert {"land": 0.321, "debt": 0.5} == run.proposed(2)

    def test_a_pass_and_a_consultation_can_be_forced_too(self):
        """The floor is used as told."""
        tree = lively(
            events={
                "insult": {"at": "2030-01-01", "effects": [{"shock": {"from": "anvil", "to": "crane"}, "by": -0.2}]}
            }
        )
        run = Played(game(tree), Forced(0, FORCE_MOVE, what=2, value=CONSULT), Forced(1, FORCE_MOVE, value=0))
        assert ["consult", "pass"] == run.moves()[:2]
        assert "repair" in run.strain(0, "anvil", "crane")

    def test_a_share_held_can_be_forced_for_one_round(self):
        """Before and after the tactic decides."""
        run = Played(game(lively()), Forced(2, FORCE_SHARE, who=1, value=0.0))
        free = Played(game(lively()))
        assert [free.at(1, f.SHARE_HELD, "bell"), 0.0] == [run.at(n, f.SHARE_HELD, "bell") for n in (1, 2)]


class TestEvents:
    """Leaving an event out."""

    @many(30)
    @given(scenario_trees(), st.integers(0, 2))
    def test_from_the_start_is_as_if_it_could_not_happen(self, tree, which):
        """The run is that of a scenario in which its chance is nothing."""
        if not tree.get("events"):
            return
        name = sorted(tree["events"])[which % len(tree["events"])]
        scenario = game(tree)
        out = Forced(0, LEAVE_OUT, who=scenario.names.events.index(name))
        left_out = play_many(scenario, 5, [2], [out], "traced")
        never = play_many(game(tree, f"events.{name}.chance=0"), 5, [2], driver="traced")
        for table in ("runs", "ties", "states", "issues", "stages", "alliances", "events"):
            for column, values in left_out.tables[table].items():
                assert list(map(str, values)) == list(map(str, never.tables[table][column]))

    @many(30)
    @given(scenario_trees(), st.integers(0, 8), st.integers(0, 2))
    def test_changes_nothing_before_its_round(self, tree, n, which):
        """What has happened has happened."""
        scenario = game(tree)
        if scenario.names.events:
            n = n % scenario.setting.rounds
            out = Forced(n, LEAVE_OUT, who=which % len(scenario.names.events))
            assert [] == before(Played(scenario), Played(scenario, out), n)

    @many(30)
    @given(scenario_trees(), st.integers(0, 8), st.integers(0, 2))
    def test_one_that_is_called_happens_in_its_round(self, tree, n, which):
        """Whatever its day, its condition and its chance; nothing before it is touched."""
        scenario = game(tree)
        if not scenario.names.events:
            return
        n, e = n % scenario.setting.rounds, which % len(scenario.names.events)
        free, called = Played(scenario), Played(scenario, Forced(n, CALL_EVENT, who=e))
        assert [] == before(free, called, n)
        times = [0.0, *(float(moment.event[f.EVENT_TIMES, e]) for moment in called.moments)]
        assert times[n + 1] > times[n]
        assert 0.0 == called.moments[n].event[f.EVENT_CALLED, e], "it is called once"


class TestNumbers:
    """Setting a number from a round on."""

    @many(30)
    @given(scenario_trees(), st.integers(0, 8), st.integers(0, 10_000), st.floats(0, 1))
    def test_changes_nothing_before_its_round(self, tree, n, place, value):
        """Any number at all."""
        scenario = game(tree)
        n, place = n % scenario.setting.rounds, place % len(scenario.names.numbers)
        assert [] == before(Played(scenario), Played(scenario, Forced(n, SET_NUMBER, what=place, value=value)), n)

    @many(30)
    @given(scenario_trees(events=False), st.integers(0, 8), st.data())
    def test_to_what_it_is_changes_nothing(self, tree, n, data):
        """A number that has not changed has no effect."""
        scenario = game(tree, "talks.learning=0")
        n = n % scenario.setting.rounds
        name = data.draw(st.sampled_from(scenario.names.states))
        key = data.draw(st.sampled_from(("power", "war_cost", "loyalty", "whim", "pressure")))
        place = scenario.names.numbers.index(f"states.{name}.{key}")
        free = Played(scenario)
        again = Played(scenario, Forced(n, SET_NUMBER, what=place, value=float(free.run.opening[place])))
        assert [] == before(free, again, scenario.setting.rounds)

    @pytest.mark.parametrize(
        "path",
        [
            "states.bell.war_cost",
            "states.anvil.loyalty",
            "states.crane.power",
            "strain.daylight",
            "assumptions.gives_enough",
        ],
    )
    def test_from_the_first_round_on_is_the_scenario_with_that_number(self, path):
        """The same as ``--set``."""
        place = game(lively()).names.numbers.index(path)
        forced = Played(game(lively()), Forced(0, SET_NUMBER, what=place, value=0.4))
        assert [] == before(forced, Played(game(lively(), f"{path}=0.4")), 8)


class TestPolicies:
    """Changing a policy from a round on."""

    @pytest.mark.parametrize(
        ("kind", "field", "value"),
        [(SET_DEMANDS, f.DEMANDS, 3), (SET_COURTS, f.COURTS, 2), (SET_ANSWERS, f.ANSWERS, 0)],
    )
    def test_holds_from_that_round_on(self, kind, field, value):
        """Before it the old one, after it the new one, for good."""
        free, forced = Played(game(lively())), Played(game(lively()), Forced(3, kind, who=1, value=value))
        assert [] == before(free, forced, 3)
        assert [free.at(0, field, "bell")] * 3 + [value] * 5 == forced.every(field, "bell")


class TestBranches:
    """Another future from the same past."""

    def test_have_the_same_past_and_another_luck(self):
        """Draws change from the round of the branch on."""
        free, other = Played(game(lively())), Played(game(lively()), Forced(4, BRANCH, value=1))
        assert [] == before(free, other, 4)
        assert all("strain" in differences(free.moments[n], other.moments[n]) for n in range(4, 8))

    def test_number_nought_is_the_world_itself(self):
        """Nothing changes."""
        assert [] == before(Played(game(lively())), Played(game(lively()), Forced(4, BRANCH, value=0)), 8)

    def test_are_as_many_as_one_likes(self):
        """Each with a luck of its own."""
        ends = {Played(game(lively()), Forced(4, BRANCH, value=n)).commitments("anvil", "crane")[-1] for n in range(20)}
        assert 20 == len(ends)

    def test_keep_everyones_picture_of_the_others(self):
        """How one sees the others is a lasting error from the past, not luck to come."""
        event = {"at": "2030-02-15", "effects": [{"change": "states.bell.war_cost", "to": 0.1}]}
        tree = lively(events={"drought": event})
        free, other = (Played(game(tree), *moves) for moves in ((), (Forced(4, BRANCH, value=1),)))
        assert np.array_equal(free.run.world.seen, other.run.world.seen)


def forced_reason(scenario: Scenario) -> int:
    """The number of the reason that stands beside a forced move."""
    return Played(scenario, Forced(0, FORCE_STANCE, who=1, value=REJECT)).moments[0].state[f.REASON, 1]


def test_a_forced_move_gives_no_other_reason():
    """So that an analyst can leave it out."""
    assert MOVE_FORCED == forced_reason(game(lively()))
