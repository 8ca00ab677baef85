"""A legislature that divides a pie under a closed rule."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from wedge.engine.model.world import END_ROUND, LEVEL_NOW
from wedge.engine.scenario import load
from wedge.engine.theory.checks.check import COUNTED, Case, Check, How, Numbers, Parameter, Row, of, three_errors
from wedge.engine.theory.lookahead.forever import Forever
from wedge.engine.theory.playing import all_seats, played_by_all, played_often

EXACT = 1e-6


def shares(n: int, quota: int, d: float) -> tuple[float, float]:
    """What the proposer keeps, 1 - d (q - 1) / n, and what each partner gets, d / n."""
    return 1.0 - d * (quota - 1) / n, d / n


def worth_beside_a_veto(d: float) -> tuple[float, float]:
    """Of three, two needed, one with a veto: what the veto holder and each of the others may expect."""
    # v = (1 - d o) / 3 + 2 d v / 3,   o = (1 - d v) / 3 + d o / 6
    left = np.array([[1.0 - 2.0 * d / 3.0, d / 3.0], [d / 3.0, 1.0 - d / 6.0]])
    veto, other = np.linalg.solve(left, [1.0 / 3.0, 1.0 / 3.0])
    return float(veto), float(other)


def legislature(n: int, quota: int, d: float, veto: bool) -> Any:
    """The packaged legislature with so many members."""
    members = [f"m{place}" for place in range(1, n + 1)]
    pie = "levels: {0: nothing, 1: the whole pie}, share_of: pie"
    traits = f"discount: {d!r}, hope: 0, whim: 0, misperception: 0, audience_cost: 0"
    issues = ", ".join(f"share_of_{m}: {{{pie}}}" for m in members)
    states = ", ".join(f"{m}: {{{traits}, positions: {{share_of_{m}: {{ideal: 1, salience: 1}}}}}}" for m in members)
    consent = f"{{quota: {quota}, veto: [{'m1' if veto else ''}]}}"
    on_the_table = ", ".join(f"share_of_{m}" for m in members)
    stage = f"stage: division, issues: [{on_the_table}], floor: {{random: [{', '.join(members)}]}}, consent: {consent}"
    sets = [f"issues={{{issues}}}", f"states={{{states}}}", f"agenda=[{{{stage}}}]"]
    return load("theory/legislature", sets=sets)


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """What each may expect and gets, and how often each is in the coalition."""
    n, quota, d, veto = int(numbers["n"]), int(numbers["q"]), numbers["d"], numbers["veto"] > 0.0
    scenario = legislature(n, quota, d, veto)
    solved = Forever(scenario)
    case = of(n=n, q=quota, d=d) + (", one with a veto" if veto else "")
    if veto:
        holder, other = worth_beside_a_veto(d)
        yield Row(case, "expected by the veto holder", holder, float(solved.worth[0]), EXACT)
        yield Row(case, "expected by another", other, float(solved.worth[1]), EXACT)
        for floor, expected in ((0, (1.0 - d * other, d * other)), (1, (1.0 - d * holder, d * holder))):
            kept, given = _played(scenario, solved, floor, how)
            who = "veto holder" if floor == 0 else "another"
            yield Row(case, f"payoff of a proposer, {who}", expected[0], kept, EXACT)
            yield Row(case, f"payoff of the partner of {who}", expected[1], given, EXACT)
        return
    proposer, partner = shares(n, quota, d)
    kept, given = _played(scenario, solved, None, how)
    yield Row(case, "proposer's payoff", proposer, kept, EXACT)
    yield Row(case, "partner's payoff", partner, given, EXACT)
    yield Row(case, "expected by each", 1.0 / n, float(solved.worth.mean()), EXACT)
    if how.worlds:
        yield from _counted(scenario, solved, n, quota, case, how)


def _played(scenario: Any, solved: Forever, floor: int | None, how: How) -> tuple[float, float]:
    """What the proposer and the least paid of its partners get, in the first world in which that member has the floor."""
    for world in range(200):
        end = played_by_all(scenario, solved.foresight, how.seed, world)
        if floor is None or end.first_floor == scenario.names.states[floor]:
            others = (payoff for name, payoff in end.payoff.items() if name != end.first_floor)
            return end.payoff[end.first_floor], min((one for one in others if one > 1e-12), default=0.0)
    raise AssertionError("the lot never fell on a member")


def _counted(scenario: Any, solved: Forever, n: int, quota: int, case: str, how: How) -> Iterator[Row]:
    """How often each is in the coalition, in many worlds: the member that is furthest from q / n."""
    ends = played_often(scenario, all_seats(scenario, solved.foresight), how.worlds, how.seed)
    counts = (ends.issue[LEVEL_NOW] > 1e-12).mean(axis=1)
    furthest = float(counts[np.argmax(np.abs(counts - quota / n))])
    which = "share of worlds in the coalition, of the member furthest off"
    yield Row(case, which, quota / n, furthest, three_errors(quota / n, how.worlds), COUNTED)
    yield Row(case, "worlds in which talks last", 0.0, float((ends.lane[END_ROUND] > 0).sum()), 0.0)


def _refuses(numbers: Numbers) -> str:
    if numbers["veto"] > 0.0 and (numbers["n"], numbers["q"]) != (3.0, 2.0):
        return "with a veto there are three members, and two must consent"
    return "more must consent than there are members" if numbers["q"] > numbers["n"] else ""


TABLE = (
    (3, 2, 1.0, 0.666667, 0.333333),
    (3, 2, 0.9, 0.700000, 0.300000),
    (5, 3, 0.9, 0.640000, 0.180000),
    (5, 4, 0.9, 0.460000, 0.180000),
    (5, 5, 0.9, 0.280000, 0.180000),
    (9, 5, 0.8, 0.644444, 0.088889),
)
VETO = ((0.5, 0.428571, 0.285714), (0.9, 0.733333, 0.133333), (0.99, 0.961905, 0.019048))
CHECK = Check(
    name="baron-ferejohn",
    title="A legislature that divides a pie",
    citation=(
        "Baron, D. P. and Ferejohn, J. A. (1989). Bargaining in legislatures. "
        "American Political Science Review 83(4), 1181-1206."
    ),
    played="members that see ahead, in the stationary equilibrium of the engine's rounds, the floor by lot",
    rows=rows,
    refuses=_refuses,
    parameters={
        "n": Parameter(3, 2, 12, "members", whole=True),
        "q": Parameter(2, 2, 12, "how many must consent, the proposer among them", whole=True),
        "d": Parameter(0.9, 0.05, 1.0, "what is left of worth after a round"),
        "veto": Parameter(0, 0, 1, "1: the first of three has a veto, and two must consent", whole=True),
    },
    table=(
        *(
            Case({"n": n, "q": q, "d": d}, {"proposer's payoff": x, "partner's payoff": y}, long=n > 5)
            for n, q, d, x, y in TABLE
        ),
        *(Case({"veto": 1, "d": d}, {"expected by the veto holder": x, "expected by another": y}) for d, x, y in VETO),
    ),
)
