"""Every move and event of a run that could have been otherwise, each with the forced moves that take it out.

Taking out means: consent becomes a refusal, a refusal becomes consent, a proposal is not made and a
consultation not held (the floor is passed), an event does not happen, nor happens again, from its
round on. A pass has nothing to take out; a state that has the floor consents by proposing, so it
has no answer of its own. Everything else, luck included, stays as it was.
"""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.words import ABSENT, ACCEPT, CONCEDE, CONSULT, GOING, PASS, PROPOSE, REJECT
from wedge.engine.model.world import EVENT_TIMES, FLOOR, MOVE, ON_TABLE, STANCE, TALKS
from wedge.engine.simulation.forcing import FORCE_MOVE, FORCE_STANCE, LEAVE_OUT, Forced
from wedge.engine.simulation.variants import Past

EVENT, PROPOSAL, CONSULTATION, CONSENT, REFUSAL = "event", "proposal", "consultation", "consent", "refusal"
KINDS = (EVENT, PROPOSAL, CONSULTATION, CONSENT, REFUSAL)  # in the order in which they come in a round


class Change(NamedTuple):
    """One move or event taken out. Rounds count from 0; indices are -1 where there is no such thing."""

    round: int
    kind: str  # of what is taken out
    state: int  # whose move it was
    event: int
    stage: int  # on the table
    floor: int  # who had the floor
    forced: Forced

    @property
    def order(self) -> tuple[int, int]:
        """Earlier rounds first, and within a round in the order of play."""
        return self.round, KINDS.index(self.kind)


def changes_of(past: Past, last: int) -> list[Change]:
    """All of them in rounds 0 to ``last``, in the order in which they were played."""
    return [change for n in range(last + 1) for change in [*_events(past, n), *_talks(past, n)]]


def _events(past: Past, n: int) -> list[Change]:
    times = past.w.event[EVENT_TIMES]
    came = np.flatnonzero(times[:, n + 1] > times[:, n])
    return [Change(n, EVENT, -1, int(e), -1, -1, Forced(n, LEAVE_OUT, who=int(e))) for e in came]


def _talks(past: Past, n: int) -> list[Change]:
    """What was done with the floor in round n, and every answer given."""
    then, lane = past.w.lane[:, n], past.w.lane[:, n + 1]
    g, p, move = (int(lane[field]) for field in (ON_TABLE, FLOOR, MOVE))
    if then[TALKS] != GOING or g < 0 or p < 0 or move == PASS:
        return []
    passed = Forced(n, FORCE_MOVE, value=PASS)
    if move == CONSULT:
        return [Change(n, CONSULTATION, p, -1, g, p, passed)]
    found = [Change(n, PROPOSAL, p, -1, g, p, passed)] if move == PROPOSE else []
    return found + [answer for i in _others(past, p) if (answer := _answer(past, n, i, g, p)) is not None]


def _others(past: Past, p: int) -> list[int]:
    """All states but the one that has the floor, in the order in which they are declared."""
    return [int(i) for i in past.scenario.names.display if i != p]


def _answer(past: Past, n: int, i: int, g: int, p: int) -> Change | None:
    stance = int(past.w.state[STANCE, i, n + 1])
    if stance == ABSENT:
        return None
    signs = stance in (ACCEPT, CONCEDE)
    kind, instead = (CONSENT, REJECT) if signs else (REFUSAL, ACCEPT)
    return Change(n, kind, i, -1, g, p, Forced(n, FORCE_STANCE, who=i, value=float(instead)))


def named(change: Change, names: Any) -> dict[str, Any]:
    """The change as a row of plain values, with names for indices."""
    return {
        "round": change.round,
        "kind": change.kind,
        "state": names.states[change.state] if change.state >= 0 else "",
        "event": names.events[change.event] if change.event >= 0 else "",
        "stage": names.stages[change.stage] if change.stage >= 0 else "",
        "floor": names.states[change.floor] if change.floor >= 0 else "",
    }
