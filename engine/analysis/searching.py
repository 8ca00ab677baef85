"""The search for the least change: one lever over its range, or several together, always in the same worlds."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from wedge.engine.analysis.levels import Level, change_of
from wedge.engine.analysis.levers import Workbench
from wedge.engine.analysis.trials import SIZE
from wedge.engine.analysis.wants import Want

STEPS = 20  # stretches into which a lever's range is cut before it is looked at closely
FINE = 1 / 512  # share of a lever's range to which an answer is worked out
SCAN = 32  # points tried over all levers together
TRIES = 40  # of the local search over several levers
PENALTY = 10.0


class Search:
    """Changes tried so far, and how far each is from what is wanted."""

    def __init__(self, bench: Workbench, want: Want) -> None:
        self.bench, self.want = bench, want
        self.scales = np.array([lever.scale for lever in bench.levers])
        self.base = bench.level([0.0] * len(bench.levers))
        self.tried = 0

    def level(self, shifts: Sequence[float], worlds: int | None = None) -> Level:
        """The observable under that change."""
        self.tried += 1
        return self.bench.level(shifts, worlds)

    def gap(self, found: Level) -> float:
        """How far it falls short, in parts of how far the unchanged scenario does; 0 or less when it is reached."""
        short = found.value - self.want.value
        whole = abs(self.base.value - self.want.value) or 1.0
        return (short if self.want.below else -short) / whole

    def distance(self, shifts: Sequence[float]) -> float:
        """The length of a change, each lever measured by its range."""
        return float(np.sqrt((((np.asarray(shifts)) / self.scales) ** 2).sum()))

    def along(self, k: int) -> "Line":
        """One lever over its whole range, the others left alone."""
        return Line(self, k)

    def together(self, alone: Sequence[float]) -> list[float]:
        """The least change of several levers: a scan, then a local search from the best of it, then shortened as it stands."""
        from scipy.optimize import minimize

        starts = [self._one(k, shift) for k, shift in enumerate(alone) if np.isfinite(shift)] + self._scan()
        found = {tuple(start): self.level(start) for start in starts[: len(self.scales) + 3]}
        best = min(found, key=lambda shifts: self._cost(shifts, found[shifts]))

        def cost(scaled: np.ndarray) -> float:
            shifts = self._within(scaled * self.scales)
            return self._cost(shifts, self.level(shifts))

        options = {
            "maxfev": TRIES,
            "initial_simplex": self._simplex(np.array(best) / self.scales),
            "xatol": FINE,
            "fatol": FINE,
        }
        refined = minimize(cost, np.array(best) / self.scales, method="Nelder-Mead", options=options)
        ends = [list(best), self._within(refined.x * self.scales)]
        ends = [self._shortened(end) for end in ends]
        return min(ends, key=lambda shifts: self._cost(shifts, self.level(shifts)))

    def _scan(self) -> list[list[float]]:
        """Changes spread over all ranges, tried in few worlds, the most promising first."""
        from scipy.stats import qmc

        reach = np.array([lever.reach for lever in self.bench.levers])
        points = qmc.Sobol(len(reach), seed=self.bench.trials.seed % 2**32).random(SCAN)
        changes = [list(map(float, row)) for row in reach[:, 0] + points * (reach[:, 1] - reach[:, 0])]
        few = min(SIZE, self.bench.worlds)
        cost = {tuple(change): self._cost(change, self.level(change, few)) for change in changes}
        return sorted(changes, key=lambda change: cost[tuple(change)])

    def _cost(self, shifts: Sequence[float], found: Level) -> float:
        short = self.gap(found)
        missed = PENALTY * (short + 1 / PENALTY) if not self.want.met(found.value) else 0.0
        return self.distance(shifts) + missed

    def _shortened(self, shifts: Sequence[float]) -> list[float]:
        """The least part of a change that still gets there, then each lever's part alone."""
        if not self.want.met(self.level(shifts).value):
            return list(shifts)
        now = self._least_part(lambda part: [part * shift for shift in shifts])
        for k in range(len(now)):
            whole = list(now)
            now = self._least_part(lambda part, k=k, whole=whole: [*whole[:k], part * whole[k], *whole[k + 1 :]])  # type: ignore[misc]
        return now

    def _least_part(self, change: Callable[[float], list[float]]) -> list[float]:
        short, long = 0.0, 1.0
        if self.want.met(self.level(change(0.0)).value):
            return change(0.0)
        while long - short > 8 * FINE:
            middle = (short + long) / 2
            if self.want.met(self.level(change(middle)).value):
                long = middle
            else:
                short = middle
        return change(long)

    def _one(self, k: int, shift: float) -> list[float]:
        return [shift if place == k else 0.0 for place in range(len(self.scales))]

    def _within(self, shifts: np.ndarray) -> list[float]:
        reach = np.array([lever.reach for lever in self.bench.levers])
        return [float(shift) for shift in np.clip(shifts, reach[:, 0], reach[:, 1])]

    def _simplex(self, start: np.ndarray) -> np.ndarray:
        corners = np.repeat(start[None, :], len(start) + 1, axis=0)
        for k in range(len(start)):
            corners[k + 1, k] = start[k] * 0.6 if abs(start[k]) > 0.05 else start[k] + 0.1
        return corners


