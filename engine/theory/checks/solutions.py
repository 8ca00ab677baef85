"""What two sides would agree on, by the axioms of Nash and of Kalai and Smorodinsky."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import brentq

from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.classical import solutions as s
from wedge.engine.theory.classical.solutions import Frontier, Point

CLOSE = 1e-6
W1, W2 = (0.8, 0.2), (0.4, 0.6)  # of two issues, to the first and to the second
GRID = 21


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """A pie of which the first has x^a by a share x and the second 1 - x; ``d1``, ``d2`` without an agreement."""
    a, weight, against = numbers["a"], numbers["weight"], (numbers["d1"], numbers["d2"])
    frontier = Frontier(lambda first: 1.0 - first ** (1.0 / a), against[0], (1.0 - against[1]) ** a)
    case = of(a=a, weight=weight, d1=against[0], d2=against[1])
    if a == 1.0:
        expected = against[0] + weight * (1.0 - against[0] - against[1])
        yield Row(case, "Nash, the first's utility", expected, s.nash(frontier, against, weight)[0], CLOSE)
    if against == (0.0, 0.0) and weight == 0.5:
        found = s.nash(frontier, against)[0] ** (1.0 / a)
        yield Row(case, "Nash, the first's share", a / (1.0 + a), found, CLOSE)
        equal = float(brentq(lambda x: x**a - (1.0 - x), 0.0, 1.0, xtol=1e-15))
        found = s.kalai_smorodinsky(frontier, against, (1.0, 1.0))[0] ** (1.0 / a)
        yield Row(case, "Kalai-Smorodinsky, the first's share", equal, found, CLOSE)


def two_issues(how: How) -> Iterator[Row]:
    """Two issues that matter differently: the frontier has a corner, where each has what matters more to it."""
    frontier, case = Frontier(_best_of_other, 0.0, 1.0), "two issues, weights .8 .2 and .4 .6"
    corner, equal = (0.8, 0.6), (2.0 / 3.0, 2.0 / 3.0)
    yield from _both(case, "Nash", corner, s.nash(frontier, (0.0, 0.0)))
    yield from _both(case, "utilitarian", corner, s.utilitarian(frontier))
    yield from _both(case, "Kalai-Smorodinsky", equal, s.kalai_smorodinsky(frontier, (0.0, 0.0), (1.0, 1.0)))
    yield from _both(case, "egalitarian", equal, s.egalitarian(frontier, (0.0, 0.0)))
    with_more = s.nash(frontier, (0.3, 0.2))
    yield Row(case, "Nash product", 0.48, float(np.prod(s.nash(frontier, (0.0, 0.0)))), CLOSE)
    yield from _both(f"{case}, against .3 .2", "Nash", corner, with_more)
    product = (with_more[0] - 0.3) * (with_more[1] - 0.2)
    yield Row(f"{case}, against .3 .2", "Nash product", 0.2, product, CLOSE)
    steps = np.linspace(0.0, 1.0, GRID)
    x, y = (grid.ravel() for grid in np.meshgrid(steps, steps, indexing="ij"))
    cloud = np.stack([W1[0] * x + W1[1] * y, W2[0] * (1.0 - x) + W2[1] * (1.0 - y)], axis=1)
    case = "the same on a grid of 21 by 21, as NegMAS 0.16.0 gives it"
    yield from _both(case, "Nash", corner, s.nash_of(cloud))
    yield from _both(case, "Kalai-Smorodinsky", (0.68, 0.66), s.kalai_smorodinsky_of(cloud))
    yield from _both(case, "egalitarian", (0.68, 0.66), s.egalitarian_of(cloud))
    yield Row(case, "outcomes on the frontier", 41.0, float(len(s.pareto(cloud))), 0.0)


def _best_of_other(first: float) -> float:
    """The most the second can have beside so much of the first: it gives up what it values less by, first."""
    x = min(1.0, first / W1[0])
    y = max(0.0, (first - W1[0]) / W1[1])
    return W2[0] * (1.0 - x) + W2[1] * (1.0 - y)


def _both(case: str, name: str, expected: Point, found: Point) -> Iterator[Row]:
    for who, one, other in zip(("first", "second"), expected, found, strict=True):
        yield Row(case, f"{name}, the {who}'s utility", one, other, CLOSE)


CHECK = Check(
    name="solutions",
    title="Nash, Kalai-Smorodinsky and others",
    citation=(
        "Nash, J. F. (1950). The bargaining problem. Econometrica 18(2), 155-162; Kalai, E. and Smorodinsky, M. (1975). "
        "Other solutions to Nash's bargaining problem. Econometrica 43(3), 513-518."
    ),
    played="not a game: the classical solutions",
    rows=rows,
    parameters={
        "a": Parameter(1.0, 0.05, 1.0, "the first's utility of a share x is x^a; below 1 it shuns risk"),
        "weight": Parameter(0.5, 0.01, 0.99, "the first's weight in Nash's product"),
        "d1": Parameter(0.0, 0.0, 0.9, "the first's utility without an agreement"),
        "d2": Parameter(0.0, 0.0, 0.9, "the second's utility without an agreement"),
    },
    table=(
        Case({"d1": 0.2, "d2": 0.1, "weight": 0.5}, {"Nash, the first's utility": 0.55}),
        Case({"d1": 0.2, "d2": 0.1, "weight": 0.7}, {"Nash, the first's utility": 0.69}),
        *(
            Case({"a": a}, {"Nash, the first's share": x, "Kalai-Smorodinsky, the first's share": y})
            for a, x, y in ((0.25, 0.2, 0.275508), (0.5, 0.333333, 0.381966), (0.75, 0.428571, 0.4503), (1.0, 0.5, 0.5))
        ),
    ),
    once=two_issues,
)
