"""An ally's red line counts as one's own."""

from wedge.agents.answering.quantal import quantal
from wedge.engine.model.compiling import rule
from wedge.engine.model.views import View
from wedge.engine.model.words import ALLYS_RED_LINE, REJECT


@rule
def solidarity(view: View) -> tuple[int, int]:
    """Refuse what is past a red line of an ally; else weigh it as ``quantal`` does.

    Names:
      - Alliance reliability: [Snyder1984]_
    """
    if view.red_line == 0 and view.allys_red_line == 1:
        return REJECT, ALLYS_RED_LINE
    return quantal(view)
