"""Every quantity of a scenario: its place, its default, its bounds, its unit and what it means.

Any of them may be a distribution, so each world has its own. They live in one flat buffer
``[N, lanes]``; the fields of ``Numbers`` are views of it, so ``x.state[POWER, i, lane]`` and
the flat place used by events, forced moves and sensitivity analysis are the same memory.

The tables below are the one place where a number is declared. The scenario format, its
documentation and its defaults are made from them.
"""

from typing import Any, NamedTuple


class Number(NamedTuple):
    """One kind of number. ``name`` is its key in YAML."""

    name: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str


class Numbers(NamedTuple):
    """The numbers of each world, views of one buffer; the last axis is the lane."""

    flat: Any  # [N, L]
    state: Any  # [len(STATE), S, L]
    position: Any  # [len(POSITION), S, K, L]
    tie: Any  # [len(TIE), S, S, L] from the first state to the second
    stake: Any  # [S, A, L] what a state gains (or loses) when an alliance fractures
    issue: Any  # [len(ISSUE), K, L]
    event: Any  # [len(EVENT), E, L]
    effect: Any  # [F, L]
    test: Any  # [C, L]
    common: Any  # [len(COMMON), L]


INF = float("inf")

(
    POWER, WAR_COST, AFTER, HOPE, RELAPSE, LOYALTY, PRESSURE, AUDIENCE, WHIM, MISPERCEPTION,
    PATIENCE, OUTSIDE, DISCOUNT, RATIFICATION, PURSE, DEMAND_A, DEMAND_B, COURT_A, COURT_B,
    ANSWER_A, ANSWER_B, THEORY_A, THEORY_B, START_WEARINESS,
) = range(24)  # fmt: skip
STATE = (
    Number("power", 1.0, 0, INF, "weight", "bargaining weight before weariness"),
    Number("war_cost", 0.0, 0, INF, "utility over the length of the talks", "what the war costs while it goes on"),
    Number("after", 1.5, 0, INF, "lengths of the talks", "how long the war is expected to go on after the talks"),
    Number("hope", 0.6, 0, 1, "probability", "how likely a further stage is thought to succeed"),
    Number("relapse", 0.3, 0, 1, "share of the war cost", "war cost still at risk while later stages stay open after a ceasefire"),
    Number("loyalty", 0.6, 0, INF, "share", "how much of an ally's loss counts as one's own reluctance"),
    Number("pressure", 1.0, 0, INF, "factor", "how much the wish of a patron weighs"),
    Number("audience_cost", 0.1, 0, INF, "share", "cost of taking less than one has refused in public (Fearon 1994)"),
    Number("whim", 0.03, 0, INF, "share of what is on the table", "scale of the leaning in an answer (quantal response, McKelvey and Palfrey 1995)"),
    Number("misperception", 0.05, 0, 1, "level", "standard deviation of the error about another's ideal"),
    Number("patience", 6, 1, INF, "rounds", "rounds in a row with something better outside before it walks out"),
    Number("outside", 0.0, -INF, INF, "utility", "worth of leaving the talks, over the status quo going on"),
    Number("discount", 1.0, 0, 1, "per round", "worth of a utility unit a round later"),
    Number("ratification", 0.0, -INF, INF, "utility", "surplus a deal needs to be ratified at home (Putnam 1988)"),
    Number("purse", 0.0, 0, INF, "utility", "what a patron can spend on side payments in all"),
    Number("demand_a", 1.0, 0, INF, "", "first parameter of the demand tactic"),
    Number("demand_b", 0.0, -INF, INF, "", "second parameter of the demand tactic"),
    Number("court_a", 0.02, -INF, INF, "", "first parameter of the courting rule"),
    Number("court_b", 0.0, -INF, INF, "", "second parameter of the courting rule"),
    Number("answer_a", 0.5, -INF, INF, "", "first parameter of the answering rule"),
    Number("answer_b", 0.0, -INF, INF, "", "second parameter of the answering rule"),
    Number("theory_a", 0.0, -INF, INF, "", "first parameter of the decision theory"),
    Number("theory_b", 0.0, -INF, INF, "", "second parameter of the decision theory"),
    Number("weariness", 0.0, 0, 1, "share", "what war has worn off already at the start; morale is one less it"),
)  # fmt: skip

IDEAL, SALIENCE, RED_LINE, CURVATURE = range(4)
POSITION = (
    Number("ideal", 0.0, 0, 1, "level", "the level it would choose"),
    Number("salience", 0.0, 0, INF, "weight", "how much the issue matters; a state's weights are scaled to sum to one"),
    Number("red_line", 0.0, 0, 1, "level", "a level it never crosses, whatever the pressure"),
    Number("curvature", 1.0, 0.1, 10, "exponent", "exponent of the loss by distance; 1 is linear"),
)  # fmt: skip

COMMITMENT_0, SUSPENDS_BELOW, BREAKS_BELOW, SUPPORT, DEPENDENCE = range(5)
TIE = (
    Number("commitment", 0.7, 0, 1, "share", "strength of the tie at the start"),
    Number("suspends_below", 0.35, 0, 1, "share", "commitment below which support is withheld"),
    Number("breaks_below", 0.3, 0, 1, "share", "commitment below which the tie has fractured"),
    Number("support", 0.0, 0, 1, "share of the other's war cost", "support that flows along the tie while it is not withheld"),
    Number("dependence", 0.0, 0, 1, "share", "how much the first state depends on the second"),
)  # fmt: skip

