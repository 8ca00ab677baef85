"""Levers: numbers that are moved by the same amount in every world, and what an observable comes to there."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.inputs import Input, check_bounds, drawn, place_of, quantile
from wedge.engine.analysis.levels import Level, level_of
from wedge.engine.analysis.trials import Trials, blocks_of
from wedge.engine.experiment.problems import ExperimentError

EXAMPLE = "write --by PATH, or --by PATH=LOW:HIGH for the range it may take"


class Lever(NamedTuple):
    """A number that may be moved. A world in which it would leave ``least`` to ``most`` stops there."""

    path: str
    number: Input
    start: float  # what it is in the middle world before it is moved
    low: float  # the lowest that middle may become
    high: float
    least: float
    most: float

    @property
    def scale(self) -> float:
        """The width of its range: the unit in which moves of different levers are compared."""
        return self.high - self.low

    @property
    def reach(self) -> tuple[float, float]:
        """The farthest it can be moved down and up."""
        return min(0.0, self.low - self.start), max(0.0, self.high - self.start)


def read_lever(scenario: Any, text: str) -> Lever:
    """A lever from PATH or PATH=LOW:HIGH. Raises ExperimentError with the cure.

    Without a range it may go anywhere within the number's bounds; where those have no end, up to
    twice what it is in nineteen worlds of twenty.
    """
    path, equals, said = text.partition("=")
    path = path.strip()
    place = place_of(scenario, path)
    number = Input(path, place, judgement=False, declared=False)
    start = quantile(scenario, number, 0.5)
    least, most = (float(end) for end in scenario.setting.bounds[place])
    if equals:
        low, high = _range(said, text)
        check_bounds(scenario, path, low, high)
    else:
        wide = 2 * max(abs(quantile(scenario, number, share)) for share in (0.05, 0.95)) or 1.0
        low, high = (least if least > -math.inf else -wide), (most if most < math.inf else wide)
    return Lever(path, number, start, low, high, least, most)


def _range(said: str, text: str) -> tuple[float, float]:
    low, colon, high = said.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = math.nan, math.nan
    if not colon or not all(math.isfinite(end) for end in ends):
        raise ExperimentError(f"cannot read {text!r}", EXAMPLE)
    return ends


class Workbench:
    """Moves levers and sees what becomes of the trials' observable, in the same worlds every time."""

    def __init__(self, trials: Trials, levers: Sequence[Lever], worlds: int) -> None:
        self.trials, self.levers, self.worlds = trials, list(levers), worlds
        self.kind = trials.observable.kind
        self._drawn: dict[tuple[int, int], np.ndarray] = {}

    def values(self, shifts: Sequence[float], worlds: int | None = None, first: int = 0) -> np.ndarray:
        """The observable in each world with the levers moved by so much. Where none is moved the worlds are as they are."""
        numbers = np.arange(first, first + (worlds or self.worlds))
        moved = [k for k, shift in enumerate(shifts) if shift != 0.0]
        if not moved:
            return self.trials.values("as it is", blocks_of(numbers))
        rows = self._numbers(first, len(numbers))
        given = np.column_stack(
            [np.clip(rows[:, k] + shifts[k], self.levers[k].least, self.levers[k].most) for k in moved]
        )
        said = ", ".join(f"{self.levers[k].path} {shifts[k]:+.3g}" for k in moved)
        return self.trials.values(said, blocks_of(numbers, [self.levers[k].number.place for k in moved], given))

    def level(self, shifts: Sequence[float], worlds: int | None = None, first: int = 0) -> Level:
        """Its share or mean there."""
        return level_of(self.values(shifts, worlds, first), self.kind)

    def means(self, shifts: Sequence[float]) -> list[tuple[float, float]]:
        """The mean of each lever over the worlds before and after the move."""
        rows = self._numbers(0, self.worlds)
        after = [
            np.clip(rows[:, k] + shift, self.levers[k].least, self.levers[k].most) for k, shift in enumerate(shifts)
        ]
        return [(float(rows[:, k].mean()), float(column.mean())) for k, column in enumerate(after)]

    def _numbers(self, first: int, count: int) -> np.ndarray:
        if (first, count) not in self._drawn:
            inputs = [lever.number for lever in self.levers]
            self._drawn[first, count] = drawn(self.trials.scenario, inputs, self.trials.seed, first + np.arange(count))
        return self._drawn[first, count]
