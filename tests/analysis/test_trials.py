"""Trials: blocks of worlds under given numbers, kept by what they hold."""

import numpy as np
import pytest
from blows import POWER, TIE, one_blow, trials

from wedge.engine.analysis import trials as room
from wedge.engine.analysis.inputs import place_of
from wedge.engine.analysis.trials import blocks_of, folder_for
from wedge.engine.experiment import ExperimentError, Interrupted


def test_a_given_number_decides_instead_of_the_drawn_one():
    """Below 0.6 the tie breaks, at 0.6 and above it holds, in every world."""
    scenario = one_blow()
    found = trials(scenario).values("x", blocks_of([0, 0, 1, 1], [place_of(scenario, TIE)], [[0.59], [0.61]] * 2))
    assert [1, 0, 1, 0] == found.tolist()


def test_blocks_are_not_played_twice(tmp_path):
    """The same call finds them, whoever asks; a larger one plays what is missing."""
    scenario = one_blow()
    first = trials(scenario, folder=tmp_path)
    values = first.values("x", blocks_of(range(20), size=10))
    assert 20 == first.played
    again = trials(scenario, folder=tmp_path)
    np.testing.assert_array_equal(values, again.values("x", blocks_of(range(20), size=10)))
    assert 0 == again.played
    again.values("x", blocks_of(range(30), size=10))
    assert 10 == again.played


def test_another_observable_or_another_number_is_another_block(tmp_path):
    """What a block is known by."""
    scenario = one_blow()
    trials(scenario, folder=tmp_path).values("x", blocks_of(range(5)))
    other = trials(scenario, "talks.days", folder=tmp_path)
    other.values("x", blocks_of(range(5)))
    assert 5 == other.played
    more = trials(scenario, folder=tmp_path)
    for place in (place_of(scenario, path) for path in (TIE, POWER)):
        more.values("x", blocks_of(range(5), [place], [0.7]))
    assert 10 == more.played


def test_an_interrupted_call_keeps_what_was_played(tmp_path, monkeypatch):
    """And says how much that is."""
    scenario, played = one_blow(), []

    def stops(*given):
        played.append(given)
        if len(played) == 3:
            raise KeyboardInterrupt
        return real(*given)

    real = room.play_given
    monkeypatch.setattr(room, "play_given", stops)
    with pytest.raises(Interrupted, match="20 of 40 worlds are stored"):
        trials(scenario, folder=tmp_path).values("x", blocks_of(range(40), size=10))
    monkeypatch.undo()
    rest = trials(scenario, folder=tmp_path)
    rest.values("x", blocks_of(range(40), size=10))
    assert 20 == rest.played


def test_workers_change_nothing(monkeypatch):
    """Two threads give what one gives."""
    scenario = one_blow()
    alone = trials(scenario).values("x", blocks_of(range(40), size=10))
    several = trials(scenario, workers=2)
    several.workers = 2
    np.testing.assert_array_equal(alone, several.values("x", blocks_of(range(40), size=10)))


def test_a_folder_of_something_else_is_refused(tmp_path):
    """Another seed, another scenario, or anything else that lies there."""
    scenario = one_blow()
    with folder_for(scenario, 3, tmp_path / "a"):
        pass
    for other, seed, said in (
        (scenario, 4, "its seed is 3"),
        (one_blow("strain.noise=0.1"), 3, "means something else"),
    ):
        with pytest.raises(ExperimentError, match=said), folder_for(other, seed, tmp_path / "a"):
            pass
    (tmp_path / "b").mkdir()
    (tmp_path / "b/letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExperimentError, match="not empty"), folder_for(scenario, 3, tmp_path / "b"):
        pass


def test_a_folder_in_which_nothing_was_played_is_taken_away_again(tmp_path):
    """If the call made it."""
    with pytest.raises(RuntimeError), folder_for(one_blow(), 3, tmp_path / "a"):
        raise RuntimeError
    assert not (tmp_path / "a").exists()
