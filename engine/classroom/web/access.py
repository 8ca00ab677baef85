"""Who asks, and whether they may: a person by the cookie of their session, the teacher by theirs, and not too often."""

import secrets

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from wedge.engine.classroom.session.session import Person
from wedge.engine.classroom.web.doors import same_place
from wedge.engine.classroom.web.requests import Turned
from wedge.engine.classroom.web.responses import cookie_of
from wedge.engine.classroom.web.room import Hall, Room

TEACHER = "wedge_teacher"  # the teacher's cookie


class Access:
    """What every endpoint asks before it answers. All raise Turned where somebody may not."""

    def __init__(self, room: Room, address: str) -> None:
        self.room, self.address = room, address

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

    def _check_socket(self, socket: WebSocket) -> None:
        if not same_place(socket.headers.get("origin"), socket.headers.get("host")):
            raise Turned(403, "that did not come from a page of this classroom")
