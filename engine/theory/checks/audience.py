"""A challenge before an audience: who may back down challenges less lightly, and is believed more."""

from collections.abc import Iterator

import numpy as np

from wedge.agents.rational.secrets import Challenger, Resister
from wedge.engine.model.words import SETTLED
from wedge.engine.model.world import END_ROUND, LEVEL_NOW, PAYOFF, TALKS
from wedge.engine.scenario import load
from wedge.engine.simulation.drawing import drawn_inputs
from wedge.engine.theory.checks.check import COUNTED, Case, Check, How, Numbers, Parameter, Row, of, three_errors
from wedge.engine.theory.lookahead.private import Challenge
from wedge.engine.theory.playing import played_often

SECRET = "states.a.outside.value"
EXACT = 1e-9


def equilibrium(p: float, a: float, c2: float) -> dict[str, float]:
    """Chances in the equilibrium in which some challenges are bluffs; k = p + a are those who would fight."""
    k, credible, resisted = p + a, p + c2, 1.0 / (1.0 + a)
    return {
        "challenged": k * credible,
        "resisted if challenged": resisted,
        "at war": k * resisted,
        "backed down": (k * credible - k) * resisted,
        "conceded": k * credible * a * resisted,
        "without a challenge": 1.0 - k * credible,
    }


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """The equilibrium found by playing ahead, and how often each end comes in many worlds."""
    p, a, c2 = numbers["p"], numbers["a"], numbers["c2"]
    case, expected = of(p=p, a=a, c2=c2), equilibrium(p, a, c2)
    sets = [f"issues.prize.status_quo={p!r}", f"alliances.home.stakes.a={-a!r}", f"states.b.outside.value={-c2!r}"]
    scenario = load("theory/audience", sets=sets)
    solved = Challenge(scenario, SECRET, ("a", "b"))
    yield Row(case, "challenged", expected["challenged"], solved.challenges, EXACT)
    yield Row(case, "resisted if challenged", expected["resisted if challenged"], solved.resists, EXACT)
    yield Row(case, "payoff of backing down", -a, p + float(solved.ends.backed_down[0]), EXACT)
    if not how.worlds:
        return
    types = drawn_inputs(scenario.setting, scenario.names, how.seed, np.arange(how.worlds))[SECRET]
    seats = {0: Challenger(types, solved.challenges_from, solved.fights_from), 1: Resister(solved.resists)}
    ends = played_often(scenario, seats, how.worlds, how.seed)
    settled, at_once = ends.lane[TALKS] == SETTLED, ends.lane[END_ROUND] == 0
    taken = ends.issue[LEVEL_NOW, 0] == 1.0
    counted = {
        "at war": ~settled,
        "backed down": settled & ~at_once,
        "conceded": settled & at_once & taken,
        "without a challenge": settled & at_once & ~taken,
    }
    for name, happened in counted.items():
        share = expected[name]
        allowed = three_errors(share, how.worlds)
        yield Row(case, f"share of worlds {name}", share, float(happened.mean()), allowed, COUNTED)
    lost = ends.state[PAYOFF, 0, counted["backed down"]] + p
    yield Row(case, "mean payoff where it backed down", -a, float(lost.mean()), EXACT)


TABLE = (
    (0.4, 0.2, 0.8, 0.72, 0.83333, 0.50, 0.10, 0.12, 0.28),
    (0.4, 0.0, 0.8, 0.48, 1.0, 0.40, 0.08, 0.0, 0.52),
    (0.4, 0.4, 0.8, 0.96, 0.71429, 0.57143, 0.11429, 0.27429, 0.04),
)


def _refuses(numbers: Numbers) -> str:
    k, credible = numbers["p"] + numbers["a"], numbers["p"] + numbers["c2"]
    if credible <= 1.0:
        return "p + c2 is not above 1: B would rather fight than concede"
    return "(p + a) (p + c2) is above 1: everyone would challenge" if k * credible > 1.0 else ""


CHECK = Check(
    name="audience",
    title="A challenge before an audience",
    citation=(
        "After Fearon, J. D. (1994). Domestic political audiences and the escalation of international disputes. "
        "American Political Science Review 88(3), 577-592; a game of screening, not the war of attrition of the paper."
    ),
    played="challenger and defender see all that a challenge may come to; then many worlds, the cost drawn anew in each",
    rows=rows,
    refuses=_refuses,
    parameters={
        "p": Parameter(0.4, 0.01, 1.0, "A's expected share by war"),
        "a": Parameter(0.2, 0.0, 1.0, "what backing down costs A at home"),
        "c2": Parameter(0.8, 0.0, 2.0, "what war costs B"),
    },
    table=tuple(
        Case(
            {"p": p, "a": a, "c2": c2},
            {
                "challenged": challenge,
                "resisted if challenged": resist,
                "share of worlds at war": war,
                "share of worlds backed down": back,
                "share of worlds conceded": concede,
                "share of worlds without a challenge": quiet,
            },
            digits=5,
        )
        for p, a, c2, challenge, resist, war, back, concede, quiet in TABLE
    ),
)
