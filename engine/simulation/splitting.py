"""Courses split on their way to a fracture, so that a rare one is seen often.

Multilevel splitting (Kahn and Harris 1951; Glasserman, Heidelberger, Shahabuddin and Zajic 1999) with
fixed effort: as many courses at every level (Garvels 2000). The levels are distances that a tie has
left to its breaking point. A course that reaches one is kept as the round left it and played on from
there as several futures, each with luck of its own; what the world opened with stays, and so do the
leanings of its states, which the past has shown. The product of
the shares that get from level to level has the rate of fracture as its mean, without bias, because
levels are settled beforehand, in worlds of their own.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.compiling import boxed, compiled, rule
from wedge.engine.model.draws import FOR_SPLITTING, uniform, world_key
from wedge.engine.model.numbers import BREAKS_BELOW
from wedge.engine.model.world import FRACTURE_ROUND, LOWEST
from wedge.engine.simulation.course import play_round
from wedge.engine.simulation.forcing import FRESH_LUCK, Forced, as_rows
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.stage_set import empty_arrays
from wedge.engine.simulation.variants import copy_lane

BROKEN = -1.0  # the distance left of a tie that has fractured: below any other
UNBROKEN_AT_MOST = 1.0  # no tie is farther from its breaking point
KEPT = 0.2  # share of the trial courses that get from one level to the next
FEWEST = 10  # trial courses that must come nearer, for a further level to be laid
MOST_LEVELS = 60


class Leg(NamedTuple):
    """Courses on their way to one level: where each begins, and what becomes of it."""

    level: float  # distance left at which a course is kept
    world: np.ndarray  # [C] int64
    start: np.ndarray  # [C] int64 the lane it begins from, or -1: at the opening
    first: np.ndarray  # [C] int64 the round it plays first
    branch: np.ndarray  # [C] int64 its luck from there on
    watch: np.ndarray  # [S, S] int64 1: a tie that is looked at
    moves: np.ndarray  # [0, 5] nothing is forced
    nearest: np.ndarray  # [C] float64 the smallest distance left on this leg
    lane: np.ndarray  # [C] int64 the lane in which it was kept, or -1: it did not get there
    next: np.ndarray  # [C] int64 the round it would play next
    played: np.ndarray  # [C] int64 rounds played on this leg


class Kept(NamedTuple):
    """Courses at a level, each as the round that brought it there left it."""

    x: Any
    w: Any
    world: np.ndarray  # [R]
    next: np.ndarray  # [R]
    forks: list[tuple[Forced, ...]]  # R: the moves that play each once more from the opening


class Split(NamedTuple):
    """What became of one set of worlds, split level by level."""

    reached: tuple[int, ...]  # courses that got to each level; none after the first that nothing reached
    worlds: tuple[int, ...]  # different worlds among them
    courses: int  # that set out at each level
    levels: int
    rounds: int  # played in all
    broken: tuple[tuple[int, int, tuple[Forced, ...]], ...]  # world, round and moves of each course that fractured

    @property
    def rate(self) -> float:
        """The product of the shares that got from level to level."""
        product = 1.0
        for reached in self.reached:
            product *= reached / self.courses
        return product


@rule
def distance_left(x: Any, w: Any, watch: Any, lane: int) -> float:
    """How far the nearest watched tie was, at its lowest, above its breaking point; BROKEN once one has fractured."""
    nearest = UNBROKEN_AT_MOST
    for i in range(watch.shape[0]):
        for j in range(watch.shape[1]):
            if watch[i, j] == 1:
                if w.tie[FRACTURE_ROUND, i, j, lane] >= 0.0:
                    return BROKEN
                left = w.tie[LOWEST, i, j, lane] - x.tie[BREAKS_BELOW, i, j, lane]
                nearest = min(nearest, max(0.0, left))
    return nearest


@rule
def play_leg(s: Any, x: Any, w: Any, leg: Any, seed: int, from_x: Any, from_w: Any, to_x: Any, to_w: Any) -> None:
    """Play every course, in lane 0, until it reaches the level or the horizon; keep those that reach it, side by side."""
    kept = 0
    for c in range(leg.world.shape[0]):
        n = leg.first[c]
        if leg.start[c] < 0:
            open_world(s, x, w, seed, leg.world[c], 0, 0)
        else:
            copy_lane(from_x, from_w, leg.start[c], x, w, 0)
        left = distance_left(x, w, leg.watch, 0)
        if left > leg.level and leg.branch[c] > 0:
            w.key[0] = world_key(seed, leg.world[c], leg.branch[c])
        nearest = left
        while left > leg.level and n < s.rounds:
            play_round(s, x, w, leg.moves, seed, leg.world[c], n, 0)
            n = n + 1
            left = distance_left(x, w, leg.watch, 0)
            nearest = min(nearest, left)
        leg.nearest[c] = nearest
        leg.next[c] = n
        leg.played[c] = n - leg.first[c]
        leg.lane[c] = -1
        if left <= leg.level:
            copy_lane(x, w, 0, to_x, to_w, kept)
            leg.lane[c] = kept
            kept = kept + 1


class Splitting:
    """Splits worlds of one scenario and seed on their way to the fracture of any of the watched ties ``[S, S]``."""

    def __init__(self, scenario: Any, seed: int, watch: np.ndarray, interpreted: bool = False) -> None:
        self.s, self.seed, self.interpreted = scenario.setting, seed, interpreted
        self.watch = np.ascontiguousarray(watch, dtype=np.int64)

    def split(self, worlds: np.ndarray, levels: Sequence[float]) -> Split:
        """Split these worlds at levels that fall and end with BROKEN. As many courses set out at each level as there are worlds."""
        kept: Kept | None = None
        reached: list[int] = []
        apart: list[int] = []
        rounds = 0
        for k, level in enumerate(levels):
            leg, kept = self.play(self.leg(level, worlds, kept, k), kept)
            rounds += int(leg.played.sum())
            reached.append(len(kept.world))
            apart.append(len(np.unique(kept.world)))
            if not len(kept.world):
                break
        broken = _told(kept) if len(reached) == len(levels) else ()
        return Split(tuple(reached), tuple(apart), len(worlds), len(levels), rounds, broken)

    def lay_levels(self, worlds: np.ndarray) -> tuple[list[float], int]:
        """Levels such that about a fifth of the courses get from one to the next, tried out in these worlds; and the rounds played.

        Adaptive splitting (Cérou and Guyader 2007), used to lay the levels alone. Where no course comes nearer the
        last level is followed by the fracture itself.
        """
        levels: list[float] = []
        kept: Kept | None = None
        rounds = 0
        while len(levels) < MOST_LEVELS:
            trial, _ = self.play(self.leg(BROKEN, worlds, kept, len(levels)), kept)
            rounds += int(trial.played.sum())
            level = next_level(trial.nearest)
            if level == BROKEN:
                break
            leg, kept = self.play(self.leg(level, worlds, kept, len(levels)), kept)
            rounds += int(leg.played.sum())
            levels.append(level)
        return [*levels, BROKEN], rounds

    def leg(self, level: float, worlds: np.ndarray, kept: Kept | None, k: int) -> Leg:
        """The leg to a level, from the opening or from where courses were kept at level ``k - 1``."""
        count, c = len(worlds), np.arange(len(worlds))
        world, start, first, branch = worlds, np.full(count, -1), np.zeros_like(c), np.zeros_like(c)
        if kept is not None:
            start = self.shared_out(len(kept.world), count, int(worlds[0]), k)
            world, first, branch = kept.world[start], kept.next[start], (k - 1) * count + c + 1
        world, start, first, branch = (column.astype(np.int64) for column in (world, start, first, branch))
        nobody = np.full((3, count), -1, dtype=np.int64)
        room = (np.zeros(count), nobody[0], nobody[1], nobody[2])
        return Leg(float(level), world, start, first, branch, self.watch, as_rows([]), *room)

    def shared_out(self, kept: int, count: int, world: int, k: int) -> np.ndarray:
        """The kept course that each of ``count`` futures goes on from: all as often as another, and those drawn by lot once more."""
        key = world_key(self.seed, world, 0)
        lots = np.array([uniform(key, FOR_SPLITTING, k, e) for e in range(kept)])
        once_more = np.argsort(lots, kind="stable")[: count % kept]
        return np.sort(np.concatenate([np.repeat(np.arange(kept), count // kept), once_more]))

    def play(self, leg: Leg, kept: Kept | None) -> tuple[Leg, Kept]:
        """Play a leg; which courses got to its level."""
        x, w = empty_arrays(self.s, 1)
        from_x, from_w = (kept.x, kept.w) if kept is not None else empty_arrays(self.s, 1)
        to_x, to_w = empty_arrays(self.s, len(leg.world))
        arrays = (self.s, x, w, leg, from_x, from_w, to_x, to_w)
        play = play_leg
        if not self.interpreted:
            play, arrays = compiled(play_leg), tuple(boxed(part) for part in arrays)
        s_, x_, w_, leg_, old_x, old_w, new_x, new_w = arrays
        play(s_, x_, w_, leg_, self.seed, old_x, old_w, new_x, new_w)
        there = np.flatnonzero(leg.lane >= 0)
        return leg, Kept(to_x, to_w, leg.world[there], leg.next[there], [_forks(leg, kept, int(c)) for c in there])


def next_level(nearest: np.ndarray) -> float:
    """The distance that about a fifth of the trial courses come to; BROKEN where half as many fracture, or too few come nearer."""
    count = len(nearest)
    if (nearest == BROKEN).sum() >= KEPT / 2 * count:
        return BROKEN
    level = float(np.sort(nearest)[max(1, round(KEPT * count)) - 1])
    if level >= nearest.max():  # all get there, so it would be no level
        below = nearest[nearest < level]
        level = float(below.max()) if len(below) >= min(FEWEST, count) else BROKEN
    return level


def _forks(leg: Leg, kept: Kept | None, c: int) -> tuple[Forced, ...]:
    before = kept.forks[leg.start[c]] if kept is not None else ()
    if kept is None or leg.played[c] == 0:
        return before
    return (*before, Forced(int(leg.first[c]), FRESH_LUCK, value=float(leg.branch[c])))


def _told(kept: Kept | None) -> tuple[tuple[int, int, tuple[Forced, ...]], ...]:
    if kept is None:
        return ()
    return tuple((int(kept.world[e]), int(kept.next[e]) - 1, kept.forks[e]) for e in range(len(kept.world)))
