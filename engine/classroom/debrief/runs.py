"""The runs that a game is held against: all seats played by their policies, from the same start and from any."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.classroom.debrief.options import own_patience
from wedge.engine.experiment.progress import Progress
from wedge.engine.model import world as f
from wedge.engine.model.compiling import is_compiled
from wedge.engine.model.words import ENDS
from wedge.engine.simulation.forcing import BRANCH, FRESH_LUCK, Forced
from wedge.engine.simulation.many import Driver, driver_for, is_paused, play_many
from wedge.engine.simulation.variants import Past, play_all_variants, play_past, play_variants

AT_ONCE = 500  # runs played between two looks at the clock
COURSES = 1000  # of how many runs every round is kept
WORTH_COMPILING = 12_000  # rounds from which on a first compilation pays


class Runs(NamedTuple):
    """What became of many runs, a row a run. Rounds count from 0; -1 says that it never came."""

    fractured: np.ndarray  # [R, A] the round in which each alliance fractured
    end: np.ndarray  # [R] the round in which the talks ended
    ending: np.ndarray  # [R] how, as one of ``ENDS``
    stages: np.ndarray  # [R] stages settled
    payoff: np.ndarray  # [R, S] in utility units

    def broke(self, alliances: Sequence[int]) -> np.ndarray:
        """Whether any of these alliances fractured, run by run."""
        return np.asarray((self.fractured[:, list(alliances)] >= 0).any(axis=1))

    @property
    def settled(self) -> np.ndarray:
        """Whether everything was settled, run by run."""
        return self.ending == ENDS.index("settled")


def in_arrays(w: Any) -> Runs:
    """The same read from the ends of worlds, a lane a run."""
    return Runs(
        w.alliance[f.ALLIANCE_FRACTURED].T.astype(np.int64),
        w.lane[f.END_ROUND].astype(np.int64),
        w.lane[f.TALKS].astype(np.int64),
        (w.stage[f.STANDING] == 1).sum(axis=0),
        w.state[f.PAYOFF].T.copy(),
    )


def worth_compiling(rounds: int) -> bool:
    """Whether so many rounds deserve the compiled rules; the results are the same."""
    return rounds >= WORTH_COMPILING or (rounds >= WORTH_COMPILING // 10 and is_compiled(play_all_variants))


def from_the_start(opening: Past, count: int, workers: int, progress: Progress) -> Runs:
    """Runs from one world's opening, with luck and leanings drawn anew from the first round on."""

    def some(first: int, last: int) -> Runs:
        branches = [[Forced(0, BRANCH, value=float(b))] for b in range(first + 1, last + 1)]
        return in_arrays(play_variants(opening, branches).w)

    return _joined(_in_parts(some, count, workers, progress, "runs from the same start"))


def from_where_it_stopped(
    past: Past, n: int, seats: Sequence[str], count: int, workers: int, progress: Progress
) -> Runs:
    """Runs from the open round ``n`` of a game that stopped there, all seats played by their policies.

    What was said in that round stands and it keeps its luck; from the next round on luck is fresh.
    """
    patient = own_patience(past, seats, n)

    def some(first: int, last: int) -> Runs:
        later = [
            [Forced(n + 1, FRESH_LUCK, value=float(b))] if n + 1 < past.rounds else []
            for b in range(first + 1, last + 1)
        ]
        return in_arrays(play_variants(past, [(*patient, *luck) for luck in later]).w)

    return _joined(_in_parts(some, count, workers, progress, "runs from where the game stopped"))


def as_a_whole(scenario: Any, seed: int, count: int, driver: Driver, workers: int, progress: Progress) -> Runs:
    """Worlds 0 to ``count`` - 1 of a scenario and seed."""
    chosen = driver_for_all(scenario, count, driver)

    def some(first: int, last: int) -> Runs:
        only = ("runs", "alliances", "states")
        tables = play_many(scenario, seed, range(first, last), driver=chosen, only=only).tables
        runs, n = tables["runs"], last - first
        return Runs(
            tables["alliances"]["fracture_round"].reshape(n, -1),
            runs["end_round"],
            np.array([ENDS.index(ending) for ending in runs["ending"]], dtype=np.int64),
            runs["stages_settled"],
            tables["states"]["payoff"].reshape(n, -1),
        )

    return _joined(_in_parts(some, count, workers, progress, f"worlds of {scenario.called}"))


def driver_for_all(scenario: Any, count: int, driver: Driver) -> Driver:
    """Who plays all of the worlds: no part of them is so large that it would deserve compiling alone."""
    if scenario.outsiders:
        return "batch" if is_paused(count, driver) else "traced"
    return driver_for(scenario, count, driver)


def courses_of(opening: Past, ties: Sequence[tuple[int, int]], count: int) -> np.ndarray:
    """Commitments in the first runs from the same start: ``[runs, rounds + 1, ties]``, the opening first."""
    found = np.empty((count, opening.rounds + 1, len(ties)))
    for b in range(count):
        past = play_past(
            opening.scenario, opening.seed, opening.number, (Forced(0, BRANCH, value=b + 1.0),), opening.interpreted
        )
        for place, (i, j) in enumerate(ties):
            found[b, :, place] = past.w.tie[f.COMMITMENT_NOW, i, j]
    return found


def _in_parts(
    play: Callable[[int, int], Runs], count: int, workers: int, progress: Progress, title: str
) -> Iterator[Runs]:
    """Runs in parts, in order; the first is played alone, so that the rules are compiled once."""
    parts = [(first, min(count, first + AT_ONCE)) for first in range(0, count, AT_ONCE)]
    progress.note(f"playing {count:,} {title}")
    progress.start(title, count, 0)
    pool = ThreadPoolExecutor(max(1, workers))
    try:
        for start, stop in ((0, 1), (1, len(parts))):
            waiting = [(pool.submit(partial(play, *part)), part) for part in parts[start:stop]]
            for future, (first, last) in waiting:
                yield future.result()
                progress.add(last - first)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        progress.close()


def _joined(parts: Iterator[Runs]) -> Runs:
    return Runs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
