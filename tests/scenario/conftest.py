"""A small scenario to change one thing in, and ways to load what comes out."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Problem, Scenario, ScenarioError, load

# Where tests find the mistakes beside them, and the generated games of the room of the drivers.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "simulation")]
SMALL = (Path(__file__).parents[1] / "cli" / "small.yaml").read_text(encoding="utf-8")

Change = tuple[str, str]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a text as a scenario file."""

    def write(text: str | bytes, name: str = "talks.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def small(write: Callable[..., Path]) -> Callable[..., Path]:
    """The small scenario with some of its text replaced, as a file."""

    def small(*changes: Change, name: str = "talks.yaml") -> Path:
        text = SMALL
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the small scenario"
            text = text.replace(old, new)
        return write(text, name)

    return small


@pytest.fixture
def loaded(small: Callable[..., Path]) -> Callable[..., Scenario]:
    """The small scenario with changes, loaded."""
    return lambda *changes: load(small(*changes))


@pytest.fixture
def errors(small: Callable[..., Path]) -> Callable[..., list[Problem]]:
    """What is wrong with the small scenario once it is changed so."""

    def errors(*changes: Change) -> list[Problem]:
        with pytest.raises(ScenarioError) as caught:
            load(small(*changes))
        return caught.value.problems

    return errors


@pytest.fixture
def warnings(loaded: Callable[..., Scenario]) -> Callable[..., list[str]]:
    """What the changed small scenario is warned of."""
    return lambda *changes: [problem.message for problem in loaded(*changes).warnings]
