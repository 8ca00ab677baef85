"""What a scenario fixes before any world is drawn: who sits where, what is on the table, when.

A ``Setting`` holds whole numbers only; every quantity that could be uncertain is a number of
the world (see ``numbers.py``). States, issues, alliances, orders and events stand in the order of their
names, so that a file with its states reordered is the same scenario to the last bit.
Stages stand in the order of the agenda, because there the order means something.
"""

from typing import Any, NamedTuple

Ints = Any  # a NumPy array of int64
Words = Any  # a NumPy array of uint64: identities, hashed from declared names


class Setting(NamedTuple):
    """The fixed part of a scenario, as arrays. S states, K issues, G stages, A alliances,
    E events, F effects, C conditions, O orders, N numbers. Indices are -1 for 'none'."""

    # identities, 64-bit hashes of the declared names
    state_id: Words  # [S]
    issue_id: Words  # [K]
    event_id: Words  # [E]
    number_id: Words  # [N], hashed from the number's path, such as states.ukraine.power

    # calendar
    rounds: int  # rounds of the talks
    days: float  # days a round lasts

    # issues and positions
    war_issue: int  # the issue that ends the war, or -1
    stage_of: Ints  # [K] the stage an issue is settled in, or -1 (it then stays at its status quo)
    share_of: Ints  # [K] the pie of which an issue is a share, or -1; shares of one pie never come to more than 1
    red_side: Ints  # [S, K] 0 none; 1 levels above the red line are refused; -1 levels below
    fought_by: Ints  # [K, 2] the two states whose leverage moves the status quo, or -1, -1

    # agenda
    needs: Ints  # [G, G] needs[g, h] = 1: h must be settled before g can open (transitive)
    precondition: Ints  # [G] 1: some other stage is declared 'after' this one
    stage_rounds: Ints  # [G] rounds after which the stage lapses, 0 for no limit
    seat: Ints  # [G, S] 1: its consent is needed (or counts to the quota)
    quota: Ints  # [G] how many seats must consent (the number of seats when all must)
    veto: Ints  # [G, S] 1: nothing settles without it
    floor_kind: Ints  # [G] ROTATION or RANDOM_FLOOR
    floor_list: Ints  # [G, M] the states that get the floor, in turn
    floor_count: Ints  # [G] how many of them
    answers: Ints  # [G] SEALED or IN_TURN
    possible_when: Ints  # [G, 2] first row of a condition and the row after its last; -1, -1 for none
    order_group: Ints  # [O, K] the place of an issue in a declared order of settling, or -1

    # alliances
    tie: Ints  # [S, S] 1: a tie from the first to the second is declared
    member: Ints  # [A, S]
    joint_front: Ints  # [A]
    adversary: Ints  # [S, S]
    substitutes: Ints  # [S, S] 1: the first may replace support that another ally withholds from the second

    # policies, as numbers of their three slots, and whom they concern
    demands: Ints  # [S]
    courts: Ints  # [S]
    answer_rule: Ints  # [S]
    theory: Ints  # [S] which decision theory appraises a proposal
    patron: Ints  # [S] whom it courts (wedge), follows (follow) or consults; -1 none
    client: Ints  # [S] whom its wedge is to isolate; -1 none
    has_outside: Ints  # [S] 1: it may walk out
    outside_paid: Ints  # [S] 1: its outside option is paid when the talks fail
    ratifies: Ints  # [S] 1: what it signs is put to a vote at home
    pays: Ints  # [S, S] 1: the first may buy the second's consent

    # numbers: how each is drawn (see distributions.py)
    drawn: Ints  # [N] the kind of distribution, 0 for a fixed value
    shape: Any  # [N, 5] float64: three parameters, then lowest and highest value
    bounds: Any  # [N, 2] float64: lowest and highest value a number may take when an event changes it
    mixture: Any  # [M, 2] float64: values and cumulated shares of 'choice' distributions

    # events: when, and what they do
    event_day: Ints  # [E] the day it is due, or -1
    event_turn: Ints  # [E] the events in the order in which a round looks at them: dated ones by day and name, then the rest by name
    event_poisson: Ints  # [E] 1: comes at a random time, with the rate among the numbers
    event_when: Ints  # [E, 2] first row of its condition and the row after its last; -1, -1 for none
    event_repeats: Ints  # [E] 1: may happen more than once
    effect_event: Ints  # [F]
    effect_kind: Ints  # [F]
    effect_a: Ints  # [F] a number's place (for changes), or a state
    effect_b: Ints  # [F] a second state, or -1

    # conditions, as rows in postfix order: an ALL or ANY row follows its test_a parts, NOT its one
    test: Ints  # [C] what is looked at
    test_a: Ints  # [C]
    test_b: Ints  # [C]
    test_side: Ints  # [C] 1 holds at or above the number, -1 holds below it


# Kinds of effect.
CHANGE_TO, CHANGE_BY, CHANGE_TIMES, TIE_SHOCK, WITHHOLD, RESTORE, MOVE_DEADLINE = range(7)

# What a condition looks at.
(
    ALL,  # every part holds
    ANY,  # some part holds
    NOT,  # its one part does not hold
    EVENT,  # event a has happened
    COMMITMENT,  # commitment of the tie a -> b
    WITHHELD,  # support of the tie a -> b is withheld
    FRACTURED,  # the tie a -> b has fractured
    WEARINESS,  # of state a
    BELIEF,  # of state a in state b's sincerity
    STAGE_SETTLED,  # stage a
    LEVEL,  # of issue a, settled or status quo
    ROUND,  # the round, from 0
    DAY,  # days since the start
    FIGHTING,  # the war goes on
    REFUSALS,  # proposals that state a has refused
    WALKED,  # state a has left the talks
    TALKS_OVER,  # talks have ended
) = range(17)
TESTS = (
    "all", "any", "not", "event", "commitment", "withheld", "fractured", "weariness", "belief",
    "settled", "level", "round", "day", "fighting", "refusals", "walked_out", "talks_over",
)  # fmt: skip
