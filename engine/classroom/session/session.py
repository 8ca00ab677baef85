"""A session: a class that plays a game. It holds its log's state; it knows neither pages nor clocks."""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import NO, OFFER, PASS_ON, TO_ANSWER, YES, GameError, Move, Question, rows_of
from wedge.engine.classroom.saving import read_move
from wedge.engine.classroom.session import log
from wedge.engine.classroom.session.log import Entry
from wedge.engine.model.words import ACCEPT, CONCEDE
from wedge.engine.scenario.problems import meant, shown

OPEN, PLAYING, PAUSED, OVER = "open", "playing", "paused", "over"
LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE = 40, 500, 80  # letters
MOST_PEOPLE, MOST_STATEMENTS = 200, 2000  # of one session
SHORTEST_TIMER, LONGEST_TIMER = 10, 3600  # seconds
ENGINE = ""  # who answers where nobody does


@dataclass
class Person:
    """Somebody who joined: a student, or several with one screen."""

    key: str
    name: str
    chance: float | None  # predicted, before the game, that an alliance fractures
    token: str  # the hash of what proves who they are
    seat: str = ""  # the state's name; empty before one is taken
    has_read: bool = False  # whether they know what one seat alone knows


class Sealed(NamedTuple):
    """What a seat has answered while others are awaited."""

    move: Move
    person: str  # its key, or ENGINE


class Undone(NamedTuple):
    """Why what was answered in a round counts no more."""

    why: str  # CALLED or BACK, as in the log; empty where nothing was undone
    event: str  # that was called
    round: int  # from 0


class Remark(NamedTuple):
    """A statement in words."""

    round: int  # from 0; -1 before the game
    person: str  # its key; empty for the teacher
    state: str  # it was said for; empty for the teacher
    to: str  # the state it was said to; empty where to all
    text: str


