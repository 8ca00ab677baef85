"""Consent only when the demand is met."""

from wedge.engine.model.compiling import rule
from wedge.engine.model.views import View
from wedge.engine.model.words import ACCEPT, DEMAND_MET, RED_LINE, REJECT, STOOD_FIRM, WORSE_THAN_NOTHING


@rule
def firm(view: View) -> tuple[int, int]:
    """Consent only when the demand is met; no pressure, loyalty or whim moves it.

    Names:
      - Hardliner: [Putnam1988]_
    """
    if view.red_line == 1:
        return REJECT, RED_LINE
    if view.surplus >= view.held_out_for and view.surplus > 0.0:
        return ACCEPT, DEMAND_MET
    return REJECT, STOOD_FIRM if view.surplus > 0.0 else WORSE_THAN_NOTHING
