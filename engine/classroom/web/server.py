"""The server of a classroom: what is answered at which address.

A person proves who they are by a cookie that no script can read and no other site can use; the teacher has a token of
their own.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.web.guard import Guard
from wedge.engine.classroom.web.requests import Turned, act
from wedge.engine.classroom.web.responses import broken, stuck, turned, wrong
from wedge.engine.classroom.web.room import Room
from wedge.engine.classroom.web.seats import Seats
from wedge.engine.classroom.web.teaching import Teaching

STATIC = Path(__file__).parent / "static"


def application(room: Room, address: str, hosts: Collection[str]) -> ASGIApp:
    """What uvicorn serves: the sessions of a room. People join at ``address``; ``hosts`` are the names it goes by, with ports."""
    seats, teaching = Seats(room, address), Teaching(room, address)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        clocks = asyncio.create_task(room.run_clocks())
        try:
            yield
        finally:
            clocks.cancel()
            for hall in room.halls.values():
                await hall.debriefing.stop()
            room.store.close()

    starlette = Starlette(
        routes=[*_for_people(seats), *_for_the_teacher(teaching), Mount("/static", StaticFiles(directory=STATIC))],
        exception_handlers={HTTPException: wrong, Turned: turned, GameError: stuck, Exception: broken},
        lifespan=lifespan,
    )
    return Guard(starlette, hosts)


def _for_people(seats: Seats) -> list[BaseRoute]:
    return [
        Route("/", seats.home),
        Route("/join", seats.home),
        Route("/join", act(seats.join), methods=["POST"]),
        Route("/seat/{session}", seats.seat),
        Route("/seat/{session}/role", seats.role),
        Route("/seat/{session}/debrief", seats.debrief),
        Route("/seat/{session}/{what}", act(seats.act), methods=["POST"]),
        WebSocketRoute("/live/seat/{session}", seats.live),
    ]


def _for_the_teacher(teaching: Teaching) -> list[BaseRoute]:
    one = "/teacher/session/{session}"
    return [
        Route("/teacher", teaching.home),
        Route("/teacher/sessions", act(teaching.make), methods=["POST"]),
        Route(one, teaching.session),
        Route(f"{one}/projector", teaching.projector),
        Route(f"{one}/game.json", teaching.game),
        Route(f"{one}/log.csv", teaching.log),
        Route(f"{one}/roles", teaching.roles),
        Route(f"{one}/debrief/{{file}}", teaching.debrief),
        Route(f"{one}/{{what}}", act(teaching.act), methods=["POST"]),
        Route("/teacher/{token}", teaching.let_in),
        WebSocketRoute("/live/teacher/{session}", teaching.live),
        WebSocketRoute("/live/projector/{session}", teaching.live_projector),
    ]
