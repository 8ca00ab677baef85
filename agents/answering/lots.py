"""An answer drawn by lot."""

from wedge.agents.parameters import Parameter
from wedge.engine.model.compiling import rule
from wedge.engine.model.views import View
from wedge.engine.model.words import ACCEPT, AT_RANDOM, CONCEDE, RED_LINE, REJECT

PARAMETERS = (Parameter("probability", 0.5, 0.0, 1.0, "how likely it consents"),)


@rule
def lots(view: View) -> tuple[int, int]:
    """Consent with a fixed probability whatever is offered; only a red line holds.

    Names:
      - Null model: [GodeSunder1993]_
    """
    if view.red_line == 1:
        return REJECT, RED_LINE
    if view.lot < view.number_a:
        return (ACCEPT if view.surplus >= view.held_out_for else CONCEDE), AT_RANDOM
    return REJECT, AT_RANDOM
