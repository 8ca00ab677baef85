"""Alternating offers with a deadline."""

from collections.abc import Iterator

from wedge.engine.scenario import load
from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.lookahead.backward import Backward
from wedge.engine.theory.playing import played_by_all

EXACT = 1e-9


def first_share(d1: float, d2: float, rounds: int) -> float:
    """What the opener gets: with x its share when it opens T rounds, x(T) = 1 - d2 (1 - d1 x(T - 2)), summed up."""
    pairs, one_more = divmod(rounds, 2)
    both = d1 * d2
    whole = pairs if both == 1.0 else (1.0 - both**pairs) / (1.0 - both)
    return (1.0 - d2) * whole + (both**pairs if one_more else 0.0)


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """Both states play to the end; the opener's share, both payoffs, and the round."""
    d1, d2, rounds = numbers["d1"], numbers["d2"], int(numbers["rounds"])
    sets = [f"calendar.rounds={rounds}", f"states.a.discount={d1!r}", f"states.b.discount={d2!r}"]
    scenario = load("theory/alternating_offers", sets=sets)
    end = played_by_all(scenario, Backward(scenario, interpreted=True).foresight, how.seed)
    share, case = first_share(d1, d2, rounds), of(d1=d1, d2=d2, rounds=rounds)
    yield Row(case, "opener's share", share, end.level["share_of_a"], EXACT)
    yield Row(case, "opener's payoff", share, end.payoff["a"], EXACT)
    yield Row(case, "other's payoff", 1.0 - share, end.payoff["b"], EXACT)
    yield Row(case, "round of agreement", 1.0, end.round + 1.0, 0.0)


def _cases() -> Iterator[Case]:
    printed = {
        (0.9, 0.9): (1, 0.1, 0.91, 0.181, 0.8371, 0.24661, 0.778051, 0.299754, 0.730221, 0.342801),
        (0.5, 0.5): (1, 0.5, 0.75, 0.625, 0.6875, 0.65625, 0.671875, 0.664062, 0.667969, 0.666016),
        (0.95, 0.8): (1, 0.2, 0.96, 0.352, 0.9296, 0.46752, 0.906496, 0.555315, 0.888937, 0.622040),
    }
    for (d1, d2), shares in printed.items():
        for rounds, share in enumerate(shares, start=1):
            yield Case({"d1": d1, "d2": d2, "rounds": rounds}, {"opener's share": share})


CHECK = Check(
    name="stahl",
    title="Alternating offers with a deadline",
    citation="Stahl, I. (1972). Bargaining Theory. Stockholm School of Economics.",
    played="two states that see ahead, by backward induction over the engine's rounds",
    rows=rows,
    parameters={
        "d1": Parameter(0.9, 0.0, 1.0, "what is left of the opener's worth after a round"),
        "d2": Parameter(0.9, 0.0, 1.0, "what is left of the other's worth after a round"),
        "rounds": Parameter(7, 1, 60, "rounds", whole=True),
    },
    table=tuple(_cases()),
)
