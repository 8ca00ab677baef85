"""Courses split on their way to a fracture: what is kept, what is drawn anew, and how levels are laid."""

import numpy as np
import pytest
from small_games import Board, Played, game, merged, small
from walks import walk

from wedge.engine.model.world import ALLIANCE_FRACTURED, WHIM_NOW
from wedge.engine.simulation.forcing import BRANCH, FRESH_LUCK, Forced
from wedge.engine.simulation.splitting import BROKEN, Splitting, distance_left, next_level

LEVELS = [0.15, 0.05, BROKEN]


def splitting(scenario, interpreted=True):
    """Of all its ties."""
    return Splitting(scenario, 3, scenario.setting.tie, interpreted)


class TestSplitting:
    """One set of worlds, level by level."""

    def test_every_course_that_fractured_can_be_played_again(self):
        """From the opening, by its forced moves, it breaks in the round that is told."""
        scenario = walk(0.03, rounds=6)
        found = splitting(scenario).split(np.arange(40), LEVELS)
        assert found.broken
        for world, n, forks in found.broken[:: len(found.broken) // 4]:
            moments = Played(scenario, *forks, seed=3, world=world).moments
            assert n == moments[-1].alliance[ALLIANCE_FRACTURED, 0]

    def test_the_rate_is_the_product_of_the_shares(self):
        """From level to level."""
        found = splitting(walk(0.03, rounds=6)).split(np.arange(40), LEVELS)
        first, second, third = found.reached
        assert pytest.approx(first / 40 * second / 40 * third / 40) == found.rate

    def test_the_fracture_alone_as_level_is_plain_counting(self):
        """Nothing is split, and each world is its own course."""
        scenario = walk(0.05, rounds=6)
        found = splitting(scenario).split(np.arange(30), [BROKEN])
        broke = [w for w in range(30) if Played(scenario, seed=3, world=w).moments[-1].alliance[0, 0] >= 0]
        assert [(w, ()) for w in broke] == [(w, forks) for w, _, forks in found.broken]

    def test_nothing_that_gets_through_ends_it(self):
        """The levels behind are not tried."""
        found = splitting(walk(0.0, rounds=2)).split(np.arange(5), LEVELS)
        assert ((0,), 0.0, ()) == (found.reached, found.rate, found.broken)

    def test_compiled_it_is_the_same_to_the_bit(self):
        """Like everything that is played."""
        scenario = walk(0.03, rounds=6)
        first, second = (splitting(scenario, way).split(np.arange(40), LEVELS) for way in (True, False))
        assert first == second


class TestSharing:
    """Which kept course each future goes on from."""

    def test_all_go_on_as_often_or_once_more(self):
        """And those that go on once more are drawn by lot, by name."""
        one = splitting(walk(0.03))
        shared = one.shared_out(7, 40, world=0, k=1)
        assert {5, 6} == set(np.bincount(shared))
        assert shared.tolist() == one.shared_out(7, 40, world=0, k=1).tolist()
        assert shared.tolist() != one.shared_out(7, 40, world=0, k=2).tolist()


class TestLevels:
    """Where levels are laid."""

    def test_a_fifth_gets_there(self):
        """Of those that were tried."""
        assert 0.2 == next_level(np.arange(1, 101) / 100)

    def test_the_fracture_follows_once_a_tenth_gets_there(self):
        """A level just before it would add nothing."""
        assert BROKEN == next_level(np.array([BROKEN] * 10 + [0.5] * 90))

    def test_a_level_that_all_have_reached_is_none(self):
        """The next is the nearest that is below it, if ten courses come there."""
        assert 0.3 == next_level(np.array([0.3] * 12 + [0.5] * 88))
        assert BROKEN == next_level(np.array([0.3] * 8 + [0.5] * 92))

    def test_they_fall_and_end_with_the_fracture(self):
        """As the splitting takes them."""
        levels, rounds = splitting(walk(0.02, rounds=6)).lay_levels(np.arange(60))
        assert BROKEN == levels[-1]
        assert sorted(levels, reverse=True) == levels
        assert rounds > 0


class TestDistance:
    """How far the nearest tie is from its breaking point."""

    def test_it_is_the_lowest_commitment_less_the_threshold(self):
        """Of the tie that is nearest."""
        board = Board(walk(0.0))
        assert pytest.approx(0.3) == distance_left(board.x, board.w, board.s.tie, 0)


class TestFreshLuck:
    """Another future of a past that has shown what states lean to."""

    def leanings(self, *forced):
        """Bell's, in the rounds in which crane proposes."""
        states = {name: {"whim": 0.1} for name in ("bell", "crane")}
        tree = merged(small({"bell": {"land": 0.0}, "crane": {"land": 1.0}}), {"states": states})
        run = Played(game(tree), *forced)
        return [run.at(n, WHIM_NOW, "bell") for n, who in enumerate(run.floor()) if who == "crane"]

    def test_leanings_last_through_fresh_luck(self):
        """But not through a branch."""
        as_it_was = self.leanings()
        assert as_it_was == self.leanings(Forced(2, FRESH_LUCK, value=1.0))
        assert as_it_was != self.leanings(Forced(2, BRANCH, value=1.0))

    def test_the_noise_is_drawn_anew(self):
        """As in the branch of that number."""
        scenario = walk(0.02)
        was, fresh, branch = (
            Played(scenario, *moves).commitments("crane", "anvil")
            for moves in ((), [Forced(4, FRESH_LUCK, value=2.0)], [Forced(4, BRANCH, value=2.0)])
        )
        assert was[:4] == fresh[:4]
        assert was[4:] != fresh[4:] == branch[4:]
