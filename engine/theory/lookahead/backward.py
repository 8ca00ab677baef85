"""Games with an end, solved from the last round back (Stahl 1972): what each would have in the end, from every round on."""

from typing import Any

import numpy as np

from wedge.agents.rational.choosing import TIE, Offer, Prospects, worth_of_round
from wedge.engine.theory.lookahead.imagined import Imagined, Moment
from wedge.engine.theory.lookahead.junctures import Juncture, NotSolved, junctures_of

Place = tuple[int, tuple[int, ...]]  # a round, and how the stages stand


class Backward:
    """The solution of a scenario as a game of complete information, by backward induction over its own rounds.

    What happened before a round is taken to matter only by how the stages stand and by payoffs already won, which
    is so where nothing in the scenario remembers offers: no audience cost, no learning, no strain that pays.
    """

    def __init__(self, scenario: Any, seed: int = 0, world: int = 0, interpreted: bool = True) -> None:
        self.scenario, self.ahead = scenario, Imagined(scenario.setting, interpreted)
        self.prospects: dict[tuple[int, int, int], Prospects] = {}
        self.offers: dict[tuple[int, int, int], Offer | None] = {}
        self._worth: dict[Place, np.ndarray] = {}
        self.worth = self._from(self.ahead.opening(seed, world))

    def foresight(self, n: int, stage: str, floor: str) -> Prospects:
        """What lies ahead in a round; see ``agents.rational.seats``."""
        names = self.scenario.names
        return self.prospects[n, names.stages.index(stage), names.states.index(floor)]

    def _from(self, moment: Moment) -> np.ndarray:
        """[S] what each will win from this round on."""
        place = moment.n, moment.standing
        if not moment.going:
            return self.ahead.at_the_end([moment])[0] - moment.payoff
        if place not in self._worth:
            found = np.zeros(len(moment.payoff))
            for juncture in junctures_of(self.ahead, moment):
                ahead = prospects_of(self.ahead.s, juncture, lambda branch: branch.gain + self._from(branch.then))
                worth, offer = worth_of_round(ahead)
                self.prospects[moment.n, juncture.stage, juncture.floor] = ahead
                self.offers[moment.n, juncture.stage, juncture.floor] = offer
                found = found + juncture.chance * worth
            self._worth[place] = found
        return self._worth[place]


def prospects_of(s: Any, at: Juncture, worth_of: Any, may_delay: bool = True) -> Prospects:
    """What lies ahead at a juncture, given what a branch is worth to each in the end: ``worth_of(branch) -> [S]``."""
    refused = sum((branch.chance * worth_of(branch) for branch in at.refused), np.zeros(len(s.state_id)))
    quits = np.zeros(len(s.state_id), dtype=np.int64)
    for i, branch in at.left.items():
        leaving = worth_of(branch)
        if leaving[i] > refused[i] + TIE:
            if quits.any():
                raise NotSolved("two states would leave over the same refusal")
            quits[i] = 1
            outcome = leaving
    return Prospects(
        proposer=at.floor,
        start=at.start,
        base=worth_of(at.signed),
        slope=at.slope,
        refused=outcome if quits.any() else refused,
        quits=quits,
        seats=s.seat[at.stage],
        veto=s.veto[at.stage],
        quota=int(s.quota[at.stage]),
        ways=at.ways,
        wins=at.wins,
        room=at.room,
        shared=at.shared,
        may_delay=may_delay,
    )
