"""No concession at all."""

from wedge.engine.model.compiling import rule
from wedge.engine.model.views import Demand


@rule
def steadfast(view: Demand) -> float:
    """Hold out for all of one's own best, to the end.

    Names:
      - Commitment tactic: [Schelling1960]_
    """
    return 1.0
