"""What a sincere policy would do in a seat, and why, with the numbers of the sum."""

from collections.abc import Mapping
from typing import NamedTuple

from wedge.engine.classroom.moves import Question
from wedge.engine.model import words as w
from wedge.engine.report.answers import sum_in_words
from wedge.engine.report.rounds import Answer
from wedge.engine.report.wording import Wording, per_cent, points, share


class Advice(NamedTuple):
    """An answer with its reason, or an offer."""

    stance: int  # -1 where it is no answer
    reason: int
    levels: Mapping[str, float]  # of an offer; empty where it would pass
    surplus: float  # what that is worth to the state, in utility units


VERDICTS = {w.ACCEPT: "sign: yes", w.CONCEDE: "sign, and so concede: yes", w.REJECT: "refuse: no"}
REASONS = {
    w.DEMAND_MET: "the offer is worth {surplus} points to you, and you hold out for {held}",
    w.GAINED_ENOUGH: "{surplus} points are less than the {held} you hold out for, but what else speaks for it makes up for that",
    w.UNDER_PRESSURE: "{surplus} points are less than the {held} you hold out for, but the wish of those you depend on weighs {pressure}",
    w.ON_A_WHIM: "with {surplus} points offered and {held} held out for, your lasting leaning on this matter ({whim}) tips it",
    w.STOOD_FIRM: "the offer is worth {surplus} points to you, and you hold out for {held}",
    w.WORSE_THAN_NOTHING: "signing would bring you {loss} points less than you still hope for without it",
    w.LOYAL_TO_AN_ALLY: "for yourself it would do, but it hurts your allies, and that weighs {loyalty}",
    w.SAID_TOO_MUCH: "it would do, but you have refused better in public, and to take less now would cost you {audience}",
    w.FEARED_A_LOSS: "on its worth alone it would do, but losses weigh more with you than gains, which takes {tilt} away",
    w.RETURNED_ILL: "on its worth alone it would do, but what the proposer has done so far takes {tilt} away",
    w.RETURNED_GOOD: "{surplus} points are less than the {held} you hold out for, but what the proposer has done so far adds {tilt}",
    w.ON_A_DOUBT: "on balance it would do, but your lasting leaning on this matter ({whim}) speaks against it",
}


def advice_in_words(advice: Advice, question: Question, words: Wording, titles: bool = False) -> list[str]:
    """The advice in sentences; sums stand in brackets. An offer stands as it is typed, or with ``titles`` as it is read."""
    if question.table.view is not None:
        return _answer(advice, question, words)
    return _offer(advice, question, words, titles)


def _answer(advice: Advice, question: Question, words: Wording) -> list[str]:
    view, who = question.table.view, words.names.states.index(question.state)
    assert view is not None
    numbers = {name: points(getattr(view, name)) for name in ("surplus", "pressure", "loyalty", "audience", "whim")}
    why = REASONS[advice.reason].format(
        held=points(view.held_out_for), loss=points(-view.surplus), tilt=points(abs(view.tilt)), **numbers
    )
    weighed = Answer(
        who, advice.stance, advice.reason, question.has_vote, view.surplus, question.table.own_best,
        view.held_out_for, view.pressure, view.loyalty, view.audience, view.whim, view.score, 0.0, 0.0, view.tilt,
    )  # fmt: skip
    return [f"A sincere policy would {VERDICTS[advice.stance]}. Why: {why}.", f"[{sum_in_words(words, weighed)}]"]


def _offer(advice: Advice, question: Question, words: Wording, titles: bool) -> list[str]:
    table = question.table
    best, held = points(table.own_best), points(question.held_out_for)
    if not advice.levels:
        return [
            "A sincere policy would pass: it could not sign even its own best without hurting itself or its allies.",
            f"Your best is worth {best} points to you.",
        ]
    named = {
        issue: f"{words.issue_titles[words.names.issues.index(issue)]} " if titles else f"{issue}="
        for issue in advice.levels
    }
    parts = [
        f"{named[issue]}{share(level)} (you want {share(table.ideals[issue])})"
        for issue, level in advice.levels.items()
    ]
    said = [f"A sincere policy would offer {', '.join(parts)}, worth {points(advice.surplus)} points to you."]
    if table.own_best > 0.0:
        asked = per_cent(question.held_out_for / table.own_best)
        said.append(
            f"Why: your best is worth {best}, and you hold out for {held} this round ({asked} of it). What lies "
            "between the two it may give away, and it gives first where those whose consent is needed, as you see "
            "them, gain most for what it costs you."
        )
    return said
