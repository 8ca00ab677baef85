"""What to propose and what to sign, for a state that knows what each would have in the end.

Worth is what counts in the payoff from this round to the end, in utility units of the opening round.
"""

from itertools import combinations
from typing import NamedTuple

import numpy as np

TIE = 1e-10  # utility: of what differs by less, one is as good as the other; who is indifferent signs


class Prospects(NamedTuple):
    """What lies ahead in a round in which ``proposer`` has the floor. S states, K issues on the table.

    Worth is linear in the levels. ``ways[j]`` is the direction in which a proposal is moved to win state j, a step
    of length one at most as far as ``room[j]``; where ``shared`` the steps add up (a pie), else one does for all
    it passes (a scale).
    """

    proposer: int
    start: np.ndarray  # [K] the proposer's own best
    base: np.ndarray  # [S] what each has in the end if the start is signed
    slope: np.ndarray  # [S, K] what a level adds to that
    refused: np.ndarray  # [S] what each has in the end if the proposal fails
    quits: np.ndarray  # [S] 1 where a state would rather leave than refuse and stay
    seats: np.ndarray  # [S] 1: its consent counts
    veto: np.ndarray  # [S] 1: nothing settles without it
    quota: int  # how many seats must consent
    ways: np.ndarray  # [S, K]
    wins: np.ndarray  # [S] what a whole step adds to the worth of the state it is to win
    room: np.ndarray  # [S]
    shared: bool
    may_delay: bool  # whether a state with the floor may let a round pass; else its offers are made to be signed

    def signed(self, levels: np.ndarray) -> np.ndarray:
        """[S] or [rows, S] what each has in the end if these levels, [K] or [rows, K], are signed."""
        worth: np.ndarray = self.base + (levels - self.start) @ self.slope.T
        return worth


class Offer(NamedTuple):
    """What to propose: the sure partners are won, and of the others who are as cheap some by lot."""

    step: np.ndarray  # [S] how far the start must be moved to win each state
    sure: tuple[int, ...]
    tied: tuple[int, ...]
    wanted: int  # how many of the tied


def would_sign(ahead: Prospects, levels: np.ndarray) -> np.ndarray:
    """[S] or [rows, S] whether each consents to these levels: it has no less by them than by the proposal's failure."""
    willing: np.ndarray = ahead.signed(levels) >= ahead.refused - TIE
    return willing


def steps_to_win(ahead: Prospects) -> np.ndarray:
    """[S] how far the start must be moved until each state signs; infinite where nothing wins it."""
    lacks, wins, room = (ahead.refused - ahead.base).tolist(), ahead.wins.tolist(), ahead.room.tolist()
    steps = np.zeros(len(lacks))
    for j, lack in enumerate(lacks):
        if lack > 0.0 and j != ahead.proposer:
            step = lack / wins[j] if wins[j] > 0.0 else np.inf
            steps[j] = np.inf if step > room[j] + TIE else min(step, room[j])
    return steps


def best_offer(ahead: Prospects) -> Offer | None:
    """The offer that leaves the proposer most among those that are signed; None where none can be."""
    p, steps = ahead.proposer, steps_to_win(ahead).tolist()
    seats, veto = ahead.seats.tolist(), ahead.veto.tolist()
    others = [j for j in range(len(steps)) if j != p and seats[j]]
    needed = ahead.quota - seats[p]
    sure = [j for j in others if veto[j]]
    free = sorted((j for j in others if not veto[j]), key=lambda j: (steps[j], j))
    more = max(0, needed - len(sure))
    if more > len(free) or any(steps[j] == np.inf for j in [*sure, *free[:more]]):
        return None
    last = steps[free[more - 1]] if more else -1.0
    under = [j for j in free[:more] if steps[j] < last - TIE]
    tied = [j for j in free if abs(steps[j] - last) <= TIE] if more else []
    offer = Offer(np.array(steps), (*sure, *under), tuple(tied), more - len(under))
    partners = (*offer.sure, *offer.tied[: offer.wanted])
    if ahead.shared and sum(steps[j] for j in partners) > max(ahead.room.tolist()) + TIE:
        return None
    return offer


def coalitions(offer: Offer) -> list[tuple[int, ...]]:
    """The sets of partners among which the lot decides."""
    return [(*offer.sure, *some) for some in combinations(offer.tied, offer.wanted)]


def levels_for(ahead: Prospects, offer: Offer, partners: tuple[int, ...]) -> np.ndarray:
    """[K] the levels that win these partners at the least cost."""
    chosen = list(partners)
    if not chosen:
        return ahead.start.copy()
    if len(chosen) == 1:
        return ahead.start + offer.step[chosen[0]] * ahead.ways[chosen[0]]
    if ahead.shared:
        return ahead.start + offer.step[chosen] @ ahead.ways[chosen]
    dearest = max(chosen, key=lambda j: offer.step[j])
    return ahead.start + offer.step[dearest] * ahead.ways[dearest]


def worth_of_round(ahead: Prospects) -> tuple[np.ndarray, Offer | None]:
    """[S] what each has in the end from here on, the lot still to be cast; and the offer, None where nothing is signed.

    A proposer that would have more by failure offers nothing that is signed, if it is free to.
    """
    offer = best_offer(ahead)
    if offer is None:
        return ahead.refused, None
    ends = [ahead.signed(levels_for(ahead, offer, partners)) for partners in _spread(offer)]
    worth = np.asarray(ends[0] if len(ends) == 1 else np.mean(ends, axis=0))
    if ahead.may_delay and worth[ahead.proposer] < ahead.refused[ahead.proposer] - TIE:
        return ahead.refused, None
    return worth, offer


def _spread(offer: Offer) -> list[tuple[int, ...]]:
    """Sets of partners in which each of the tied stands equally often: as few as will do for a mean."""
    tied, wanted = offer.tied, offer.wanted
    if wanted in (0, len(tied)):
        return [(*offer.sure, *tied[:wanted])]
    return [(*offer.sure, *(tied[(first + n) % len(tied)] for n in range(wanted))) for first in range(len(tied))]
