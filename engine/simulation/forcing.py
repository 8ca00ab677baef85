"""Moves forced from outside: a person's move, another program's, a counterfactual, a step back.

A run is a pure function of scenario, seed, world and forced moves. They are rows
``(round, kind, who, what, value)``; a driver applies those of a round before the round is played.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import world_key
from wedge.engine.model.events import change_number
from wedge.engine.model.words import MOVE_FORCED, REJECT, WENT_OUTSIDE
from wedge.engine.model.world import (
    ANSWERS,
    CONSULTED,
    COURTS,
    DEMANDS,
    EVENT_CALLED,
    EVENT_LEFT_OUT,
    FORCED_LEVEL,
    FORCED_MOVE,
    FORCED_REASON,
    FORCED_SHARE,
    FORCED_STANCE,
)  # fmt: skip

(
    FORCE_STANCE,  # state `who` takes the stance `value` in that round
    FORCE_MOVE,  # whoever has the floor does `value` (PASS, PROPOSE, CONSULT the state `what`)
    FORCE_LEVEL,  # issue `what` is proposed at the level `value`
    FORCE_SHARE,  # state `who` holds out for the share `value` of its own best
    LEAVE_OUT,  # event `who` does not happen from that round on
    SET_NUMBER,  # the number at flat place `what` has the value `value` from that round on
    SET_DEMANDS,  # state `who` demands by tactic number `value` from that round on
    SET_COURTS,  # it courts so
    SET_ANSWERS,  # it answers so
    BRANCH,  # draws come from branch `value` from that round on: another future from the same past
    FRESH_LUCK,  # the same, but leanings stay: a future as this past, leanings and all, leaves it open
    FORCE_LEAVE,  # state `who` refuses and, if it has an outside option, leaves the talks
    CALL_EVENT,  # event `who` happens in that round, whatever its day, condition and chance
) = range(13)


class Forced(NamedTuple):
    """One forced move. Rounds count from 0; places that a kind does not need are left at -1."""

    round: int
    kind: int
    who: int = -1
    what: int = -1
    value: float = 0.0


def as_rows(moves: Iterable[Forced]) -> np.ndarray:
    """The moves as an array ``[F, 5]`` of float64, in the order given."""
    rows = [list(map(float, move)) for move in moves]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 5)


@rule
def forget_forced(w: Any, lane: int) -> None:
    """No move is forced in this round, so far."""
    w.lane[FORCED_MOVE, lane] = -1.0
    for i in range(w.state.shape[1]):
        w.state[FORCED_STANCE, i, lane] = -1.0
        w.state[FORCED_SHARE, i, lane] = -1.0
    for k in range(w.issue.shape[1]):
        w.issue[FORCED_LEVEL, k, lane] = -1.0


@rule
def force_moves(s: Any, x: Any, w: Any, moves: Any, seed: int, world: int, n: int, lane: int) -> None:
    """Apply the rows of round n to one lane."""
    for row in range(moves.shape[0]):
        if int(moves[row, 0]) == n:
            kind, who, what = int(moves[row, 1]), int(moves[row, 2]), int(moves[row, 3])
            force_move(s, x, w, kind, who, what, moves[row, 4], seed, world, lane)


@rule
def force_move(
    s: Any, x: Any, w: Any, kind: int, who: int, what: int, value: float, seed: int, world: int, lane: int
) -> None:
    """Apply one forced move to one lane."""
    if kind == FORCE_STANCE:
        w.state[FORCED_STANCE, who, lane] = value
        w.state[FORCED_REASON, who, lane] = MOVE_FORCED
    elif kind == FORCE_MOVE:
        w.lane[FORCED_MOVE, lane] = value
        w.lane[CONSULTED, lane] = what
    elif kind == FORCE_LEVEL:
        w.issue[FORCED_LEVEL, what, lane] = value
    elif kind == FORCE_SHARE:
        w.state[FORCED_SHARE, who, lane] = value
    elif kind == LEAVE_OUT:
        w.event[EVENT_LEFT_OUT, who, lane] = 1.0
    elif kind == SET_NUMBER:
        change_number(s, x, w, what, value, lane)
    elif kind == SET_DEMANDS:
        w.state[DEMANDS, who, lane] = value
    elif kind == SET_COURTS:
        w.state[COURTS, who, lane] = value
    elif kind == SET_ANSWERS:
        w.state[ANSWERS, who, lane] = value
    elif kind == BRANCH:
        w.key[lane] = world_key(seed, world, int(value))
        w.leanings[lane] = w.key[lane]
    elif kind == FRESH_LUCK:
        w.key[lane] = world_key(seed, world, int(value))
    elif kind == CALL_EVENT:
        w.event[EVENT_CALLED, who, lane] = 1.0
    elif kind == FORCE_LEAVE:
        w.state[FORCED_STANCE, who, lane] = REJECT
        w.state[FORCED_REASON, who, lane] = WENT_OUTSIDE
