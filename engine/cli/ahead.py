"""Imports that can be made while worlds are played: the compiled loop needs no interpreter meanwhile."""

import importlib
import threading

TABLES = ("pandas",)
FIGURES = ("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg")


def import_ahead(figures: bool) -> None:
    """Begin to import, in the background, what tables need and, if wanted, what ``figures`` need.

    Whoever imports them later waits for what is left. Nothing of ours is among them, so that the two cannot wait
    for each other.
    """
    names = TABLES + FIGURES if figures else TABLES
    threading.Thread(target=lambda: [importlib.import_module(name) for name in names], daemon=True).start()
