"""What one seat sees when it is asked, in lines: the table, its own aims, what it believes of the others."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from wedge.engine.classroom.moves import TO_PROPOSE, Question
from wedge.engine.classroom.record import commitments, events_in_public, heading
from wedge.engine.model.words import DONE, LAPSED
from wedge.engine.model.world import STANDING
from wedge.engine.report.printing import Line, wrapped
from wedge.engine.report.rounds import Round
from wedge.engine.report.wording import Wording, capital, listed, per_cent, points, share

WORTH_SAYING = 0.0005  # utility below which it is not told what else weighs


class Seen:
    """The words for what one seat sees. ``width`` is that of the terminal, in letters."""

    def __init__(self, scenario: Any, words: Wording, question: Question, width: int) -> None:
        self.scenario, self.words, self.question, self.width = scenario, words, question, width
        self.table, self.names = question.table, scenario.names

    def lines(self, told: Round, whole: bool = True) -> Iterator[Line]:
        """The table; ``told`` is the round it is asked in. Unless ``whole``, what was told before is left out."""
        due = "you have the floor" if self.question.kind == TO_PROPOSE else "your answer is due"
        state = capital(self._state(self.question.state))
        when = heading(self.table.round, self.words).replace(", ", f" of {self.table.rounds}, ", 1)
        yield from self._wrapped(f"{state}. {when}: {due}.", "heading")
        for sentence in (*events_in_public(told, self.words), self.agenda(told) if whole else "", self.offered()):
            yield from self._wrapped(sentence)
        for issue in self.table.issues:
            yield from self._issue(issue) if whole else self._issue_in_short(issue)
        for sentence in (*self.worth(), commitments(self.table, self.words), self._received()):
            yield from self._wrapped(sentence)

    def other_issues(self) -> Iterator[Line]:
        """The issues that are not on the table, for those who ask for them."""
        for issue in self.names.issues:
            if issue not in self.table.issues:
                yield from self._issue(issue)

    def _wrapped(self, text: str, kind: str = "text", indent: int = 0) -> Iterator[Line]:
        yield from wrapped(text, self.width, kind, " " * indent, " " * (indent + 2 if indent else 0))

    def _state(self, name: str) -> str:
        return self.words.state(self.names.states.index(name))

    def agenda(self, told: Round) -> str:
        """What is on the table, who must sign it, and what comes later."""
        s, g = self.scenario.setting, self.names.stages.index(self.table.stage)
        seats = [i for i in self.names.display if s.seat[g, i]]
        title = self.words.stage_titles[g]
        signers = f"{self.words.states(seats)} must sign"
        if s.quota[g] < len(seats):
            signers = f"{int(s.quota[g])} of {self.words.states(seats)} must sign"
        own = "" if self.question.has_vote else "; you are heard, but have no vote"
        standing = told.then.stage[STANDING] if told.then is not None else np.zeros(len(self.names.stages))
        later = [
            f"“{self.words.stage_titles[h]}”"
            for h in range(len(self.names.stages))
            if h != g and standing[h] not in (DONE, LAPSED)
        ]
        rest = f" Still to come: {listed(later)}." if later else ""
        return f"On the table: “{title}” ({signers}{own}).{rest}"

    def offered(self) -> str:
        """Who proposes; empty for whoever has the floor."""
        if self.question.kind == TO_PROPOSE:
            return ""
        return f"{capital(self._state(self.table.proposer))} proposes:"

    def _issue(self, issue: str) -> Iterator[Line]:
        k, table = self.names.issues.index(issue), self.table
        title, now = capital(self.words.issue_titles[k]), self.words.level_in_short(k, self.question.now[issue])
        if issue in table.proposal:
            yield from self._wrapped(f"{title} [{issue}]: {self.words.level(k, table.proposal[issue])}", "text", 2)
            yield from self._wrapped(f"now: {now}", "text", 4)
        else:
            yield from self._wrapped(f"{title} [{issue}], now: {now}", "text", 2)
        if issue in self.scenario.model.states[table.state].positions:
            wish = self.words.level_in_short(k, table.ideals[issue])
            line = self.question.red_lines.get(issue)
            never = f"; your red line: nothing {'above' if line.above else 'below'} {share(line.level)}" if line else ""
            yield from self._wrapped(
                f"you want: {wish}, a matter of {per_cent(table.salience[issue])}{never}", "text", 4
            )
        else:
            yield from self._wrapped("to you it does not matter", "text", 4)
        believed = [
            f"{self._state(other)} {share(seen[issue])}"
            for other, seen in table.seen_ideals.items()
            if other != table.state and issue in self.scenario.model.states[other].positions
        ]
        if believed:
            yield from self._wrapped(f"you believe they want: {listed(believed)}", "text", 4)

    def _issue_in_short(self, issue: str) -> Iterator[Line]:
        k, table = self.names.issues.index(issue), self.table
        offered = f" {self.words.level(k, table.proposal[issue])};" if issue in table.proposal else ""
        said = f"{capital(self.words.issue_titles[k])} [{issue}]:{offered} now {share(self.question.now[issue])}"
        mine = issue in self.scenario.model.states[table.state].positions
        yield from self._wrapped(said + (f", you want {share(table.ideals[issue])}" if mine else ""), "text", 2)

    def worth(self) -> Iterator[str]:
        """What it is worth to the seat, and what else it weighs."""
        view, best, held = self.table.view, points(self.table.own_best), points(self.question.held_out_for)
        if view is None:
            yield f"Your best would be worth {best} points to you; your demand is {held} this round."
            return
        gain = points(view.surplus)
        worth = f"{gain} points more" if view.surplus >= 0 else f"{points(-view.surplus)} points less"
        signed = "To sign" if self.question.has_vote else "That it is signed"
        yield (
            f"{signed} is worth {worth} to you than what you hope for without it. Your best would be worth {best}; "
            f"your demand is {held} this round."
        )
        weighs = (
            ("the wish of those you depend on", view.pressure),
            ("your allies' losses", -view.loyalty),
            ("what you have refused in public", -view.audience),
            ("your own leaning on this matter", view.whim),
            (f"that you decide by {self.words.theory(self.names.states.index(self.question.state))}", view.tilt),
        )
        parts = [f"{what} {100 * value:+.1f}" for what, value in weighs if abs(value) > WORTH_SAYING]
        if parts:
            yield f"What else weighs, for signing (+) or against (-): {listed(parts)}."

    def _received(self) -> str:
        """How support to it stands, where it is not simply given."""
        stopped = [
            f"the support of {self._state(ally)} is {how}"
            for ally, how in self.question.received.items()
            if how != "given"
        ]
        return f"{capital(listed(stopped))}." if stopped else ""