STATUS_QUO, ENDS_WAR_AT, DRIFT, SWAY = range(4)
ISSUE = (
    Number("status_quo", 0.0, 0, 1, "level", "the level while nothing is agreed"),
    Number("at", 0.5, 0, 1, "level", "the war ends when the issue is settled at or above this level"),
    Number("drift", 0.0, 0, INF, "level a day and unit of leverage", "how fast the battlefield moves the status quo (Powell 2006)"),
    Number("sway", 0.0, 0, INF, "level per square root of a day", "chance on the battlefield"),
)  # fmt: skip

RATE, CHANCE = range(2)
EVENT = (
    Number("rate", 0.0, 0, INF, "per year", "how often it comes, at random times"),
    Number("chance", 1.0, 0, 1, "probability", "how likely it happens once due"),
)  # fmt: skip

(
    K_DAYLIGHT, K_ABANDONMENT, K_BURDEN, K_RALLY, K_REPAIR, K_SHOCK, K_NOISE, END_BLAME, CONSULTATION,
    WITHDRAWAL, RESTORE_MARGIN, AFTER_HOPE, BELIEF_A, BELIEF_B, LEARNING, BREACH,
    PROPOSER_BLAMED, OWN_PROPOSAL, DEPENDENCE_COUNTS, FAIRNESS_COUNTS, ALLIES_BETRAY, RED_LINES_KNOWN,
    PEACE_FORESEEN, DEADLINE_YIELDS, PER_WEEK, GIVES_ENOUGH, WEDGE_CHECKS,
    BREAKDOWN, K_SIGNATURE, HOPES_COUNT,
) = range(30)  # fmt: skip
COMMON = (
    Number("daylight", 0.3, 0, INF, "per week and utility", "loss of commitment when an ally alone stands in the way"),
    Number("abandonment", 0.6, 0, INF, "per week and utility", "loss when an ally sides with an adversary to one's hurt (Snyder 1984)"),
    Number("burden", 0.0004, 0, INF, "per day and support", "loss by carrying an ally at war"),
    Number("rally", 0.3, 0, INF, "per week and utility", "gain when allies sign and an adversary refuses"),
    Number("repair", 0.002, 0, INF, "per day", "rate of return to where a commitment began"),
    Number("shock", 0.05, 0, 1, "share", "loss when a tie next to it fractures"),
    Number("noise", 0.004, 0, INF, "per square root of a day", "standard deviation of daily chance"),
    Number("end_blame", 4.0, 0, INF, "weeks", "weeks of mean daylight booked once more when talks fail"),
    Number("consultation", 0.02, 0, 1, "share", "share of what a tie has lost that a round of consultation restores"),
    Number("withdrawal", 0.1, 0, INF, "share per support", "weariness a client suffers at once when support is withheld or a tie breaks"),
    Number("restore_margin", 0.05, 0, 1, "share", "how far above its threshold a commitment must rise for support to return"),
    Number("after_hope", 1.0, 0, 1, "share", "hope that is left after the deadline"),
    Number("belief_good", 2.0, 0, INF, "occasions", "good occasions a state's belief in an adversary's sincerity starts with"),
    Number("belief_bad", 2.0, 0, INF, "occasions", "bad occasions it starts with"),
    Number("learning", 0.0, 0, 1, "share a round", "how fast hope moves to the observed rate of consent"),
    Number("breach", 0.0, 0, INF, "per day and utility", "rate of breaking a settled ceasefire, by what fighting on would bring"),
    Number("proposer_blamed", 1.0, 0, 1, "share", "whether who demands the outrageous shares the blame"),
    Number("own_proposal", 0.25, 0, 1, "share", "how much daylight over one's own refused proposal counts"),
    Number("dependence_counts", 1.0, 0, 1, "share", "whether one expects more of those one carries"),
    Number("fairness_counts", 1.0, 0, 1, "share", "whether blame is weighed by how far off the refuser is against what it could gain"),
    Number("allies_betray", 0.0, 0, 1, "share", "whether consent to an ally's hurtful proposal counts as abandonment too"),
    Number("red_lines_known", 1.0, 0, 1, "share", "whether a proposer heeds the public red lines of those it courts"),
    Number("peace_foreseen", 1.0, 0, 1, "share", "whether the outlook for peace lowers the war cost still to come"),
    Number("deadline_yields", 1.0, 0, 1, "share", "whether nothing is held out for any more in the last round"),
    Number("per_week", 1.0, 0, 1, "share", "whether strain is booked per week of talks (else per round)"),
    Number("gives_enough", 1.0, 0, 1, "share", "whether a proposer stops giving once all it courts are expected to sign"),
    Number("wedge_checks", 1.0, 0, 1, "share", "whether a wedge is played only where it gains and the client is expected to refuse"),
    Number("breakdown", 0.0, 0, 1, "probability", "how likely a refused proposal ends the talks for good"),
    Number("signature", 4.0, 0, INF, "weeks", "weeks of abandonment booked at once when an ally and an adversary settle a deal that hurts"),
    Number("hopes_count", 1.0, 0, 1, "share", "whether abandonment is measured against what a state had hoped for, else against the status quo going on"),
)  # fmt: skip
