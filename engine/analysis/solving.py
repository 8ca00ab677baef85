"""What would it take? The least change of chosen numbers that brings an observable where it is wanted.

Every change is tried in the same worlds, so the share found is an exact function of the change and
nothing in the search is left to chance. That also means the answer fits those worlds a little too
well; so it is tried once more in worlds that had no part in finding it, and both are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wedge.engine.analysis.levels import Level
from wedge.engine.analysis.levers import Lever, Workbench
from wedge.engine.analysis.searching import SCAN, STEPS, TRIES, Search
from wedge.engine.analysis.trials import SIZE, Trials
from wedge.engine.analysis.wants import Want


@dataclass(frozen=True)
class Solution:
    """``levers`` is a data frame: path, start, shift, before, after (means over the worlds), low, high, alone.

    ``alone`` is the shift with which that lever would get there by itself, nan where it cannot.
    """

    want: Want
    seed: int
    worlds: int
    reached: bool
    base: Level  # before any change
    level: Level  # with the change
    fresh: Level  # with the change, in as many worlds that had no part in the search
    levers: Any
    distance: float  # of the change, in ranges of the levers
    earliest: float  # one lever: the shift from which on the interval reaches what is wanted
    surest: float  # one lever: the shift from which on all of the interval is where it is wanted
    fresh_surest: Level | None  # in the fresh worlds, with the surest shift
    scan: Any  # one lever: shift, value, low, high over its range
    tried: int  # changes tried
    played: int
    notes: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """What the fresh worlds say of it: confirmed, open or refuted, by their interval.

        A least change brings a share just to the edge of what is wanted, so that open is what to expect.
        """
        ends = [self.want.met(end) for end in (self.fresh.low, self.fresh.high)]
        return "confirmed" if all(ends) else "open" if any(ends) else "refuted"

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        from wedge.engine.analysis.comparison import records

        def known(value: float) -> float | None:
            return value if np.isfinite(value) else None

        return {
            "want": self.want.said(),
            "seed": self.seed,
            "worlds": self.worlds,
            "reached": self.reached,
            "verdict": self.verdict,
            **{name: getattr(self, name)._asdict() for name in ("base", "level", "fresh")},
            "fresh_surest": self.fresh_surest._asdict() if self.fresh_surest is not None else None,
            "levers": records(self.levers),
            "distance": known(self.distance),
            "earliest": known(self.earliest),
            "surest": known(self.surest),
            "scan": records(self.scan),
            "tried": self.tried,
            "notes": self.notes,
        }


def rows_needed(levers: int, worlds: int) -> int:
    """About how many runs a search takes."""
    along = levers * (STEPS + 12) * worlds
    return along + 2 * worlds + (0 if levers == 1 else SCAN * min(SIZE, worlds) + (TRIES + 10 * levers) * worlds)


def solve(trials: Trials, levers: Sequence[Lever], want: Want, worlds: int) -> Solution:
    """Find the least change, in ranges of the levers, that gets the want; the nearest to it where none does."""
    bench = Workbench(trials, levers, worlds)
    search = Search(bench, want)
    lines = [search.along(k) for k in range(len(levers))]
    alone = [line.first(want.met) for line in lines]
    if want.met(search.base.value):
        shifts: list[float] = [0.0] * len(levers)
    elif len(levers) == 1:
        shifts = [alone[0] if np.isfinite(alone[0]) else lines[0].nearest()]
    else:
        shifts = search.together(alone)
    level = bench.level(shifts)
    earliest = surest = float("nan")
    if len(levers) == 1 and want.met(level.value):
        earliest = lines[0].first_by(lambda found: want.met(found.low if want.below else found.high))
        surest = lines[0].first_by(lambda found: want.met(found.high if want.below else found.low))
    fresh = bench.level(shifts, first=worlds)
    sure = bench.level([surest], first=worlds) if np.isfinite(surest) else None
    scan = lines[0].table() if len(levers) == 1 else lines[0].table().iloc[:0]
    notes = [note for line in lines for note in line.notes()]
    told = _levers(bench, shifts, alone)
    distance = search.distance(shifts)
    reached = want.met(level.value)
    return Solution(want, trials.seed, worlds, reached, search.base, level, fresh, told, distance, earliest, surest, sure, scan,
                    search.tried, trials.played, notes)  # fmt: skip


def _levers(bench: Workbench, shifts: Sequence[float], alone: Sequence[float]) -> Any:
    import pandas as pd

    rows = []
    for lever, shift, by_itself, (before, after) in zip(bench.levers, shifts, alone, bench.means(shifts), strict=True):
        row = {"path": lever.path, "start": lever.start, "shift": shift, "before": before, "after": after}
        rows.append(row | {"low": lever.low, "high": lever.high, "alone": by_itself})
    return pd.DataFrame(rows)
