"""Consent when the sum of all that speaks for it is above zero."""

from wedge.engine.model.compiling import rule
from wedge.engine.model.theories import PROSPECT, RECIPROCITY
from wedge.engine.model.views import View
from wedge.engine.model.words import (
    ACCEPT,
    CONCEDE,
    DEMAND_MET,
    FEARED_A_LOSS,
    GAINED_ENOUGH,
    LOYAL_TO_AN_ALLY,
    ON_A_DOUBT,
    ON_A_WHIM,
    RED_LINE,
    REJECT,
    RETURNED_GOOD,
    RETURNED_ILL,
    SAID_TOO_MUCH,
    STOOD_FIRM,
    UNDER_PRESSURE,
    WORSE_THAN_NOTHING,
)  # fmt: skip


@rule
def quantal(view: View) -> tuple[int, int]:
    """Weigh surplus, demand, pressure, loyalty and audience, with a random part; never past a red line.

    Names:
      - Logit quantal response: [McKelveyPalfrey1995]_
    """
    if view.red_line == 1:
        return REJECT, RED_LINE
    if view.score > 0.0:
        if view.surplus >= view.held_out_for:
            return ACCEPT, DEMAND_MET if view.score > view.whim else ON_A_WHIM
        return CONCEDE, why_it_yields(view)
    return REJECT, why_it_refuses(view)


@rule
def why_it_yields(view: View) -> int:
    """What tipped a state that consents to less than it held out for."""
    if view.score - view.whim <= 0.0:
        return ON_A_WHIM
    if view.score - view.pressure <= 0.0:
        return UNDER_PRESSURE
    if view.theory == RECIPROCITY and view.score - view.tilt <= 0.0:
        return RETURNED_GOOD
    return GAINED_ENOUGH


@rule
def why_it_refuses(view: View) -> int:
    """What tipped a state that refuses: chance, then its theory, then the weightier of loyalty and audience if its demand is met, else the worth."""
    if view.score - view.whim > 0.0:
        return ON_A_DOUBT
    demand_met = view.surplus >= view.held_out_for
    others_hurt = view.loyalty + view.audience > 0.0
    if view.score - view.tilt > 0.0 or (demand_met and not others_hurt and view.tilt < 0.0):
        return FEARED_A_LOSS if view.theory == PROSPECT else RETURNED_ILL
    if demand_met and others_hurt:
        return LOYAL_TO_AN_ALLY if view.loyalty >= view.audience else SAID_TOO_MUCH
    return WORSE_THAN_NOTHING if view.surplus <= 0.0 else STOOD_FIRM
