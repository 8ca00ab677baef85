"""A demand drawn by lot."""

from wedge.engine.model.compiling import rule
from wedge.engine.model.views import Demand


@rule
def lots(view: Demand) -> float:
    """Hold out for a share of one's own best that is drawn anew each round.

    Names:
      - Null model: [GodeSunder1993]_
    """
    return view.lot
