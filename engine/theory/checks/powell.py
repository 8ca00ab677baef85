"""War as a problem of commitment: power that shifts."""

from collections.abc import Iterator

from wedge.engine.scenario import load
from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.lookahead.backward import Backward
from wedge.engine.theory.playing import Played, played_by_all

CLOSE = 1e-6


def threshold(p: float, cost_a: float, cost_b: float, d: float) -> float:
    """The chance of winning tomorrow below which A fights today: p - d p' = (1 - d) + cA + d cB."""
    return (p - (1.0 - d) - cost_a - d * cost_b) / d


def play(p: float, later: float, cost_a: float, cost_b: float, d: float, how: How) -> Played:
    """The crisis with a shift to ``later``; worth is scaled so that all of today and tomorrow is one."""
    whole = 2.0 - d  # the saliences 1 - d and 1 are scaled to sum to one, and costs with them
    sets = [f"issues.{issue}.status_quo={p!r}" for issue in ("today", "tomorrow")]
    sets += [f"states.{state}.discount={d!r}" for state in "ab"]
    sets += [f"states.{state}.positions.today.salience={1.0 - d!r}" for state in "ab"]
    sets += [f"states.a.outside.value={-cost_a / whole!r}", f"states.b.outside.value={-cost_b / whole!r}"]
    effects = f"[{{change: issues.tomorrow.status_quo, to: {later!r}}}]"
    scenario = load("theory/shifting_power", sets=[*sets, f"events.shift.effects={effects}"])
    return played_by_all(scenario, Backward(scenario).foresight, how.seed)


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """A attacks just below the threshold and not just above it; where it flips is found by halving."""
    p, cost_a, cost_b, d = (numbers[name] for name in ("p", "ca", "cb", "d"))
    case, flip = of(p=p, ca=cost_a, cb=cost_b, d=d), threshold(p, cost_a, cost_b, d)

    def fights(later: float) -> bool:
        return play(p, later, cost_a, cost_b, d, how).round == 0

    below, above = (play(p, flip + step, cost_a, cost_b, d, how) for step in (-CLOSE, CLOSE))
    yield Row(case, "just below the threshold", "war at once", _told(below), 0.0)
    yield Row(case, "just above the threshold", "settled", _told(above), 0.0)
    war = -cost_a / (2.0 - d)
    yield Row(case, "what war at once costs A", war, below.payoff["a"], 1e-9)
    yield Row(case, "payoff of A where B, which offers, buys peace", war, above.payoff["a"], 1e-9)
    low, high = 0.0, p
    for _ in range(24):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if fights(middle) else (low, middle)
    yield Row(case, "threshold", flip, 0.5 * (low + high), CLOSE)


def _told(end: Played) -> str:
    return "settled" if end.ending == "settled" else "war at once" if end.round == 0 else "war later"


TABLE = (
    (0.8, 0.1, 0.1, 0.9, 0.566667),
    (0.8, 0.1, 0.1, 0.99, 0.596970),
    (0.6, 0.05, 0.05, 0.95, 0.476316),
    (0.5, 0.2, 0.2, 0.9, 0.022222),
)


def _refuses(numbers: Numbers) -> str:
    flip = threshold(*(numbers[name] for name in ("p", "ca", "cb", "d")))
    return (
        "" if 0.0 < flip < numbers["p"] else f"the threshold is {flip:.6g}: A fights, or does not, whatever the shift"
    )


CHECK = Check(
    name="powell",
    title="War as a commitment problem",
    citation="Powell, R. (2006). War as a commitment problem. International Organization 60(1), 169-203.",
    played="two states that see ahead, by backward induction over the engine's rounds; power shifts by an event",
    rows=rows,
    refuses=_refuses,
    parameters={
        "p": Parameter(0.8, 0.0, 1.0, "A's chance of winning today"),
        "ca": Parameter(0.1, 0.0, 1.0, "what war costs A"),
        "cb": Parameter(0.1, 0.0, 1.0, "what war costs B"),
        "d": Parameter(0.9, 0.01, 0.999, "what tomorrow counts today"),
    },
    table=tuple(Case({"p": p, "ca": a, "cb": b, "d": d}, {"threshold": x}) for p, a, b, d, x in TABLE),
)
