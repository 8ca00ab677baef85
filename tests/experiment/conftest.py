"""A small scenario, and what a folder of results is made of."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Scenario, load

HERE = Path(__file__).parent
FEW = ((0, 20),)  # parts of twenty worlds


@pytest.fixture(scope="session")
def small() -> Scenario:
    """Six rounds, three states, one alliance."""
    return load(HERE / "small.yaml")


@pytest.fixture(scope="session")
def turned() -> Scenario:
    """The same with its agenda turned round."""
    return load(HERE / "turned.yaml")


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file of an experiment, but for how long it took."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "timing.json")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(name="contents")
def contents_fixture() -> Callable[[Path], dict[str, str]]:
    """Hashes of all files of a folder."""
    return contents


@pytest.fixture
def with_policy() -> Callable[[str], Scenario]:
    """The small scenario with one of the fragile policies in the client's seat."""
    return lambda name: load(HERE / f"{name.lower()}.yaml")
