"""The numbers of a scenario that can be varied: the uncertain ones, and fixed ones that are given a range."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.model.compiling import compiled
from wedge.engine.model.distributions import FIXED, UNIFORM, drawn_value
from wedge.engine.scenario.changes import SET, Change
from wedge.engine.simulation.drawing import draw_column

SPREAD = 0.2  # share of a fixed judgement by which it is varied, down and up
WORTH_COMPILING = 20_000  # draws


class Input(NamedTuple):
    """One number that varies from world to world."""

    path: str  # such as states.ukraine.power
    place: int  # in the flat buffer
    judgement: bool  # the file gives no source for it
    declared: bool  # its range was declared for the analysis; in the file it is one fixed number


def place_of(scenario: Any, path: str) -> int:
    """Where the number with that path stands. Raises ExperimentError when there is none, or when it plays no part."""
    used = [*scenario.numbers_given, *scenario.defaults]
    if path in used:
        return int(scenario.names.numbers.index(path))
    near = get_close_matches(path, used, n=1, cutoff=0.5)
    cure = f"did you mean {near[0]}?" if near else "docs/scenario-format.md lists all paths"
    if path in scenario.names.numbers:
        raise ExperimentError(f"the number {path} plays no part in this scenario", cure)
    raise ExperimentError(f"there is no number {path!r}", cure)


def uncertain(scenario: Any) -> list[Input]:
    """The numbers that are drawn anew in every world, in the order of the flat buffer."""
    return [_input(scenario, int(place), declared=False) for place in np.flatnonzero(scenario.setting.drawn != FIXED)]


def ranges_of_judgements(scenario: Any, spread: float = SPREAD) -> dict[str, tuple[float, float]]:
    """A range around each fixed number without a source: so much of it down and up, within its bounds.

    A judgement of 0 has no such range and is left out.
    """
    ranges = {}
    for path in scenario.judgements:
        place = scenario.names.numbers.index(path)
        value, (low, high) = float(scenario.setting.shape[place, 0]), scenario.setting.bounds[place]
        if scenario.setting.drawn[place] == FIXED and value != 0.0:
            ends = sorted((value * (1 - spread), value * (1 + spread)))
            low, high = max(float(low), ends[0]), min(float(high), ends[1])
            if low < high:
                ranges[path] = (low, high)
    return ranges


def with_ranges(scenario: Any, ranges: Mapping[str, tuple[float, float]]) -> tuple[Any, list[Input]]:
    """The scenario with these numbers drawn evenly from their ranges, and all numbers that now vary.

    Raises ExperimentError for a number that is not there or a range that leaves its bounds.
    """
    drawn, shape = scenario.setting.drawn.copy(), scenario.setting.shape.copy()
    changes = [Change(SET, f"{path}={{uniform: [{low!r}, {high!r}]}}") for path, (low, high) in ranges.items()]
    for path, (low, high) in ranges.items():
        place = place_of(scenario, path)
        check_bounds(scenario, path, low, high)
        drawn[place] = UNIFORM
        shape[place] = (low, high, 0.0, -math.inf, math.inf)
    setting = scenario.setting._replace(drawn=drawn, shape=shape)
    widened = dataclasses.replace(scenario, setting=setting, changes=(*scenario.changes, *changes))
    return widened, [number._replace(declared=number.path in ranges) for number in uncertain(widened)]


def check_bounds(scenario: Any, path: str, low: float, high: float) -> None:
    """Raise ExperimentError when a range is empty or leaves the bounds of the number."""
    least, most = (float(end) for end in scenario.setting.bounds[place_of(scenario, path)])
    if not low < high:
        raise ExperimentError(f"{path}: {low:g} to {high:g} is no range", "write the lower end first: LOW:HIGH")
    if low < least or high > most:
        allowed = f"{least:g} to {most:g}" if most < math.inf else f"at least {least:g}"
        raise ExperimentError(
            f"{path}: {low:g} to {high:g} leaves its bounds ({allowed})", "choose a range within them"
        )


def drawn(scenario: Any, inputs: Sequence[Input], seed: int, worlds: np.ndarray) -> np.ndarray:
    """What each world draws for each of the inputs, ``[worlds, inputs]``."""
    s, worlds = scenario.setting, np.asarray(worlds, dtype=np.int64)
    quick = len(worlds) * len(inputs) >= WORTH_COMPILING
    fill = compiled(draw_column) if quick else draw_column
    values = np.empty((len(inputs), len(worlds)))
    for row, number in zip(values, inputs, strict=True):
        who = s.number_id[number.place] if quick else int(s.number_id[number.place])
        fill(seed, worlds, who, int(s.drawn[number.place]), s.shape[number.place], s.mixture, row)
    return np.ascontiguousarray(values.T)


def quantile(scenario: Any, number: Input, share: float) -> float:
    """The value below which the input lies in that share of the worlds."""
    s = scenario.setting
    return float(drawn_value(share, int(s.drawn[number.place]), s.shape[number.place], s.mixture))


def chosen_inputs(inputs: Sequence[Input], paths: Sequence[str]) -> list[Input]:
    """The inputs with these paths (all of them where none is named). Raises ExperimentError for one that is fixed or missing."""
    if not paths:
        return list(inputs)
    known = {number.path: number for number in inputs}
    for path in paths:
        if path not in known:
            near = get_close_matches(path, list(known), n=1, cutoff=0.5)
            cure = f"did you mean {near[0]}?" if near else f"give it a range: --range {path}=LOW:HIGH"
            raise ExperimentError(f"the number {path!r} does not vary in this scenario", cure)
    return [known[path] for path in dict.fromkeys(paths)]


def _input(scenario: Any, place: int, declared: bool) -> Input:
    path = scenario.names.numbers[place]
    return Input(path, place, scenario.sources.get(path, (None, None))[0] is None, declared)
