"""Mend a weak tie first, then court everybody whose consent is needed."""

from typing import Any

from wedge.agents.courting.sincere import sincere
from wedge.agents.parameters import Parameter
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.numbers import COURT_B
from wedge.engine.model.world import COMMITMENT_NOW, GONE

PARAMETERS = (
    Parameter("margin", 0.02, 0.0, 1.0, "utility by which those courted should gain"),
    Parameter(
        "below", 0.45, 0.0, 1.0, "commitment of a tie, either way, below which it spends its floor on consultation"
    ),
)


@rule
def consult(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Spend the floor on consulting the ally to which a tie has grown weak; else propose as ``sincere`` does.

    Names:
      - Alliance consultation: [Snyder1984]_
    """
    return sincere(s, x, w, p, g, lane)


@rule
def ally_to_consult(s: Any, x: Any, w: Any, p: int, lane: int) -> int:
    """The present ally with which p's tie, in either direction, is weakest and below its limit; -1 if none is."""
    weakest = x.state[COURT_B, p, lane]
    ally = -1
    for j in range(s.state_id.shape[0]):
        if j == p or w.state[GONE, j, lane] == 1.0:
            continue
        if intact(s, w, p, j, lane) and w.tie[COMMITMENT_NOW, p, j, lane] < weakest:
            weakest = w.tie[COMMITMENT_NOW, p, j, lane]
            ally = j
        if intact(s, w, j, p, lane) and w.tie[COMMITMENT_NOW, j, p, lane] < weakest:
            weakest = w.tie[COMMITMENT_NOW, j, p, lane]
            ally = j
    return ally
