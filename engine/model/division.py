"""Dividing one thing: issues that are shares of it, which together never come to more than all of it.

Each share is an issue of its own, from none to all, so worth, red lines, outlooks and records need nothing new.
What is new is the sum: who gives another a larger share gives it from what nobody has yet, then from its own.
"""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.numbers import IDEAL, SALIENCE
from wedge.engine.model.world import FORCED_LEVEL, LOWEST_OFFER, PROPOSAL


@rule
def own_share(s: Any, x: Any, p: int, k: int, lane: int) -> int:
    """The share that state p wants of what issue k is a share of: the one that matters most to it, or -1."""
    own = -1
    most = 0.0
    for m in range(s.issue_id.shape[0]):
        wanted = x.position[SALIENCE, p, m, lane] * x.position[IDEAL, p, m, lane]
        if s.share_of[m] == s.share_of[k] and wanted > most:
            own = m
            most = wanted
    return own


@rule
def shared_out(s: Any, w: Any, k: int, lane: int) -> float:
    """How much the shares on the table come to, of what issue k is a share of."""
    total = 0.0
    for m in range(s.issue_id.shape[0]):
        if s.share_of[m] == s.share_of[k]:
            total = total + w.issue[PROPOSAL, m, lane]
    return total


@rule
def unshared(s: Any, w: Any, k: int, lane: int) -> float:
    """What nobody is offered yet, of what issue k is a share of."""
    return max(0.0, 1.0 - shared_out(s, w, k, lane))


@rule
def room_for(s: Any, x: Any, w: Any, p: int, k: int, lane: int) -> float:
    """How much larger p can make the share k in one step: by what nobody has, or else by what p has itself."""
    left = unshared(s, w, k, lane)
    own = own_share(s, x, p, k, lane)
    if left > 1e-12 or own < 0 or own == k:
        return left
    return max(0.0, w.issue[PROPOSAL, own, lane] - w.issue[LOWEST_OFFER, own, lane])


@rule
def taken_from_own(s: Any, x: Any, w: Any, p: int, k: int, lane: int, level: float) -> float:
    """What p gives up of its own share if the share k moves to ``level``; less than nothing where p gets it back."""
    own = own_share(s, x, p, k, lane)
    if own < 0 or own == k:
        return 0.0
    step = level - w.issue[PROPOSAL, k, lane]
    if step >= 0.0:
        return max(0.0, step - unshared(s, w, k, lane))
    return -min(-step, max(0.0, x.position[IDEAL, p, own, lane] - w.issue[PROPOSAL, own, lane]))


@rule
def move_level(s: Any, x: Any, w: Any, p: int, k: int, lane: int, level: float) -> None:
    """State p moves issue k of its proposal to ``level``; of a share, its own share gives or takes the difference."""
    if s.share_of[k] >= 0:
        own = own_share(s, x, p, k, lane)
        taken = taken_from_own(s, x, w, p, k, lane, level)
        if own >= 0:
            w.issue[PROPOSAL, own, lane] = w.issue[PROPOSAL, own, lane] - taken
    w.issue[PROPOSAL, k, lane] = level


@rule
def keep_the_sums(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> None:
    """No proposal gives away more than all: p's own share gives way, and if that is not enough, all in proportion.

    A share of its own that was given from outside is meant, and does not give way before the others.
    """
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] != g or s.share_of[k] < 0:
            continue
        own = own_share(s, x, p, k, lane)
        over = shared_out(s, w, k, lane) - 1.0
        if over > 1e-12 and own >= 0 and w.issue[FORCED_LEVEL, own, lane] < 0.0:
            w.issue[PROPOSAL, own, lane] = max(0.0, w.issue[PROPOSAL, own, lane] - over)
        total = shared_out(s, w, k, lane)
        if total > 1.0 + 1e-12:
            for m in range(s.issue_id.shape[0]):
                if s.share_of[m] == s.share_of[k]:
                    w.issue[PROPOSAL, m, lane] = w.issue[PROPOSAL, m, lane] / total
