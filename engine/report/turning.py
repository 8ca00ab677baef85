"""What a round changed beyond the ties: the war, stages given up, preconditions conceded, what states would rather have."""

from wedge.engine.model import world as f
from wedge.engine.model.words import BROKEN_DOWN, OUT_OF_ROUNDS, SETTLED
from wedge.engine.report.rounds import Round
from wedge.engine.report.wording import Wording, capital


def changes_of(told: Round, words: Wording) -> list[str]:
    """Sentences about all that."""
    return [*_war(told, words), *_stages(told, words), *_preconditions(told, words), *_orders(told, words)]


def _war(told: Round, words: Wording) -> list[str]:
    if told.peace() > 0:
        return [words.war.ends]
    if told.peace() < 0:
        title = words.issue_titles[told.s.war_issue]
        return [f"{words.war.resumes}: “{title}” is open again."]
    return []


def _stages(told: Round, words: Wording) -> list[str]:
    return [
        f"“{words.stage_titles[g]}” has been on the table for {int(told.s.stage_rounds[g])} rounds without agreement and lapses."
        for g in told.lapsed()
    ]


def _preconditions(told: Round, words: Wording) -> list[str]:
    return [
        f"{capital(words.state(i))} gives in on a precondition for the first time: "
        f"it would settle “{words.stage_titles[told.stage]}” at levels worth less to it than things as they stood at the start."
        for i in told.concedes_precondition()
        if told.stage >= 0
    ]


def _orders(told: Round, words: Wording) -> list[str]:
    """Who would rather have the issues in another order than before."""
    sentences = []
    for i in told.names.display if told.talking else []:
        before, now = told.order(i)
        if before >= 0 and now != before:
            sentences.append(
                f"{capital(words.state(i))} changes its mind on the order: "
                f"rather than “{words.orders[before]}” it would now have “{words.orders[now]}”."
            )
    return sentences


def end_of_talks(told: Round, words: Wording) -> list[str]:
    """How the talks ended, if they did in this round."""
    if not told.ended():
        return []
    how = int(told.lane(f.TALKS))
    if how == SETTLED:
        return ["Every stage of the agenda is settled: the talks have succeeded."]
    if how == OUT_OF_ROUNDS:
        return [_ran_out(told)]
    if how == BROKEN_DOWN:
        return ["After this refusal the talks break down for good."]
    walker = int(told.lane(f.WALKER))
    return [f"Without {words.state(walker)} nothing can be settled any more: the talks are over."]


def _ran_out(told: Round) -> str:
    if told.n + 1 >= told.lane(f.LIMIT):
        return "That was the last round: the talks have run out of time."
    return "No stage that is left can be settled any more: the talks are over."
