"""What broke it, in words: the channels through which a tie was lost, the smallest cause, the pivotal round."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.changes import CONSENT, CONSULTATION, EVENT, PROPOSAL, REFUSAL, Change, named
from wedge.engine.analysis.notation import code_of
from wedge.engine.analysis.smallest import Cause
from wedge.engine.model.numbers import COMMITMENT_0
from wedge.engine.model.words import CHANNELS
from wedge.engine.model.world import COMMITMENT_NOW
from wedge.engine.report.printing import WIDTH, Line, with_command, wrapped
from wedge.engine.report.strains import in_words
from wedge.engine.report.wording import Wording, capital, listed, number_word, share
from wedge.engine.simulation.variants import Past

MOST_PAIRS_TOLD = 8
WORTH_A_WORD = 0.0005  # commitment


class Told(NamedTuple):
    """What broke one alliance, ready to be printed: paragraphs, and lines of a list below the second."""

    lost: str  # which tie, and through which channels
    cause: str  # the sentence above the list
    items: list[str]
    rest: list[str]  # the pivotal round, red lines, how the search was made


def lines_of_causes(told: Sequence[Told], width: int = WIDTH) -> Iterator[Line]:
    """The lines of that part of a told run."""
    yield Line("text", "")
    yield Line("heading", "What broke it")
    for one in told:
        yield from wrapped(one.lost, width, "text")
        yield from wrapped(one.cause, width, "text")
        for item in one.items:
            yield from wrapped(item, width, "table", "  - ", "    ")
        for sentence in one.rest:
            yield from with_command(sentence, width, "text")


def told_cause(past: Past, cause: Cause, words: Wording) -> Told:
    """One cause in words."""
    rest = [_pivotal(cause, words), *_past_lines(cause, words), _how(cause), *_replay(past, cause)]
    return Told(
        _lost(past, cause, words), _smallest(cause, words), _items(cause, words), [part for part in rest if part]
    )


def cause_as_data(past: Past, cause: Cause) -> dict[str, Any]:
    """The same as plain values. Rounds count from 0."""
    names, (i, j) = past.scenario.names, cause.tie
    return {
        "alliance": names.alliances[cause.alliance],
        "fracture_round": cause.round,
        "source": names.states[i],
        "target": names.states[j],
        "start": float(past.x.tie[COMMITMENT_0, i, j, 0]),
        "end": float(past.w.tie[COMMITMENT_NOW, i, j, -1]),
        "channels": dict(zip(CHANNELS, (float(part) for part in past.w.books[:, i, j, -1]), strict=True)),
        "size": cause.size,
        "sets": [_as_data(past, changes) for changes in cause.sets],
        "past_red_line": [_as_data(past, (change,)) for change in cause.against_red_lines],
        "first_round": cause.first if cause.sets else None,
        "pivotal_round": cause.last if cause.sets else None,
        "singles": cause.singles,
        "pairs": cause.pairs,
        "of_pairs": cause.of_pairs,
        "cut": cause.cut,
    }


def _as_data(past: Past, changes: Sequence[Change]) -> dict[str, Any]:
    return {"code": saved_course(past, changes), "changes": [named(change, past.scenario.names) for change in changes]}


def saved_course(past: Past, changes: Sequence[Change]) -> str:
    """The code of the course in which these changes are made."""
    return code_of(past.scenario, past.seed, past.number, [*past.moves, *(change.forced for change in changes)])


# Where the tie was lost.


def _lost(past: Past, cause: Cause, words: Wording) -> str:
    """When it fractured, which tie broke first, and what each channel took from it or gave back until then."""
    i, j = cause.tie
    start, end = float(past.x.tie[COMMITMENT_0, i, j, 0]), float(past.w.tie[COMMITMENT_NOW, i, j, -1])
    said = (
        f"{capital(words.alliance_titles[cause.alliance])} fractured in {words.round(cause.round)} ({words.when(cause.round)}), "
        f"when {words.tie(i, j)} fell to {share(end, 3)}."
    )
    if start <= end:
        return f"{said} The tie was below its breaking point from the start."
    books = past.w.books[:, i, j, -1]
    return f"{said} It had lost {share(start - end, 3)} since the start: {in_shares(books, start - end)}."


def in_shares(books: Any, loss: float) -> str:
    """What channels took and gave back, with their shares of the loss, which add up to 100 per cent."""
    books = np.asarray(books)
    parts = _whole_shares(books, loss)
    took = [c for c in np.argsort(books) if books[c] < -WORTH_A_WORD]
    gave = [c for c in np.argsort(-books) if books[c] > WORTH_A_WORD]
    taken = [f"{in_words(CHANNELS[c])} took {share(-books[c], 3)} ({parts[c]} %)" for c in took]
    given = [f"{in_words(CHANNELS[c])} gave back {share(books[c], 3)} ({-parts[c]} %)" for c in gave]
    return "; ".join(part for part in (listed(taken), listed(given)) if part)


def _whole_shares(books: Any, loss: float) -> list[int]:
    """Shares in whole per cent that add up to 100; what rounding leaves goes to those it moved most."""
    exact = -100 * books / loss
    whole = np.round(exact)
    while round(100 - whole.sum()):
        step = np.sign(100 - whole.sum())
        whole[int(np.argmax(step * (exact - whole)))] += step
    return [int(part) for part in whole]


# The smallest cause.


def _smallest(cause: Cause, words: Wording) -> str:
    title = words.alliance_titles[cause.alliance]
    if cause.size == 1:
        return (
            f"The smallest cause is a single move. With all else as it was, luck included, each of these alone "
            f"would have kept {title} whole to the end:"
        )
    if cause.size == 2:
        return f"No single move or event could have saved {title}, but two together could. With all else as it was, luck included, any of these pairs:"
    none = f"No single move or event, taken out alone, would have saved {title}"
    return f"{none}, and no pair that was tried." if cause.pairs else f"{none}."


def _items(cause: Cause, words: Wording) -> list[str]:
    if cause.size == 1:
        return grouped([changes[0] for changes in cause.sets], words)
    told = [listed([one_change(change, words) for change in changes]) for changes in cause.sets[:MOST_PAIRS_TOLD]]
    more = len(cause.sets) - len(told)
    return [*told, f"and {more:,} pairs more"] if more else told


def grouped(changes: Sequence[Change], words: Wording) -> list[str]:
    """Changes of one sort told together, with all their rounds; the sort whose last round comes first is told first."""
    sorts: dict[tuple[Any, ...], list[int]] = {}
    for change in changes:
        sorts.setdefault((change.kind, change.state, change.event, change.stage, change.floor), []).append(change.round)
    found = []
    for (kind, state, event, stage, floor), rounds in sorts.items():
        what = what_is_taken_out(Change(rounds[0], kind, state, event, stage, floor, changes[0].forced), words)
        found.append(f"{what}, in {in_rounds(rounds)}")
    return found


def in_rounds(rounds: Sequence[int]) -> str:
    """Round 3; rounds 3, 5 and 9."""
    counted = [str(n + 1) for n in rounds]
    return f"round{'s' if len(rounds) > 1 else ''} {listed(counted)}"


def one_change(change: Change, words: Wording) -> str:
    """One change with its round."""
    return f"{what_is_taken_out(change, words)}, in {words.round(change.round)}"


def what_is_taken_out(change: Change, words: Wording) -> str:
    """What would have been otherwise, such as: Ukraine accepting what Russia proposed on “Territory”, instead of refusing."""
    if change.kind == EVENT:
        return f"the event “{words.event_titles[change.event]}” not happening"
    who, stage = words.state(change.state), words.stage_titles[change.stage]
    if change.kind == PROPOSAL:
        return f"{who} making no proposal on “{stage}”"
    if change.kind == CONSULTATION:
        return f"{who} not consulting its ally"
    offer = f"what {words.state(change.floor)} proposed on “{stage}”"
    done = {CONSENT: ("refusing", "consenting"), REFUSAL: ("accepting", "refusing")}[change.kind]
    return f"{who} {done[0]} {offer}, instead of {done[1]}"


def _pivotal(cause: Cause, words: Wording) -> str:
    if not cause.sets:
        return ""
    when = f"{words.round(cause.last)} ({words.when(cause.last)})"
    if cause.size > 1:
        return f"The last of them begins in {when}: that is the pivotal round."
    if cause.first == cause.last:
        return f"All hangs on {when}, the pivotal round."
    after = "the round of the fracture itself" if cause.last == cause.round else "after it no single move could"
    return (
        f"The first chance came in {words.round(cause.first)}, the last in {when}: that is the pivotal round; {after}."
    )


def _past_lines(cause: Cause, words: Wording) -> list[str]:
    """Consents that would have saved it, but that their states could not give."""
    if not cause.against_red_lines:
        return []
    by_state: dict[int, list[int]] = {}
    for change in cause.against_red_lines:
        by_state.setdefault(change.state, []).append(change.round)
    parts = [f"{words.state(i)} in {in_rounds(rounds)}" for i, rounds in by_state.items()]
    return [
        f"Consent by {listed(parts)} would have saved it too, but lies past a red line of its own, "
        "which no state crosses; it does not count."
    ]


def _how(cause: Cause) -> str:
    """How many counterfactuals were played, and whether the search was cut."""
    tried = "one move or event" if cause.singles == 1 else f"{number_word(cause.singles)} moves and events"
    said = f"Tried: {tried} up to the fracture, each taken out alone"
    if cause.size == 1 or not cause.of_pairs:
        return f"{said}."
    if not cause.cut:
        return f"{said}, and all {cause.of_pairs:,} pairs."
    return f"{said}, and {cause.pairs:,} of {cause.of_pairs:,} pairs, the most promising first; --pairs sets how many."


def _replay(past: Past, cause: Cause) -> list[str]:
    import shlex

    if not cause.sets:
        return []
    call = shlex.join(["wedge", "explain", saved_course(past, cause.pivotal)])
    return [f"To hear the course that the last chance opens: {call}"]
