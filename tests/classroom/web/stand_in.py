"""A server that stands in for the classroom's, so that the script of the pages can be watched."""

import asyncio
import threading
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from wedge.engine.classroom.session.seen import SeatView
from wedge.engine.classroom.web import pages

POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


class StandIn:
    """Serves the page of one view, pushes what it is told to push, and keeps what is posted."""

    def __init__(self, view: SeatView) -> None:
        self.posted: list[tuple[str, Any]] = []
        self.headers: list[str] = []
        self.reset(view)
        app = Starlette(
            routes=[
                Route("/", lambda _: self._html(pages.home_page())),
                Route("/teacher", lambda _: self._html(self.teachers)),
                Route("/seat/{session}", lambda _: self._html(pages.seat_page(self.view))),
                Route("/{path:path}", self._post, methods=["POST"]),
                WebSocketRoute("/live/seat/{session}", self._live),
                Mount("/static", StaticFiles(directory=pages.STATIC)),
            ]
        )
        self._server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            threading.Event().wait(0.01)
        self.address = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def reset(self, view: SeatView) -> None:
        """As at first, with this view."""
        self.view, self.down, self.slow, self.teachers = view, False, 0.0, ""
        self.answer: tuple[int, Any] = (200, {})
        self.posted.clear()
        self.headers.clear()
        self.sockets: list[WebSocket] = []
        self.connections = 0

    def show(self, view: SeatView, **rest: Any) -> None:
        """Push all parts of a view."""
        self.view = view
        self._run(self._push(rest))

    def close(self, code: int = 1001) -> None:
        """Drop every line."""
        self._run(self._drop(code))

    def stop(self) -> None:
        """End the server."""
        self._server.should_exit = True
        self._thread.join(5)

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self.loop).result(5)

    def _message(self, rest: dict[str, Any]) -> dict[str, Any]:
        view = self.view
        asked = view.asked.key if view.asked else ""
        left = view.clock.left if view.clock else None
        return {
            "version": 1,
            "parts": pages.seat_parts(view),
            "asked": asked,
            "status": view.status,
            "left": left,
            **rest,
        }

    async def _push(self, rest: dict[str, Any]) -> None:
        for socket in self.sockets:
            await socket.send_json(self._message(rest))

    async def _drop(self, code: int) -> None:
        for socket in self.sockets:
            await socket.close(code)

    def _html(self, page: str) -> Response:
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    async def _post(self, request: Request) -> Response:
        self.posted.append((request.url.path, await request.json()))
        self.headers.append(request.headers.get("x-wedge", ""))
        await asyncio.sleep(self.slow)
        status, said = self.answer
        return JSONResponse(said, status)

    async def _live(self, socket: WebSocket) -> None:
        self.loop = asyncio.get_running_loop()
        if self.down:
            return await socket.close()
        await socket.accept()
        self.connections += 1
        self.sockets.append(socket)
        try:
            await socket.send_json(self._message({}))
            while True:
                await socket.receive_text()
        except (WebSocketDisconnect, RuntimeError):
            self.sockets.remove(socket)
