"""A difficult issue first or last: over which a refusal may end the talks."""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.scenario import load
from wedge.engine.simulation.given_numbers import with_places_for
from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.lookahead.forever import Forever
from wedge.engine.theory.lookahead.imagined import Imagined
from wedge.engine.theory.playing import played_by_all

CLOSE = 1e-6
EVEN = 1e-9  # utility: who gains less by an order does not prefer it
ORDERS = {"difficult": "theory/difficult_first", "easy": "theory/easy_first"}
Point = tuple[float, float]
VALUES = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
SURVIVAL = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
DISCOUNTS = (0.9, 0.99, 0.999)


def worth_of_order(first: str, v1: float, v2: float, survival: float, d: float) -> "Ends":
    """What opener and other get, by the closed form of stage two and the fixed point of stage one.

    In stage two the acceptor opens and shares are Rubinstein's, the difficult issue discounted by d times the
    chance that talks survive a refusal. In stage one the opener's offer leaves the other what refusing would.
    Every offer is taken to be made to be signed.
    """
    values = {"difficult": (v1, v2), "easy": (1.0, 1.0)}
    factor = {"difficult": d * survival, "easy": d}
    second = "easy" if first == "difficult" else "difficult"
    a, b = values[first]
    rate, opens = factor[first], 1.0 / (1.0 + factor[second])
    # what each has in stage two if the first player's offer is accepted (the second opens then), and the other way round
    after_one = (values[second][0] * (1.0 - opens), values[second][1] * opens)
    after_two = (values[second][0] * opens, values[second][1] * (1.0 - opens))
    x, y = _fixed_shares(a, b, rate, after_one, after_two)
    one_offers = a * x + after_one[0], b * (1.0 - x) + after_one[1]
    two_offers = a * (1.0 - y) + after_two[0], b * y + after_two[1]
    delays = one_offers[0] < rate * two_offers[0] - EVEN or two_offers[1] < rate * one_offers[1] - EVEN
    return Ends(*one_offers, delays)


class Ends(NamedTuple):
    """What opener and other get, and whether a state with the floor would rather be refused."""

    opener: float
    other: float
    would_delay: bool


def _fixed_shares(a: float, b: float, rate: float, after_one: Point, after_two: Point) -> Point:
    """The shares x (of the one, when it offers) and y (of the other, when it offers) that leave the answerer indifferent.

    x = 1 - (rate (b y + c2) - c1) / b = p - rate y and y = q - rate x, each kept between 0 and 1: one of nine pieces.
    """
    p = 1.0 - (rate * after_two[1] - after_one[1]) / b
    q = 1.0 - (rate * after_one[0] - after_two[0]) / a

    def x_of(y: float) -> float:
        return min(1.0, max(0.0, p - rate * y))

    def y_of(x: float) -> float:
        return min(1.0, max(0.0, q - rate * x))

    inner = (p - rate * q) / (1.0 - rate**2)
    pieces = (inner, 0.0, 1.0, x_of(0.0), x_of(1.0))
    x = min(pieces, key=lambda x: abs(x_of(y_of(x)) - x))
    return x, y_of(x)


class Orders:
    """The two packaged scenarios, with other numbers put in their places without reading the files again."""

    def __init__(self, interpreted: bool) -> None:
        self.places: dict[str, list[int]] = {}
        self.scenarios: dict[str, Any] = {}
        self.ahead: dict[str, Imagined] = {}
        for first, code in ORDERS.items():
            scenario = load(code)
            paths = [f"states.{i}.positions.{k}_{i}.salience" for i in "ab" for k in ("difficult", "easy")]
            paths += ["states.a.discount", "states.b.discount", "talks.breakdown", "events.next.effects.0"]
            self.places[first] = [scenario.names.numbers.index(path) for path in paths]
            setting = with_places_for(scenario.setting, self.places[first])
            object.__setattr__(scenario, "setting", setting)
            self.scenarios[first], self.ahead[first] = scenario, Imagined(setting, interpreted)

    def solved(self, first: str, v1: float, v2: float, survival: float, d: float) -> tuple[Forever, np.ndarray]:
        """The solution of one order, and by what its payoffs are to be multiplied.

        Saliences are scaled to sum to one, and what is settled second, a round later, counts 1/d.
        """
        later = {"difficult": 1.0 if first == "difficult" else 1.0 / d, "easy": 1.0 if first == "easy" else 1.0 / d}
        weights = [(v * later["difficult"], later["easy"]) for v in (v1, v2)]
        risks = (1.0 - survival, 0.0) if first == "difficult" else (0.0, 1.0 - survival)
        setting = self.scenarios[first].setting
        setting.shape[self.places[first], 0] = [*weights[0], *weights[1], d, d, *risks]
        found = Forever(self.scenarios[first], ahead=self.ahead[first], may_delay=False, thorough=False)
        return found, np.array([sum(weight) for weight in weights])


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """What both get by each order, and which each would rather have."""
    yield from _rows(Orders(interpreted=True), numbers, how)


