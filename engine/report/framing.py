"""The beginning and the end of a told run: what is at stake, and what became of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from wedge.engine.model import world as f
from wedge.engine.model.numbers import COMMITMENT_0, IDEAL, SALIENCE
from wedge.engine.model.words import DONE, ENDS, LAPSED
from wedge.engine.report.books import TieBook, most_strained
from wedge.engine.report.rounds import Round
from wedge.engine.report.strains import in_words
from wedge.engine.report.wording import Wording, capital, dated, listed, number_word, per_cent, rounds_of, share

MOST_TIES = 8  # ties told in the opening; of more, the weakest
CONDITIONAL = "This is one possible course among many, drawn under the scenario's assumptions; it is not a forecast."


def opening_of(first: Round, words: Wording) -> list[str]:
    """What is on the agenda, where things stand, who is tied to whom, and who would rather have which order."""
    names, last = first.names, words.date(words.rounds * first.names.days - 1)
    said = [
        words.summary,
        f"The talks begin on {dated(names.start)} and have {rounds_of(words.rounds)}, until {dated(last)}.",
        f"On the agenda: {'; then '.join(_stage(first, words, g) for g in range(len(names.stages)))}.",
        f"While nothing is agreed: {'; '.join(_status_quo(first, words, k) for k in range(len(names.issues)))}.",
        *_wishes(first, words),
        *_ties(first, words),
        *_orders(first, words),
        "A point is a hundredth of all that is at stake for a state; commitments go from 0 to 1.",
    ]
    return [sentence for sentence in said if sentence]


def _stage(first: Round, words: Wording, g: int) -> str:
    s = first.s
    seats = [i for i in first.names.display if s.seat[g, i]]
    signers = f"{words.states(seats)} must sign"
    if s.quota[g] < len(seats):
        signers = f"{number_word(int(s.quota[g]))} of {words.states(seats)} must sign"
        vetoes = [i for i in seats if s.veto[g, i]]
        signers += f", {words.states(vetoes)} among them" if vetoes else ""
    issues = [words.issue_titles[k] for k in np.flatnonzero(s.stage_of == g)]
    title = words.stage_titles[g]
    return f"“{title}”" + (f" ({signers})" if issues == [title] else f": {listed(issues)} ({signers})")


def _status_quo(first: Round, words: Wording, k: int) -> str:
    return f"{words.issue_titles[k]} at {words.level_in_short(k, float(first.run.world.issue[f.FIRST_QUO, k, 0]))}"


def _wishes(first: Round, words: Wording) -> list[str]:
    """What the patron whose tie is weakest and its client want of what comes first, and how much it matters to each."""
    carried = [tie for tie in first.ties if first.supports(*tie)]
    if not carried:
        return []
    patron, client = min(carried, key=lambda tie: first.threshold(tie[0], tie[1], COMMITMENT_0))
    issues = [int(k) for k in np.flatnonzero(first.s.stage_of == max(0, first.stage))]
    wants = [f"{words.state(i)} wants {listed([_wish(first, words, i, k) for k in issues])}" for i in (patron, client)]
    return [f"Of what comes first, {wants[0]}; {wants[1]}. The shares are of all that matters to each."]


def _wish(first: Round, words: Wording, i: int, k: int) -> str:
    ideal, weight = (float(first.x.position[field, i, k, 0]) for field in (IDEAL, SALIENCE))
    return f"{words.issue_titles[k]} at {words.level_in_short(k, ideal)}, a matter of {per_cent(weight)}"


def _ties(first: Round, words: Wording) -> list[str]:
    start = {(i, j): float(first.x.tie[COMMITMENT_0, i, j, 0]) for i, j in first.ties}
    weakest = sorted(start, key=lambda tie: start[tie])
    told = [tie for tie in start if tie in weakest[:MOST_TIES]]
    ties = [f"{words.arrow(*tie)} {share(start[tie])}" for tie in told]
    which = "Commitments" if len(told) == len(start) else f"The {number_word(len(told))} weakest commitments"
    return [f"{which} in this world: {', '.join(ties)}."] if ties else []


def _orders(first: Round, words: Wording) -> list[str]:
    """Who would rather have the issues settled in which declared order, when the talks open."""
    found: dict[int, list[int]] = {}
    for i in first.names.display:
        order = first.order(i)[1]
        if order >= 0:
            found.setdefault(order, []).append(i)
    wishes = [f"{words.states(some)} would have “{words.orders[o]}”" for o, some in found.items()]
    return [f"On the order of the issues: {listed(wishes)}."] if len(words.orders) > 1 and wishes else []


def ending_of(last: Round, words: Wording) -> list[str]:
    """How everything stands at the end: issues, the war, weariness."""
    lane, stages = last.now.lane, last.now.stage[f.STANDING]
    n = int(lane[f.END_ROUND])
    how = ENDS[int(lane[f.TALKS])]
    said = (
        [f"The talks {_ended(how, int(lane[f.WALKER]), words)} in {words.round(n)} ({words.when(n)})."]
        if n >= 0
        else []
    )
    settled = [k for k in range(len(words.issue_titles)) if last.now.issue[f.IS_SETTLED, k] == 1.0]
    if settled:
        levels = [
            f"{words.issue_titles[k]} at {words.level(k, float(last.now.issue[f.LEVEL_NOW, k]))}" for k in settled
        ]
        said.append(f"Settled: {'; '.join(levels)}.")
    still = [words.stage_titles[g] for g in range(len(stages)) if stages[g] != DONE]
    if still:
        lapsed = " (some lapsed)" if (stages == LAPSED).any() else ""
        said.append(f"Not settled: {listed([f'“{title}”' for title in still])}{lapsed}.")
    if last.s.war_issue >= 0:
        said.append(f"{capital(words.war.goes_on if lane[f.FIGHTING_NOW] == 1.0 else words.war.is_over)}.")
    weary = [f"{words.state(i)} {share(last.weariness(i)[1])}" for i in last.names.display]
    return [*said, f"Weariness at the end: {listed(weary)}."]


def _ended(how: str, walker: int, words: Wording) -> str:
    return {
        "settled": "succeeded",
        "out_of_rounds": "ended without full agreement",
        "broken_down": "broke down",
        "walked_out": f"ended when {words.state(walker)} walked out",
        "going": "were still going",
    }[how]


def conclusion_of(last: Round, words: Wording, books: Sequence[TieBook]) -> str:
    """One sentence or two on what this course shows, and on what it hangs."""
    lane = last.now.lane
    n, how = int(lane[f.END_ROUND]), ENDS[int(lane[f.TALKS])]
    said = [f"The talks {_ended(how, int(lane[f.WALKER]), words)}{f' after {rounds_of(n + 1)}' if n >= 0 else ''}"]
    held = [_alliance(last, words, a) for a in range(len(words.alliance_titles))]
    sentence = f"{'; '.join([*said, listed(held)] if held else said)}."
    book = most_strained(books)
    if book is not None and book.main_strain:
        what = "broke first" if book.fracture_round >= 0 else "was strained most"
        if book.loss > 0:
            sentence += (
                f" The tie that {what}, {words.arrow(book.source, book.target)}, went from {share(book.start)} to {share(book.end)}; "
                f"what took most from it was {in_words(book.main_strain)} ({book.channels[book.main_strain]:+.3f})."
            )
        else:
            sentence += " No tie is weaker at the end than at the beginning."
    return f"{sentence} {CONDITIONAL}"


def _alliance(last: Round, words: Wording, a: int) -> str:
    n, split = (int(last.now.alliance[field, a]) for field in (f.ALLIANCE_FRACTURED, f.ALLIANCE_SPLIT))
    title = words.alliance_titles[a]
    if n < 0:
        suspended = _suspended(last, a)
        return f"{title} held" + (" (though low commitment stopped support for a time)" if suspended else "")
    what = "fractured and split" if split >= 0 else "fractured"
    return f"{title} {what} in {words.round(n)} ({words.when(n)})"


def _suspended(last: Round, a: int) -> bool:
    """Whether support between members of an alliance was ever withheld for low commitment; events are told with them."""
    member = last.s.member[a]
    return any(
        member[i] and member[j] and last.tie(f.SUSPENDED_ROUND, i, j) >= 0 and last.supports(i, j) for i, j in last.ties
    )


def title_of(run: Any, words: Wording) -> str:
    """The header's first line."""
    return f"{words.name}: seed {run.seed}, world {run.number}"
