"""Behaviour-dependent concession: tit for tat."""

from wedge.agents.parameters import Parameter
from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.views import Demand

PARAMETERS = (Parameter("ahead", 0.0, 0.0, 1.0, "share of its own best it comes further than the other side"),)


@rule
def mirror(view: Demand) -> float:
    """Come as far from one's own best as the other side has come towards it, and ``ahead`` further.

    Names:
      - Tit for tat: [Axelrod1984]_
      - Averaged behaviour-dependent tactic: [Faratin1998]_
    """
    return 1.0 - clamp(view.conceded + view.number_a, 0.0, 1.0)
