"""The server of a classroom: what is answered at which address, and to whom.

A person proves who they are by a cookie that no script can read and no other site can use; a seat's page is made
from that person's view alone, so that there is no address at which another's could be found. The teacher has a
token of their own.
"""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import segno
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from wedge.engine.classroom.advice import advice_in_words
from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.saving import as_data
from wedge.engine.classroom.session.seen import Named, SeatView
from wedge.engine.classroom.session.session import LONGEST_NAME, Person, tidy
from wedge.engine.classroom.web import pages
from wedge.engine.classroom.web.connections import NOT_YOURS, TOO_MANY, Connection, Push
from wedge.engine.classroom.web.debriefing import READY, log_as_csv
from wedge.engine.classroom.web.doors import code_from, same_place
from wedge.engine.classroom.web.guard import Guard
from wedge.engine.classroom.web.requests import Turned, act, done, number_in, text_in, whole_in, yes_in
from wedge.engine.classroom.web.responses import (
    as_file,
    broken,
    caller_of,
    cookie_of,
    debrief_of,
    give,
    stuck,
    turned,
    with_own_style,
    wrong,
)
from wedge.engine.classroom.web.room import Hall, Room, seats_of

STATIC = Path(__file__).parent / "static"
TEACHER = "wedge_teacher"  # the teacher's cookie
MOST_WORLDS = 100_000  # of which one is proposed for a new session


