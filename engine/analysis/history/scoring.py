"""How well forecasters foretell what happened: probabilities for each cell, log scores and Brier scores.

A *cell* is one observable of one episode. Whatever a forecaster fits, it fits to the other episodes only.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from wedge.engine.analysis.estimates import t_quantile
from wedge.engine.analysis.history.codings import Codings
from wedge.engine.analysis.history.playing import Counts

MODEL, BASE, NULL, HOLD, MIXED = "model", "base rate", "null", "always hold", "mixed"
FORECASTERS = (MODEL, BASE, NULL, HOLD, MIXED)
NEVER_IN = 9  # episodes besides the one foretold
STEPS = 100  # in which the weight of the mixture is tried, from 0 to 1


class Cell(NamedTuple):
    """One observable of one episode: what happened, and the probability that each forecaster gave it."""

    episode: str
    observable: str
    happened: int
    chances: Mapping[str, float]
    weight: float  # of the model in the mixture


class Score(NamedTuple):
    """How well one forecaster did over some cells."""

    forecaster: str
    cells: int
    log: float  # mean natural logarithm of the probability given to what happened; 0 is best
    brier: float  # mean squared error; 0 is best


class Against(NamedTuple):
    """How much more log score one forecaster has than another, in an episode on average; above 0 is better."""

    forecaster: str
    other: str
    episodes: int
    difference: float
    low: float  # 95 % interval over episodes, by t
    high: float
    chance: float  # share of all ways to swap signs of the episodes' differences that come out as far from 0
    better_in: int  # episodes


def smoothed(count: int, n: int) -> float:
    """The rule by which no probability is 0 or 1.

    >>> smoothed(0, 9), smoothed(3, 5)
    (0.05, 0.5833333333333334)
    """
    return (count + 0.5) / (n + 1)


def log_score(chance: float, happened: int) -> float:
    """The logarithm of the probability given to what happened."""
    return math.log(chance if happened else 1.0 - chance)


def cells_of(
    codings: Codings, counts: Mapping[str, Counts], fitted_to: Sequence[str], reading: str
) -> dict[str, list[Cell]]:
    """The cells of every episode that the reading of the codings decides, with all forecasts.

    ``fitted_to`` are the episodes to which the weight of the mixture may be fitted; the one foretold is left out.
    """
    return {episode: _cells_of(episode, codings, counts, fitted_to, reading) for episode in counts}


def _cells_of(
    episode: str, codings: Codings, counts: Mapping[str, Counts], fitted_to: Sequence[str], reading: str
) -> list[Cell]:
    others = [other for other in fitted_to if other != episode]
    weight = best_weight(
        [
            (_model(counts[other], observable), base_rate(codings, observable, {episode, other}, reading), value)
            for other in others
            for observable, value in _decided(codings, other, reading)
        ]
    )
    cells = []
    for observable, value in _decided(codings, episode, reading):
        model, base = _model(counts[episode], observable), base_rate(codings, observable, {episode}, reading)
        chances = {
            MODEL: model,
            BASE: base,
            NULL: smoothed(counts[episode].null[observable], counts[episode].worlds),
            HOLD: smoothed(0, NEVER_IN),
            MIXED: weight * model + (1.0 - weight) * base,
        }
        cells.append(Cell(episode, observable, value, chances, weight))
    return cells


def base_rate(codings: Codings, observable: str, left_out: set[str], reading: str) -> float:
    """How often it happened in the episodes that are not left out, as far as the reading decides them."""
    values = [coded[observable].value(reading) for episode, coded in codings.items() if episode not in left_out]
    known = [value for value in values if value is not None]
    return smoothed(sum(known), len(known))


def best_weight(cells: Sequence[tuple[float, float, int]]) -> float:
    """The weight of the first of two probabilities, in steps, at which their mixture scores best; 0 without cells.

    >>> best_weight([(0.9, 0.5, 1), (0.1, 0.5, 0)]), best_weight([(0.1, 0.5, 1)])
    (1.0, 0.0)
    """

    def score(weight: float) -> float:
        return sum(log_score(weight * first + (1.0 - weight) * second, value) for first, second, value in cells)

    return max((step / STEPS for step in range(STEPS + 1)), key=score)


def scores_of(cells: Sequence[Cell]) -> list[Score]:
    """The mean scores of every forecaster over cells."""
    found = []
    for name in FORECASTERS:
        logs = [log_score(cell.chances[name], cell.happened) for cell in cells]
        squares = [(cell.chances[name] - cell.happened) ** 2 for cell in cells]
        found.append(Score(name, len(cells), _mean(logs), _mean(squares)))
    return found


def against(cells: Sequence[Cell], forecaster: str, other: str) -> Against:
    """How much better a forecaster is than another, episode by episode: cells of one episode go together."""
    by_episode: dict[str, list[float]] = {}
    for cell in cells:
        gain = log_score(cell.chances[forecaster], cell.happened) - log_score(cell.chances[other], cell.happened)
        by_episode.setdefault(cell.episode, []).append(gain)
    gains = [_mean(some) for some in by_episode.values()]
    n, mean = len(gains), _mean(gains)
    reach = math.nan
    if n > 1:
        spread = math.sqrt(sum((gain - mean) ** 2 for gain in gains) / (n - 1))
        reach = t_quantile(n - 1) * spread / math.sqrt(n)
    swapped = [
        abs(sum(sign * gain for sign, gain in zip(signs, gains, strict=True))) for signs in product((1, -1), repeat=n)
    ]
    far = abs(sum(gains)) - 1e-12
    chance = sum(total >= far for total in swapped) / len(swapped)
    better = sum(gain > 0 for gain in gains)
    return Against(forecaster, other, n, mean, mean - reach, mean + reach, chance, better)


def _decided(codings: Codings, episode: str, reading: str) -> list[tuple[str, int]]:
    """The observables of an episode that the reading decides, and what happened."""
    values = [(observable, coded.value(reading)) for observable, coded in codings[episode].items()]
    return [(observable, value) for observable, value in values if value is not None]


def _model(counts: Counts, observable: str) -> float:
    return smoothed(counts.model[observable], counts.worlds)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan
