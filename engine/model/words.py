"""The words of the model: moves, stances, reasons, channels and endings, each with its number.

A kernel carries numbers; a narrator and a table of results carry names. Each group below is
a row of integers and the tuple of names they index, so that ``NAMES[number]`` is always right.
"""

# What the state that has the floor does with its round.
PASS, PROPOSE, CONSULT = 0, 1, 2
MOVES = ("pass", "propose", "consult")

# What a state does with a proposal. ABSENT: not asked (nothing on the table, or it has left).
ABSENT, ACCEPT, CONCEDE, REJECT = 0, 1, 2, 3
STANCES = ("absent", "accept", "concede", "reject")

# Why it did so.
(
    NO_REASON,
    PROPOSED_IT,  # it made the proposal
    DEMAND_MET,  # worth at least what it held out for
    GAINED_ENOUGH,  # below its demand, but the rule of consent spoke for it
    UNDER_PRESSURE,  # it would have refused without its patrons' pressure
    ON_A_WHIM,  # it would have refused without the random part
    RED_LINE,  # past a line it never crosses
    STOOD_FIRM,  # worth something, less than it holds out for
    WORSE_THAN_NOTHING,  # worth less than going on without a deal
    LOYAL_TO_AN_ALLY,  # it would have consented, but an ally is hurt
    SAID_TOO_MUCH,  # it would have consented, but has refused better in public
    ON_A_DOUBT,  # it would have consented without the random part
    FOLLOWED_PATRON,  # it took its patron's stance
    ALLYS_RED_LINE,  # an ally's red line counts as its own
    JOINT_FRONT,  # a member of its front refuses, so it does
    AT_RANDOM,  # its policy draws lots
    MOVE_FORCED,  # taken from outside: a person, another program, a counterfactual
    NOT_RATIFIED,  # consented at the table, refused at home
    BOUGHT,  # a side payment tipped it
    OWN_COUNSEL,  # a user's policy gave no reason of its own
    WENT_OUTSIDE,  # it refused and left the talks for its outside option
    FEARED_A_LOSS,  # by prospect theory: it would have consented if losses counted no more than gains
    RETURNED_ILL,  # by reciprocity: it would have consented to a kinder proposer
    RETURNED_GOOD,  # by reciprocity: it would have refused a less kind one
) = range(24)
REASONS = (
    "no_reason",
    "proposed_it",
    "demand_met",
    "gained_enough",
    "under_pressure",
    "on_a_whim",
    "red_line",
    "stood_firm",
    "worse_than_nothing",
    "loyal_to_an_ally",
    "said_too_much",
    "on_a_doubt",
    "followed_patron",
    "allys_red_line",
    "joint_front",
    "at_random",
    "move_forced",
    "not_ratified",
    "bought",
    "own_counsel",
    "went_outside",
    "feared_a_loss",
    "returned_ill",
    "returned_good",
)

# Channels to which every change of a commitment is booked.
DAYLIGHT, ABANDONMENT, BURDEN, RALLY, REPAIR, SHOCK, NOISE, CLIPPED = range(8)
CHANNELS = ("daylight", "abandonment", "burden", "rally", "repair", "shock", "noise", "clipped")

# How talks stand.
GOING, SETTLED, OUT_OF_ROUNDS, WALKED_OUT, BROKEN_DOWN = 0, 1, 2, 3, 4
ENDS = ("going", "settled", "out_of_rounds", "walked_out", "broken_down")

# How a stage stands.
OPEN, DONE, LAPSED = 0, 1, 2
STAGE_STATES = ("open", "settled", "lapsed")

# Who gets the floor, and how the others answer.
ROTATION, RANDOM_FLOOR = 0, 1
SEALED, IN_TURN = 0, 1
