"""The state of the world: plain arrays whose last axis is the lane, one world a lane.

Each array holds several fields of the same shape, named by the constants beside it, so
``w.tie[COMMITMENT_NOW, i, j, lane]`` is the commitment of the tie from i to j. Flags are 0 or 1,
rounds count from 0, and -1 says 'not so far'. All but the keys are float64.
"""

import math
from typing import Any, NamedTuple


class World(NamedTuple):
    """One or many worlds in play. S states, K issues, G stages, E events, A alliances, L lanes."""

    key: Any  # [L] uint64: the key of the world's draws
    home: Any  # [L] uint64: the same as it was at the opening, before any branch
    leanings: Any  # [L] uint64: the key that leanings are drawn from, which last while the luck of rounds changes
    lane: Any  # [len(LANE_FIELDS), L]
    state: Any  # [len(STATE_FIELDS), S, L]
    tie: Any  # [len(TIE_FIELDS), S, S, L] from the first state to the second
    issue: Any  # [len(ISSUE_FIELDS), K, L]
    stage: Any  # [len(STAGE_FIELDS), G, L]
    event: Any  # [len(EVENT_FIELDS), E, L]
    alliance: Any  # [len(ALLIANCE_FIELDS), A, L]
    seen: Any  # [S, S, K, L] the ideal of the second state as the first sees it
    offer: Any  # [len(OFFER_FIELDS), S, G, L] worth of offers to a state and its aspiration, by stage
    strain: Any  # [8, S, S, L] what this round did to each tie, by channel
    books: Any  # [8, S, S, L] what all rounds did, by channel
    flat: Any  # [cells, L] all of the above but the keys, which are views of this buffer


LANE_FIELDS = (
    "limit",  # rounds the talks last in this world (an event may move the deadline)
    "talks",  # how they stand: GOING, SETTLED, OUT_OF_ROUNDS, WALKED_OUT
    "end_round",  # the round in which they ended
    "fighting",  # 1 while the war goes on
    "table",  # the stage on the table this round
    "floor",  # the state that has the floor
    "move",  # what it does: PASS, PROPOSE, CONSULT
    "consulted",  # the ally it consults
    "passed",  # 1: this round's proposal was agreed
    "walker",  # the state whose leaving ended the talks
    "peace_round",  # the round in which the war ended
    "forced_move",  # a move of the floor from outside, or -1
    "breaches",  # how often a settled ceasefire was broken
    "plain",  # 1: all positions are linear, so that concessions need no fine steps
    "refused",  # proposals refused so far
    "agreed",  # proposals agreed so far
)
(
    LIMIT, TALKS, END_ROUND, FIGHTING_NOW, ON_TABLE, FLOOR, MOVE, CONSULTED, PASSED, WALKER, PEACE_ROUND,
    FORCED_MOVE, BREACHES, PLAIN, REFUSED, AGREED,
) = range(len(LANE_FIELDS))  # fmt: skip

STATE_FIELDS = (
    "weariness",  # what the war has worn off, 0 to 1
    "gone",  # 1: has walked out
    "impatience",  # rounds in a row with something better outside
    "surplus",  # worth of accepting this round's proposal over refusing it
    "own_best",  # the largest surplus over all levels at which the stage can settle
    "held_out_for",  # the surplus below which consent is a concession
    "share_held",  # the share of its own best it holds out for
    "pressure",  # what its patrons add to consent
    "loyalty",  # what its allies' losses take from it
    "audience",  # what having refused better takes from it
    "whim",  # its lasting leaning on the matter
    "tilt",  # what its decision theory adds to the surplus less the demand; 0 by quantal response
    "score",  # the sum on which it decides; consent above 0
    "payment",  # what a patron pays for its consent; what a payer pays, below 0
    "payer",  # who pays it
    "stance",  # ABSENT, ACCEPT, CONCEDE, REJECT
    "reason",
    "blame",  # its share of the blame this round
    "blamed",  # the sum of those shares, in weeks
    "payoff",
    "audience_paid",  # audience costs it has paid
    "stake_won",  # what it gained by fractures
    "proposed", "passes", "consultations", "accepted", "conceded", "rejected",  # tallies
    "purse_left",
    "precondition_round",  # the round it first consented to less than the status quo at the start on a precondition
    "order", "first_order", "order_changes", "order_round",  # the declared order it would rather have
    "demands", "courts", "answers",  # its policy, which a forced move may change
    "forced_stance", "forced_reason", "forced_share",  # from outside, or -1
    "base_accept", "base_refuse",  # worth of both branches, without this stage's issues
    "footing",  # by prospect theory: what refusing is worth over its reference point
    "seen_base",  # the same as the proposer sees it, accept less refuse
    "seen_best",  # its own best as the proposer sees it
    "seen_surplus", "seen_worth",  # what it would gain by the offer, and the offer's worth to it, as the proposer sees it
    "courted",  # 1: the proposer courts it
    "court_weight",  # how much its gain counts for the proposer
)  # fmt: skip
(
    WEARINESS_NOW, GONE, IMPATIENCE, SURPLUS, OWN_BEST, HELD_OUT_FOR, SHARE_HELD, PRESSED, LOYAL, AUDIENCE_NOW,
    WHIM_NOW, TILT, SCORE, PAYMENT, PAYER, STANCE, REASON, BLAME, BLAMED, PAYOFF, AUDIENCE_PAID, STAKE_WON,
    PROPOSED, PASSES, CONSULTATIONS, ACCEPTED, CONCEDED, REJECTED, PURSE_LEFT, PRECONDITION_ROUND,
    ORDER, FIRST_ORDER, ORDER_CHANGES, ORDER_ROUND, DEMANDS, COURTS, ANSWERS, FORCED_STANCE, FORCED_REASON, FORCED_SHARE,
    BASE_ACCEPT, BASE_REFUSE, FOOTING, SEEN_BASE, SEEN_BEST, SEEN_SURPLUS, SEEN_WORTH, COURTED, COURT_WEIGHT,
) = range(len(STATE_FIELDS))  # fmt: skip

TIE_FIELDS = (
    "commitment",
    "suspended",  # 1: support is withheld because commitment is low
    "held_back",  # 1: support is withheld by an event
    "fracture_round",  # or -1
    "withheld_round",  # the round support was first withheld, or -1
    "restored_round",  # the round it was last restored, or -1
    "withheld_rounds",  # rounds in which it was withheld
    "lowest",  # lowest commitment so far
    "suspended_round",  # the round support was first withheld for low commitment, or -1
    "shaken_round",  # the round a fracture next to it last shook it, or -1
    "good", "occasions",  # of the first state's belief in the second's sincerity
)  # fmt: skip
(
    COMMITMENT_NOW, SUSPENDED, HELD_BACK, FRACTURE_ROUND, WITHHELD_ROUND, RESTORED_ROUND, WITHHELD_ROUNDS, LOWEST,
    SUSPENDED_ROUND, SHAKEN_ROUND, GOOD, OCCASIONS,
) = range(len(TIE_FIELDS))  # fmt: skip

ISSUE_FIELDS = (
    "settled",  # 1 once agreed
    "level",  # where it stands: the agreed level, else the status quo
    "proposal",  # the level on the table this round
    "lowest", "highest",  # the levels the proposer may offer
    "forced_level",  # from outside, or -1
    "first_quo",  # the status quo at the start
    "compromise",  # what it would come to as things stand (compromise model)
    "compromise_in_peace",  # the same with the war over
    "order_chance",  # that it is settled in the declared order last looked at, as the state that looks sees it
    "settled_round",
)  # fmt: skip
(
    IS_SETTLED, LEVEL_NOW, PROPOSAL, LOWEST_OFFER, HIGHEST_OFFER, FORCED_LEVEL, FIRST_QUO, COMPROMISE,
    COMPROMISE_IN_PEACE, ORDER_CHANCE, ISSUE_ROUND,
) = range(len(ISSUE_FIELDS))  # fmt: skip

STAGE_FIELDS = ("standing", "rounds_used", "settled_round", "proposals")
STANDING, ROUNDS_USED, SETTLED_ROUND, PROPOSALS = range(len(STAGE_FIELDS))

EVENT_FIELDS = (
    "round",  # the round it first happened, or -1
    "day",  # the day
    "due",  # the day it next comes at random, or -1
    "times",  # how often it has happened
    "missed",  # 1: it came due once and, by chance, did not happen
    "left_out",  # 1: taken out from outside
    "called",  # 1: called from outside, to happen in this round
)
(
    EVENT_ROUND, EVENT_DAY_NOW, EVENT_DUE, EVENT_TIMES, EVENT_MISSED, EVENT_LEFT_OUT, EVENT_CALLED,
) = range(len(EVENT_FIELDS))  # fmt: skip

ALLIANCE_FIELDS = ("fracture_round", "split_round")
ALLIANCE_FRACTURED, ALLIANCE_SPLIT = range(len(ALLIANCE_FIELDS))

OFFER_FIELDS = (
    "best_refused", "first_offered", "best_offered",
    "aspiration",  # the share of its own best it aspires to, where it decides by aspiration
)  # fmt: skip
BEST_REFUSED, FIRST_OFFERED, BEST_OFFERED, ASPIRED = range(len(OFFER_FIELDS))


def new_world(states: int, issues: int, stages: int, events: int, alliances: int, lanes: int) -> World:
    """Arrays for that many worlds, all zero; ``open_world`` fills them."""
    import numpy as np  # policies load this module to be listed, which needs no arrays

    fields = {
        "lane": (len(LANE_FIELDS),),
        "state": (len(STATE_FIELDS), states),
        "tie": (len(TIE_FIELDS), states, states),
        "issue": (len(ISSUE_FIELDS), issues),
        "stage": (len(STAGE_FIELDS), stages),
        "event": (len(EVENT_FIELDS), events),
        "alliance": (len(ALLIANCE_FIELDS), alliances),
        "seen": (states, states, issues),
        "offer": (len(OFFER_FIELDS), states, stages),
        "strain": (8, states, states),
        "books": (8, states, states),
    }
    flat = np.zeros((sum(math.prod(shape) for shape in fields.values()), lanes))
    parts, start = {}, 0
    for name, shape in fields.items():
        stop = start + math.prod(shape)
        parts[name] = flat[start:stop].reshape((*shape, lanes))
        start = stop
    keys = {name: np.zeros(lanes, np.uint64) for name in ("key", "home", "leanings")}
    return World(**keys, flat=flat, **parts)
