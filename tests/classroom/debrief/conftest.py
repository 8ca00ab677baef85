"""Games in talks where much hangs on chance, and their debrief."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where played_games.py can be imported by name

sys.path.insert(0, str(Path(__file__).resolve().parent))  # and debriefed.py

from debriefed import FUTURES, RUNS, SAID
from played_games import played

from wedge.engine.classroom.debrief import Debrief, debrief
from wedge.engine.classroom.game import Game
from wedge.engine.scenario import Scenario


def risky(tree: dict[str, Any]) -> None:
    """A tie that chance breaks now and then, talks that may break down, moods."""
    tree["strain"] = {"noise": 0.05}
    tree["talks"] = {"breakdown": 0.1}
    tree["alliances"]["pact"]["ties"]["bert"]["anna"]["commitment"] = 0.43
    for state in ("anna", "bert", "carl"):
        tree["states"][state]["whim"] = 0.3


@pytest.fixture(scope="session")
def risky_talks(load_talks: Callable[[Callable[[dict[str, Any]], None]], Scenario]) -> Scenario:
    """Talks where much hangs on chance."""
    return load_talks(risky)


@pytest.fixture(scope="session")
def game(risky_talks: Scenario) -> Game:
    """A game played to its end, two seats taken."""
    return played(risky_talks, "anna", "bert")


@pytest.fixture(scope="session")
def told(game: Game) -> Debrief:
    """Its debrief."""
    return debrief(game, SAID, RUNS, FUTURES, compiled=False)