def hashed(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Session:
    """What has happened so far in one session. Acts check and return an entry; ``apply`` takes it in.

    An act raises GameError, and nothing changes, where it cannot be done. Only what ``apply`` was given has happened.
    """

    def __init__(self, key: str, scenario: Any, made: Entry) -> None:
        data = made.data
        self.key, self.scenario = key, scenario
        self.title, self.code = str(data["title"]), str(data["code"])
        self.seed, self.world, self.other = int(data["seed"]), int(data["world"]), str(data["other"])
        self.playable = tuple(data["seats"])  # states that people may play
        self.seconds: float | None = data["seconds"]
        self.people: dict[str, Person] = {}
        self.removed: dict[str, Person] = {}
        self.game: Game | None = None
        self.sealed: dict[str, Sealed] = {}
        self.engine: set[str] = set()  # seats of people for which the engine answers
        self.remarks: list[Remark] = []
        self.ended = self.shown = False
        self.version = 1  # entries taken in
        self.turns = 0  # changes of what is asked
        self.undone = Undone("", "", -1)  # what the teacher did that made it be asked anew, if that was the last change
        self._since = made.at  # since when the clock runs for what is asked
        self._used: float | None = None  # seconds used of it, while paused

    # What is so.

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return self._used is not None

    @property
    def status(self) -> str:
        """OPEN, PLAYING, PAUSED or OVER."""
        if self.ended:
            return OVER
        if self.game is None:
            return OPEN
        if self.game.over:
            return OVER
        return PAUSED if self.paused else PLAYING

    def questions(self) -> list[Question]:
        """What is asked now, sealed or not."""
        return self.game.waiting() if self.game is not None and not self.ended else []

    def question_for(self, seat: str) -> Question | None:
        """What this seat is asked now."""
        return next((one for one in self.questions() if one.state == seat), None)

    def asked_key(self, question: Question) -> str:
        """What an answer must carry, so that it counts for this question only: ``r3-answer-5``, of the fifth turn."""
        return f"r{question.table.round + 1}-{question.kind}-{self.turns}"

    def missing(self) -> list[Question]:
        """What is asked and not yet answered."""
        return [one for one in self.questions() if one.state not in self.sealed]

    def left(self, now: float) -> float | None:
        """Seconds until the engine answers for those who are missing; None where no clock runs."""
        if self.seconds is None or not self.questions():
            return None
        used = self._used if self._used is not None else now - self._since
        return max(0.0, self.seconds - used)

    def person_by(self, token: str) -> Person | None:
        """Whose token it is."""
        wanted = hashed(token)
        return next((one for one in self.people.values() if one.token == wanted), None)

    def at_seat(self, seat: str) -> list[Person]:
        """Who holds a seat."""
        return [one for one in self.people.values() if one.seat == seat]

    # Acts.

    def join(self, at: float, person: str, name: str, chance: float | None, token: str) -> Entry:
        """Somebody comes in, with what they predict."""
        name = tidy(name, LONGEST_NAME)
        if not name:
            raise GameError("a name is missing", "write what others should call you")
        if chance is not None and not (math.isfinite(chance) and 0.0 <= chance <= 1.0):
            raise GameError("the prediction is off the scale", "it goes from 0 to 100 %")
        if any(one.name.casefold() == name.casefold() for one in self.people.values()):
            raise GameError(f"somebody is called {shown(name)} already", "take another name")
        if len(self.people) >= MOST_PEOPLE:
            raise GameError("the session is full", "ask the teacher")
        data = {"person": person, "name": name, "chance": chance, "token": hashed(token)}
        return Entry(at, log.JOINED, data)

    def take_seat(self, at: float, person: str, seat: str) -> Entry:
        """Somebody takes a seat or stands up, as long as they know nothing that another seat must not know."""
        one = self._person(person)
        if self.game is not None:
            raise GameError("the game has begun: only the teacher gives seats now", "ask the teacher")
        if one.has_read and seat != one.seat:
            raise GameError("you have read a role sheet, and keep your seat", "ask the teacher")
        return self.sit(at, person, seat)

    def read_role(self, at: float, person: str) -> Entry:
        """Somebody reads the role sheet of their seat."""
        if not self._person(person).seat:
            raise GameError("you have no seat yet", "take one first")
        return Entry(at, log.READ, {"person": person})

    def sit(self, at: float, person: str, seat: str) -> Entry:
        """The teacher gives somebody a seat, or takes it; once the game runs, only a seat that people play."""
        self._person(person)
        known = self.playable if self.game is None else self.game.seats
        if seat and seat not in known:
            raise GameError(f"{shown(seat)} is no seat that people play", meant(seat, known))
        return Entry(at, log.SAT, {"person": person, "seat": seat})

    def remove(self, at: float, person: str) -> Entry:
        """Somebody is shown out; their token counts no more."""
        self._person(person)
        return Entry(at, log.REMOVED, {"person": person})

    def start(self, at: float) -> Entry:
        """Play begins: states at whose seats people sit are theirs, the others their policies'."""
        if self.game is not None:
            raise GameError("the game has begun already")
        seats = [seat for seat in self.playable if self.at_seat(seat)]
        if not seats:
            raise GameError("nobody has taken a seat yet", "wait until somebody has")
        self._tried(seats)
        return Entry(at, log.STARTED, {"seats": seats})

    def answer(self, at: float, person: str, asked: str, said: Mapping[str, Any]) -> Entry:
        """A person answers for their seat. It stays sealed, and may be changed, until all who are asked have answered."""
        one = self._person(person)
        if self.paused:
            raise GameError("the game is paused", "wait until it goes on")
        question = self.question_for(one.seat)
        if question is None or asked != self.asked_key(question):
            raise GameError("that question is over", "look at what is asked now")
        return self._answered(at, person, question, move_from(question, said))

    def stand_in(self, at: float, state: str) -> Entry:
        """The engine answers for a seat: what a sincere policy would do there."""
        question = self.question_for(state)
        if question is None or self.game is None:
            raise GameError(f"{shown(state)} is not asked")
        try:
            return self._answered(at, ENGINE, question, sincere(self.game, question)._replace(stood_in=True))
        except GameError:  # an offer that no person could make either
            plainest = NO if question.kind == TO_ANSWER else PASS_ON
            return self._answered(at, ENGINE, question, Move(question.table.round, state, plainest, stood_in=True))

    def _answered(self, at: float, person: str, question: Question, move: Move) -> Entry:
        rows_of(move, question, self.scenario)
        completes = all(one.state == question.state for one in self.missing())
        if completes and self.game is not None:
            self._tried(self.game.seats, [*self.game.moves, *(one.move for one in self.sealed.values()), move])
        plain = move._asdict() | {"levels": dict(move.levels)}
        data = {"person": person, "asked": self.asked_key(question), "move": plain, "completes": completes}
        return Entry(at, log.ANSWERED, data)

    def _tried(self, seats: Sequence[str], moves: Sequence[Move] = ()) -> None:
        """Raise GameError where policies from files cannot play on; all others can."""
        if self.scenario.outsiders:
            Game(self.scenario, self.seed, self.world, seats, moves, self.game.called if self.game else ()).waiting()

    def say(self, at: float, person: str, to: str, text: str) -> Entry:
        """A statement, to all or to one seat; by the teacher where ``person`` is empty."""
        text = tidy(text, LONGEST_TEXT)
        if not text:
            raise GameError("there is nothing to say yet", "write something")
        state = self._person(person).seat if person else ""
        if person and not state:
            raise GameError("take a seat first", "whoever speaks, speaks for a state")
        if to and (to not in self.scenario.names.states or to == state):
            raise GameError(f"{shown(to)} cannot be spoken to", "speak to all, or to another state")
        if len(self.remarks) >= MOST_STATEMENTS:
            raise GameError("this session has heard enough", "no more is kept")
        n = self.game.round if self.game is not None else -1
        return Entry(at, log.SAID, {"round": n, "person": person, "state": state, "to": to, "text": text})

    def call(self, at: float, event: str) -> Entry:
        """The teacher lets an event happen in this round. Answers of the round are taken back: the table has changed."""
        game = self._running()
        trial = Game(self.scenario, self.seed, self.world, game.seats, game.moves, game.called)
        called = trial.call(event)
        return Entry(at, log.CALLED, {"event": event, "round": called.round})

    def back(self, at: float, n: int) -> Entry:
        """All from round n (from 0) on is taken back, and that round is played anew."""
        if self.ended:
            raise GameError("the game was ended for good", "make another session to play on")
        if self.game is None:
            raise GameError("there is nothing to take back")
        if not 0 <= n <= min(self.game.round, self.scenario.setting.rounds - 1):
            last = min(self.game.round, self.scenario.setting.rounds - 1) + 1
            raise GameError(f"round {n + 1} has not been played", f"rounds go from 1 to {last}")
        return Entry(at, log.BACK, {"round": n})

    def pause(self, at: float) -> Entry:
        """The clock stands still, and no answers are taken."""
        self._running()
        if self.paused:
            raise GameError("the game is paused already")
        return Entry(at, log.PAUSED, {})

    def resume(self, at: float) -> Entry:
        """The clock runs on."""
        if not self.paused:
            raise GameError("the game is not paused")
        return Entry(at, log.RESUMED, {})

    def time(self, at: float, seconds: float | None) -> Entry:
        """A new timer for each question, which starts now; None: no timer."""
        if seconds is not None and not SHORTEST_TIMER <= seconds <= LONGEST_TIMER:
            raise GameError("the timer is out of bounds", f"{SHORTEST_TIMER} to {LONGEST_TIMER} seconds, or none")
        return Entry(at, log.TIMED, {"seconds": seconds})

    def hand_over(self, at: float, state: str, on: bool) -> Entry:
        """The engine answers for a seat from now on, or no longer does."""
        known = self.game.seats if self.game is not None else ()
        if state not in known:
            raise GameError(f"{shown(state)} is no seat that people play", meant(state, known))
        return Entry(at, log.ENGINE, {"state": state, "on": on})

    def end(self, at: float) -> Entry:
        """No more is played."""
        if self.game is None or self.ended:
            raise GameError("there is no game to end")
        return Entry(at, log.ENDED, {})

    def show(self, at: float, on: bool) -> Entry:
        """People may read the debrief, or no longer may."""
        return Entry(at, log.SHOWN, {"on": on})

    def due(self, now: float) -> str | None:
        """A seat for which the engine must answer now: it was handed over, or its time is over."""
        if (self.seconds is None and not self.engine) or self.status != PLAYING:
            return None
        late = self.left(now) == 0.0
        return next((one.state for one in self.missing() if late or one.state in self.engine), None)

    def _person(self, person: str) -> Person:
        if person not in self.people:
            raise GameError("you are not in this session", "join again")
        return self.people[person]

    def _running(self) -> Game:
        if self.game is None or self.status == OVER:
            raise GameError("no game is being played")
        return self.game

    # Taking in what happened.

    def apply(self, entry: Entry) -> None:
        """Take in an entry that one of the acts above returned, or that was read from the log."""
        self.version += 1
        _TAKEN_IN[entry.kind](self, entry)

    def apply_all(self, entries: Iterable[Entry]) -> None:
        """Take in a log, after its first entry."""
        for entry in entries:
            self.apply(entry)

    def _joined(self, entry: Entry) -> None:
        data = entry.data
        said = data["chance"] if self.game is None else None  # what is said once the game runs is no prediction
        self.people[data["person"]] = Person(data["person"], data["name"], said, data["token"])

    def _sat(self, entry: Entry) -> None:
        self.people[entry.data["person"]].seat = entry.data["seat"]

    def _role_read(self, entry: Entry) -> None:
        self.people[entry.data["person"]].has_read = True

    def _removed(self, entry: Entry) -> None:
        self.removed[entry.data["person"]] = self.people.pop(entry.data["person"])

    def _started(self, entry: Entry) -> None:
        self.game = Game(self.scenario, self.seed, self.world, entry.data["seats"])
        self._new_turn(entry.at)

    def _answer_taken(self, entry: Entry) -> None:
        move = read_move(entry.data["move"])._replace(stood_in=entry.data["person"] == ENGINE)
        self.sealed[move.state] = Sealed(move, entry.data["person"])
        if entry.data["completes"] and self.game is not None:
            self.game.take([sealed.move for sealed in self.sealed.values()])
            self._new_turn(entry.at)

    def _remarked(self, entry: Entry) -> None:
        data = entry.data
        self.remarks.append(Remark(data["round"], data["person"], data["state"], data["to"], data["text"]))

    def _called(self, entry: Entry) -> None:
        if self.game is not None:
            self.game.take_call(entry.data["event"], entry.data["round"])
        self._new_turn(entry.at)
        self.undone = Undone(log.CALLED, entry.data["event"], entry.data["round"])

    def _taken_back(self, entry: Entry) -> None:
        if self.game is not None:
            self.game.back_to(entry.data["round"])
        self.shown = False  # another game has another debrief, which the teacher reads first
        self._new_turn(entry.at)
        self.undone = Undone(log.BACK, "", entry.data["round"])

    def _paused(self, entry: Entry) -> None:
        self._used = entry.at - self._since

    def _resumed(self, entry: Entry) -> None:
        self._since, self._used = entry.at - (self._used or 0.0), None

    def _timed(self, entry: Entry) -> None:
        self.seconds, self._since = entry.data["seconds"], entry.at
        self._used = None if self._used is None else 0.0

    def _handed_over(self, entry: Entry) -> None:
        (self.engine.add if entry.data["on"] else self.engine.discard)(entry.data["state"])

    def _ended(self, entry: Entry) -> None:
        self.ended, self.sealed = True, {}

    def _shown(self, entry: Entry) -> None:
        self.shown = bool(entry.data["on"])

    def _new_turn(self, at: float) -> None:
        self.turns += 1
        self.sealed, self.undone = {}, Undone("", "", -1)
        self._since = at
        self._used = None if self._used is None else 0.0


_TAKEN_IN = {
    log.JOINED: Session._joined, log.SAT: Session._sat, log.READ: Session._role_read, log.REMOVED: Session._removed, log.STARTED: Session._started,
    log.ANSWERED: Session._answer_taken, log.SAID: Session._remarked, log.CALLED: Session._called,
    log.BACK: Session._taken_back, log.PAUSED: Session._paused, log.RESUMED: Session._resumed, log.TIMED: Session._timed,
    log.ENGINE: Session._handed_over, log.ENDED: Session._ended, log.SHOWN: Session._shown,
}  # fmt: skip


def tidy(text: str, longest: int) -> str:
    """What a person typed, on one line, without anything that cannot be printed, and not longer than that."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest].strip()


def move_from(question: Question, said: Mapping[str, Any]) -> Move:
    """The move a page sent. Raises GameError for what is none."""
    word, levels, ally = said.get("said"), said.get("levels") or {}, said.get("ally") or ""
    if not isinstance(word, str) or not isinstance(levels, Mapping) or not isinstance(ally, str):
        raise GameError("that is no answer", "answer on the page")
    return Move(question.table.round, question.state, word, dict(levels) if word == OFFER else {}, ally)


def sincere(game: Game, question: Question) -> Move:
    """What a sincere policy would do in a seat."""
    advice, n, state = game.advice(question), question.table.round, question.state
    if question.kind == TO_ANSWER:
        return Move(n, state, YES if advice.stance in (ACCEPT, CONCEDE) else NO)
    return Move(n, state, OFFER, dict(advice.levels)) if advice.levels else Move(n, state, PASS_ON)
