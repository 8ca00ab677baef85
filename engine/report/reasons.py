"""Why a state answered as it did: a sentence for every reason code, with the numbers of that answer.

The templates are filled from ``Grounds``. Verbs in braces (``{accepts}``) become ``would accept`` for a
state that has no seat at the stage.
"""

from wedge.engine.model import words as w

# Sentences by reason and stance; where there are several they are taken in turn.
SENTENCES: dict[tuple[int, int], tuple[str, ...]] = {
    (w.DEMAND_MET, w.ACCEPT): (
        "{The} {accepts}: the offer is worth {surplus} points to it, and it holds out for {held}.",
        "{The} {accepts}: at {surplus} points its demand of {held} is met.",
    ),
    (w.ON_A_WHIM, w.ACCEPT): (
        "{The} {accepts}, barely: the offer meets its demand ({surplus} points, {held} asked), but {against} would have "
        "stopped it; {tips} it.",
    ),
    (w.ON_A_WHIM, w.CONCEDE): (
        "{The} {yields}: {offer}{and_against}, and it holds out for {held}; {tips} it.",
        "{The} {yields}, though it holds out for {held} points and {offer}{and_against}: {tips} it.",
    ),
    (w.GAINED_ENOUGH, w.CONCEDE): (
        "{The} {yields}: {offer}, less than the {held} it holds out for, but {speaks_for} more than make up for it.",
    ),
    (w.UNDER_PRESSURE, w.CONCEDE): (
        "{The} {yields} under pressure: {offer}, and left alone it would hold out for {held}, but the wish of {patrons} "
        "weighs {pressure}.",
        "{The} {yields} to {patrons}, whose wish weighs {pressure} points: {offer}, and it holds out for {held}.",
    ),
    (w.RED_LINE, w.REJECT): (
        "{The} {refuses}: {crossing} is past the red line it never crosses ({line}).",
        "{The} {refuses}, whatever the gain: {crossing} is past its red line ({line}).",
    ),
    (w.STOOD_FIRM, w.REJECT): (
        "{The} {refuses}: the offer is worth {surplus} points to it{and_against}, and it holds out for {held}.",
        "{The} {stands} firm: {surplus} points{and_against}, where it holds out for {held}.",
    ),
    (w.WORSE_THAN_NOTHING, w.REJECT): (
        "{The} {refuses}: signing would bring it {loss} points less than it still hopes for without it.",
        "{The} {refuses}: without signing it still hopes for {loss} points more than this would bring.",
    ),
    (w.LOYAL_TO_AN_ALLY, w.REJECT): (
        "{The} {refuses} out of loyalty: for itself the offer would do ({surplus} points, {held} asked), "
        "but it hurts {hurt}, and that weighs {loyalty}.",
    ),
    (w.SAID_TOO_MUCH, w.REJECT): (
        "{The} {refuses}: the offer would do ({surplus} points, {held} asked), but it has refused better in public, "
        "and to take less now would cost it {audience}.",
    ),
    (w.ON_A_DOUBT, w.REJECT): (
        "{The} {refuses} against its own reckoning: by that it would have signed ({surplus} points, {held} asked{and_for}), "
        "but its leaning on this matter takes {doubt} away.",
        "{The} {refuses}, though on balance it would sign ({surplus} points, {held} asked{and_for}): "
        "its leaning on this matter speaks against it by {doubt}.",
    ),
    (w.ALLYS_RED_LINE, w.REJECT): (
        "{The} {refuses} for the sake of {ally}: {ally_crossing} is past the red line of {ally} ({ally_line}).",
    ),
}

# Reasons whose sentence is the same for every stance, but for the verb {does}.
ANY_STANCE: dict[int, tuple[str, ...]] = {
    w.NO_REASON: ("{The} {does} and gives no reason.",),
    w.PROPOSED_IT: ("{The} stands by its own proposal, worth {surplus} points to it.",),
    w.DEMAND_MET: ("{The} {does}: at {surplus} points its demand of {held} is met.",),
    w.GAINED_ENOUGH: ("{The} {does}: the offer is worth {surplus} points to it, where it holds out for {held}.",),
    w.UNDER_PRESSURE: ("{The} {does} under pressure: the wish of {patrons} weighs {pressure} points.",),
    w.ON_A_WHIM: ("{The} {does} against its own reckoning: {tips} it.",),
    w.RED_LINE: ("{The} {does}: {crossing} is past its red line ({line}).",),
    w.STOOD_FIRM: ("{The} {does}: the offer is worth {surplus} points to it, and it holds out for {held}.",),
    w.WORSE_THAN_NOTHING: (
        "{The} {does}: signing would bring it {loss} points less than it still hopes for otherwise.",
    ),
    w.LOYAL_TO_AN_ALLY: ("{The} {does} out of loyalty to {hurt}, which weighs {loyalty} points.",),
    w.SAID_TOO_MUCH: ("{The} {does}: it has refused better in public, which weighs {audience} points.",),
    w.ON_A_DOUBT: ("{The} {does} against its own reckoning: its leaning on this matter takes {doubt} points away.",),
    w.FOLLOWED_PATRON: ("{The} follows {patron} and {does} (for itself: {surplus} points, {held} asked).",),
    w.ALLYS_RED_LINE: ("{The} {does} for the sake of {ally}, whose red line is crossed.",),
    w.JOINT_FRONT: (
        "{The} closes ranks and {does}, because {members} {refuse} (for itself: {surplus} points, {held} asked).",
    ),
    w.AT_RANDOM: ("{The} draws lots and {does} ({surplus} points, {held} asked).",),
    w.MOVE_FORCED: ("{The} {does}: the answer was given from outside ({surplus} points, {held} asked).",),
    w.NOT_RATIFIED: (
        "{The} signs at the table and is refused at home: the deal is worth {surplus} points to it, and ratification needs {needs}.",
    ),
    w.BOUGHT: (
        "{The} {yields} against a side payment of {price} points from {payer}: {offer}, and it holds out for {held}.",
    ),
    w.OWN_COUNSEL: ("{The} {does} by its own counsel ({surplus} points, {held} asked).",),
    w.FEARED_A_LOSS: (
        "{The} {does}: losses weigh more with it than gains, which takes {tilt} points off what the offer is worth to it.",
    ),
    w.RETURNED_ILL: ("{The} {does} and returns ill for ill: what {maker} has done so far takes {tilt} points away.",),
    w.RETURNED_GOOD: ("{The} {does} and returns good for good: what {maker} has done so far adds {tilt} points.",),
    w.WENT_OUTSIDE: ("{The} {does} and would rather have what it has outside the talks ({surplus} points).",),
}

VERBS = {
    "accepts": ("accepts", "would accept"),
    "yields": ("concedes", "would concede"),
    "refuses": ("refuses", "would refuse"),
    "stands": ("stands", "would stand"),
}
STANCE_VERB = {w.ACCEPT: "accepts", w.CONCEDE: "yields", w.REJECT: "refuses"}


def sentence_for(reason: int, stance: int, turn: int = 0) -> str:
    """The template for a reason and a stance; ``turn`` picks among several. Raises KeyError for an unknown reason."""
    found = SENTENCES.get((reason, stance)) or ANY_STANCE[reason]
    return found[turn % len(found)]
