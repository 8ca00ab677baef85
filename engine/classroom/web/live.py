"""Pages that stay open: what is pushed to each, and who is there as long as one of theirs is."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.websockets import WebSocket

from wedge.engine.classroom.web.connections import NOT_YOURS, Connection, Push
from wedge.engine.classroom.web.room import Hall

ENDED = "ended"  # the status of a page's script once the teacher has ended the game: nothing can be done any more


async def turn_away(socket: WebSocket, why: int = NOT_YOURS) -> None:
    """Close a socket whose page may not be served, once it is open: a browser tells a page why only then."""
    await socket.accept()
    await socket.close(why)


async def serve(socket: WebSocket, hall: Hall, person: str, look: Callable[[], Push | None]) -> None:
    """Keep a page up to date until it goes away. ``person`` is whose it is: empty for the teacher."""
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


def push_of(hall: Hall, parts: Mapping[str, str], view: Any) -> Push:
    """What is pushed of a view: its parts, and what the page's script must know."""
    asked = getattr(view, "asked", None)
    left = view.clock.left if view.clock is not None and not view.clock.paused else None
    key = asked.key if asked is not None else ""
    status = ENDED if hall.session.ended else view.status
    return Push(parts, {"version": hall.session.version, "asked": key, "status": status, "left": left})
