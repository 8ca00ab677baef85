"""What can begin while worlds are played: imports, for the compiled loop needs no interpreter, and a second process that draws."""

import importlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wedge.engine.report.painting import Painter

TABLES = ("pandas",)
FIGURES = ("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg")


@contextmanager
def begun_ahead(figures: bool, workers: int) -> Iterator["Painter | None"]:
    """Begin to import, in the background, what tables need and, if wanted, what ``figures`` need; with more than one
    worker, figures get a painter.

    Whoever imports them later waits for what is left. Nothing of ours is among them, so that the two cannot wait
    for each other.
    """
    names = TABLES + FIGURES if figures else TABLES
    threading.Thread(target=lambda: [importlib.import_module(name) for name in names], daemon=True).start()
    if not figures or workers < 2:
        yield None
        return
    from wedge.engine.report.painting import Painter

    try:
        painter = Painter()
    except OSError:  # no more processes may be started, or there is no memory for one: this one draws alone
        yield None
        return
    with painter:
        yield painter
