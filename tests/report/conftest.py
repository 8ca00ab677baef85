"""Told runs, and a small experiment and comparison to draw."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.analysis import Comparison, compare
from wedge.engine.experiment import Experiment, run
from wedge.engine.scenario import load
from wedge.engine.simulation.runs import Run
from wedge.engine.simulation.traced import play

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))  # where blows.py can be imported by name
sys.path.insert(0, str(Path(__file__).parent))  # where crowding.py and recounting.py can be imported by name


@cache
def run_of(name: str, seed: int, world: int) -> Run:
    """A packaged scenario played in one world, every round kept."""
    return play(load(name), seed, world)


@pytest.fixture(scope="session", name="run_of")
def run_of_fixture() -> Callable[[str, int, int], Run]:
    """Play a packaged scenario in one world."""
    return run_of


@pytest.fixture(scope="session")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """Sixty worlds of the tutorial."""
    return run("tutorial/first_steps", 60, 7, tmp_path_factory.mktemp("first"), driver="traced", rounds_of=20)


@pytest.fixture(scope="session")
def comparison(tmp_path_factory: pytest.TempPathFactory, experiment: Experiment) -> Comparison:
    """The tutorial as it is, and with a patron that cares more for the border."""
    other: Any = load("tutorial/first_steps", sets=["states.patron.positions.border.ideal=0.1"])
    folder: Path = tmp_path_factory.mktemp("second")
    second = run(other, 60, 7, folder, driver="traced", rounds_of=20)
    return compare([experiment, second], ["patient", "keen"])
