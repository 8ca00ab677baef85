"""What a tactic is shown in a test, and what it says to it."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wedge.engine.model.consent import appraise
from wedge.engine.model.views import Demand, View

Cases = Callable[..., None]
SHARES = st.floats(0.0, 1.0)
WORTH = st.floats(-1.0, 1.0)


def over(cases: st.SearchStrategy[Any], examples: int, check: Cases) -> None:
    """Check a property over generated cases."""
    settings(max_examples=examples, deadline=None)(given(cases)(check))()


def view(**values: float) -> View:
    """What a state sees when it must answer: nothing speaks for or against, unless said otherwise.

    Its score is the sum of what is said, unless that is given too.
    """
    fields: dict[str, Any] = dict.fromkeys(View._fields, 0.0) | {
        "red_line": 0,
        "allys_red_line": 0,
        "theory": 0,
        "lot": 0.5,
    }
    fields |= values
    if "score" not in values:
        parts = ("surplus", "held_out_for", "pressure", "loyalty", "audience", "whim", "tilt")
        fields["score"] = appraise(*(fields[part] for part in parts))
    return View(**fields)


def demand(**values: float) -> Demand:
    """What a state sees when it sets its demand: the opening, and no concession so far, unless said otherwise."""
    return Demand(**(dict.fromkeys(Demand._fields, 0.0) | {"lot": 0.5, "number_a": 1.0} | values))


def answers(tactic: Callable[[View], tuple[int, int]], **values: Any) -> Any:
    """The stance a tactic takes; a list of stances where one of the values is a list."""
    return _each(lambda case: tactic(view(**case))[0], values)


def reasons(tactic: Callable[[View], tuple[int, int]], **values: Any) -> Any:
    """The reason a tactic gives; a list of reasons where one of the values is a list."""
    return _each(lambda case: tactic(view(**case))[1], values)


def shares(tactic: Callable[[Demand], float], **values: Any) -> Any:
    """The share of its own best a tactic holds out for; a list of shares where one of the values is a list."""
    return _each(lambda case: tactic(demand(**case)), values)


def _each(answer: Callable[[dict[str, Any]], Any], values: dict[str, Any]) -> Any:
    listed = [name for name, value in values.items() if isinstance(value, list)]
    if not listed:
        return answer(values)
    rows = zip(*(values[name] for name in listed), strict=True)
    return [answer(values | dict(zip(listed, row, strict=True))) for row in rows]
