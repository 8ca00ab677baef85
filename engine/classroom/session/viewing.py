"""What each page may show of a session, made from the question its seat is asked and from the public record."""

from collections.abc import Collection
from typing import Any

from wedge.engine.classroom.moves import TO_ANSWER, TO_PROPOSE, Question
from wedge.engine.classroom.record import events_in_public, heading, levels_in_words, own_notes, round_in_public
from wedge.engine.classroom.session import seen
from wedge.engine.classroom.session.log import BACK, CALLED
from wedge.engine.classroom.session.seen import Named
from wedge.engine.classroom.session.session import ENGINE, OPEN, OVER, Person, Remark, Session
from wedge.engine.classroom.table import Seen
from wedge.engine.model.numbers import BREAKS_BELOW
from wedge.engine.model.world import ALLIANCE_FRACTURED, COMMITMENT_NOW, FRACTURE_ROUND, HELD_BACK, SUSPENDED
from wedge.engine.report.rounds import Round, rounds_of_run
from wedge.engine.report.wording import Wording, capital, per_cent

THE_TEACHER, THE_ENGINE, SOMEBODY = "the teacher", "the engine", "somebody who left"
WIDE = 10_000  # letters: pages break lines by themselves


class Viewing:
    """The views of one session. What does not differ from seat to seat is made once for each state of the session.

    Raises GameError where the game cannot be played.
    """

    def __init__(self, session: Session) -> None:
        self.session, self.scenario = session, session.scenario
        self.words, self.names = Wording(session.scenario), session.scenario.names
        self._turns = -1
        self._rounds: list[Round] = []
        self._public: list[tuple[str, tuple[str, ...]]] = []

    def forget(self) -> None:
        """Let go of what can be made again."""
        self._turns, self._rounds, self._public = -1, [], []

    # What everybody may see.

    def _told(self) -> list[Round]:
        """The rounds played so far, with the one that waits at the end."""
        session = self.session
        if session.turns != self._turns:
            self._turns = session.turns
            self._rounds = rounds_of_run(session.game.so_far()) if session.game is not None else []
            self._public = [
                (heading(told.n, self.words), tuple(round_in_public(told, self.words))) for told in self._rounds
            ]
        return self._rounds

    def _over(self) -> list[Round]:
        """The rounds that are over."""
        told, game = self._told(), self.session.game
        return told[: game.round] if game is not None else []

    def clock(self, now: float) -> seen.Clock | None:
        """Where the game is in time."""
        session = self.session
        if session.game is None:
            return None
        rounds, n = int(self.scenario.setting.rounds), self._round()
        return seen.Clock(n + 1, rounds, self.words.when(n), session.left(now), session.paused)

    def _round(self) -> int:
        """The round that waits, from 0; once nothing does, the last in which something happened."""
        self._told()
        game, last = self.session.game, int(self.scenario.setting.rounds) - 1
        if game is None or game.round <= last:
            return 0 if game is None else game.round
        return next((n for n in range(last, -1, -1) if self._public[n][1]), last)

    def awaited(self) -> tuple[seen.Awaited, ...]:
        """Who is asked now, and who has answered."""
        return tuple(
            seen.Awaited(self._state(one.state), one.state in self.session.sealed) for one in self.session.questions()
        )

    def this_round(self, with_offer: bool = True) -> tuple[str, ...]:
        """What all can see of the round that waits: why it is asked anew, its events, the offer that lies on the table."""
        questions = self.session.questions()
        if not questions:
            return ()
        said = [self._undone(), *events_in_public(self._told()[questions[0].table.round], self.words)]
        table = next((one.table for one in questions if one.kind == TO_ANSWER), None)
        if table is not None and with_offer:
            who = capital(self.words.state(self.names.states.index(table.proposer)))
            said.append(f"{who} proposes {levels_in_words(table.proposal, self.words)}.")
        return tuple(filter(None, said))

    def _undone(self) -> str:
        """Why what was answered counts no more."""
        undone = self.session.undone
        if undone.why == CALLED:
            title = self.names.event_titles[self.names.events.index(undone.event)]
            return f"The teacher let an event happen: {title}. What was answered in this round no longer counts."
        return f"The teacher stepped back: round {undone.round + 1} is played anew." if undone.why == BACK else ""

    def outcome(self) -> tuple[str, ...]:
        """How it ended: what was last told in public, and what became of each alliance."""
        session = self.session
        if session.status != OVER or session.game is None:
            return ()
        told = [self._public[one.n] for one in self._over() if self._public[one.n][1]]
        when, said = told[-1] if told else ("", ())
        early = ("The teacher ended it here.",) if session.game.waiting() else ()
        return (*early, *((f"{when}: {said[-1]}",) if said else ()), *self._alliances())

    def _alliances(self) -> tuple[str, ...]:
        broken = {
            a: told.n
            for told in self._over()
            for a in range(len(self.names.alliances))
            if a in told.alliances(ALLIANCE_FRACTURED)
        }
        game, rounds = self.session.game, int(self.scenario.setting.rounds)
        early = game is not None and game.waiting()
        held = f"held so far ({len(self._over())} of {rounds} rounds were played)" if early else "held to the end"
        return tuple(
            f"{capital(title)} {f'fractured in round {broken[a] + 1}' if a in broken else held}."
            for a, title in enumerate(self.words.alliance_titles)
        )

    def _state(self, name: str) -> Named:
        return Named(name, self.names.state_titles[self.names.states.index(name)])

    # What a seat may see.

    def seat(self, person: Person, here: Collection[str], now: float, debrief: bool) -> seen.SeatView:
        """What a person's page shows. ``here`` are the keys of people whose page is open."""
        session, seat = self.session, person.seat
        question = session.question_for(seat)
        taken = session.playable if session.game is None else session.game.seats
        mates = [one for one in session.at_seat(seat) if one.key != person.key] if seat else []
        return seen.SeatView(
            session=session.key,
            title=session.title,
            scenario=self.words.name,
            summary=self.words.summary,
            status=session.status,
            person=person.name,
            seat=self._state(seat) if seat else None,
            seats=tuple((self._state(one), len(session.at_seat(one))) for one in taken),
            may_choose=session.game is None and not person.has_read,
            mates=tuple(seen.Mate(one.name, one.key in here) for one in mates),
            chance=person.chance,
            clock=self.clock(now),
            round=self.this_round(question is None or question.kind == TO_PROPOSE),
            by_engine=seat in session.engine,
            awaited=self.awaited(),
            asked=self.asked(seat) if seat else None,
            ties=self.ties(seat) if seat else (),
            history=self._history(seat),
            statements=self._statements(lambda one: not one.to or (bool(seat) and seat in (one.to, one.state))),
            others=tuple(self._state(name) for name in self.names.states if name != seat) if seat else (),
            outcome=self.outcome(),
            debrief=debrief and session.shown,
            ended=session.ended,
        )

    def asked(self, seat: str) -> seen.Asked | None:
        """What a seat must decide now."""
        question = self.session.question_for(seat)
        if question is None:
            return None
        told = self._told()[question.table.round]
        lines = Seen(self.scenario, self.words, question, WIDE)
        who = capital(self.words.state(self.names.states.index(seat)))
        due = f"{who} has the floor." if question.kind == TO_PROPOSE else f"{lines.offered()[:-1]}. Your answer is due."
        on_table = question.table.issues
        return seen.Asked(
            key=self.session.asked_key(question),
            kind=question.kind,
            heading=due,
            agenda=lines.agenda(told),
            issues=tuple(self._issue(question, issue) for issue in on_table),
            other_issues=tuple(self._issue(question, issue) for issue in self.names.issues if issue not in on_table),
            worth=tuple(lines.worth()),
            has_vote=question.has_vote,
            may_leave=question.may_leave,
            may_consult=tuple(self._state(ally) for ally in question.may_consult),
            sealed=self._sealed(seat),
        )

    def _issue(self, question: Question, issue: str) -> seen.IssueOnTable:
        k, table = self.names.issues.index(issue), question.table
        matters = issue in self.scenario.model.states[table.state].positions
        proposed, line = table.proposal.get(issue), question.red_lines.get(issue)
        believed = [
            (self._state(other).title, float(ideals[issue]))
            for other, ideals in table.seen_ideals.items()
            if other != table.state and issue in self.scenario.model.states[other].positions
        ]
        return seen.IssueOnTable(
            key=issue,
            title=self.names.issue_titles[k],
            named=tuple(self.words.levels[k].items()),
            now=question.now[issue],
            now_in_words=self.words.level_in_short(k, question.now[issue]),
            proposed=proposed,
            proposed_in_words=self.words.level(k, proposed) if proposed is not None else "",
            wanted=float(table.ideals[issue]) if matters else None,
            importance=per_cent(table.salience[issue]) if matters else "",
            red_line=line.level if line is not None else None,
            red_line_above=line is not None and line.above,
            lowest=question.lowest.get(issue, 0.0),
            believed=tuple(believed),
            share_of=next((", ".join(group) for group in question.shares if issue in group), ""),
        )

    def _sealed(self, seat: str) -> seen.Sealed | None:
        sealed = self.session.sealed.get(seat)
        if sealed is None:
            return None
        move = sealed.move
        levels = tuple(
            (self.names.issue_titles[self.names.issues.index(issue)], float(level))
            for issue, level in move.levels.items()
        )
        ally = self._state(move.ally).title if move.ally else ""
        return seen.Sealed(move.said, levels, ally, "" if sealed.person == ENGINE else self._called(sealed.person))

    def _called(self, person: str) -> str:
        one = self.session.people.get(person) or self.session.removed.get(person)
        return one.name if one is not None else SOMEBODY

    def ties(self, seat: str) -> tuple[seen.OwnTie, ...]:
        """The seat's own commitments, as they stood when the round began."""
        session, s = self.session, self.scenario.setting
        if session.game is None:
            return ()
        run, n, i = session.game.so_far(), session.game.round, self.names.states.index(seat)
        then = run.moments[n - 1].tie if n > 0 else None
        found = []
        for j, ally in enumerate(self.names.states):
            if s.tie[i, j] == 0 and s.tie[j, i] == 0:
                continue
            own = s.tie[i, j] == 1
            level = run.moments[0].before[i, j] if then is None else then[COMMITMENT_NOW, i, j]
            found.append(
                seen.OwnTie(
                    ally=self._state(ally).title,
                    commitment=float(level) if own else 0.0,
                    breaks_below=float(run.numbers.tie[BREAKS_BELOW, i, j, 0]) if own else 0.0,
                    support=_support(then, i, j) if own else "",
                    received=_support(then, j, i) if s.tie[j, i] == 1 else "",
                )
            )
        return tuple(found)

    def _history(self, seat: str) -> tuple[seen.Told, ...]:
        rounds = self._over()
        who = self.names.states.index(seat) if seat else -1
        found = [
            seen.Told(
                self._public[told.n][0],
                self._public[told.n][1],
                (*self._said_by_engine(told.n, seat), *own_notes(told, self.words, who)) if seat else (),
            )
            for told in rounds
        ]
        return tuple(one for one in reversed(found) if one.sentences or one.own)

    def _said_by_engine(self, n: int, seat: str) -> tuple[str, ...]:
        """What the engine said in the place of whoever has the seat, in round n."""
        moves = self.session.game.moves if self.session.game is not None else []
        mine = [move for move in moves if move.stood_in and (move.round, move.state) == (n, seat)]
        return tuple(f"The engine answered in your place: {move.said}." for move in mine)

    def _statements(self, may_see: Any) -> tuple[seen.Statement, ...]:
        return tuple(
            self._statement(number, one)
            for number, one in reversed(list(enumerate(self.session.remarks)))
            if may_see(one)
        )

    def _statement(self, number: int, one: Remark) -> seen.Statement:
        by = self._called(one.person) if one.person else THE_TEACHER
        state = self._state(one.state).title if one.state else THE_TEACHER
        n = one.round + 1 if one.round < self.scenario.setting.rounds else 0
        return seen.Statement(number, n, by, state, self._state(one.to).title if one.to else "", one.text)

    # What the teacher may see: all of it.

    def teacher(
        self,
        address: str,
        here: Collection[str],
        now: float,
        debrief: str = "",
        debrief_said: str = "",
        trouble: str = "",
    ) -> seen.TeacherView:
        """What the teacher's page shows."""
        session = self.session
        seats = session.playable if session.game is None else session.game.seats
        others = [name for name in self.names.states if name not in seats] if session.status != OPEN else []
        return seen.TeacherView(
            session=session.key,
            code=session.code,
            address=address,
            title=session.title,
            scenario=self.words.name,
            status=session.status,
            seed=session.seed,
            world=session.world,
            seconds=int(session.seconds) if session.seconds is not None else None,
            clock=self.clock(now),
            round=self.this_round(),
            awaited=self.awaited(),
            seats=tuple(self._seat_seen(seat, here) for seat in seats),
            engine=tuple(self._state(name) for name in others),
            unseated=tuple(self._person(one, here) for one in session.people.values() if not one.seat),
            history=self._history(""),
            statements=self._statements(lambda one: True),
            events=self._events(),
            outcome=self.outcome(),
            debrief=debrief,
            debrief_said=debrief_said,
            debrief_shown=session.shown,
            trouble=trouble,
            ended=session.ended,
        )

    def _seat_seen(self, seat: str, here: Collection[str]) -> seen.SeatSeen:
        people = tuple(self._person(one, here) for one in self.session.at_seat(seat))
        by_engine = seat in self.session.engine
        return seen.SeatSeen(self._state(seat), people, by_engine, self.asked(seat), self.ties(seat))

    def _person(self, one: Person, here: Collection[str]) -> seen.PersonSeen:
        seat = self._state(one.seat) if one.seat else None
        return seen.PersonSeen(one.key, one.name, seat, one.chance, one.key in here)

    def _events(self) -> tuple[tuple[Named, bool], ...]:
        rounds = self._told()
        happened = {e for told in rounds for e in told.happened()}
        titles = zip(self.names.events, self.names.event_titles, strict=True)
        return tuple((Named(key, title), e in happened) for e, (key, title) in enumerate(titles))


def _support(tie: Any, i: int, j: int) -> str:
    """How the support of state i to state j stands."""
    if tie is None:
        return "given"
    if tie[FRACTURE_ROUND, i, j] >= 0.0:
        return "broken off"
    return "withheld" if tie[SUSPENDED, i, j] == 1.0 or tie[HELD_BACK, i, j] == 1.0 else "given"
