"""What pages send: read with a limit, checked for where it comes from, and answered in JSON."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from wedge.agents.policy_file import PolicyError
from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.web.doors import same_place

LONGEST_BODY = 16_384  # bytes
MOST = 1e300  # no number that is sent is larger
HEADER = "x-wedge"  # a page of another place cannot send it without asking first
Act = Callable[[Request, Mapping[str, Any]], Awaitable[Response] | Response]


class Turned(Exception):
    """Somebody who may not do what they ask: the status of the answer, and why."""

    def __init__(self, status: int, message: str, help: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.help = status, message, help


def refusal(status: int, message: str, help: str = "") -> JSONResponse:
    """The answer to what cannot be done."""
    return JSONResponse({"error": message, "help": help}, status)


def what_to_tell(request: HTTPConnection, error: GameError) -> tuple[str, str]:
    """What is wrong and what would help, as far as it is for the one who asks: a policy's file and line are the teacher's."""
    if isinstance(error.__cause__, PolicyError) and not request.url.path.startswith("/teacher"):
        return "a state's policy has failed", "tell your teacher, whose page says how"
    return error.message, error.help


def done(**said: Any) -> JSONResponse:
    """The answer to what has been done."""
    return JSONResponse(said)


async def body_of(request: Request) -> Mapping[str, Any]:
    """The JSON that a page of this server sent. Raises Turned."""
    if not same_place(request.headers.get("origin"), request.headers.get("host")) or HEADER not in request.headers:
        raise Turned(403, "that did not come from a page of this classroom", "load the page again")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Turned(415, "that is not JSON")
    content = b""
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > LONGEST_BODY:
                raise Turned(413, "that is too long", f"at most {LONGEST_BODY} bytes are taken")
    except ClientDisconnect:  # a phone lost the network: nobody is left to hear the answer
        raise Turned(400, "that broke off") from None
    try:
        data = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Turned(400, "that is not JSON") from None
    if not isinstance(data, dict):
        raise Turned(400, "that is no object")
    return data


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def act(do: Act) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for what a page sends: refusals are told in JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            answer = do(request, await body_of(request))
            return answer if isinstance(answer, Response) else await answer
        except Turned as turned:
            return refusal(turned.status, turned.message, turned.help)
        except GameError as error:
            return refusal(409, *what_to_tell(request, error))

    return endpoint


def text_in(data: Mapping[str, Any], name: str) -> str:
    """A text that was sent; empty where none was. Raises Turned."""
    value = data.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Turned(400, f"{name} is no text")
    return value


def number_in(data: Mapping[str, Any], name: str) -> float | None:
    """A number that was sent; None where none was. Raises Turned."""
    value = data.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < MOST:
        raise Turned(400, f"{name} is no number")
    return float(value)


def whole_in(data: Mapping[str, Any], name: str, most: int) -> int:
    """A whole number from 0 that was sent. Raises Turned."""
    value = number_in(data, name)
    if value is None or value != int(value) or not 0 <= value <= most:
        raise Turned(400, f"{name} is no whole number from 0 to {most}")
    return int(value)


def yes_in(data: Mapping[str, Any], name: str) -> bool:
    """A yes or no that was sent. Raises Turned."""
    value = data.get(name)
    if not isinstance(value, bool):
        raise Turned(400, f"{name} is neither true nor false")
    return value
