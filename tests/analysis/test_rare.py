"""Rates of rare fractures, held to walks whose rate is known by other means."""

import numpy as np
import pytest
from walks import rate_of_walk, walk

from wedge.engine.analysis.notation import read_moves
from wedge.engine.analysis.rare import fracture_named, interval_of, rare_rate, upper_bound, watch_of
from wedge.engine.experiment import ExperimentError
from wedge.engine.scenario import load
from wedge.engine.simulation.traced import play


@pytest.mark.parametrize("noise", [0.0134, 0.0104])
def test_the_interval_holds_a_rate_that_is_known(noise):
    """About one in a hundred, and one in a thousand: worked out from densities, without any draw."""
    found = rare_rate(walk(noise), None, 1, 5000)
    assert found.low < rate_of_walk(noise) < found.high
    assert found.high / found.low < 2
    assert found.gain > 2


def test_the_same_call_finds_the_same():
    """In one worker or three."""
    scenario = walk(0.02, rounds=6)
    one, three = (rare_rate(scenario, None, 1, 400, workers=workers).as_json() for workers in (1, 3))
    assert one == three


def test_what_cannot_happen_has_a_rate_of_0_and_an_honest_bound():
    """About three in as many worlds as were opened."""
    found = rare_rate(walk(0.0, rounds=2), None, 1, 300, compiled=False)
    assert (0.0, 0.0) == (found.rate, found.low)
    assert pytest.approx(upper_bound(300)) == found.high
    assert pytest.approx(0.01, rel=0.01) == found.high
    assert 0 == len(found.fractures)


def test_what_happens_often_is_counted():
    """Without a level on the way, with Wilson's interval."""
    found = rare_rate(walk(0.2, rounds=2), None, 1, 300, compiled=False)
    assert [True] == found.levels["fracture"].tolist()
    assert found.low < rate_of_walk(0.2, rounds=2) < found.high


def test_the_fractures_have_codes_that_play_them_again():
    """Each of another world, told with its round from 1."""
    scenario = walk(0.03, rounds=6)
    found = rare_rate(scenario, None, 1, 200, compiled=False)
    assert found.fractures["world"].is_unique
    row = found.fractures.iloc[-1]
    moves = row["code"].rpartition("@")[2].partition("+")
    course = read_moves(scenario, "+" + moves[2])
    assert row["round"] - 1 == play(scenario, 1, int(row["world"]), course.forced).moments[-1].alliance[0, 0]


@pytest.fixture(scope="module")
def alaska():
    """An alliance of three, bound both ways."""
    return load("alaska_2025/joint_front")


class TestNaming:
    """Alliance or tie."""

    @pytest.mark.parametrize("of", ["ukraine.united_states", "fracture(ukraine.united_states)"])
    def test_a_tie_is_watched_alone(self, alaska, of):
        """From the first state to the second."""
        watch = watch_of(alaska, fracture_named(alaska, of))
        names = alaska.names.states
        assert [[names.index("ukraine"), names.index("united_states")]] == np.argwhere(watch == 1).tolist()

    def test_an_alliance_is_all_its_ties(self, alaska):
        """The first one if none is named."""
        target = fracture_named(alaska, None)
        assert "alliances.western.fractured" == target.name == fracture_named(alaska, "western").name
        assert np.array_equal(alaska.setting.tie, watch_of(alaska, target))

    def test_what_is_unknown_is_told_with_its_cure(self, alaska):
        """The nearest name."""
        with pytest.raises(ExperimentError) as told:
            fracture_named(alaska, "westen")
        assert "western" in told.value.help


class TestInterval:
    """Of the mean of the repetitions."""

    def test_it_is_that_of_student_on_the_logarithm(self):
        """2.262 is Student's t with nine degrees of freedom."""
        mean, low, high = interval_of([1.0, 3.0] * 5)
        factor = np.exp(2.262157 * np.std([1, 3] * 5, ddof=1) / 10**0.5 / 2)
        assert (2.0, pytest.approx(2 / factor), 1.0) == (mean, low, high)

    def test_repetitions_in_which_nothing_happened_count(self):
        """They lower the mean and widen the interval, which stays above 0."""
        mean, low, high = interval_of([0.0] * 9 + [0.001])
        assert pytest.approx(0.0001) == mean
        assert 0 < low < mean < high
