"""Many variants of one world: other moves from some round on, each played from the past they share.

A world is played once and kept as it stood when each round began; a variant then goes on from the
round of its first move, so what came before costs nothing and is the same to the bit.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.compiling import boxed, compiled, rule
from wedge.engine.model.consent import crosses_red_line
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.strain import consents
from wedge.engine.model.words import ABSENT
from wedge.engine.model.world import ALLIANCE_FRACTURED, COMMITMENT_NOW, FLOOR, ON_TABLE, STANCE, World
from wedge.engine.simulation.course import play_round
from wedge.engine.simulation.forcing import FORCE_STANCE, Forced, as_rows
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.stage_set import empty_arrays

FROM_THE_OPENING = -1
COMMITMENT_THEN, PAST_RED_LINE, NOT_ASKED = range(3)  # what is noted of each variant


class Past(NamedTuple):
    """One world, played: lane n is the world when round n began (and as round n - 1 left it); the last lane is the end."""

    scenario: Any
    seed: int
    number: int
    moves: tuple[Forced, ...]  # that were forced in it already
    x: Numbers
    w: World
    interpreted: bool

    @property
    def rounds(self) -> int:
        """Rounds up to the horizon."""
        return int(self.scenario.setting.rounds)


class Probe(NamedTuple):
    """A tie whose commitment after a round is wanted."""

    round: int
    source: int
    target: int


class Variants(NamedTuple):
    """What became of each variant, in order."""

    fractured: np.ndarray  # [V, A] the round in which each alliance fractured, or -1
    commitment: np.ndarray  # [V] of the probed tie after the probed round
    past_red_line: np.ndarray  # [V] whether a forced consent was past that state's own red line
    not_asked: np.ndarray  # [V] whether a forced answer fell on a state that was not asked, or had the floor itself
    x: Numbers  # the ends, a lane a variant
    w: World


class Plan(NamedTuple):
    """What is to be played, and what is noted of it."""

    moves: np.ndarray  # [F, 5] the moves of all variants, one variant after the other
    places: (
        np.ndarray
    )  # [V, 4] first round (or FROM_THE_OPENING), first and last row of its moves, first that is its own
    mine: np.ndarray  # [M, 5] room for the moves of the variant in hand
    watch: np.ndarray  # [A] 1: a variant stops once every such alliance has fractured
    probe: np.ndarray  # [3] round, source and target of the tie that is looked at
    noted: np.ndarray  # [V, 3]


@rule
def copy_lane(x: Any, w: Any, a: int, to_x: Any, to_w: Any, b: int) -> None:
    """Put one lane of numbers and world into a lane of others."""
    to_w.key[b] = w.key[a]
    to_w.home[b] = w.home[a]
    to_w.leanings[b] = w.leanings[a]
    for number in range(x.flat.shape[0]):
        to_x.flat[number, b] = x.flat[number, a]
    for cell in range(w.flat.shape[0]):
        to_w.flat[cell, b] = w.flat[cell, a]


@rule
def take_moves(plan: Any, v: int) -> None:
    """Lay out the moves of variant v; rows that are left over belong to no round."""
    first = plan.places[v, 1]
    for row in range(plan.mine.shape[0]):
        used = first + row < plan.places[v, 2]
        for column in range(5):
            plan.mine[row, column] = plan.moves[first + row, column] if used else -1.0


@rule
def watched_all_broke(w: Any, watch: Any, lane: int) -> bool:
    """Whether every alliance that is watched has fractured; no if none is."""
    some = False
    for a in range(watch.shape[0]):
        if watch[a] == 1:
            some = True
            if w.alliance[ALLIANCE_FRACTURED, a, lane] < 0.0:
                return False
    return some


@rule
def note_forced_answers(s: Any, x: Any, w: Any, plan: Any, v: int, n: int) -> None:
    """Note whether an answer forced in round n was past a red line, or could not be given, in lane 0."""
    for row in range(plan.places[v, 3], plan.mine.shape[0]):
        if int(plan.mine[row, 0]) != n or int(plan.mine[row, 1]) != FORCE_STANCE:
            continue
        who = int(plan.mine[row, 2])
        if w.state[STANCE, who, 0] == ABSENT or int(w.lane[FLOOR, 0]) == who:
            plan.noted[v, NOT_ASKED] = 1.0
        elif consents(plan.mine[row, 4]) and crosses_red_line(s, x, w, who, int(w.lane[ON_TABLE, 0]), 0):
            plan.noted[v, PAST_RED_LINE] = 1.0


@rule
def play_all_variants(
    s: Any, x: Any, w: Any, plan: Any, seed: int, world: int, kept_x: Any, kept_w: Any, ends_x: Any, ends_w: Any
) -> None:
    """Play each variant from its first round on, in lane 0, and put its end into a lane of its own.

    One that plays from the opening keeps every round on the way.
    """
    for v in range(plan.places.shape[0]):
        first = plan.places[v, 0]
        take_moves(plan, v)
        if first < 0:
            open_world(s, x, w, seed, world, 0, 0)
        else:
            copy_lane(kept_x, kept_w, first, x, w, 0)
        for n in range(max(0, first), s.rounds):
            if first < 0:
                copy_lane(x, w, 0, kept_x, kept_w, n)
            play_round(s, x, w, plan.mine, seed, world, n, 0)
            note_forced_answers(s, x, w, plan, v, n)
            if n == plan.probe[0]:
                plan.noted[v, COMMITMENT_THEN] = w.tie[COMMITMENT_NOW, plan.probe[1], plan.probe[2], 0]
            if watched_all_broke(w, plan.watch, 0):
                break
        if first < 0:
            copy_lane(x, w, 0, kept_x, kept_w, s.rounds)
        copy_lane(x, w, 0, ends_x, ends_w, v)


def play_past(scenario: Any, seed: int, number: int, forced: Sequence[Forced] = (), interpreted: bool = True) -> Past:
    """Play one world and keep it as it stood when each round began.

    A scenario with policies from outside is always interpreted. Compiled or not, the bits are the same.
    """
    interpreted = interpreted or bool(scenario.outsiders)
    x, w = empty_arrays(scenario.setting, int(scenario.setting.rounds) + 1)
    past = Past(scenario, seed, number, tuple(forced), x, w, interpreted)
    if scenario.outsiders:
        from wedge.engine.simulation.variants_outside import keep_rounds

        keep_rounds(past)
    else:
        _play(past, [()], [FROM_THE_OPENING], (), None)
    return past


def play_variants(
    past: Past, variants: Sequence[Sequence[Forced]], watch: Sequence[int] = (), probe: Probe | None = None
) -> Variants:
    """Play variants of a world, each with some more forced moves than the world had.

    Each goes to the horizon, or until all alliances in ``watch`` have fractured. A variant without
    moves is the world itself. Raises ValueError for a move in a round that does not exist.
    """
    rounds = [move.round for moves in variants for move in moves]
    if any(not 0 <= n < past.rounds for n in rounds):
        raise ValueError(f"rounds go from 0 to {past.rounds - 1}")
    first = [min((move.round for move in moves), default=0) for moves in variants]
    if past.scenario.outsiders:
        from wedge.engine.simulation.variants_outside import play_each

        return play_each(past, variants, watch, probe)
    return _play(past, variants, first, watch, probe)


def _play(
    past: Past,
    variants: Sequence[Sequence[Forced]],
    first: Sequence[int],
    watch: Sequence[int],
    probe: Probe | None,
) -> Variants:
    s = past.scenario.setting
    plan = plan_of(s, past.moves, variants, first, watch, probe)
    x, w = empty_arrays(s, 1)
    ends_x, ends_w = empty_arrays(s, len(variants))
    arrays = (s, x, w, plan, past.x, past.w, ends_x, ends_w)
    play = play_all_variants
    if not past.interpreted:
        play, arrays = compiled(play_all_variants), tuple(boxed(part) for part in arrays)
    s_, x_, w_, plan_, kept_x, kept_w, end_x, end_w = arrays
    play(s_, x_, w_, plan_, past.seed, past.number, kept_x, kept_w, end_x, end_w)
    return variants_of(ends_x, ends_w, plan.noted)


def plan_of(
    s: Any,
    before: Sequence[Forced],
    variants: Sequence[Sequence[Forced]],
    first: Sequence[int],
    watch: Sequence[int],
    probe: Probe | None,
) -> Plan:
    """What is to be played, for variants that share the moves ``before``."""
    rows, places = _rows(before, variants, first)
    longest = max((len(before) + len(own) for own in variants), default=0)
    asked = np.array(probe if probe is not None else (-1, 0, 0), dtype=np.int64)
    return Plan(rows, places, np.zeros((longest, 5)), flags(s, watch), asked, np.zeros((len(variants), 3)))


def _rows(
    before: Sequence[Forced], variants: Sequence[Sequence[Forced]], first: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """All moves in one array, those of the past in front of each variant's own; and where each variant's are."""
    moves: list[Forced] = []
    places = np.zeros((len(variants), 4), dtype=np.int64)
    for v, own in enumerate(variants):
        places[v] = first[v], len(moves), len(moves) + len(before) + len(own), len(before)
        moves += [*before, *own]
    return as_rows(moves), places


def flags(s: Any, watch: Sequence[int]) -> np.ndarray:
    """A 1 for each alliance that is watched."""
    found = np.zeros(len(s.member), dtype=np.int64)
    found[list(watch)] = 1
    return found


def variants_of(x: Numbers, w: World, noted: np.ndarray) -> Variants:
    """The ends of variants, and what was noted of them."""
    return Variants(
        w.alliance[ALLIANCE_FRACTURED].T.astype(np.int64),
        noted[:, COMMITMENT_THEN].copy(),
        noted[:, PAST_RED_LINE] == 1.0,
        noted[:, NOT_ASKED] == 1.0,
        x,
        w,
    )
