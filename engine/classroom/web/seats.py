"""What is answered to people: joining, and all that a seat's page is and does.

A seat's page is made from that person's view alone, so that there is no address at which another's could be found.
"""

import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from wedge.engine.classroom.advice import advice_in_words
from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.session.seen import SeatView
from wedge.engine.classroom.session.session import LONGEST_NAME, Person, tidy
from wedge.engine.classroom.web import pages
from wedge.engine.classroom.web.access import Access
from wedge.engine.classroom.web.connections import TOO_MANY, Push
from wedge.engine.classroom.web.debriefing import READY
from wedge.engine.classroom.web.doors import code_from
from wedge.engine.classroom.web.live import push_of, serve, turn_away
from wedge.engine.classroom.web.requests import Turned, done, number_in, text_in
from wedge.engine.classroom.web.responses import caller_of, cookie_of, debrief_of, give, with_own_style
from wedge.engine.classroom.web.room import Hall


class Seats(Access):
    """The endpoints for people."""

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
        before = hall.session.person_by(request.cookies.get(cookie_of(hall.session.key), ""))
        if before is not None:  # one browser is one person: else it could take one seat after the other
            if before.name.casefold() != tidy(text_in(data, "name"), LONGEST_NAME).casefold():
                raise GameError(
                    f"this browser is here already, as {before.name}", "go on by that name, or ask the teacher"
                )
            return done(goto=f"/seat/{hall.session.key}")
        person, token = self.room.join(hall, text_in(data, "name"), number_in(data, "chance"))
        seats = hall.session.playable if hall.session.game is None else hall.session.game.seats
        if len(seats) == 1:
            self.room.do(hall, hall.session.sit(time.time(), person, seats[0]))
        response = done(goto=f"/seat/{hall.session.key}")
        give(response, cookie_of(hall.session.key), token)
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

    def act(self, request: Request, data: Mapping[str, Any]) -> Response:
        """What a person does from their page."""
        hall, person = self._person(request)
        what = request.path_params["what"]
        try:
            return self._act(hall, person, what, data)
        except GameError as error:
            if what == "answer":  # advice may fail over what is only imagined
                hall.note_trouble(error)
            raise

    def _act(self, hall: Hall, person: Person, what: str, data: Mapping[str, Any]) -> Response:
        session, now = hall.session, time.time()
        self._once("say" if what == "say" else "act", person.key)
        if what == "sit":
            self.room.do(hall, session.take_seat(now, person.key, text_in(data, "seat")))
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
        return advice_in_words(game.advice(question), question, hall.viewing.words, titles=True)

    async def role(self, request: Request) -> Response:
        """The role sheet of a person's seat. Who has read it keeps the seat: what one seat knows is no other seat's to know."""
        hall, person = self._person(request)
        entry = hall.session.read_role(time.time(), person.key)
        if not person.has_read:
            self.room.do(hall, entry)
        return with_own_style(hall.role_sheets(f"/seat/{hall.session.key}", person.seat))

    async def debrief(self, request: Request) -> Response:
        """The debrief, once the teacher shows it."""
        hall, _ = self._person(request)
        if not hall.session.shown:
            raise Turned(404, "the debrief is not shown yet")
        return debrief_of(hall, "debrief.html")

    async def live(self, socket: WebSocket) -> None:
        """A person's page hears what changes."""
        try:
            self._check_socket(socket)
            hall, person = self._person(socket)
        except Turned:
            await turn_away(socket)
            return

        if not self.room.room_for(hall, person.key):
            await turn_away(socket, TOO_MANY)
            return

        def look() -> Push | None:
            view = self._look(hall, person.key)
            return None if view is None else push_of(hall, pages.seat_parts(view), view)

        await serve(socket, hall, person.key, look)
