"""Experiments to look at: the small scenario and its twin with the agenda turned round."""

import sys
from pathlib import Path

import pytest

from wedge.engine.experiment import Experiment, run, run_together
from wedge.engine.scenario import load

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "simulation"))
sys.path.insert(0, str(Path(__file__).resolve().parent))  # where blows.py can be imported by name

SCENARIOS = Path(__file__).parents[1] / "experiment"


@pytest.fixture(scope="session")
def pair(tmp_path_factory) -> list[Experiment]:
    """Both in the same 120 worlds."""
    both = [load(SCENARIOS / "small.yaml"), load(SCENARIOS / "turned.yaml")]
    return run_together(both, 120, 5, tmp_path_factory.mktemp("pair") / "results", driver="traced", rounds_of=5)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory) -> Experiment:
    """The twin in other worlds: another seed."""
    return run(
        load(SCENARIOS / "turned.yaml"),
        80,
        6,
        tmp_path_factory.mktemp("other") / "results",
        driver="traced",
        rounds_of=5,
    )
