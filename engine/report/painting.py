"""A second process that draws figures beside this one, which goes on drawing too: each takes the next that is left.

Drawing holds the interpreter, so that threads would not help. The other process begins to import what drawing needs
while worlds are still played. Whoever draws a figure, its bytes are the same; and what the other process
cannot draw, since it was killed or ran out of memory, is drawn here.
"""

import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ENDS_WITHIN = 2.0  # seconds that an ended process is waited for


class Painted(NamedTuple):
    """A figure that is written."""

    entry: dict[str, Any]  # its name, title, files, alternative text and table, as ``figures.json`` has them
    missing: frozenset[str]  # letters that no font has


class Painter:
    """The other process; use as a context, which ends it. Ctrl-C is heard by this one alone.

    Raises OSError where it cannot be started.
    """

    def __init__(self) -> None:
        import multiprocessing

        from wedge.engine.experiment.crew import deaf_to_ctrl_c

        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_paint_what_comes, args=(theirs,), daemon=True)
        with deaf_to_ctrl_c():
            self._process.start()
        theirs.close()
        self._there: threading.Thread | None = None  # waits for what is painted there

    def __enter__(self) -> "Painter":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join(ENDS_WITHIN)
        self._process.kill()
        self._process.join()
        if self._there is not None:
            self._there.join()  # what it waited for never comes
        self._pipe.close()

    def share(self, drawings: Sequence[Callable[[], Any]], folder: Path) -> list[Painted | None]:
        """Draw all of these, here and there; None where there was nothing to draw. Raises what drawing here raises."""
        found: dict[int, Painted | None] = {}
        waiting = _Waiting(len(drawings))
        order = pickle.dumps((drawings, folder))
        self._there = threading.Thread(target=self._have_painted, args=(order, waiting, found), daemon=True)
        self._there.start()
        for place in waiting:
            found[place] = paint(drawings[place], folder)
        self._there.join()
        for place in range(len(drawings)):
            if place not in found:  # the other process was lost over it
                found[place] = paint(drawings[place], folder)
        return [found[place] for place in range(len(drawings))]

    def _have_painted(self, order: bytes, waiting: "_Waiting", found: dict[int, Painted | None]) -> None:
        """Hand one after the other to the other process, once it is ready; leave off where it is lost."""
        try:
            self._pipe.send_bytes(order)
            self._pipe.recv()
            for place in waiting:
                self._pipe.send(place)
                found[place] = self._pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return


class _Waiting:
    """Places that are still to be taken, each by one taker."""

    def __init__(self, count: int) -> None:
        self._left, self._lock = iter(range(count)), threading.Lock()

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        with self._lock:
            return next(self._left)


def paint(draw: Callable[[], Any], folder: Path) -> Painted | None:
    """Draw a figure, if there is one to draw, and write it into a folder; within ``drawing.style()``."""
    from wedge.engine.report import drawing
    from wedge.engine.report.figures import entry_of

    drawn = draw()
    return None if drawn is None else Painted(entry_of(drawn, drawing.write(drawn, folder)), drawing.take_missing())


def _paint_what_comes(pipe: Any) -> None:
    """The life of the other process: drawings come, then the place of one after the other; it ends with the pipe."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from wedge.engine.report import drawing, figures  # noqa: F401  all that drawing needs

        with drawing.style():
            drawings, folder = pickle.loads(pipe.recv_bytes())
            pipe.send(None)
            while True:
                pipe.send(paint(drawings[pipe.recv()], folder))
    except Exception:  # the first process draws it itself, and tells what is wrong if it cannot
        return
