"""Support that flows along ties, and what withholds it."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.numbers import SUPPORT
from wedge.engine.model.world import HELD_BACK, SUSPENDED


@rule
def support_flows(s: Any, w: Any, i: int, j: int, lane: int) -> bool:
    """Whether i's support for j flows: the tie is intact and nothing withholds it."""
    return intact(s, w, i, j, lane) and not withheld(w, i, j, lane)


@rule
def withheld(w: Any, i: int, j: int, lane: int) -> bool:
    """Whether support along the tie is withheld, by low commitment, by an event, or by having left the talks."""
    return w.tie[SUSPENDED, i, j, lane] == 1.0 or w.tie[HELD_BACK, i, j, lane] == 1.0


@rule
def support_given(s: Any, x: Any, w: Any, i: int, j: int, lane: int) -> float:
    """What i gives j now, with what it fills in for others who withhold theirs: at most as much again as its own."""
    if not support_flows(s, w, i, j, lane):
        return 0.0
    own = x.tie[SUPPORT, i, j, lane]
    if s.substitutes[i, j] == 0:
        return own
    missing = 0.0
    for m in range(s.state_id.shape[0]):
        if m != i and s.tie[m, j] == 1 and not support_flows(s, w, m, j, lane):
            missing = missing + x.tie[SUPPORT, m, j, lane]
    return own + min(own, missing)


@rule
def support_received(s: Any, x: Any, w: Any, j: int, lane: int) -> float:
    """All support that reaches state j now, at most 0.8 of its war cost."""
    total = 0.0
    for i in range(s.state_id.shape[0]):
        if i != j and s.tie[i, j] == 1:
            total = total + support_given(s, x, w, i, j, lane)
    return min(0.8, total)
