"""Take the patron's stance."""

from wedge.agents.answering.quantal import quantal
from wedge.engine.model.compiling import rule
from wedge.engine.model.views import View

CONCERNS = ("patron",)


@rule
def follow(view: View) -> tuple[int, int]:
    """Sign what the patron signs and refuse what it refuses, but never past a red line.

    The patron's stance of the same round is put in its place once everyone has answered;
    without a patron at the table it answers as ``quantal`` does, and that is what stands here.

    Names:
      - Bandwagoning: [Walt1987]_
    """
    return quantal(view)
