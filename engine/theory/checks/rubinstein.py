"""Alternating offers without a deadline, and what an option outside the talks adds."""

import math
from collections.abc import Iterator

from wedge.engine.scenario import load
from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.lookahead.forever import Forever
from wedge.engine.theory.playing import Played, played_by_all

EXACT = 1e-9


def opener_share(d_opener: float, d_other: float) -> float:
    """What the opener gets: (1 - d2) / (1 - d1 d2)."""
    return (1.0 - d_other) / (1.0 - d_opener * d_other)


def opener_share_beside(d: float, outside: float) -> float:
    """With an option of the other's outside the talks, at equal discount: min(1 / (1 + d), 1 - outside)."""
    return min(1.0 / (1.0 + d), 1.0 - outside)


def play(d1: float, d2: float, opener: str, outside: float, how: How) -> Played:
    """The game, played for good."""
    order = "[a, b]" if opener == "a" else "[b, a]"
    agenda = f"[{{stage: division, issues: [share_of_a, share_of_b], floor: {{alternating: {order}}}}}]"
    sets = [f"states.a.discount={d1!r}", f"states.b.discount={d2!r}", f"agenda={agenda}"]
    if outside > 0.0:
        sets.append(f"states.b.outside={{value: {outside!r}, patience: 1000, paid: true}}")
    scenario = load("theory/alternating_offers", sets=sets)
    return played_by_all(scenario, Forever(scenario).foresight, how.seed)


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """Both orders; or with an option outside, the one in which the other has it."""
    d1, d2, outside = numbers["d1"], numbers["d2"], numbers["outside"]
    if outside > 0.0:
        case, share = of(d=d1, outside=outside), opener_share_beside(d1, outside)
        end = play(d1, d1, "a", outside, how)
        yield Row(case, "opener's payoff beside an option", share, end.payoff["a"], EXACT)
        yield Row(case, "other's payoff beside an option", 1.0 - share, end.payoff["b"], EXACT)
        if outside <= d1 / (1.0 + d1):
            without = play(d1, d1, "a", 0.0, how)
            yield Row(case, "effect of an option that does not bind", 0.0, end.payoff["a"] - without.payoff["a"], EXACT)
        return
    case, share = of(d1=d1, d2=d2), opener_share(d1, d2)
    end = play(d1, d2, "a", 0.0, how)
    yield Row(case, "opener's payoff", share, end.payoff["a"], EXACT)
    yield Row(case, "other's payoff", 1.0 - share, end.payoff["b"], EXACT)
    yield Row(case, "round of agreement", 1.0, end.round + 1.0, 0.0)
    end = play(d1, d2, "b", 0.0, how)
    yield Row(case, "payoff of the other if it opens", opener_share(d2, d1), end.payoff["b"], EXACT)


def short_rounds(how: How) -> Iterator[Row]:
    """As rounds get short the opener's advantage goes, and shares go by patience: r2 / (r1 + r2), d = exp(-r time)."""
    rates, time = (0.1, 0.2), 0.01
    end = play(math.exp(-rates[0] * time), math.exp(-rates[1] * time), "a", 0.0, how)
    share = rates[1] / sum(rates)
    yield Row(
        "rates .1 and .2, rounds of 1/100", "opener's payoff, in the limit", share, end.payoff["a"], rates[0] * time
    )


TABLE = (
    (0.90, 0.90, 0.526316, 0.473684, 0.526316),
    (0.95, 0.80, 0.833333, 0.166667, 0.208333),
    (0.80, 0.95, 0.208333, 0.791667, 0.833333),
    (0.50, 0.50, 0.666667, 0.333333, 0.666667),
)
OPTIONS = ((0.3, 0.526316), (0.5, 0.5), (0.6, 0.4))
CHECK = Check(
    name="rubinstein",
    title="Alternating offers without a deadline, with and without an outside option",
    citation=(
        "Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. Econometrica 50(1), 97-109; "
        "Binmore, K., Shaked, A. and Sutton, J. (1989). An outside option experiment. "
        "Quarterly Journal of Economics 104(4), 753-770."
    ),
    played="two states that see ahead, in the stationary equilibrium of the engine's rounds",
    rows=rows,
    parameters={
        "d1": Parameter(0.9, 0.0, 0.999, "what is left of the opener's worth after a round"),
        "d2": Parameter(0.9, 0.0, 0.999, "what is left of the other's worth after a round"),
        "outside": Parameter(0.0, 0.0, 1.0, "what the other gets if it leaves; above 0 both discount by d1"),
    },
    table=(
        *(
            Case({"d1": a, "d2": b}, {"opener's payoff": x, "other's payoff": y, "payoff of the other if it opens": z})
            for a, b, x, y, z in TABLE
        ),
        *(Case({"outside": b}, {"opener's payoff beside an option": x}) for b, x in OPTIONS),
    ),
    once=short_rounds,
)
