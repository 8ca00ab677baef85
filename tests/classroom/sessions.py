"""Sessions made for tests: a small scenario, people in its seats."""

from typing import Any

from wedge.engine.classroom.session import log
from wedge.engine.classroom.session.log import Entry
from wedge.engine.classroom.session.session import Session

SEED, WORLD = 3, 5


class Class:
    """A session whose entries are kept as the store would keep them."""

    def __init__(self, scenario: Any, seconds: float | None = None, seats: tuple[str, ...] = ()) -> None:
        made = {"title": "Monday", "code": "BCDFGH", "seed": SEED, "world": WORLD, "other": "", "seconds": seconds}
        self.made = Entry(0.0, log.MADE, {**made, "seats": list(seats or scenario.names.states)})
        self.session, self.entries, self.now = Session("key", scenario, self.made), [], 0.0

    def do(self, entry: Entry) -> Entry:
        """It happens."""
        self.entries.append(entry)
        self.session.apply(entry)
        return entry

    def come(self, **seats: str) -> "Class":
        """People come in and take seats, such as ``ann="anvil"``."""
        for name, seat in seats.items():
            self.do(self.session.join(self.now, name, name.title(), 0.25, f"token of {name}"))
            if seat:
                self.do(self.session.sit(self.now, name, seat))
        return self

    def start(self) -> "Class":
        """Play begins."""
        self.do(self.session.start(self.now))
        return self

    def answer(self, person: str, said: str = "", **rest: Any) -> Entry:
        """A person says something to what their seat is asked: no, or pass, unless told."""
        session = self.session
        question = session.question_for(session.people[person].seat)
        assert question is not None, f"{person} is not asked"
        said = said or ("no" if question.kind == "answer" else "pass")
        return self.do(session.answer(self.now, person, session.asked_key(question), {"said": said, **rest}))

    def round(self) -> None:
        """Everybody who is asked says no, or passes, until the round is over."""
        session = self.session
        assert session.game is not None
        n = session.game.round
        while session.missing() and session.game.round == n:
            self.answer(session.at_seat(session.missing()[0].state)[0].key)

    def again(self) -> Session:
        """The same session, read from its log."""
        other = Session("key", self.session.scenario, self.made)
        other.apply_all(self.entries)
        return other
