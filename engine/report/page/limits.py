"""What a report does not say: on what it is conditional, what the model fails at, what else should be looked at."""

import shlex
from typing import NamedTuple

from wedge.engine.analysis.baselines import stored_baselines
from wedge.engine.report.page.beside import call_beside
from wedge.engine.report.page.inputs import scenario_call
from wedge.engine.report.page.sides import Subject
from wedge.engine.report.page.theories import where_theories
from wedge.engine.scenario.problems import escaped

CONDITIONS = (
    "Every number here is a statement about worlds drawn under the scenario's assumptions. It is not a forecast, and "
    "not a probability that anything will happen.",
    "Intervals say how well the number of worlds pins a share down. They say nothing about whether the assumptions are right.",
    "Comparisons are sturdier than levels: a difference between two agendas survives changes of the inputs that move both "
    "shares together. Levels hang on judgements, which are listed above.",
    "States are single actors with fixed positions, except where a scenario says otherwise. One case cannot validate a model.",
)
# What `wedge behaviour` looked for in the packaged Alaska scenarios and did not find.
FAILURES: tuple[str, ...] = ()


class Item(NamedTuple):
    """Something a credible report should hold, and where it is."""

    what: str
    where: str


def items_of(subject: Subject) -> list[Item]:
    """What a reader may ask of such a report, and where to find it: here, or by which command."""
    call = escaped(shlex.join(scenario_call(subject.sides[0])))
    return [
        Item(
            "the scenarios' hashes, the versions, the seed and the number of worlds",
            "below, under “Where it comes from”",
        ),
        Item("counts of outcomes with intervals", "above, side by side"),
        Item("the source of every number, and which are judgements", "above, under “What the answer depends on”"),
        Item("which numbers decide, one at a time and all together", f"not here: wedge sensitivity {call}"),
        Item("what other ways of bargaining and deciding would change", f"not here: wedge tournament {call}"),
        Item("what simple models say of the same worlds", _beside(subject)),
        Item("whether it holds under other decision theories", where_theories(subject)),
        Item("how the model behaves when it is pushed", "not here: wedge behaviour"),
    ]


def _beside(subject: Subject) -> str:
    """Where simple models are, or the call that sets them beside the first experiment."""
    if any(stored_baselines(side.experiment.folder) is not None for side in subject.sides):
        return "above, under “Simple models beside it”"
    return f"not here: {escaped(shlex.join(call_beside(subject.sides[0])))}"
