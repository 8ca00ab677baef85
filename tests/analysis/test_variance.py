"""Variance split into theory, parameters and chance, on outcomes made so that the answer is known."""

import numpy as np
import pytest

from wedge.engine.analysis.variance import PARTS, split

OF_THEORY = np.array([0.0, 1.0, 3.0, -2.0])  # variance over the four: 3.25
OWN_WAY = np.array([1.0, -1.0, 0.5, -0.5])  # how the numbers work out under each theory: mean square 0.625


def made(dice: np.random.Generator, vectors: int, draws: int = 2, same_chance: bool = True) -> np.ndarray:
    """Outcomes whose parts are 3.25 (theory), 4 (parameters), 0.625 (both) and 2.25 (chance)."""
    numbers, bent = dice.normal(0, 2, vectors), dice.normal(0, 1, vectors)
    luck = dice.normal(0, 1.5, (1 if same_chance else 4, vectors, draws))
    return OF_THEORY[:, None, None] + (numbers + OWN_WAY[:, None] * bent)[:, :, None] + luck


@pytest.mark.parametrize("same_chance", [True, False])
@pytest.mark.parametrize("vectors", [4, 25])
def test_estimates_are_right_on_average_however_small_the_sample(vectors, same_chance):
    """Whether chance is the same under every theory or not; without the correction all but the last would be too large."""
    dice = np.random.default_rng(1)
    found = np.array([split(made(dice, vectors, 2, same_chance), resamples=1)["variance"] for _ in range(1500)])
    error = found.std(axis=0) / len(found) ** 0.5
    assert np.all(np.abs(found.mean(axis=0) - (3.25, 4.0, 0.625, 2.25)) < 3.5 * error)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    """In 19 of 20 samples; the theories are all there are, so that theirs is narrow."""
    dice, truth = np.random.default_rng(2), np.array([3.25, 4.0, 0.625, 2.25]) / 10.125
    rows = [split(made(dice, 200), seed=n, resamples=400) for n in range(150)]
    held = np.mean([(row["low"] <= truth) & (truth <= row["high"]) for row in rows], axis=0)
    assert np.all(held > 0.88)


@pytest.mark.parametrize("part", range(4))
def test_what_alone_makes_a_difference_makes_all_of_it(part):
    """A theory alone, numbers alone, numbers under one theory alone, chance alone."""
    dice = np.random.default_rng(3)
    numbers = np.array([1.0, -1.0] * 2000)
    alone = (
        np.broadcast_to(OF_THEORY[:, None, None], (4, 4000, 2)),
        np.broadcast_to(numbers[None, :, None], (4, 4000, 2)),
        np.broadcast_to((OWN_WAY[:, None] * numbers)[:, :, None], (4, 4000, 2)),
        np.broadcast_to(dice.choice((-1.0, 1.0), (1, 4000, 2)), (4, 4000, 2)),
    )[part]
    shares = split(alone)["share"]
    assert np.eye(4)[part] == pytest.approx(shares.to_numpy(), abs=0.04)
    assert list(PARTS) == list(split(alone)["part"])


def test_where_nothing_varies_nothing_decides():
    """All shares are 0, and no warning."""
    assert not split(np.ones((4, 10, 2)))[["variance", "share", "low", "high"]].to_numpy().any()


def test_comes_out_the_same_every_time():
    """With the same seed."""
    outcomes = made(np.random.default_rng(4), 30)
    assert split(outcomes, 7).equals(split(outcomes, 7))
    assert not split(outcomes, 7).equals(split(outcomes, 8))


@pytest.mark.parametrize("shape", [(4, 1, 2), (4, 9, 1)])
def test_one_of_a_kind_tells_nothing_of_variance(shape):
    """One vector, or one draw of chance."""
    with pytest.raises(ValueError, match="two vectors"):
        split(np.zeros(shape))