class Line:
    """One lever over its range: tried at even steps to both sides, then closely where something changes."""

    def __init__(self, search: Search, k: int) -> None:
        self.search, self.k, self.lever = search, k, search.bench.levers[k]
        low, high = self.lever.reach
        step = (high - low) / STEPS
        self.sides = [_steps(low, -step), _steps(high, step)]
        self.known: dict[float, Level] = {0.0: search.base}
        for shift in (*self.sides[0], *self.sides[1]):
            self.at(shift)

    def at(self, shift: float) -> Level:
        """The observable with the lever moved by so much."""
        if shift not in self.known:
            self.known[shift] = self.search.level(self.search._one(self.k, shift))
        return self.known[shift]

    def first(self, met: Callable[[float], bool]) -> float:
        """The least shift whose share or mean is as wanted; nan where there is none."""
        return self.first_by(lambda found: met(found.value))

    def first_by(self, holds: Callable[[Level], bool]) -> float:
        """The least shift at which that holds, to either side; nan where there is none."""
        if holds(self.known[0.0]):
            return 0.0
        found = [self._crossing(side, holds) for side in self.sides]
        there = [shift for shift in found if np.isfinite(shift)]
        return min(there, key=abs) if there else float("nan")

    def nearest(self) -> float:
        """The shift that comes nearest to what is wanted; the least of those that come equally near."""
        return min(self.known, key=lambda shift: (self.search.gap(self.known[shift]), abs(shift)))

    def notes(self) -> list[str]:
        """A word where the observable rises and falls along the range, beyond chance."""
        shifts = sorted([*self.sides[0], 0.0, *self.sides[1]])
        values = [
            self.search.bench.values(self.search._one(self.k, shift)) for shift in shifts[:: max(1, len(shifts) // 10)]
        ]
        changes = [
            change_of(later, earlier, self.search.bench.kind)
            for place, earlier in enumerate(values)
            for later in values[place + 1 :]
        ]
        rises = any(change.told_apart and change.difference > 0 for change in changes)
        falls = any(change.told_apart and change.difference < 0 for change in changes)
        if rises and falls:
            return [
                f"{self.lever.path}: more of it does not always do the same; the share rises and falls over its range"
            ]
        return []

    def table(self) -> Any:
        """Every shift tried, in order, with what it came to."""
        import pandas as pd

        rows = [{"shift": shift, **self.known[shift]._asdict()} for shift in sorted(self.known)]
        return pd.DataFrame(rows, columns=["shift", "n", "value", "low", "high"])

    def _crossing(self, side: Sequence[float], holds: Callable[[Level], bool]) -> float:
        before = 0.0
        for shift in side:
            if holds(self.at(shift)):
                while abs(shift - before) > FINE * self.lever.scale:
                    middle = (shift + before) / 2
                    if holds(self.at(middle)):
                        shift = middle
                    else:
                        before = middle
                return shift
            before = shift
        return float("nan")


def _steps(end: float, step: float) -> list[float]:
    """Even steps from 0 to the end, which is the last of them."""
    return [step * n for n in range(1, int(end / step - 1e-6) + 1)] + ([end] if end else [])
