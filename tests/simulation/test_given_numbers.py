"""Numbers that are given instead of drawn: everything else stays as it is."""

import functools

import numpy as np
import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from small_games import game, small

from wedge.engine.model.distributions import FIXED
from wedge.engine.simulation import given_numbers
from wedge.engine.simulation.drawing import drawn_inputs
from wedge.engine.simulation.given_numbers import equal_rows, play_given
from wedge.engine.simulation.many import play_many
from wedge.engine.simulation.outcomes import Outcomes


def same_ends(first: Outcomes, second: Outcomes) -> None:
    """Two sets of runs ended the same to the bit, whatever their worlds are called."""
    for name in first.tables.keys() - {"inputs"}:
        for column in first.tables[name].keys() - {"world"}:
            one, other = first.tables[name][column], second.tables[name][column]
            assert list(one) == list(other) if one.dtype == object else one.tobytes() == other.tobytes(), (name, column)


@many(25)
@given(scenario_trees())
def test_what_a_world_would_draw_gives_its_run_to_the_bit(tree):
    """Whatever the scenario: salience, misperception, purse and all that is read only when a world opens."""
    scenario = game(tree)
    worlds = np.array([3, 4, 11])
    columns = drawn_inputs(scenario.setting, scenario.names, 5, worlds)
    places = np.flatnonzero(scenario.setting.drawn != FIXED)
    values = (
        np.column_stack([columns[scenario.names.numbers[place]] for place in places])
        if len(places)
        else np.empty((3, 0))
    )
    same_ends(
        play_many(scenario, 5, worlds, driver="traced"), play_given(scenario, 5, worlds, places, values, "traced")
    )


UNSURE = small(
    {"a": {"land": 0.0, "sea": 0.2}, "b": {"land": 1.0, "sea": 0.9}},
    ties={("a", "b"): {"commitment": {"uniform": [0.4, 0.8]}}},
    states={"a": {"misperception": {"uniform": [0, 0.2]}, "weariness": 0.1}},
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("states.a.positions.sea.salience", 3.0),
        ("states.b.misperception", 0.3),
        ("states.a.weariness", 0.4),
        ("ties.a.b.commitment", 0.9),
        ("strain.noise", 0.01),
    ],
)
def test_a_given_number_does_what_the_file_would_do(path, value):
    """Also one that is read only when the world opens."""
    worlds = np.arange(4)
    scenario, said = game(UNSURE), game(UNSURE, f"{path}={value}", file="said.yaml")
    row = np.full((4, 1), value)
    told = play_given(scenario, 2, worlds, [scenario.names.numbers.index(path)], row, "traced")
    same_ends(play_many(said, 2, worlds, driver="traced"), told)
    assert [value] * 4 == list(told.tables["inputs"][path])


def test_both_drivers_play_given_numbers_alike(monkeypatch):
    """The batch driver plays stretches of equal rows together; its rules run interpreted here, with the same bits."""
    monkeypatch.setattr(given_numbers, "play_batch", functools.partial(given_numbers.play_batch, interpreted=True))
    scenario = game(UNSURE)
    place = scenario.names.numbers.index("ties.a.b.commitment")
    rows = np.array([[0.5], [0.5], [0.6], [0.5]])
    worlds = np.array([1, 2, 2, 9])
    one, other = (play_given(scenario, 2, worlds, [place], rows, driver) for driver in ("traced", "batch"))
    same_ends(one, other)
    np.testing.assert_allclose(one.sums, other.sums, atol=1e-15)


def test_rows_of_one_world_are_told_one_by_one():
    """The column world counts the rows."""
    scenario = game(UNSURE)
    place = scenario.names.numbers.index("ties.a.b.commitment")
    told = play_given(scenario, 2, np.array([7, 7, 7]), [place], np.array([[0.5], [0.6], [0.5]]), "traced")
    assert [0, 1, 2] == list(told.tables["runs"]["world"])
    assert [0.5, 0.6, 0.5] == list(told.tables["ties"]["commitment_start"])


def test_the_scenario_itself_is_left_alone():
    """Its setting is as it was."""
    scenario = game(UNSURE)
    before = scenario.setting.shape.copy(), scenario.setting.drawn.copy()
    play_given(scenario, 2, np.arange(2), [0], np.array([[5.0], [6.0]]), "traced")
    np.testing.assert_array_equal(before[0], scenario.setting.shape)
    np.testing.assert_array_equal(before[1], scenario.setting.drawn)


def test_equal_rows_are_played_together():
    """Where they stand side by side."""
    assert [(0, 2), (2, 3), (3, 4)] == equal_rows(np.array([[1.0], [1.0], [2.0], [1.0]]))
    assert [] == equal_rows(np.empty((0, 2)))
    assert [(0, 3)] == equal_rows(np.empty((3, 0)))
