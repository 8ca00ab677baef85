"""Another policy from a round on, as forced moves: its three tactics and their parameters."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.numbers import ANSWER_A, ANSWER_B, COURT_A, COURT_B, DEMAND_A, DEMAND_B
from wedge.engine.scenario.changes import POLICY
from wedge.engine.scenario.problems import ScenarioError
from wedge.engine.simulation.forcing import SET_ANSWERS, SET_COURTS, SET_DEMANDS, SET_NUMBER, Forced

PARAMETERS = (DEMAND_A, DEMAND_B, COURT_A, COURT_B, ANSWER_A, ANSWER_B)


class Course(NamedTuple):
    """A scenario and the moves that are forced in it."""

    scenario: Any
    forced: tuple[Forced, ...]


class SeatError(Exception):
    """A policy that cannot be seated halfway: what is wrong, and what would help."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message, self.help = message, help


def seated(course: Course, n: int, who: int, policy: str) -> Course:
    """The course in which state ``who`` bargains by another policy from round ``n`` on.

    Parameters stand at what the policy gives them. Whom it courts or follows is part of the
    scenario, not of a round, so it is put into the scenario; that is the same to the bit, because no
    tactic of the old policy looks there. The scenario remembers who was seated, so that a code can name the
    policy rather than its moves. Raises SeatError or ScenarioError.
    """
    scenario = course.scenario
    name = scenario.names.states[who]
    if who in scenario.outsiders:
        raise SeatError(f"{name} is played by a policy of your own", "write the change into that policy")
    other = _with_policy(scenario, name, policy)
    if who in other.outsiders:
        raise SeatError("a policy from a file cannot be seated halfway", "name one of `wedge policies`")
    old, new = scenario.setting, other.setting
    rows = [
        Forced(n, kind, who=who, value=float(getattr(new, field)[who]))
        for kind, field in ((SET_DEMANDS, "demands"), (SET_COURTS, "courts"), (SET_ANSWERS, "answer_rule"))
    ]
    rows += [
        Forced(n, SET_NUMBER, what=place, value=float(new.shape[place, 0]))
        for place in (_place(old, parameter, who) for parameter in PARAMETERS)
    ]
    old = old._replace(bounds=_both_bounds(old, new, who))
    for field in ("patron", "client"):
        was, wanted = int(getattr(old, field)[who]), int(getattr(new, field)[who])
        if wanted >= 0 and was not in (-1, wanted):
            raise SeatError(f"{name} has a {field} already, and {policy} would have another", "name another policy")
        if wanted >= 0 and was != wanted:
            changed = getattr(old, field).copy()
            changed[who] = wanted
            old = old._replace(**{field: changed})
    known = (*scenario.seated, (f"policy.{name}={policy}", tuple(rows)))
    return Course(replace(scenario, setting=old, seated=known), (*course.forced, *rows))


def _both_bounds(old: Any, new: Any, who: int) -> np.ndarray:
    """The bounds of numbers, those of the state's policy wide enough for both policies."""
    bounds = old.bounds.copy()
    for place in (_place(old, parameter, who) for parameter in PARAMETERS):
        low, high = new.bounds[place]
        bounds[place] = min(bounds[place, 0], low), max(bounds[place, 1], high)
    return np.asarray(bounds)


def _place(s: Any, parameter: int, who: int) -> int:
    """The flat place of a number of a state."""
    return parameter * len(s.state_id) + who


def _with_policy(scenario: Any, state: str, policy: str) -> Any:
    """The scenario as it was loaded, with that policy in the seat."""
    from wedge.engine.scenario.finding import find
    from wedge.engine.scenario.loading import load_with
    from wedge.engine.scenario.overriding import overrides

    earlier = [(change.option, [change.text]) for change in scenario.changes]
    try:
        return load_with(find(str(scenario.path)), overrides(*earlier, (POLICY, [f"{state}={policy}"])))
    except ScenarioError as error:
        problem = error.problems[0]
        raise SeatError(problem.message, problem.help) from None
