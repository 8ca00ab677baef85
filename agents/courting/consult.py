"""Mend a weak tie first, then court everybody whose consent is needed."""

from typing import Any

from wedge.agents.courting.sincere import sincere
from wedge.agents.parameters import Parameter
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.numbers import COMMITMENT_0, COURT_A, COURT_B
from wedge.engine.model.offers import (
    concede_to_courted,
    court_all_seats,
    see_surpluses,
    seems_past_red_line,
    start_at_own_best,
)  # fmt: skip
from wedge.engine.model.world import COMMITMENT_NOW, CONSULTATIONS, COURTED, GONE, PASSES, PROPOSED, SEEN_SURPLUS

PARAMETERS = (
    Parameter("margin", 0.02, 0.0, 1.0, "utility by which those courted should gain"),
    Parameter(
        "below", 0.45, 0.0, 1.0, "commitment of a tie, either way, below which it spends its floor on consultation"
    ),
)


@rule
def consult(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Mend the weakest tie first; else propose nothing that leaves an ally worse off than no deal.

    It spends its floor on the ally to which a tie has grown weak. Otherwise it proposes as
    ``sincere`` does, unless an ally would lose by that or have to refuse it: then it speaks for its allies alone.
    An ally that merely holds out for more is left to answer for itself.

    Names:
      - Alliance consultation: [Snyder1984]_
    """
    signs = sincere(s, x, w, p, g, lane)
    see_surpluses(s, x, w, p, g, lane)
    hurt = False
    for j in range(s.state_id.shape[0]):
        if w.state[COURTED, j, lane] == 1.0 and intact(s, w, p, j, lane):
            if w.state[SEEN_SURPLUS, j, lane] < 0.0 or seems_past_red_line(s, x, w, j, g, lane):
                hurt = True
    if not hurt:
        return signs
    start_at_own_best(s, x, w, p, g, lane)
    court_all_seats(s, w, p, g, lane)
    for j in range(s.state_id.shape[0]):
        if not intact(s, w, p, j, lane):
            w.state[COURTED, j, lane] = 0.0
    return concede_to_courted(s, x, w, p, g, lane, x.state[COURT_A, p, lane])


@rule
def ally_to_consult(s: Any, x: Any, w: Any, p: int, lane: int) -> int:
    """The present ally with which p's tie, in either direction, is weakest and below its limit; -1 if none is.

    Only what has been lost can be mended, and every second floor at least is left for proposals.
    """
    if w.state[CONSULTATIONS, p, lane] > w.state[PROPOSED, p, lane] + w.state[PASSES, p, lane]:
        return -1
    weakest = x.state[COURT_B, p, lane]
    ally = -1
    for j in range(s.state_id.shape[0]):
        if j == p or w.state[GONE, j, lane] == 1.0:
            continue
        for way in range(2):
            a, b = (p, j) if way == 0 else (j, p)
            commitment = w.tie[COMMITMENT_NOW, a, b, lane]
            lost = x.tie[COMMITMENT_0, a, b, lane] - commitment
            if intact(s, w, a, b, lane) and lost > 0.0 and commitment < weakest:
                weakest = commitment
                ally = j
    return ally
