"""Where two states that yield with time meet."""

from collections.abc import Iterator

from scipy.optimize import brentq

from wedge.engine.scenario import load
from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.playing import played_by_tactics

TIME, WORTH = 0.003, 0.0015  # a few rounds of a thousand, and what is yielded in them


def meeting(e1: float, e2: float, r1: float, r2: float) -> tuple[float, float] | None:
    """When they meet and what the first then has: (1 - r1) t^e1 + (1 - r2) t^e2 = 1; None where r1 + r2 > 1."""
    if r1 + r2 > 1.0:
        return None
    t = float(brentq(lambda t: (1.0 - r1) * t**e1 + (1.0 - r2) * t**e2 - 1.0, 0.0, 1.0, xtol=1e-14))
    return t, r1 + (1.0 - r1) * (1.0 - t**e1)


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """The round and the share at which they settle, each by its own tactic."""
    e1, e2, r1, r2, steps = (numbers[name] for name in ("e1", "e2", "r1", "r2", "steps"))
    case = of(e1=e1, e2=e2, r1=r1, r2=r2)
    rounds = 2 * int(steps)  # in a step each makes an offer; here a round has one
    sets = [f"calendar.rounds={rounds}"]
    for state, exponent, reserve in (("a", e1, r1), ("b", e2, r2)):
        sets.append(f"states.{state}.policy.demands.concession.e={1.0 / exponent!r}")
        sets.append(f"issues.share_of_{state}.status_quo={reserve!r}")
    end, expected = played_by_tactics(load("theory/concession", sets=sets), how.seed), meeting(e1, e2, r1, r2)
    if expected is None:
        yield Row(case, "ending", "out_of_rounds", end.ending, 0.0)
        return
    yield Row(case, "ending", "settled", end.ending, 0.0)
    yield Row(case, "when they meet", expected[0], end.round / (rounds - 1.0), TIME)
    yield Row(case, "what the first has", expected[1], end.level["share_of_a"], WORTH)


TABLE: tuple[tuple[float, float, float, float, float | None, float | None], ...] = (
    (4, 4, 0, 0, 0.8422, 0.500),
    (1, 1, 0, 0, 0.5015, 0.500),
    (0.25, 0.25, 0, 0, 0.0639, 0.500),
    (4, 0.25, 0, 0, 0.5934, 0.877),
    (1, 0.25, 0, 0, 0.2777, 0.724),
    (4, 4, 0.4, 0.4, 0.9570, 0.499),
    (1, 1, 0.6, 0.5, None, None),
)


def _printed(t: float | None, u: float | None) -> dict[str, float | str]:
    return {} if t is None or u is None else {"when they meet": t, "what the first has": u}


CHECK = Check(
    name="concession",
    title="Where two states that yield with time meet",
    citation=(
        "Faratin, P., Sierra, C. and Jennings, N. R. (1998). Negotiation decision functions for autonomous agents. "
        "Robotics and Autonomous Systems 24(3-4), 159-182; published here: NegMAS 0.16.0, 1,001 outcomes, 1,000 steps."
    ),
    played="two states by their own tactics, `concession` and `sincere`, by turns, two thousand rounds",
    rows=rows,
    parameters={
        "e1": Parameter(4.0, 0.02, 50.0, "exponent of the first: demands 1 - t^e1; above 1 yields late, below 1 early"),
        "e2": Parameter(0.25, 0.02, 50.0, "exponent of the second"),
        "r1": Parameter(0.0, 0.0, 1.0, "what the first has without an agreement"),
        "r2": Parameter(0.0, 0.0, 1.0, "what the second has without an agreement"),
        "steps": Parameter(1000, 100, 5000, "steps, in each of which both make an offer", whole=True),
    },
    table=tuple(Case({"e1": a, "e2": b, "r1": r, "r2": q}, _printed(t, u), slack=True) for a, b, r, q, t, u in TABLE),
)
