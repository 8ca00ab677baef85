"""The seats of states that see ahead: for one world at a time, and for many at once."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wedge.agents.rational.choosing import Prospects, best_offer, coalitions, levels_for, worth_of_round, would_sign
from wedge.agents.seat import CONSENT, LEAVE, PASS_THE_FLOOR, REFUSE, ArrayPolicy, Policy, Table, Tables

# What lies ahead in a round, for a stage and whoever has the floor.
Foresight = Callable[[int, str, str], Prospects]


class Rational(Policy):
    """Offers the least that is signed, signs what leaves it no less than refusing, and leaves where that is better."""

    def __init__(self, place: int, foresight: Foresight) -> None:
        self.place, self.foresight = place, foresight

    def offer(self, table: Table) -> Mapping[str, float] | str:
        """The cheapest coalition's levels; among equally cheap ones the state's own lot decides."""
        ahead = self.foresight(table.round, table.stage, table.state)
        offer = worth_of_round(ahead)[1]
        if offer is None:
            return PASS_THE_FLOOR
        choices = coalitions(offer)
        levels = levels_for(ahead, offer, choices[int(table.lot * len(choices))])
        return dict(zip(table.issues, np.clip(levels, 0.0, 1.0).tolist(), strict=True))

    def answer(self, table: Table) -> str:
        """Consents where it has no less by it."""
        ahead = self.foresight(table.round, table.stage, table.proposer)
        levels = np.array([table.proposal[issue] for issue in table.issues])
        if would_sign(ahead, levels)[self.place]:
            return CONSENT
        return LEAVE if ahead.quits[self.place] else REFUSE


class RationalInManyWorlds(ArrayPolicy):
    """The same, asked for many worlds at once."""

    def __init__(self, place: int, foresight: Foresight) -> None:
        self.place, self.foresight = place, foresight

    def offers(self, tables: Tables) -> Mapping[str, Any]:
        """A row of levels for each world."""
        ahead = self.foresight(tables.round, tables.stage, tables.state)
        rows = len(tables.lot)
        offer = best_offer(ahead) if worth_of_round(ahead)[1] is not None else None
        if offer is None:
            return {PASS_THE_FLOOR: np.ones(rows)}
        choices = np.array([levels_for(ahead, offer, partners) for partners in coalitions(offer)])
        levels = np.clip(choices[(tables.lot * len(choices)).astype(int)], 0.0, 1.0)
        return {issue: levels[:, place] for place, issue in enumerate(tables.issues)}

    def answers(self, tables: Tables) -> np.ndarray:
        """1, 0 or 2 for each world."""
        said = np.zeros(len(tables.lot))
        levels = np.stack([tables.proposal[issue] for issue in tables.issues], axis=1)
        for proposer in np.unique(tables.proposer):
            rows = tables.proposer == proposer
            ahead = self.foresight(tables.round, tables.stage, str(proposer))
            signs = would_sign(ahead, levels[rows])[:, self.place]
            said[rows] = np.where(signs, 1.0, 2.0 if ahead.quits[self.place] else 0.0)
        return said
