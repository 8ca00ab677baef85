"""Open pages: each hears what changed on it, as parts of the page, newest state only."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import anyio
from starlette.websockets import WebSocket, WebSocketDisconnect

PATIENCE = 10.0  # seconds after which a page that takes nothing is let go
NOT_YOURS = 4403  # the code a socket is closed with where its page may see nothing
TOO_MANY = 4429  # the code for one page more than may be open
GONE = (WebSocketDisconnect, RuntimeError, TimeoutError, OSError)  # what sending and hearing raise once a page has gone


class Push(NamedTuple):
    """What a page shows now."""

    parts: Mapping[str, str]  # DOM id to HTML
    rest: Mapping[str, Any]  # version, asked, status, left


class Connection:
    """One open page. ``look`` makes what it shows now, or None once it may see nothing any more."""

    def __init__(self, socket: WebSocket, person: str, look: Callable[[], Push | None]) -> None:
        self.socket, self.person, self._look = socket, person, look
        self._shown: dict[str, str] = {}
        self._dirty = asyncio.Event()
        self._dirty.set()

    def changed(self) -> None:
        """Something may look otherwise now."""
        self._dirty.set()

    async def serve(self) -> None:
        """Send what changes, until the page goes away."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._until_it_ends, self._hear, tasks.cancel_scope)
            await self._until_it_ends(self._send_changes, tasks.cancel_scope)

    async def _until_it_ends(self, task: Callable[[], Awaitable[None]], scope: anyio.CancelScope) -> None:
        """Do one of the two; once it has ended, so does the other."""
        with contextlib.suppress(*GONE):
            await task()
        scope.cancel()

    async def _hear(self) -> None:
        while (await self.socket.receive())["type"] != "websocket.disconnect":
            pass  # a page says nothing but that it is there; whatever else is sent is not read

    async def _send_changes(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            push = self._look()
            if push is None:
                await self.socket.close(NOT_YOURS)
                return
            parts = {part: html for part, html in push.parts.items() if self._shown.get(part) != html}
            self._shown = dict(push.parts)
            message = json.dumps({**push.rest, "parts": parts}, ensure_ascii=False)
            with anyio.fail_after(PATIENCE):
                await self.socket.send_text(message)
