"""What is answered to the teacher: their sessions, leading one, its files and its debrief."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.websockets import WebSocket

from wedge.engine.classroom.saving import as_data
from wedge.engine.classroom.session.log import Entry
from wedge.engine.classroom.session.seen import Named
from wedge.engine.classroom.session.session import Session
from wedge.engine.classroom.web import pages
from wedge.engine.classroom.web.access import TEACHER, Access
from wedge.engine.classroom.web.connections import Push
from wedge.engine.classroom.web.debriefing import log_as_csv
from wedge.engine.classroom.web.live import push_of, serve, turn_away
from wedge.engine.classroom.web.requests import Turned, done, number_in, text_in, whole_in, yes_in
from wedge.engine.classroom.web.responses import as_file, caller_of, debrief_of, give, with_own_style
from wedge.engine.classroom.web.room import Hall, seats_of

MOST_WORLDS = 100_000  # of which one is proposed for a new session


# What the teacher does in a session by one entry of its log.
ACTS: dict[str, Callable[[Session, float, Mapping[str, Any]], Entry]] = {
    "start": lambda session, now, _: session.start(now),
    "pause": lambda session, now, _: session.pause(now),
    "resume": lambda session, now, _: session.resume(now),
    "timer": lambda session, now, data: session.time(now, number_in(data, "seconds")),
    "back": lambda session, now, data: session.back(now, whole_in(data, "round", 10**6) - 1),
    "call": lambda session, now, data: session.call(now, text_in(data, "event")),
    "sit": lambda session, now, data: session.sit(now, text_in(data, "person"), text_in(data, "seat")),
    "remove": lambda session, now, data: session.remove(now, text_in(data, "person")),
    "engine": lambda session, now, data: session.hand_over(now, text_in(data, "state"), yes_in(data, "on")),
    "say": lambda session, now, data: session.say(now, "", text_in(data, "to"), text_in(data, "text")),
    "end": lambda session, now, _: session.end(now),
    "show": lambda session, now, data: session.show(now, yes_in(data, "on")),
}


class Teaching(Access):
    """The endpoints for the teacher."""

    async def let_in(self, request: Request) -> Response:
        """The link that the server printed: whoever has it teaches."""
        caller, token = caller_of(request), request.path_params["token"]
        if not self.room.doors.allows("wrong link", caller, 0.0):
            raise Turned(429, "too many wrong links", "wait a minute, then open the link that the server printed")
        if not secrets.compare_digest(token.encode(), self.room.teacher.encode()):
            self.room.doors.allows("wrong link", caller)
            raise Turned(403, "this is not the teacher's link", "open the link that the server printed")
        response = RedirectResponse("/teacher", 303)
        give(response, TEACHER, token)
        return response

    async def home(self, request: Request) -> Response:
        """All sessions, and a form for a new one."""
        self._teaches(request)
        sessions = [_listed(hall) for hall in self.room.newest_first()]
        lost = [pages.SessionListed("", "", one.title, one.why, "lost", 0) for one in self.room.lost]
        scenarios = [
            pages.ScenarioListed(called, one.name, one.summary, _states_of(one))
            for called, one in self.room.scenarios.items()
        ]
        first = next(iter(self.room.scenarios))
        fresh = pages.Defaults(scenario=first, seed=1, world=secrets.randbelow(MOST_WORLDS))
        return HTMLResponse(pages.teachers_page([*sessions, *lost], scenarios, fresh))

    def make(self, request: Request, data: Mapping[str, Any]) -> Response:
        """A new session."""
        self._teaches(request)
        self._once("teach", "")
        seats = data.get("seats") or []
        if not isinstance(seats, list) or not all(isinstance(seat, str) for seat in seats):
            raise Turned(400, "seats is no list of states")
        hall = self.room.make(
            text_in(data, "title"),
            text_in(data, "scenario"),
            seats,
            number_in(data, "seconds"),
            whole_in(data, "seed", 2**53),
            whole_in(data, "world", 2**53),
            text_in(data, "other"),
        )
        return done(goto=f"/teacher/session/{hall.session.key}", code=hall.session.code)

    async def session(self, request: Request) -> Response:
        """The teacher's page of a session."""
        self._teaches(request)
        hall = self._hall(request)
        return HTMLResponse(pages.teacher_page(self._teachers_look(hall), self._qr(hall)))

    async def projector(self, request: Request) -> Response:
        """What the class sees on the wall."""
        self._teaches(request)
        hall = self._hall(request)
        return HTMLResponse(pages.projector_page(self._teachers_look(hall), self._qr(hall)))

    def _qr(self, hall: Hall) -> str:
        return _qr_of(f"{self.address}/join?code={hall.session.code}")

    def _teachers_look(self, hall: Hall) -> Any:
        debriefing = hall.debriefing
        state, said = debriefing.state, debriefing.said
        return hall.viewing.teacher(self.address, hall.here, time.time(), state, said, hall.trouble)

    async def act(self, request: Request, data: Mapping[str, Any]) -> Response:
        """What the teacher does in a session."""
        self._teaches(request)
        self._once("teach", "")
        hall = self._hall(request)
        what, session, now = request.path_params["what"], hall.session, time.time()
        if what == "advance":
            self._answer_for_the_missing(hall)
        elif what == "debrief":
            hall.debriefing.begin(hall.changed)
            hall.changed()
        elif what in ACTS:
            self.room.do(hall, ACTS[what](session, now, data))
        else:
            raise Turned(404, "there is nothing here")
        return done(version=session.version)

    def _answer_for_the_missing(self, hall: Hall) -> None:
        """The engine answers for all who are missing now; not for what is asked once they have."""
        session, turn = hall.session, hall.session.turns
        for question in session.missing():
            if session.turns == turn and question in session.missing():
                self.room.do(hall, session.stand_in(time.time(), question.state))

    async def game(self, request: Request) -> Response:
        """The game as a file that ``wedge play --resume`` and ``wedge debrief`` read."""
        self._teaches(request)
        hall = self._hall(request)
        if hall.session.game is None:
            raise Turned(404, "the game has not begun")
        content = json.dumps(as_data(hall.session.game), indent=1, ensure_ascii=False) + "\n"
        return as_file(content, "application/json", f"{hall.session.code}.json")

    async def log(self, request: Request) -> Response:
        """All that happened, for a spreadsheet."""
        self._teaches(request)
        hall = self._hall(request)
        content = log_as_csv(hall.session, self.room.store.entries(hall.session.key))
        return as_file(content, "text/csv; charset=utf-8", f"{hall.session.code}.csv")

    async def roles(self, request: Request) -> Response:
        """The role sheets of all seats, to print."""
        self._teaches(request)
        hall = self._hall(request)
        return with_own_style(hall.role_sheets(f"/teacher/session/{hall.session.key}"))

    async def debrief(self, request: Request) -> Response:
        """The debrief and its tables."""
        self._teaches(request)
        return debrief_of(self._hall(request), request.path_params["file"])

    async def live(self, socket: WebSocket) -> None:
        """The teacher's page hears what changes."""
        await self._live_for_the_teacher(socket, lambda _, view: pages.teacher_parts(view))

    async def live_projector(self, socket: WebSocket) -> None:
        """The page on the wall hears what changes; the teacher opened it."""
        await self._live_for_the_teacher(socket, lambda hall, view: pages.projector_parts(view, self._qr(hall)))

    async def _live_for_the_teacher(self, socket: WebSocket, parts: Callable[[Hall, Any], Mapping[str, str]]) -> None:
        try:
            self._check_socket(socket)
            self._teaches(socket)
            hall = self._hall(socket)
        except Turned:
            await turn_away(socket)
            return

        def look() -> Push:
            view = self._teachers_look(hall)
            return push_of(hall, parts(hall, view), view)

        await serve(socket, hall, "", look)


@lru_cache(maxsize=64)
def _qr_of(where: str) -> str:
    """An address as a QR code, in SVG."""
    return str(segno.make(where, error="m").svg_inline(scale=8, border=2, omitsize=True))


def _listed(hall: Hall) -> pages.SessionListed:
    session = hall.session
    return pages.SessionListed(
        session.key, session.code, session.title, hall.viewing.words.name, session.status, len(session.people)
    )


def _states_of(scenario: Any) -> tuple[Named, ...]:
    titles = dict(zip(scenario.names.states, scenario.names.state_titles, strict=True))
    return tuple(Named(state, titles[state]) for state in seats_of(scenario))
