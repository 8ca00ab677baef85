"""Equilibria of games whose answers are in every textbook."""

import numpy as np
import pytest

from wedge.engine.analysis.tournament.equilibria import (
    Removed,
    best_reply_path,
    best_reply_paths,
    dominated,
    equilibria,
    pure_equilibria,
    twins,
)


def game(rows, columns):
    """Two players, from what each gets."""
    return np.array([rows, columns], float)


DILEMMA = game([[3, 0], [5, 1]], [[3, 5], [0, 1]])  # cooperate, defect
PENNIES = game([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
SEXES = game([[3, 0], [0, 2]], [[2, 0], [0, 3]])


def test_prisoners_defect():
    """One equilibrium, in which nobody mixes and both get 1."""
    (found,) = equilibria(DILEMMA).equilibria
    assert ((0.0, 1.0), (0.0, 1.0)) == found.mixture
    assert (1.0, 1.0) == found.payoffs
    assert found.pure


def test_cooperation_is_dominated():
    """It is worse whatever the other does, and removed for both."""
    left, removed = dominated(DILEMMA)
    assert [[1], [1]] == left
    assert [Removed(0, 0, 1), Removed(1, 0, 1)] == removed


def test_pennies_are_matched_by_chance():
    """No pure equilibrium; both toss a fair coin and expect nothing."""
    found = equilibria(PENNIES)
    assert [] == pure_equilibria(PENNIES)
    (mixed,) = found.equilibria
    assert ((0.5, 0.5), (0.5, 0.5)) == tuple(map(pytest.approx, mixed.mixture))
    assert (0.0, 0.0) == pytest.approx(mixed.payoffs)
    assert found.complete


def test_the_battle_of_the_sexes_has_three():
    """Both pure ones and the mixed one, in which each goes to its own more often (3 in 5) and expects 6/5."""
    found = equilibria(SEXES)
    assert [(0, 0), (1, 1)] == pure_equilibria(SEXES)
    assert 3 == len(found.equilibria)
    (mixed,) = [one for one in found.equilibria if not one.pure]
    assert ((0.6, 0.4), (0.4, 0.6)) == tuple(map(pytest.approx, mixed.mixture))
    assert (1.2, 1.2) == pytest.approx(mixed.payoffs)


def test_choices_that_come_to_the_same_are_mixed_once():
    """A second name for the same choice makes no second mixed equilibrium, and the list is not called complete."""
    doubled = game([[1, -1, -1], [-1, 1, 1]], [[-1, 1, 1], [1, -1, -1]])
    assert {(1, 2): 1} == twins(doubled, [[0, 1], [0, 1, 2]])
    found = equilibria(doubled)
    (mixed,) = found.equilibria
    assert ((0.5, 0.5), (0.5, 0.5, 0.0)) == tuple(map(pytest.approx, mixed.mixture))
    assert not found.complete


def test_a_large_game_is_searched_for_small_mixtures():
    """Matching pennies among eight choices a side of which six are poor but not dominated: found, and said to be partial."""
    rows, columns = np.full((8, 8), -3.0), np.full((8, 8), -3.0)
    rows[:2, :2], columns[:2, :2] = PENNIES
    for poor in range(2, 8):
        rows[poor, poor], columns[poor, 8 - poor + 1] = 4.0, 4.0
    found = equilibria(game(rows, columns))
    assert not found.complete
    assert "up to 3 choices a side" in found.method
    assert any(
        np.allclose(one.mixture[0][:2], 0.5) and np.allclose(one.mixture[1][:2], 0.5) for one in found.equilibria
    )


def crowding():
    """Three drivers, two roads whose delay is the number on it: a congestion game, so a potential game (Rosenthal 1973)."""
    table = np.empty((3, 2, 2, 2))
    for roads in np.ndindex(2, 2, 2):
        for driver in range(3):
            table[(driver, *roads)] = -roads.count(roads[driver])
    return table


def test_best_replies_in_a_potential_game_come_to_rest():
    """From each of the eight profiles, in an equilibrium: two on one road, one on the other."""
    paths = best_reply_paths(crowding())
    assert 8 == len(paths)
    assert all(path.settles and 1 in (sum(path.ends[0]), 3 - sum(path.ends[0])) for path in paths)
    assert {path.ends[0] for path in paths} <= set(pure_equilibria(crowding()))
    assert 6 == len(pure_equilibria(crowding()))


def test_an_equilibrium_is_not_left():
    """Best replies that start in one stay there."""
    path = best_reply_path(crowding(), (0, 1, 1))
    assert ((0, 1, 1),) == path.ends
    assert 0 == path.steps


def test_best_replies_at_matching_pennies_go_round():
    """And are said not to settle."""
    path = best_reply_path(PENNIES, (0, 0))
    assert not path.settles
    assert 2 <= len(path.ends)


def test_three_players_get_pure_equilibria_alone():
    """And the list does not claim to be complete."""
    found = equilibria(crowding())
    assert 6 == len(found.equilibria)
    assert not found.complete
