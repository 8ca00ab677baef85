"""The room: all sessions of a server, their logs, the pages open on each, and the clock that runs for them."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from wedge.agents.policy_file import PolicyError
from wedge.engine.classroom.game import check_seat
from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.roles import role_page, role_sheet
from wedge.engine.classroom.session import log
from wedge.engine.classroom.session.log import Entry
from wedge.engine.classroom.session.session import Session, tidy
from wedge.engine.classroom.session.store import Store
from wedge.engine.classroom.session.viewing import Viewing
from wedge.engine.classroom.web import pages
from wedge.engine.classroom.web.connections import Connection
from wedge.engine.classroom.web.debriefing import Debriefing
from wedge.engine.classroom.web.doors import Doors, new_code, new_key, new_token
from wedge.engine.model.provenance import rules_hash
from wedge.engine.scenario import load
from wedge.engine.scenario.changes import OPTIONS, Change
from wedge.engine.scenario.problems import ScenarioError, meant, shown

TICK = 0.25  # seconds between two looks at the clocks
MOST_SESSIONS = 500
MOST_PAGES, MOST_PAGES_EACH = 1000, 8  # open at once: in all, and of one person
LONGEST_TITLE = 80
MOST_AT_ONCE = 8  # answers by the engine between two looks at the pages


@dataclass
class Hall:
    """One session with what belongs to it while the server runs."""

    session: Session
    viewing: Viewing
    debriefing: Debriefing
    pages: list[Connection] = field(default_factory=list)
    trouble: str = ""  # what keeps the game from going on: a policy from a file that fails

    def note_trouble(self, error: GameError) -> None:
        """Let the teacher see how a policy has failed."""
        if isinstance(error.__cause__, PolicyError) and self.trouble != error.message:
            self.trouble = error.message
            self.changed()

    @property
    def here(self) -> set[str]:
        """The keys of people whose page is open."""
        return {page.person for page in self.pages}

    def rest(self) -> None:
        """Nobody looks any more: what can be made again is let go."""
        self.viewing.forget()
        if self.session.game is not None:
            self.session.game.forget()

    def role_sheets(self, back: str, *states: str) -> str:
        """The role sheets of these states, or of all seats that people play, as a page with a way ``back``."""
        session = self.session
        sheets = [
            role_sheet(session.scenario, state, session.seed, session.world) for state in states or session.playable
        ]
        return role_page(sheets, back=back)

    def changed(self) -> None:
        """Every open page looks again."""
        for page in self.pages:
            page.changed()


def seats_of(scenario: Any) -> list[str]:
    """The states that people can play: not those whose policy comes from a file."""
    return [state for i, state in enumerate(scenario.names.states) if i not in scenario.outsiders]


class Lost(NamedTuple):
    """A session that cannot be taken up."""

    key: str
    title: str
    why: str


class Room:
    """All that the server knows. Its acts are done one after the other; each is on the disk before anybody hears of it."""

    def __init__(self, folder: Path, scenarios: Sequence[Any], teacher: str) -> None:
        self.folder, self.teacher = folder, teacher
        self.scenarios = {scenario.called: scenario for scenario in scenarios}
        self.store = Store(folder)
        self.doors = Doors(time.monotonic)
        self.halls: dict[str, Hall] = {}
        self.lost: list[Lost] = []
        for key in self.store.sessions():
            self._take_up(key)

    def warm_up(self) -> None:
        """Load what the first class would else wait for: one round is played and shown to nobody."""
        scenario = next(iter(self.scenarios.values()))
        data = {"title": "", "code": "", "seed": 0, "world": 0, "other": "", "seconds": None}
        seats = seats_of(scenario)
        if not seats:
            return
        session = Session("", scenario, Entry(0.0, log.MADE, {**data, "seats": seats}))
        for state in seats:
            session.apply(session.join(0.0, state, state, None, state))
            session.apply(session.sit(0.0, state, state))
        session.apply(session.start(0.0))
        viewing = Viewing(session)
        for person in session.people.values():
            pages.seat_page(viewing.seat(person, (), 0.0, False))
        pages.teacher_page(viewing.teacher("", (), 0.0), "")

    def _take_up(self, key: str) -> None:
        entries = self.store.entries(key)
        made = next(entries)
        try:
            hall = self._hall(key, made)
            hall.session.apply_all(entries)
            hall.session.questions()
        except (GameError, ScenarioError, LookupError, TypeError, ValueError) as error:
            why = getattr(error, "message", "") or f"its log is damaged ({type(error).__name__})"
            self.lost.append(Lost(key, str(made.data.get("title", "")), why))
        else:
            self.halls[key] = hall

    def _hall(self, key: str, made: Entry) -> Hall:
        data = made.data
        changes = [Change(option, text) for option, text in data["changes"] if option in OPTIONS]
        scenario = self.scenarios.get(data["scenario"])
        if scenario is None or list(scenario.changes) != changes:
            scenario = load(data["scenario"], changes=changes)
        if scenario.sha256 != data["sha256"]:
            raise GameError(f"{data['scenario']} has changed since this session was made")
        if data["rules"] != rules_hash():
            raise GameError("it was played by another version of the rules")
        session = Session(key, scenario, made)
        return Hall(session, Viewing(session), Debriefing(session, self.folder / key))

    # Acts.

    def make(
        self, title: str, scenario: str, seats: Sequence[str], seconds: float | None, seed: int, world: int, other: str
    ) -> Hall:
        """A new session. Raises GameError where it cannot be made."""
        if scenario not in self.scenarios:
            raise GameError(f"there is no scenario {shown(scenario)} here", meant(scenario, list(self.scenarios)))
        chosen = self.scenarios[scenario]
        seats = list(dict.fromkeys(seats)) or seats_of(chosen)
        for seat in seats or chosen.names.states:
            check_seat(chosen, seat)
        if other and other not in self.scenarios:
            raise GameError(f"there is no scenario {shown(other)} here", meant(other, list(self.scenarios)))
        if len(self.halls) + len(self.lost) >= MOST_SESSIONS:
            raise GameError("there are too many sessions", "begin with another --folder")
        key = new_key()
        data = {
            "title": tidy(title, LONGEST_TITLE) or chosen.name,
            "code": new_code({hall.session.code for hall in self.halls.values()}),
            "scenario": scenario,
            "changes": [list(change) for change in chosen.changes],
            "sha256": chosen.sha256,
            "rules": rules_hash(),
            "seed": seed,
            "world": world,
            "seats": seats,
            "seconds": seconds,
            "other": other,
        }
        made = Entry(time.time(), log.MADE, data)
        hall = self._hall(key, made)
        if seconds is not None:
            hall.session.time(made.at, seconds)
        self.store.add(key, 0, [made])
        self.halls[key] = hall
        return hall

    def do(self, hall: Hall, *entries: Entry) -> None:
        """Let something happen: to the disk first, then into the session, then to every open page."""
        self._keep(hall, *entries)
        try:
            self.stand_in(hall)
        except GameError as error:  # what was done is done, though the engine cannot go on
            hall.note_trouble(error)
        hall.changed()

    def join(self, hall: Hall, name: str, chance: float | None) -> tuple[str, str]:
        """Somebody comes in: their key and their token."""
        person, token = new_key(), new_token()
        self.do(hall, hall.session.join(time.time(), person, name, chance, token))
        return person, token

    def stand_in(self, hall: Hall) -> bool:
        """Let the engine answer where it must, a few answers at a time; whether there was one."""
        session, answered = hall.session, 0
        while answered < MOST_AT_ONCE and (seat := session.due(time.time())) is not None:
            self._keep(hall, session.stand_in(time.time(), seat))
            answered += 1
        return answered > 0

    def _keep(self, hall: Hall, *entries: Entry) -> None:
        """To the disk, then into the session; a game that goes on is in trouble no more."""
        session, turn = hall.session, hall.session.turns
        self.store.add(session.key, session.version, entries)
        for entry in entries:
            session.apply(entry)
        if session.turns != turn or session.ended:
            hall.trouble = ""

    async def run_clocks(self) -> None:
        """Look at the clocks of all sessions for good."""
        while True:
            await asyncio.sleep(TICK)
            for hall in list(self.halls.values()):
                version = hall.session.version
                try:
                    self.stand_in(hall)
                except GameError as error:  # such as a full disk: tried again at the next look
                    hall.note_trouble(error)
                if hall.session.version != version:
                    hall.changed()

    # Finding.

    def by_code(self, code: str) -> Hall | None:
        """The session that is joined by a code; not one that was ended."""
        return next((one for one in self.halls.values() if one.session.code == code and not one.session.ended), None)

    def room_for(self, hall: Hall, person: str) -> bool:
        """Whether one more page may be open."""
        mine = sum(page.person == person for page in hall.pages)
        return mine < MOST_PAGES_EACH and sum(len(one.pages) for one in self.halls.values()) < MOST_PAGES

    def newest_first(self) -> Iterator[Hall]:
        """All sessions."""
        return reversed(list(self.halls.values()))
