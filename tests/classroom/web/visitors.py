"""A classroom that runs in the test, and people who visit it."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient, WebSocketTestSession

from wedge.engine.classroom.web.room import Room
from wedge.engine.classroom.web.server import application

HOST = "classroom.test:8000"
HERE = f"http://{HOST}"
TEACHER = "teachers-token-of-some-length"


class Running:
    """A room that is being served."""

    def __init__(self, room: Room) -> None:
        self.room, self.app = room, application(room, HERE, {HOST})
        self.client = TestClient(self.app, base_url=HERE)


class Visitor:
    """One browser: it keeps its cookies and sends what browsers send."""

    def __init__(self, running: "Running", address: str = "10.0.0.1") -> None:
        self.running, self.room, self.session = running, running.room, ""
        self.client = TestClient(running.app, base_url=HERE, client=(address, 1))
        self.client.portal = running.client.portal  # all talk to one loop, as they would to one server

    def get(self, where: str, **headers: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(where, headers=headers, follow_redirects=False)

    def post(self, where: str, data: Any = None, **headers: str | None) -> httpx.Response:
        """Send something, as a page of the classroom does; a header that is None is left out."""
        usual = {"origin": HERE, "x-wedge": "1", "content-type": "application/json"}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        said = {name: value for name, value in {**usual, **given}.items() if value is not None}
        content = data if isinstance(data, (str, bytes)) else json.dumps(data if data is not None else {})
        return self.client.post(where, content=content, headers=said)

    def join(self, code: str, name: str, chance: float | None = 0.5) -> "Visitor":
        """Come in by a code."""
        answer = self.post("/join", {"code": code, "name": name, "chance": chance})
        assert 200 == answer.status_code, answer.text
        self.session = answer.json()["goto"].removeprefix("/seat/")
        return self

    def act(self, what: str, **data: Any) -> httpx.Response:
        """Do something from one's seat."""
        return self.post(f"/seat/{self.session}/{what}", data)

    def socket(self, where: str = "", **headers: str) -> AbstractContextManager[WebSocketTestSession]:
        """Open the page's socket."""
        said: Mapping[str, str] = {"origin": HERE, **headers}
        where = where or f"/live/seat/{self.session}"
        return self.client.websocket_connect(f"ws://{HOST}{where}", headers=dict(said))


class Teacher(Visitor):
    """The visitor with the teacher's link."""

    def __init__(self, running: Running) -> None:
        super().__init__(running, "127.0.0.1")
        assert 303 == self.get(f"/teacher/{TEACHER}").status_code

    def make(self, **rest: Any) -> str:
        """A new session; its key."""
        scenario = next(iter(self.room.scenarios))
        wanted = {
            "title": "Monday",
            "scenario": scenario,
            "seats": [],
            "seconds": None,
            "seed": 3,
            "world": 5,
            "other": "",
        }
        answer = self.post("/teacher/sessions", {**wanted, **rest})
        assert 200 == answer.status_code, answer.text
        return str(answer.json()["goto"]).removeprefix("/teacher/session/")

    def do(self, session: str, what: str, **data: Any) -> httpx.Response:
        """Do something in a session."""
        return self.post(f"/teacher/session/{session}/{what}", data)
