"""Open pages: each hears what changed on it, as parts of the page, newest state only."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from starlette.websockets import WebSocket, WebSocketDisconnect

PATIENCE = 10.0  # seconds after which a page that takes nothing is let go


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
        sending = asyncio.create_task(self._send_changes())
        hearing = asyncio.create_task(self._hear())
        try:
            await asyncio.wait({sending, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, hearing):
                task.cancel()
            await asyncio.gather(sending, hearing, return_exceptions=True)

    async def _hear(self) -> None:
        try:
            while True:
                await self.socket.receive_text()  # a page says nothing but that it is there
        except (WebSocketDisconnect, RuntimeError):
            return

    async def _send_changes(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            push = self._look()
            if push is None:
                await self.socket.close(4403)
                return
            parts = {part: html for part, html in push.parts.items() if self._shown.get(part) != html}
            self._shown = dict(push.parts)
            message = json.dumps({**push.rest, "parts": parts}, ensure_ascii=False)
            await asyncio.wait_for(self.socket.send_text(message), PATIENCE)
