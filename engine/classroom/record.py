"""What everybody at the talks knows: who proposed what, who signed, what came of it. No reason that is private."""

from collections.abc import Mapping
from typing import Any

from wedge.engine.model import words as w
from wedge.engine.model import world as f
from wedge.engine.report.rounds import Answer, Round, rounds_of_run
from wedge.engine.report.wording import Wording, capital, listed, share

# What a state gives as its reason in public, or what all can see.
IN_PUBLIC = {
    w.RED_LINE: "past its red line",
    w.ALLYS_RED_LINE: "past an ally's red line",
    w.JOINT_FRONT: "closing ranks",
    w.NOT_RATIFIED: "signed at the table and refused at home",
    w.WENT_OUTSIDE: "for what it has outside the talks",
}


def rounds_before(run: Any, n: int) -> list[Round]:
    """The rounds that are over when round n is played."""
    return rounds_of_run(run._replace(moments=run.moments[:n]))


def heading(n: int, words: Wording) -> str:
    """Which round, and when."""
    return f"Round {n + 1}, {words.when(n)}"


def round_in_public(told: Round, words: Wording, with_events: bool = True) -> list[str]:
    """One round as all could follow it; nothing where nothing happened in public."""
    events = events_in_public(told, words) if with_events else []
    return [*events, *_talks(told, words), *_changes(told, words)]


def events_in_public(told: Round, words: Wording) -> list[str]:
    """The events of a round, by title."""
    return [f"Event: {words.event_titles[e]}." for e in told.happened()]


def _talks(told: Round, words: Wording) -> list[str]:
    if not told.talking or told.stage < 0 or told.floor < 0:
        return []
    who = capital(words.state(told.floor))
    if told.move == w.CONSULT:
        return [f"{who} consults {words.state(int(told.lane(f.CONSULTED)))} and proposes nothing."]
    if not told.proposes:
        return [f"{who} passes."]
    levels = levels_in_words({words.names.issues[k]: y for k, y in told.proposal.items()}, words)
    return [f"{who} proposes {levels}.", *_answers(told, words), _outcome(told, words)]


def levels_in_words(levels: Mapping[str, float], words: Wording) -> str:
    """An offer, such as: Donbas at 0.30 (nearest: “frozen line”) and …"""
    places = {words.names.issues.index(issue): level for issue, level in levels.items()}
    return listed([f"{words.issue_titles[k]} at {words.level_in_short(k, y)}" for k, y in places.items()])


def _answers(told: Round, words: Wording) -> list[str]:
    """Who signed and who refused; those without a vote apart."""
    others = [answer for answer in told.answers if answer.state != told.floor]
    said = []
    for verbs, seated in ((("signs", "sign", "refuses", "refuse"), True), (("is for it", "are for it", "is against it", "are against it"), False)):  # fmt: skip
        parts = []
        for consents, one, many in ((True, *verbs[:2]), (False, *verbs[2:])):
            some = [
                _one(answer, words) for answer in others if answer.has_seat == seated and answer.consents == consents
            ]
            if some:
                parts.append(f"{listed(some)} {one if len(some) == 1 else many}")
        if parts:
            said.append(f"{'' if seated else 'Without a vote, '}{'; '.join(parts)}.")
    return [capital(sentence) for sentence in said]


def _one(answer: Answer, words: Wording) -> str:
    why = IN_PUBLIC.get(answer.reason, "")
    return words.state(answer.state) + (f" ({why})" if why else "")


def _outcome(told: Round, words: Wording) -> str:
    return f"“{words.stage_titles[told.stage]}” is settled." if told.agreed else "It is not agreed."


def _changes(told: Round, words: Wording) -> list[str]:
    said = [f"{capital(words.state(i))} walks out of the talks." for i in told.left()]
    said += [f"“{words.stage_titles[g]}” lapses: its rounds are over." for g in told.lapsed()]
    if told.peace() != 0:
        said.append(words.war.ends if told.peace() > 0 else f"{words.war.resumes}.")
    for a in told.alliances(f.ALLIANCE_FRACTURED):
        ties = listed([words.arrow(i, j) for i, j in told.broke() if told.s.member[a, i] and told.s.member[a, j]])
        said.append(f"{capital(words.alliance_titles[a])} fractures ({ties}).")
    return said


def own_notes(told: Round, words: Wording, who: int) -> list[str]:
    """What a state knows of its own part in a round: that its red line answered for it, what became of its ties."""
    notes = []
    mine = next((answer for answer in told.answers if answer.state == who), None)
    if mine is not None and mine.reason == w.RED_LINE:
        notes.append("You were not asked: it is past your red line, and no state crosses its own.")
    for i, j in told.broke():
        if who == i:
            notes.append(f"Your commitment to {words.state(j)} has broken for good.")
        elif who == j:
            notes.append(f"{capital(words.whose(i))} commitment to you has broken for good.")
    return notes


def commitments(table: Any, words: Wording) -> str:
    """The state's own commitments to its allies."""
    states = words.names.states
    parts = [f"{words.state(states.index(ally))} {share(level)}" for ally, level in table.commitment.items()]
    return f"Your commitments: {listed(parts)}." if parts else ""
