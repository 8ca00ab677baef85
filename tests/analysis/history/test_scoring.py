"""Scores of forecasts, with whatever is fitted fitted to other episodes."""

import math

import pytest

from wedge.engine.analysis.history.codings import AGREED, FIRST, SECOND, Coded
from wedge.engine.analysis.history.playing import Counts
from wedge.engine.analysis.history.scoring import (
    BASE,
    FORECASTERS,
    HOLD,
    MIXED,
    MODEL,
    NULL,
    Cell,
    against,
    base_rate,
    best_weight,
    cells_of,
    scores_of,
)

CODINGS = {
    "a": {"broke": Coded(1, 1), "paid": Coded(0, 1)},
    "b": {"broke": Coded(0, 0), "paid": Coded(1, 1)},
    "c": {"broke": Coded(1, 1), "paid": Coded(None, None)},
}
COUNTS = {
    "a": Counts(9, {"broke": 9, "paid": 0}, {"broke": 4, "paid": 4}),
    "b": Counts(9, {"broke": 0, "paid": 9}, {"broke": 4, "paid": 4}),
    "c": Counts(9, {"broke": 6, "paid": 0}, {"broke": 4, "paid": 4}),
}


def cells(codings=CODINGS, reading=AGREED):
    """All cells, fitted to all episodes."""
    return cells_of(codings, COUNTS, tuple(COUNTS), reading)


def test_only_cells_on_which_the_codings_agree_are_scored():
    """Unless one of them is believed."""
    assert ["broke"] == [cell.observable for cell in cells()["a"]]
    assert [("broke", 1), ("paid", 0)] == [(cell.observable, cell.happened) for cell in cells(reading=FIRST)["a"]]
    assert [("broke", 1), ("paid", 1)] == [(cell.observable, cell.happened) for cell in cells(reading=SECOND)["a"]]
    assert ["broke"] == [cell.observable for cell in cells()["c"]]


def test_forecasts_by_hand():
    """Model and null (k + 1/2) / (n + 1), the base rate of the others, and never in nine."""
    (cell,) = cells()["a"]
    assert pytest.approx(0.95) == cell.chances[MODEL]
    assert pytest.approx(0.45) == cell.chances[NULL]
    assert pytest.approx(1.5 / 3) == cell.chances[BASE]
    assert pytest.approx(0.05) == cell.chances[HOLD]
    assert pytest.approx(cell.weight * 0.95 + (1 - cell.weight) * 0.5) == cell.chances[MIXED]


def test_nothing_is_fitted_to_the_episode_foretold():
    """Had it ended otherwise, every forecast of it would be the same; those of the others would not."""
    otherwise = CODINGS | {"a": {"broke": Coded(0, 0), "paid": Coded(1, 0)}}
    (before,), (after,) = cells()["a"], cells(otherwise)["a"]
    assert before.chances == after.chances
    assert before.happened != after.happened
    assert cells()["b"][0].chances != cells(otherwise)["b"][0].chances


def test_the_base_rate_leaves_out_what_it_is_told_to():
    """And without any other episode says one half."""
    assert pytest.approx(1.5 / 3) == base_rate(CODINGS, "broke", {"a"}, AGREED)
    assert pytest.approx(0.5) == base_rate(CODINGS, "broke", {"a", "b", "c"}, AGREED)
    assert pytest.approx(1.5 / 2) == base_rate(CODINGS, "paid", {"a"}, AGREED)


def test_the_mixture_follows_the_better_forecast():
    """All of a model that is right, none of one that is wrong, part of one that is right most of the time."""
    right = [(0.9, 0.5, 1)] * 3
    assert 1.0 == best_weight(right)
    assert 0.0 == best_weight([(0.9, 0.5, 0)])
    assert 0.0 < best_weight([(0.99, 0.5, 1), (0.99, 0.5, 1), (0.99, 0.5, 0)]) < 1.0
    assert 0.0 == best_weight([])


def cell(episode, model, base, happened):
    """A cell with these two forecasts."""
    chances = dict.fromkeys(FORECASTERS, 0.5) | {MODEL: model, BASE: base}
    return Cell(episode, "broke", happened, chances, 0.5)


def test_scores_by_hand():
    """Mean logarithm of the probability given to what happened, and mean squared error."""
    some = [cell("a", 0.8, 0.5, 1), cell("b", 0.4, 0.5, 0)]
    found = {score.forecaster: score for score in scores_of(some)}
    assert pytest.approx((math.log(0.8) + math.log(0.6)) / 2) == found[MODEL].log
    assert pytest.approx((0.04 + 0.16) / 2) == found[MODEL].brier
    assert pytest.approx(math.log(0.5)) == found[BASE].log
    assert pytest.approx(0.25) == found[BASE].brier
    assert {2} == {score.cells for score in found.values()}


def test_differences_go_by_episode():
    """An episode with two cells counts once; of three like signs, two of eight ways to swap come out as far."""
    gain, third = math.log(0.8 / 0.5), math.log(0.6 / 0.5)
    some = [cell("a", 0.8, 0.5, 1), cell("a", 0.8, 0.5, 1), cell("b", 0.8, 0.5, 1), cell("c", 0.4, 0.5, 0)]
    found = against(some, MODEL, BASE)
    assert 3 == found.episodes == found.better_in
    assert pytest.approx((2 * gain + third) / 3) == found.difference
    assert pytest.approx(2 / 8) == found.chance
    spread = math.sqrt(2 * (gain - (2 * gain + third) / 3) ** 2 + (third - (2 * gain + third) / 3) ** 2) / math.sqrt(2)
    assert pytest.approx(found.difference - 4.302652729911275 * spread / math.sqrt(3)) == found.low


def test_a_worse_forecast_is_worse():
    """The difference is below 0, and no episode is better."""
    found = against([cell("a", 0.2, 0.5, 1), cell("b", 0.2, 0.5, 1)], MODEL, BASE)
    assert found.difference < 0.0
    assert 0 == found.better_in
