"""A demand to a side whose cost of war only it knows: risk against return."""

from collections.abc import Iterator

import numpy as np

from wedge.agents.rational.secrets import Demands, KnowsItsCost
from wedge.engine.model.words import SETTLED
from wedge.engine.model.world import PAYOFF, TALKS
from wedge.engine.scenario import load
from wedge.engine.simulation.drawing import drawn_inputs
from wedge.engine.theory.checks.check import COUNTED, Case, Check, How, Numbers, Parameter, Row, of, three_errors
from wedge.engine.theory.lookahead.private import OneDemand
from wedge.engine.theory.playing import played_often

SECRET = "states.b.outside.value"
CLOSE = 1e-6


def best_demand(p: float, cost_a: float, low: float, high: float) -> float:
    """The demand that weighs return against risk: p + max(low, (high - cA) / 2), at most all."""
    return min(1.0, p + max(low, (high - cost_a) / 2.0))


def chance_of_war(p: float, cost_a: float, low: float, high: float) -> float:
    """How likely B's cost lies below what the demand asks of it."""
    return float(np.clip((best_demand(p, cost_a, low, high) - p - low) / (high - low), 0.0, 1.0))


def worth_to_a(p: float, cost_a: float, low: float, high: float) -> float:
    """What A may expect of that demand."""
    war = chance_of_war(p, cost_a, low, high)
    return war * (p - cost_a) + (1.0 - war) * best_demand(p, cost_a, low, high)


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """The demand, its risk, and in many worlds the war and what it brings."""
    p, cost_a, low, high = (numbers[name] for name in ("p", "ca", "low", "high"))
    case = of(p=p, ca=cost_a, low=low, high=high)
    sets = [f"issues.territory.status_quo={p!r}", f"states.a.outside.value={-cost_a!r}"]
    scenario = load("theory/crisis", sets=[*sets, f"{SECRET}={{uniform: [{-high!r}, {-low!r}]}}"])
    solved = OneDemand(scenario, SECRET, "b")
    war = chance_of_war(p, cost_a, low, high)
    yield Row(case, "demand", best_demand(p, cost_a, low, high), float(solved.levels[0]), CLOSE)
    yield Row(case, "chance of war", war, solved.refused_share, CLOSE)
    yield Row(case, "worth to A", worth_to_a(p, cost_a, low, high), p + solved.worth, CLOSE)
    if not how.worlds:
        return
    types = drawn_inputs(scenario.setting, scenario.names, how.seed, np.arange(how.worlds))[SECRET]
    seats = {0: Demands(solved.levels), 1: KnowsItsCost(solved.worth_of_signing, solved.worth_of_refusing(types))}
    ends = played_often(scenario, seats, how.worlds, how.seed)
    fought = float((ends.lane[TALKS] != SETTLED).mean())
    yield Row(case, "share of worlds at war", war, fought, three_errors(war, how.worlds), COUNTED)
    payoffs = p + ends.state[PAYOFF, 0]
    spread = abs(best_demand(p, cost_a, low, high) - (p - cost_a)) * three_errors(war, how.worlds)
    yield Row(case, "mean payoff of A", worth_to_a(p, cost_a, low, high), float(payoffs.mean()), spread + 1e-9, COUNTED)


TABLE = (
    (0.5, 0.1, 0.0, 0.4, 0.65, 0.375, 0.556250),
    (0.5, 0.2, 0.0, 0.4, 0.60, 0.250, 0.525000),
    (0.3, 0.05, 0.0, 0.25, 0.40, 0.400, 0.340000),
    (0.6, 0.3, 0.0, 0.2, 0.60, 0.0, 0.600000),
    (0.5, 0.1, 0.1, 0.5, 0.70, 0.250, None),
    (0.5, 0.1, 0.3, 0.6, 0.80, 0.0, None),
)


def _printed(demand: float, war: float, worth: float | None) -> dict[str, float | str]:
    found: dict[str, float | str] = {"demand": demand, "chance of war": war, "share of worlds at war": war}
    return found if worth is None else found | {"worth to A": worth}


def _refuses(numbers: Numbers) -> str:
    if not numbers["low"] < numbers["high"]:
        return "the least that war may cost B is not below the most"
    return "B cannot give more than all" if numbers["p"] + numbers["high"] > 1.0 else ""


CHECK = Check(
    name="risk-return",
    title="Risk and return of a demand",
    citation="Fearon, J. D. (1995). Rationalist explanations for war. International Organization 49(3), 379-414.",
    played="A sees all that its demand may come to, B knows its own cost; then many worlds, the cost drawn anew in each",
    rows=rows,
    refuses=_refuses,
    parameters={
        "p": Parameter(0.5, 0.0, 1.0, "A's expected share by war"),
        "ca": Parameter(0.1, 0.0, 1.0, "what war costs A"),
        "low": Parameter(0.0, 0.0, 1.0, "the least that war may cost B"),
        "high": Parameter(0.4, 0.0, 1.0, "the most that war may cost B"),
    },
    table=tuple(
        Case({"p": p, "ca": a, "low": low, "high": high}, _printed(x, war, worth))
        for p, a, low, high, x, war, worth in TABLE
    ),
)
