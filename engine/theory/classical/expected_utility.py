"""The expected utility model of group decisions (Bueno de Mesquita), as unravelled by Scholz, Calbert and Smith (2011).

Actors stand on a line and challenge each other; each expects from a challenge what support in a vote would bring it.
Two quirks of the published log are kept, and named where they stand. Variables follow the paper: capability c,
position x, salience s, risk exponent r.
"""

from typing import NamedTuple

import numpy as np

PEACE = 1.0  # Q: how likely the status quo is if nobody challenges


class Actors(NamedTuple):
    """Who takes part. A actors."""

    names: tuple[str, ...]
    capability: np.ndarray  # [A]
    position: np.ndarray  # [A]
    salience: np.ndarray  # [A]


class Offer(NamedTuple):
    """What an actor takes: from whom, of what kind, and where it then stands."""

    taker: int
    maker: int
    kind: str  # "confrontation", "compromise" or "capitulation"
    position: float


class Risk(NamedTuple):
    """How secure each actor is, and its attitude to risk. [A] each."""

    danger: np.ndarray
    exponent: np.ndarray


def weighted_mean(actors: Actors) -> float:
    """Where the actors stand on average, weighted by capability and salience."""
    weight = actors.capability * actors.salience
    return float((weight * actors.position).sum() / weight.sum())


def weighted_median(actors: Actors) -> float:
    """The position at which half of the weight is reached."""
    weight = actors.capability * actors.salience
    order = np.argsort(actors.position, kind="stable")
    reached = np.cumsum(weight[order])
    return float(actors.position[order][np.searchsorted(reached, reached[-1] / 2.0)])


def supports(actors: Actors, reach: float, exponent: np.ndarray) -> np.ndarray:
    """[A, A] how likely i is to win over j: votes of all actors k, by capability, salience and nearness.

    Quirk: divided by the votes of all over all ordered pairs, so that the chances of a pair do not sum to one.
    """
    x = actors.position
    away = (np.abs(x[:, None] - x[None, :]) / reach) ** exponent[:, None]  # [k, i]
    vote = (actors.capability * actors.salience)[:, None, None] * (away[:, None, :] - away[:, :, None])  # [k, i, j]
    found: np.ndarray = np.maximum(vote, 0.0).sum(axis=0) / np.abs(vote).sum()
    found[x[:, None] == x[None, :]] = 0.0
    return found


def expected(actors: Actors, reach: float, exponent: np.ndarray, viewers: np.ndarray) -> np.ndarray:
    """[A, A, V] what i expects of challenging j, as each viewer with its own exponent sees it."""
    chance = supports(actors, reach, exponent)[:, :, None]
    far = np.abs(actors.position[:, None] - actors.position[None, :])[:, :, None] / reach
    wins = 2.0 - 4.0 * (0.5 - 0.5 * far) ** viewers
    loses = 2.0 - 4.0 * (0.5 + 0.5 * far) ** viewers
    stays = 2.0 - 4.0 * 0.5**viewers
    salience = actors.salience[None, :, None]
    found: np.ndarray = salience * (chance * wins + (1.0 - chance) * loses) + (1.0 - salience) * wins - PEACE * stays
    return found


def risk_of(actors: Actors, reach: float) -> Risk:
    """Attitudes to risk from what each would have to fear from all others, all being neutral."""
    neutral = np.ones(len(actors.position))
    faced = expected(actors, reach, neutral, neutral[:1])[:, :, 0]
    np.fill_diagonal(faced, 0.0)
    danger = faced.sum(axis=0)
    scaled = (2.0 * danger - danger.max() - danger.min()) / (danger.max() - danger.min())
    return Risk(danger, (1.0 - scaled / 3.0) / (1.0 + scaled / 3.0))


def offers_to(actors: Actors, i: int, seen: np.ndarray) -> list[Offer]:
    """What the others make i take, as i sees it; ``seen`` [A, A] is what each expects of challenging each."""
    x, found = actors.position, []
    for j in range(len(x)):
        if x[j] == x[i]:
            continue
        mine, theirs = seen[i, j], seen[j, i]
        if theirs > mine > 0.0:
            found.append(Offer(i, j, "confrontation", float(x[j])))
        elif theirs > 0.0 > mine:
            if theirs > abs(mine):
                found.append(Offer(i, j, "compromise", float(x[i] + (x[j] - x[i]) * abs(mine / theirs))))
            else:
                found.append(Offer(i, j, "capitulation", float(x[j])))
    return found


def taken(actors: Actors, offers: list[Offer], seen: np.ndarray) -> Offer | None:
    """The offer that is taken: the nearest confrontation, else a compromise, else the nearest capitulation.

    Quirk: of compromises not the nearest but the one with the smallest (|e| x_i + |f| x_j) / (|e| + |f|). The first
    actor wins ties.
    """
    x = actors.position

    def weighed(offer: Offer) -> float:
        mine, theirs = abs(seen[offer.taker, offer.maker]), abs(seen[offer.maker, offer.taker])
        return float((mine * x[offer.taker] + theirs * x[offer.maker]) / (mine + theirs))

    for kind in ("confrontation", "compromise", "capitulation"):
        some = [offer for offer in offers if offer.kind == kind]
        if some and kind == "compromise":
            return min(some, key=weighed)
        if some:
            return min(some, key=lambda offer: abs(offer.position - x[offer.taker]))
    return None


def turn(actors: Actors, reach: float) -> tuple[Actors, list[Offer]]:
    """One round: all move at once. ``reach`` is the range of positions, fixed from the start."""
    exponent = risk_of(actors, reach).exponent
    seen = expected(actors, reach, exponent, exponent)
    moves = []
    for i in range(len(actors.names)):
        offer = taken(actors, offers_to(actors, i, seen[:, :, i]), seen[:, :, i])
        if offer is not None:
            moves.append(offer)
    position = actors.position.copy()
    for offer in moves:
        position[offer.taker] = offer.position
    return actors._replace(position=position), moves
