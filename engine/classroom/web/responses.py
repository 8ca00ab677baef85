"""What is sent back beside pages: cookies, files, pages with a style of their own, and refusals."""

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.web import pages
from wedge.engine.classroom.web.debriefing import READY, SERVED
from wedge.engine.classroom.web.requests import Turned, what_to_tell
from wedge.engine.classroom.web.room import Hall

# The debrief and role sheets are pages of their own, with their style inside; they have no script.
OWN_STYLE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"


def cookie_of(session: str) -> str:
    """The name of the cookie of a session."""
    return f"wedge_seat_{session}"


def give(response: Response, name: str, token: str) -> None:
    """Give a cookie that no script can read and no other site can use."""
    response.set_cookie(name, token, max_age=14 * 86_400, httponly=True, samesite="strict", path="/")


def caller_of(connection: HTTPConnection) -> str:
    """The address that asks."""
    return connection.client.host if connection.client is not None else ""


def as_file(content: str, kind: str, name: str) -> Response:
    """A file to be kept."""
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def with_own_style(page: str) -> Response:
    """A page with its style inside and no script."""
    return HTMLResponse(page, headers={"content-security-policy": OWN_STYLE})


def debrief_of(hall: Hall, file: str) -> Response:
    """A file of the debrief. Raises Turned where there is none."""
    if file not in SERVED or hall.debriefing.state != READY:
        raise Turned(404, "the debrief has not been computed")
    content = (hall.debriefing.place / file).read_text(encoding="utf-8")
    if file.endswith(".html"):
        return with_own_style(content)
    return as_file(content, SERVED[file], f"{hall.session.code}-{file}")


async def wrong(_request: Request, error: Exception) -> Response:
    """The page for an address where nothing is."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = "There is nothing here." if status == 404 else "That cannot be done."
    return HTMLResponse(pages.message_page(said, "Begin at the first page.", status), status)


async def turned(_request: Request, error: Exception) -> Response:
    """The page for somebody who may not."""
    assert isinstance(error, Turned)
    return _message(error.message, error.help, error.status)


async def stuck(request: Request, error: Exception) -> Response:
    """The page for what cannot be done now."""
    assert isinstance(error, GameError)
    return _message(*what_to_tell(request, error), 409)


def _message(said: str, help_: str, status: int) -> Response:
    title, cure = (f"{text[:1].upper()}{text[1:]}." if text else "" for text in (said, help_))
    return HTMLResponse(pages.message_page(title, cure, status), status)


async def broken(_request: Request, _error: Exception) -> Response:
    """The page for a fault."""
    return HTMLResponse(pages.message_page("Something went wrong here.", "Load the page again.", 500), 500)
