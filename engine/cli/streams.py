"""Where what a command prints goes: data to stdout, all else to stderr, in colour where it is wanted.

While a command runs, ``sys.stdout`` is stderr: what a policy of the user's own prints, or a library, does not
get between the data, which goes to the stdout that was there before.
"""

import contextlib
import functools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

PIPED = 100  # letters of a line where there is no terminal
NARROWEST = 20

_stdout: list[TextIO] = []  # while a command runs, where its data goes


def data_stream() -> TextIO:
    """Where data goes."""
    return _stdout[-1] if _stdout else sys.stdout


@contextlib.contextmanager
def data_alone() -> Iterator[None]:
    """Keep stdout for data: what else is printed meanwhile goes to stderr."""
    _stdout.append(data_stream())
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        _stdout.pop()


def with_data_alone(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with stdout kept for data while it runs; once is enough."""
    if getattr(function, "keeps_data_alone", False):
        return function

    @functools.wraps(function)
    def kept(*given: Any, **named: Any) -> Any:
        with data_alone():
            return function(*given, **named)

    kept.keeps_data_alone = True  # type: ignore[attr-defined]
    return kept


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to that stream: FORCE_COLOR, then NO_COLOR and TERM=dumb, then whether it is a terminal."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def console(stderr: bool = True) -> "Console":
    """A rich console for tables and progress, by default on stderr; it honours NO_COLOR and FORCE_COLOR itself."""
    from rich.console import Console

    class Plain(Console):
        """Without an end of its own for the program where nobody reads any more."""

        def on_broken_pipe(self) -> None:
            """Leave it to whoever called."""
            raise BrokenPipeError

    file = sys.stderr if stderr else data_stream()
    return Plain(file=file, highlight=False, emoji=False, markup=False)


def terminal_width() -> int:
    """How many letters fit into a line: COLUMNS where it is set, else the terminal's width, else 100 (as in a pipe)."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return max(NARROWEST, int(said))
    if not data_stream().isatty():
        return PIPED
    return max(NARROWEST, shutil.get_terminal_size((PIPED, 24)).columns)


def tables_console() -> "Console":
    """A console for tables on stdout."""
    screen = console(stderr=False)
    screen.width = terminal_width()
    return screen


def silence(stream: TextIO) -> None:
    """Point a stream that can no longer be written to at nothing, so that the exit is quiet."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def steady_streams() -> None:
    """Let titles in any script pass through a terminal that cannot show them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
