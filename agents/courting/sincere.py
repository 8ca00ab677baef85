"""Court everybody whose consent is needed."""

from typing import Any

from wedge.agents.parameters import Parameter
from wedge.engine.model.compiling import rule
from wedge.engine.model.numbers import COURT_A
from wedge.engine.model.offers import concede_to_courted, court_all_seats, start_at_own_best

PARAMETERS = (Parameter("margin", 0.02, 0.0, 1.0, "utility by which those courted should gain"),)


@rule
def sincere(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Concede first where those whose consent is needed gain most for what it costs.

    Names:
      - Logrolling: [BuchananTullock1962]_
      - Trade-offs on one's own aspiration level: [Faratin2002]_
    """
    start_at_own_best(s, x, w, p, g, lane)
    court_all_seats(s, w, p, g, lane)
    return concede_to_courted(s, x, w, p, g, lane, x.state[COURT_A, p, lane])