class Server:
    """The endpoints of one room."""

    def __init__(self, room: Room, address: str) -> None:
        self.room, self.address = room, address

    def app(self, hosts: Collection[str]) -> ASGIApp:
        """What uvicorn serves. ``hosts`` are the names it goes by, with ports."""
        starlette = Starlette(
            routes=[
                Route("/", self.home),
                Route("/join", self.home),
                Route("/join", act(self.join), methods=["POST"]),
                Route("/seat/{session}", self.seat),
                Route("/seat/{session}/role", self.role),
                Route("/seat/{session}/debrief", self.seat_debrief),
                Route("/seat/{session}/{what}", act(self.seat_act), methods=["POST"]),
                Route("/teacher", self.teacher_home),
                Route("/teacher/sessions", act(self.make), methods=["POST"]),
                Route("/teacher/session/{session}", self.teacher),
                Route("/teacher/session/{session}/projector", self.projector),
                Route("/teacher/session/{session}/game.json", self.game),
                Route("/teacher/session/{session}/log.csv", self.log),
                Route("/teacher/session/{session}/roles", self.roles),
                Route("/teacher/session/{session}/debrief/{file}", self.teacher_debrief),
                Route("/teacher/session/{session}/{what}", act(self.teacher_act), methods=["POST"]),
                Route("/teacher/{token}", self.let_teacher_in),
                WebSocketRoute("/live/seat/{session}", self.live_seat),
                WebSocketRoute("/live/teacher/{session}", self.live_teacher),
                WebSocketRoute("/live/projector/{session}", self.live_projector),
                Mount("/static", StaticFiles(directory=STATIC)),
            ],
            exception_handlers={HTTPException: wrong, Turned: turned, GameError: stuck, Exception: broken},
            lifespan=self._lifespan,
        )
        return Guard(starlette, hosts)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        clocks = asyncio.create_task(self.room.run_clocks())
        try:
            yield
        finally:
            clocks.cancel()
            for hall in self.room.halls.values():
                await hall.debriefing.stop()
            self.room.store.close()

    # Who is it?

    def _hall(self, connection: HTTPConnection) -> Hall:
        hall = self.room.halls.get(connection.path_params["session"])
        if hall is None:
            raise Turned(404, "there is no such session")
        return hall

    def _person(self, connection: HTTPConnection) -> tuple[Hall, Person]:
        """Whose page asks. One answer for a session that is not there and for one that somebody is not in."""
        hall = self.room.halls.get(connection.path_params["session"])
        token = connection.cookies.get(cookie_of(connection.path_params["session"]), "")
        person = hall.session.person_by(token) if hall is not None and token else None
        if hall is None or person is None:
            raise Turned(403, "you are not in this session", "join with the code that the teacher shows")
        return hall, person

    def _teaches(self, connection: HTTPConnection) -> None:
        token = connection.cookies.get(TEACHER, "")
        if not secrets.compare_digest(token.encode(), self.room.teacher.encode()):
            raise Turned(403, "this page is the teacher's", "open the teacher's link that the server printed")

    def _once(self, kind: str, caller: str) -> None:
        if not self.room.doors.allows(kind, caller):
            raise Turned(429, "too much at once", "wait a moment, then try again")

    # Coming in.

    async def home(self, request: Request) -> Response:
        """The page where people join."""
        return HTMLResponse(pages.home_page(code=code_from(request.query_params.get("code", ""))))

    def join(self, request: Request, data: Mapping[str, Any]) -> Response:
        """Join a session by its code."""
        doors, caller = self.room.doors, caller_of(request)
        if not doors.allows("wrong code", caller, 0.0) or not doors.allows("wrong code anywhere", "", 0.0):
            raise Turned(429, "too many wrong codes", "wait a minute, then look at the code again")
        self._once("join", caller)
        hall = self.room.by_code(code_from(text_in(data, "code")))
        if hall is None:
            doors.allows("wrong code", caller)
            doors.allows("wrong code anywhere", "")
            raise Turned(404, "no session has this code", "look at the code again")
        if self._is_back(request, hall, text_in(data, "name")):
            return done(goto=f"/seat/{hall.session.key}")
        person, token = self.room.join(hall, text_in(data, "name"), number_in(data, "chance"))
        seats = hall.session.playable if hall.session.game is None else hall.session.game.seats
        if len(seats) == 1:
            self.room.do(hall, hall.session.sit(time.time(), person, seats[0]))
        response = done(goto=f"/seat/{hall.session.key}")
        give(response, cookie_of(hall.session.key), token)
        return response

    def _is_back(self, request: Request, hall: Hall, name: str) -> bool:
        """Whether somebody of that name joined from this very browser before: they go on as who they are."""
        person = hall.session.person_by(request.cookies.get(cookie_of(hall.session.key), ""))
        return person is not None and person.name.casefold() == tidy(name, LONGEST_NAME).casefold()

    async def let_teacher_in(self, request: Request) -> Response:
        """The link that the server printed: whoever has it teaches."""
        self._once("wrong code", caller_of(request))
        token = request.path_params["token"]
        if not secrets.compare_digest(token.encode(), self.room.teacher.encode()):
            raise Turned(403, "this is not the teacher's link", "open the link that the server printed")
        response = RedirectResponse("/teacher", 303)
        give(response, TEACHER, token)
        return response

    # A seat.

    def _look(self, hall: Hall, person: str) -> SeatView | None:
        one = hall.session.people.get(person)
        if one is None:
            return None
        return hall.viewing.seat(one, hall.here, time.time(), hall.debriefing.state == READY)

    async def seat(self, request: Request) -> Response:
        """A person's page."""
        hall, person = self._person(request)
        view = self._look(hall, person.key)
        assert view is not None
        return HTMLResponse(pages.seat_page(view))

    def seat_act(self, request: Request, data: Mapping[str, Any]) -> Response:
        """What a person does from their page."""
        hall, person = self._person(request)
        what, session, now = request.path_params["what"], hall.session, time.time()
        self._once("say" if what == "say" else "act", person.key)
        if what == "sit":
            if session.game is not None and person.seat:  # what one seat knows is no other seat's to know
                raise GameError("the game has begun: seats are not changed any more", "ask the teacher")
            self.room.do(hall, session.sit(now, person.key, text_in(data, "seat")))
        elif what == "answer":
            self.room.do(hall, session.answer(now, person.key, text_in(data, "asked"), data))
        elif what == "say":
            self.room.do(hall, session.say(now, person.key, text_in(data, "to"), text_in(data, "text")))
        elif what == "advice":
            return done(advice=self._advice(hall, person, text_in(data, "asked")))
        else:
            raise Turned(404, "there is nothing here")
        return done(version=session.version)

    def _advice(self, hall: Hall, person: Person, asked: str) -> list[str]:
        question, game = hall.session.question_for(person.seat), hall.session.game
        if question is None or game is None or asked != hall.session.asked_key(question):
            raise GameError("that question is over", "look at what is asked now")
        return advice_in_words(game.advice(question), question, hall.viewing.words)

    async def role(self, request: Request) -> Response:
        """The role sheet of a person's seat."""
        hall, person = self._person(request)
        if not person.seat:
            raise Turned(404, "you have no seat yet", "take one first")
        return with_own_style(hall.role_sheets(person.seat))

    async def seat_debrief(self, request: Request) -> Response:
        """The debrief, once the teacher shows it."""
        hall, _ = self._person(request)
        if not hall.session.shown:
            raise Turned(404, "the debrief is not shown yet")
        return debrief_of(hall, "debrief.html")

    # The teacher.

    async def teacher_home(self, request: Request) -> Response:
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

    async def teacher(self, request: Request) -> Response:
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
        where = f"{self.address}/join?code={hall.session.code}"
        return str(segno.make(where, error="m").svg_inline(scale=8, border=2, omitsize=True))

    def _teachers_look(self, hall: Hall) -> Any:
        debriefing = hall.debriefing
        return hall.viewing.teacher(self.address, hall.here, time.time(), debriefing.state, debriefing.said)

    async def teacher_act(self, request: Request, data: Mapping[str, Any]) -> Response:
        """What the teacher does in a session."""
        self._teaches(request)
        self._once("teach", "")
        hall = self._hall(request)
        what, session, room, now = request.path_params["what"], hall.session, self.room, time.time()
        if what == "advance":
            turn = session.turns
            for question in session.missing():
                if session.turns == turn and question in session.missing():
                    room.do(hall, session.stand_in(now, question.state))
        elif what == "debrief":
            hall.debriefing.begin(hall.changed)
            hall.changed()
        else:
            entries = {
                "start": lambda: session.start(now),
                "pause": lambda: session.pause(now),
                "resume": lambda: session.resume(now),
                "timer": lambda: session.time(now, number_in(data, "seconds")),
                "back": lambda: session.back(now, whole_in(data, "round", 10**6) - 1),
                "call": lambda: session.call(now, text_in(data, "event")),
                "sit": lambda: session.sit(now, text_in(data, "person"), text_in(data, "seat")),
                "remove": lambda: session.remove(now, text_in(data, "person")),
                "engine": lambda: session.hand_over(now, text_in(data, "state"), yes_in(data, "on")),
                "say": lambda: session.say(now, "", text_in(data, "to"), text_in(data, "text")),
                "end": lambda: session.end(now),
                "show": lambda: session.show(now, yes_in(data, "on")),
            }
            if what not in entries:
                raise Turned(404, "there is nothing here")
            room.do(hall, entries[what]())
        return done(version=session.version)

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
        return with_own_style(self._hall(request).role_sheets())

    async def teacher_debrief(self, request: Request) -> Response:
        """The debrief and its tables."""
        self._teaches(request)
        return debrief_of(self._hall(request), request.path_params["file"])

    # Open pages.

    async def live_seat(self, socket: WebSocket) -> None:
        """A person's page hears what changes."""
        try:
            self._check_socket(socket)
            hall, person = self._person(socket)
        except Turned:
            await _turn_away(socket)
            return

        if not self.room.room_for(hall, person.key):
            await socket.close(TOO_MANY)
            return

        def look() -> Push | None:
            view = self._look(hall, person.key)
            return None if view is None else _push(hall, pages.seat_parts(view), view)

        await _serve(socket, hall, person.key, look)

    async def live_teacher(self, socket: WebSocket) -> None:
        """The teacher's page hears what changes."""
        await self._live_for_the_teacher(socket, pages.teacher_parts)

    async def live_projector(self, socket: WebSocket) -> None:
        """The page on the wall hears what changes; the teacher opened it."""
        await self._live_for_the_teacher(socket, pages.projector_parts)

    async def _live_for_the_teacher(self, socket: WebSocket, parts: Callable[[Any], Mapping[str, str]]) -> None:
        try:
            self._check_socket(socket)
            self._teaches(socket)
            hall = self._hall(socket)
        except Turned:
            await _turn_away(socket)
            return

        def look() -> Push:
            view = self._teachers_look(hall)
            return _push(hall, parts(view), view)

        await _serve(socket, hall, "", look)

    def _check_socket(self, socket: WebSocket) -> None:
        if not same_place(socket.headers.get("origin"), socket.headers.get("host")):
            raise Turned(403, "that did not come from a page of this classroom")


