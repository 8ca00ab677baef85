"""Court the patron alone, so that the client must refuse what its patron would sign."""

from typing import Any

from wedge.agents.courting.sincere import sincere
from wedge.agents.parameters import Parameter
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.numbers import COURT_A, WEDGE_CHECKS
from wedge.engine.model.offers import (
    concede_to_courted,
    court_only,
    see_surpluses,
    seems_past_red_line,
    seen_score,
    start_at_own_best,
)  # fmt: skip
from wedge.engine.model.world import GONE, HELD_OUT_FOR, OWN_BEST, PROPOSAL
from wedge.engine.model.worth import worth_of_stage

PARAMETERS = (Parameter("margin", 0.02, 0.0, 1.0, "utility by which the patron should gain"),)
CONCERNS = (
    "patron",
    "client",
)


@rule
def wedge(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Give the patron what it needs to consent, in what is cheapest to give, and leave the client out.

    Played only where it pays: the proposer gains by the offer, the patron is expected to sign
    and the client to refuse. Otherwise, once the tie has fractured, and on a stage with a single issue, where
    there is nothing to trade, it proposes as ``sincere`` does.

    Names:
      - Wedge strategy by selective accommodation: [Crawford2011]_
    """
    patron = s.patron[p]
    client = s.client[p]
    if issues_of(s, g) < 2 or patron < 0 or client < 0 or w.state[GONE, patron, lane] == 1.0:
        return sincere(s, x, w, p, g, lane)
    if s.tie[patron, client] == 1 and not intact(s, w, patron, client, lane):
        return sincere(s, x, w, p, g, lane)
    start_at_own_best(s, x, w, p, g, lane)
    full = w.state[OWN_BEST, p, lane] - worth_of_stage(s, x, w, p, p, g, lane, PROPOSAL)
    court_only(s, w, patron, lane)
    signs = concede_to_courted(s, x, w, p, g, lane, x.state[COURT_A, p, lane])
    if x.common[WEDGE_CHECKS, lane] > 0.5:
        surplus = full + worth_of_stage(s, x, w, p, p, g, lane, PROPOSAL)
        gains = surplus > 0.0 and surplus >= w.state[HELD_OUT_FOR, p, lane] - 1e-9
        see_surpluses(s, x, w, p, g, lane)
        refuses = seen_score(s, x, w, p, client, g, lane) <= 0.0 or seems_past_red_line(s, x, w, client, g, lane)
        if not (signs and gains and refuses):
            return sincere(s, x, w, p, g, lane)
    return signs


@rule
def issues_of(s: Any, g: int) -> int:
    """How many issues stage g holds."""
    n = 0
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            n = n + 1
    return n
