"""An observable over a range of one or two numbers, in the same worlds at every point."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.inputs import place_of
from wedge.engine.analysis.levels import Level, change_of, level_of
from wedge.engine.analysis.observables import Observable
from wedge.engine.analysis.trials import Trials, blocks_of
from wedge.engine.experiment.problems import ExperimentError

MOST_POINTS = 10_000
EXAMPLE = "write PATH=LOW:HIGH:POINTS, such as strain.daylight=0.1:0.6:6, or PATH=VALUE,VALUE"


class Axis(NamedTuple):
    """A number and the values it takes, the same in every world."""

    path: str
    place: int
    values: tuple[float, ...]


@dataclass(frozen=True)
class Sweep:
    """``points`` has a column for each axis, then n, value, low, high, difference, diff_low, diff_high, told_apart.

    ``value`` is the share or mean at the point, the difference is against the same worlds as the scenario draws them.
    """

    observable: Observable
    seed: int
    worlds: int
    axes: list[Axis]
    level: Level  # with all numbers as they are drawn
    points: Any
    played: int

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        from wedge.engine.analysis.comparison import records

        return {
            "observable": self.observable.name,
            "title": self.observable.title,
            "kind": self.observable.kind,
            "seed": self.seed,
            "worlds": self.worlds,
            "axes": [{"path": axis.path, "values": list(axis.values)} for axis in self.axes],
            "level": self.level._asdict(),
            "points": records(self.points),
        }


def read_axis(scenario: Any, text: str) -> Axis:
    """An axis from PATH=LOW:HIGH:POINTS or PATH=VALUE,VALUE. Raises ExperimentError with the cure."""
    path, equals, said = text.partition("=")
    path = path.strip()
    if not equals or not said.strip():
        raise ExperimentError(f"cannot read {text!r}", EXAMPLE)
    place = place_of(scenario, path)
    values = _stretch(said, text) if ":" in said else [_number(part, text) for part in said.split(",")]
    low, high = (float(end) for end in scenario.setting.bounds[place])
    beyond = [value for value in values if not low <= value <= high]
    if beyond:
        raise ExperimentError(f"{path} cannot be {beyond[0]:g}", f"it lies between {low:g} and {high:g}")
    return Axis(path, place, tuple(dict.fromkeys(values)))


def sweep(trials: Trials, axes: Sequence[Axis], worlds: int) -> Sweep:
    """Play ``worlds`` worlds at every point of one axis, or of two crossed. Raises ExperimentError for other numbers of axes."""
    import pandas as pd

    if len(axes) not in (1, 2):
        raise ExperimentError(f"a sweep goes over one number or two, not {len(axes)}", EXAMPLE)
    if len({axis.path for axis in axes}) < len(axes):
        raise ExperimentError(f"{axes[0].path} is varied twice", "vary two different numbers")
    points = list(product(*(axis.values for axis in axes)))
    if len(points) > MOST_POINTS:
        raise ExperimentError(f"{len(points):,} points are too many", f"ask for {MOST_POINTS:,} at most")
    numbers, places = np.arange(worlds), [axis.place for axis in axes]
    base = trials.values("as it is", blocks_of(numbers))
    asked = [blocks_of(numbers, places, [point]) for point in points]
    each = len(asked[0])
    parts = trials.play(f"{len(points)} points", [block for blocks in asked for block in blocks])
    rows = []
    for g, point in enumerate(points):
        found = np.concatenate(parts[g * each : (g + 1) * each])
        level, change = level_of(found, trials.observable.kind), change_of(found, base, trials.observable.kind)
        row: dict[str, Any] = {axis.path: value for axis, value in zip(axes, point, strict=True)}
        row |= level._asdict() | {"difference": change.difference, "diff_low": change.low, "diff_high": change.high}
        rows.append(row | {"told_apart": change.told_apart})
    level = level_of(base, trials.observable.kind)
    return Sweep(trials.observable, trials.seed, worlds, list(axes), level, pd.DataFrame(rows), trials.played)


def _stretch(said: str, text: str) -> list[float]:
    parts = said.split(":")
    if len(parts) != 3:
        raise ExperimentError(f"cannot read {text!r}", EXAMPLE)
    low, high, count = _number(parts[0], text), _number(parts[1], text), parts[2].strip()
    if not count.isdigit() or not 2 <= int(count) <= 1000:
        raise ExperimentError(f"{text!r}: {count!r} is no number of points", "ask for 2 to 1000 points")
    if not low < high:
        raise ExperimentError(f"{text!r}: the range runs from {low:g} to {high:g}", "write the lower end first")
    return [float(value) for value in np.round(np.linspace(low, high, int(count)), 12)]


def _number(said: str, text: str) -> float:
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        raise ExperimentError(f"cannot read {text!r}: {said.strip()!r} is not a number", EXAMPLE)
    return value
