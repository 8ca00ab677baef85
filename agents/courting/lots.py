"""Levels drawn by lot."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.division import keep_the_sums
from wedge.engine.model.draws import FOR_OFFER, pair, uniform
from wedge.engine.model.world import PROPOSAL, PROPOSALS
from wedge.engine.model.worth import lowest_level


@rule
def lots(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Propose levels drawn at random among those at which the stage can settle.

    Names:
      - Null model: [GodeSunder1993]_
    """
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            low = lowest_level(s, x, k, lane)
            who = pair(s.state_id[p], s.issue_id[k])
            u = uniform(w.key[lane], FOR_OFFER, who, int(w.stage[PROPOSALS, g, lane]))
            w.issue[PROPOSAL, k, lane] = low + u * (1.0 - low)
    keep_the_sums(s, x, w, p, g, lane)
    return False
