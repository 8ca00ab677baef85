"""Emission standards in the European Communities, by the expected utility model: ten rounds of a published log."""

from collections.abc import Iterator

import numpy as np

from wedge.engine.theory.checks.check import Check, How, Numbers, Row
from wedge.engine.theory.classical.expected_utility import Actors, Offer, risk_of, turn, weighted_mean, weighted_median

ACTORS = Actors(
    ("NL", "BE", "LU", "DE", "FR", "IT", "UK", "IE", "DK", "GR"),
    np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]),
    np.array([4.0, 7.0, 4.0, 4.0, 10.0, 10.0, 10.0, 7.0, 4.0, 7.0]),
    np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]),
)
REACH = 6.0
START = (7.389955686853767, 7.0)
# Weighted mean and median after each round, and who moved: a compromise to a place, or to the place of another.
ROUNDS = (
    (7.4613143783, 8.415932, "BE compromise FR 8.415932, LU confrontation BE 7.000000, IE confrontation LU 4.000000"),
    (7.5525008659, 9.610859, "BE compromise FR 9.610859, LU confrontation BE 8.415932, IE confrontation LU 7.000000"),
    (7.5901449975, 9.961980, "BE compromise FR 9.961980, LU confrontation BE 9.610859, IE confrontation LU 8.415932"),
    (7.3581305313, 9.961980, "BE compromise NL 4.800881, LU confrontation BE 9.961980, IE confrontation LU 9.610859"),
    (7.3491739897, 9.961980, "BE compromise FR 5.524238, LU confrontation BE 4.800881, IE confrontation LU 9.961980"),
    (7.4148775454, 7.472046, "BE compromise FR 7.472046, LU confrontation BE 5.524238, IE confrontation BE 5.524238"),
    (7.5104571837, 8.824594, "BE compromise FR 8.824594, LU confrontation BE 7.472046, IE confrontation BE 7.472046"),
    (7.5724470976, 9.671130, "BE compromise FR 9.671130, LU confrontation BE 8.824594, IE confrontation BE 8.824594"),
    (7.3249890657, 9.671130, "BE compromise NL 4.144849, LU confrontation BE 9.671130, IE confrontation BE 9.671130"),
    (7.2421309585, 7.000000, "BE compromise FR 4.291541, LU confrontation BE 4.144849, IE confrontation BE 4.144849"),
)
DANGER = (-5.249283, 1.428336, 5.437679, -5.249283, -2.093933, -2.093933, -8.640899, 5.607084, -8.811603, -2.750413)
EXPONENT = (1.405653, 0.754196, 0.508864, 1.405653, 1.046524, 1.046524, 1.964898, 0.5, 2.0, 1.112125)
DIGITS = 0.5000001e-6


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """Start, the reckoning of the first round, and ten rounds of moves."""
    actors = ACTORS
    yield Row("start", "weighted mean", START[0], weighted_mean(actors), 1e-12)
    yield Row("start", "weighted median", START[1], weighted_median(actors), 0.0)
    risk = risk_of(actors, REACH)
    for i, name in enumerate(actors.names):
        yield Row("round 1", f"danger to {name}", DANGER[i], float(risk.danger[i]), DIGITS)
        yield Row("round 1", f"risk exponent of {name}", EXPONENT[i], float(risk.exponent[i]), DIGITS)
    for number, (mean, median, moves) in enumerate(ROUNDS, start=1):
        actors, made = turn(actors, REACH)
        case = f"round {number}"
        yield Row(case, "weighted mean", mean, weighted_mean(actors), 1e-9)
        yield Row(case, "weighted median", median, weighted_median(actors), DIGITS)
        yield Row(case, "moves", moves, ", ".join(_told(actors, offer) for offer in made), 0.0)


def _told(actors: Actors, offer: Offer) -> str:
    return f"{actors.names[offer.taker]} {offer.kind} {actors.names[offer.maker]} {offer.position:.6f}"


CHECK = Check(
    name="group-decision",
    title="Emission standards, by the expected utility model",
    citation=(
        "Scholz, J. B., Calbert, G. J. and Smith, G. A. (2011). Unravelling Bueno de Mesquita's group decision model. "
        "Journal of Theoretical Politics 23(4), 510."
    ),
    played="not a game: the classical model, ten rounds of ten states",
    rows=rows,
)
