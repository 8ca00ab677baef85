"""Time-dependent concession."""

from wedge.agents.parameters import Parameter
from wedge.engine.model.arithmetic import power_of
from wedge.engine.model.compiling import rule
from wedge.engine.model.views import Demand

PARAMETERS = (Parameter("e", 1.0, 0.01, 100.0, "below 1 yields late, above 1 yields early"),)


@rule
def concession(view: Demand) -> float:
    """Hold out for ``1 - used^(1/e)`` of one's own best: e below 1 yields late, e above 1 yields early.

    Names:
      - Time-dependent tactic: [Faratin1998]_
      - Boulware (e < 1), Conceder (e > 1): [Raiffa1982]_
    """
    return 1.0 - power_of(view.used, 1.0 / view.number_a)
