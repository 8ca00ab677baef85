"""Court nobody."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.offers import start_at_own_best


@rule
def nobody(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Propose one's own best, whoever may sign it.

    Names:
      - Ultimatum: [Schelling1960]_
    """
    start_at_own_best(s, x, w, p, g, lane)
    return False
