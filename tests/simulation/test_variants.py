"""Variants of a world: the same to the bit as whole runs with forced moves, whoever plays them."""

import numpy as np
import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from hypothesis import strategies as st
from small_games import Played, game, merged, small

from wedge.engine.model.words import ACCEPT, PASS, PROPOSE, REJECT
from wedge.engine.simulation.forcing import BRANCH, FORCE_MOVE, FORCE_STANCE, Forced
from wedge.engine.simulation.variants import Past, Probe, Variants, play_past, play_variants

SIDES = {"anvil": {"land": {"ideal": 0.0, "red_line": 0.6}}, "bell": {"land": 1.0}, "crane": {"land": 0.9}}
TIES = {("crane", "anvil"): {"commitment": 0.6}}
INSULT = {"at": "2030-01-15", "effects": [{"shock": {"from": "crane", "to": "anvil"}, "by": -0.4}]}
POLICY = """
from wedge.agents.seat import Policy

class Moody(Policy):
    def __init__(self):
        self.asked = 0

    def answer(self, table):
        self.asked += 1
        return "consent" if self.asked % 3 == 0 else "refuse"
"""


def lively(**rest):
    """Talks in which luck has a say."""
    doubts = {key: {"whim": 0.05, "misperception": 0.05} for key in SIDES}
    return merged(small(SIDES, TIES, rounds=8, states=doubts, strain={"noise": 0.01}), rest)


def ends(variants: Variants, v: int) -> list[bytes]:
    """The end of a variant, to the bit."""
    return [variants.x.flat[:, v].tobytes(), *(part[..., v].tobytes() for part in variants.w)]


def end_of(run: Played) -> list[bytes]:
    """The end of a whole run, to the bit."""
    return [run.run.numbers.flat[:, 0].tobytes(), *(part[..., 0].tobytes() for part in run.run.world)]


class TestVariants:
    """Each is the run that its moves make."""

    @many(20)
    @given(scenario_trees(), st.integers(0, 8), st.integers(0, 4), st.sampled_from((ACCEPT, REJECT)))
    def test_end_as_whole_runs_with_the_same_moves_end(self, tree, n, who, stance):
        """From the past they share, to the last bit."""
        scenario = game(tree)
        n, who = n % scenario.setting.rounds, who % len(scenario.names.states)
        moves = [[Forced(n, FORCE_STANCE, who=who, value=stance)], [Forced(n, FORCE_MOVE, value=PASS)], []]
        played = play_variants(play_past(scenario, 1, 0), moves)
        for v, forced in enumerate(moves):
            assert end_of(Played(scenario, *forced)) == ends(played, v)

    def test_the_past_is_kept_round_by_round(self):
        """Lane n + 1 is how round n left the world."""
        past, run = play_past(game(lively()), 1, 0), Played(game(lively()))
        for n, moment in enumerate(run.moments):
            assert np.array_equal(moment.state, past.w.state[:, :, n + 1])
            assert np.array_equal(moment.tie, past.w.tie[:, :, :, n + 1])

    def test_moves_of_the_past_stay_forced(self):
        """A variant of a changed world has both changes."""
        scenario, first = game(lively()), Forced(1, FORCE_STANCE, who=0, value=ACCEPT)
        second = Forced(4, FORCE_MOVE, value=PASS)
        played = play_variants(play_past(scenario, 1, 0, [first]), [[second]])
        assert end_of(Played(scenario, first, second)) == ends(played, 0)

    def test_a_move_in_a_round_that_does_not_exist_is_refused(self):
        """Rather than ignored."""
        with pytest.raises(ValueError, match="rounds go from 0 to 7"):
            play_variants(play_past(game(lively()), 1, 0), [[Forced(8, FORCE_MOVE, value=PASS)]])

    def test_branches_are_futures_of_one_past(self):
        """Each with a luck of its own, and number nought the world itself."""
        scenario = game(lively())
        past = play_past(scenario, 1, 0)
        played = play_variants(past, [[Forced(3, BRANCH, value=b)] for b in range(6)])
        assert end_of(Played(scenario)) == ends(played, 0)
        assert 6 == len({tuple(ends(played, v)) for v in range(6)})


class TestWatching:
    """What is noted on the way."""

    def test_a_variant_stops_once_what_is_watched_has_fractured(self):
        """The rest of it would change nothing that is asked."""
        past = play_past(game(lively(events={"insult": INSULT})), 1, 0)
        whole, stopped = (play_variants(past, [()], watch) for watch in ((), (0,)))
        assert [[2]] == whole.fractured.tolist() == stopped.fractured.tolist()
        assert whole.w.lane[2, 0] != stopped.w.lane[2, 0]  # how the talks ended is not known yet

    def test_a_commitment_is_probed_after_its_round(self):
        """Of the tie that is asked for."""
        scenario = game(lively())
        crane, anvil = (scenario.names.states.index(name) for name in ("crane", "anvil"))
        played = play_variants(play_past(scenario, 1, 0), [()], probe=Probe(3, crane, anvil))
        assert Played(scenario).commitments("crane", "anvil")[3] == played.commitment[0]

    def test_consent_past_a_red_line_is_noted(self):
        """Whoever forces it answers for it."""
        scenario = game(lively())
        n = Played(scenario).floor().index("bell")
        moves = [Forced(n, FORCE_STANCE, who=0, value=ACCEPT)]
        offer = [Forced(n, FORCE_MOVE, value=PROPOSE)]
        levels = [[Forced(n, 2, what=0, value=level)] for level in (0.9, 0.3)]
        played = play_variants(play_past(scenario, 1, 0), [moves + offer + level for level in levels])
        assert [True, False] == played.past_red_line.tolist()

    def test_an_answer_that_nobody_asked_for_is_noted(self):
        """Of the state that has the floor, or in a round without a proposal."""
        scenario = game(lively())
        holder = scenario.names.states.index(Played(scenario).floor()[0])
        other = (holder + 1) % 3
        own = [Forced(0, FORCE_STANCE, who=holder, value=REJECT)]
        unasked = [Forced(0, FORCE_MOVE, value=PASS), Forced(0, FORCE_STANCE, who=other, value=REJECT)]
        asked = [Forced(0, FORCE_STANCE, who=other, value=REJECT)]
        played = play_variants(play_past(scenario, 1, 0), [own, unasked, asked])
        assert [True, True, False] == played.not_asked.tolist()


def test_policies_from_outside_start_afresh_in_each_variant(tmp_path):
    """One that remembers what it was asked is asked again from the opening."""
    (tmp_path / "moody.py").write_text(POLICY, encoding="utf-8")
    tree = lively(states={"anvil": {"policy": {"file": "moody.py", "name": "Moody"}}})
    scenario = game(tree, folder=tmp_path)
    forced = Forced(2, FORCE_MOVE, value=PASS)
    past = play_past(scenario, 1, 0)
    played = play_variants(past, [[forced], []], probe=Probe(3, 2, 0))
    assert isinstance(past, Past)
    assert end_of(Played(scenario, forced)) == ends(played, 0)
    assert end_of(Played(scenario)) == ends(played, 1)
    assert Played(scenario).commitments("crane", "anvil")[3] == played.commitment[1]