def _listed(hall: Hall) -> pages.SessionListed:
    session = hall.session
    return pages.SessionListed(
        session.key, session.code, session.title, hall.viewing.words.name, session.status, len(session.people)
    )


def _states_of(scenario: Any) -> tuple[Named, ...]:
    titles = dict(zip(scenario.names.states, scenario.names.state_titles, strict=True))
    return tuple(Named(state, titles[state]) for state in seats_of(scenario))


async def _turn_away(socket: WebSocket) -> None:
    """Close a socket whose page may see nothing, once it is open: a browser tells a page why only then."""
    await socket.accept()
    await socket.close(NOT_YOURS)


async def _serve(socket: WebSocket, hall: Hall, person: str, look: Any) -> None:
    await socket.accept()
    page = Connection(socket, person, look)
    first = person not in hall.here
    hall.pages.append(page)
    if first:
        hall.changed()
    try:
        await page.serve()
    finally:
        hall.pages.remove(page)
        if not hall.pages:
            hall.rest()
        if person not in hall.here:
            hall.changed()


def _push(hall: Hall, parts: Mapping[str, str], view: Any) -> Push:
    asked = getattr(view, "asked", None)
    left = view.clock.left if view.clock is not None and not view.clock.paused else None
    key = asked.key if asked is not None else ""
    return Push(parts, {"version": hall.session.version, "asked": key, "status": view.status, "left": left})