def _rows(orders: Orders, numbers: Numbers, how: How) -> Iterator[Row]:
    v1, v2, survival, d = (numbers[name] for name in ("v1", "v2", "survives", "d"))
    case = of(v1=v1, v2=v2, survives=survival, d=d)
    expected, found = {}, {}
    for first in ORDERS:
        solved, scale = orders.solved(first, v1, v2, survival, d)
        end = played_by_all(orders.scenarios[first], solved.foresight, how.seed)
        expected[first] = worth_of_order(first, v1, v2, survival, d)
        found[first] = [payoff * by for payoff, by in zip(end.payoff.values(), scale, strict=True)]
        for place, who in enumerate(("opener", "other")):
            yield Row(case, f"{who}, {first} first", float(expected[first][place]), float(found[first][place]), CLOSE)
        said = ["nobody would delay", "somebody would delay"]
        delays = said[expected[first].would_delay], said[solved.would_delay()]
        yield Row(case, f"if it were free to, {first} first", *delays, 0.0)
    told = [_preferred(*(ends[first][place] for first in ORDERS)) for ends in (expected, found) for place in (0, 1)]
    yield Row(case, "preferred first by opener and other", "/".join(told[:2]), "/".join(told[2:]), 0.0)


def _preferred(difficult: float, easy: float) -> str:
    return "D" if difficult > easy + EVEN else "E" if easy > difficult + EVEN else "-"


def grid(how: How) -> Iterator[Row]:
    """On the whole grid: nobody agrees to take the difficult issue first. Solved by the compiled phases, not played out."""
    if not how.whole:
        return
    orders, counts, worst, delays = Orders(interpreted=False), Counter[str](), 0.0, [0, 0]
    cases = list(itertools.product(VALUES, VALUES, SURVIVAL, DISCOUNTS))
    for v1, v2, survival, d in cases:
        worth = {}
        for first in ORDERS:
            solved, scale = orders.solved(first, v1, v2, survival, d)
            worth[first] = solved.worth * scale
            expected = worth_of_order(first, v1, v2, survival, d)
            worst = max(worst, float(np.abs(worth[first] - expected[:2]).max()))
            delays[0] += expected.would_delay
            delays[1] += solved.would_delay()
        counts["".join(_preferred(worth["difficult"][i], worth["easy"][i]) for i in (0, 1))] += 1
    case = f"grid of {len(cases):,} cases"
    for both, number, said in (
        ("DD", 0, "both would take the difficult issue first"),
        ("EE", 456, "both would take the easy issue first"),
        ("DE", 1971, "the opener alone would take the difficult issue first"),
        ("ED", 840, "the other alone would take the difficult issue first"),
    ):
        yield Row(case, said, float(number), float(counts[both]), 0.0)
    yield Row(case, "largest distance from the closed form", 0.0, worst, CLOSE)
    yield Row(case, "games in which a state would delay if it were free to", float(delays[0]), float(delays[1]), 0.0)


TABLE = (
    (1, 1, 0.5, 0.9, 1.379310, 0.620690, 1.052632, 0.947368, "D/E"),
    (1, 1, 0.9, 0.9, 1.104972, 0.895028, 1.052632, 0.947368, "D/E"),
    (0.5, 0.5, 0.5, 0.9, 0.973684, 0.526316, 0.789474, 0.710526, "D/E"),
    (2, 2, 0.5, 0.9, 2.068966, 0.931034, 1.578947, 1.421053, "D/E"),
    (0.2, 1, 0.5, 0.9, 0.646316, 0.663158, 1.062069, 0.689655, "E/E"),
    (2, 0.5, 0.5, 0.9, 2.473684, 0.526316, 0.925862, 1.039655, "D/E"),
)
CHECK = Check(
    name="sequencing",
    title="A difficult issue first or last",
    citation=(
        "Flamini, F. (2001), working paper on multi-issue bargaining, University of Glasgow; "
        "its proposition 6: parties can only agree in postponing a difficult issue."
    ),
    played=(
        "two states that see ahead, in the stationary equilibrium of two stages with a risk of breakdown; "
        "every offer is made to be signed, as the closed form supposes"
    ),
    rows=rows,
    parameters={
        "v1": Parameter(1.0, 0.01, 100.0, "worth of the difficult issue to the opener, the easy one being worth 1"),
        "v2": Parameter(1.0, 0.01, 100.0, "worth of the difficult issue to the other"),
        "survives": Parameter(0.5, 0.01, 1.0, "chance that talks survive a refusal over the difficult issue"),
        "d": Parameter(0.9, 0.1, 0.999, "what is left of worth after a refusal"),
    },
    table=tuple(
        Case(
            {"v1": v1, "v2": v2, "survives": survives, "d": d},
            {
                "opener, difficult first": d1,
                "other, difficult first": d2,
                "opener, easy first": e1,
                "other, easy first": e2,
                "preferred first by opener and other": told,
            },
        )
        for v1, v2, survives, d, d1, d2, e1, e2, told in TABLE
    ),
    once=grid,
)
