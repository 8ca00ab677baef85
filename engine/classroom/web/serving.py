"""Putting the classroom on the network: addresses, the socket it listens on, and the loop that serves."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import uvicorn

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.web.doors import new_token
from wedge.engine.classroom.web.requests import LONGEST_BODY
from wedge.engine.classroom.web.room import Room
from wedge.engine.classroom.web.server import application

LOOPBACK = "127.0.0.1"
ANYWHERE = "0.0.0.0"
NOWHERE_NEAR = ("10.254.254.254", 9)  # nothing is sent: it only shows which address this machine would use
TOKEN_FILE = "teacher-token"


class Place(NamedTuple):
    """Where the classroom can be reached."""

    sock: socket.socket
    addresses: tuple[str, ...]  # such as http://192.168.0.7:8000, the likeliest first
    hosts: frozenset[str]  # names with ports under which it may be asked


def listen(port: int, lan: bool) -> Place:
    """Listen on loopback, or with ``lan`` on every network of this machine. Raises GameError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((ANYWHERE if lan else LOOPBACK, port))
        sock.listen(512)
    except OSError as error:
        sock.close()
        raise GameError(f"port {port} cannot be had: {error.strerror}", f"try --port {port + 1}") from None
    port = sock.getsockname()[1]
    outward = own_addresses() if lan else []
    names = [*outward, LOOPBACK, "localhost"]
    if lan:
        name = socket.gethostname().lower()
        names += [name, f"{name}.local"]
    addresses = tuple(f"http://{name}:{port}" for name in (outward or [LOOPBACK]))
    plain = names if port == 80 else []  # browsers leave the port out then
    return Place(sock, addresses, frozenset([*(f"{name}:{port}" for name in names), *plain]))


def own_addresses() -> list[str]:
    """This machine's addresses on its networks, the likeliest first; none where it has no network."""
    found: list[str] = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(NOWHERE_NEAR)
        found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [address for address in dict.fromkeys(found) if not address.startswith(("127.", "0."))]


def teachers_token(folder: Path) -> str:
    """The teacher's token, kept with the sessions so that their link lasts; only its owner can read the file."""
    path = folder / TOKEN_FILE
    with contextlib.suppress(FileNotFoundError, UnicodeDecodeError):
        token = path.read_text(encoding="ascii").strip()
        if len(token) >= 20:
            return token
    folder.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    token = new_token()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(token + "\n")
    return token


def serve(room: Room, place: Place) -> None:
    """Serve until the process is told to stop (Ctrl-C or SIGTERM)."""
    config = uvicorn.Config(
        application(room, place.addresses[0], place.hosts),
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws_max_size=LONGEST_BODY,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        ws_per_message_deflate=False,
        h11_max_incomplete_event_size=LONGEST_BODY,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    asyncio.run(server.serve(sockets=[place.sock]))


def scenarios_beside(called: str) -> Sequence[str]:
    """The scenarios of the same folder, by the names they are called by: other agendas for the same states."""
    from wedge.engine.scenario.finding import BASE, SUFFIXES, find, packaged

    found = find(called)
    names = {path: name for name, path in packaged().items()}
    files = [path for path in sorted(found.path.parent.iterdir()) if path.suffix in SUFFIXES and path.stem != BASE]
    return [names.get(path, str(path)) for path in files if path != found.path]
