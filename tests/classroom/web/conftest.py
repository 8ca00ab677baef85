"""A classroom in a folder of its own, without a network."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wedge.engine.classroom.web.room import Room
from wedge.engine.scenario import Scenario

sys.path.insert(0, str(Path(__file__).resolve().parent))  # where visitors.py can be imported by name

from visitors import TEACHER, Running, Teacher, Visitor


@pytest.fixture
def running(talks: Scenario, tmp_path: Path) -> Iterator[Running]:
    """A classroom that is being served."""
    served = Running(Room(tmp_path / "kept", [talks], TEACHER))
    with served.client:
        yield served


@pytest.fixture
def room(running: Running) -> Room:
    """Its room."""
    return running.room


@pytest.fixture
def teacher(running: Running) -> Teacher:
    """The teacher."""
    return Teacher(running)


@pytest.fixture
def monday(running: Running, teacher: Teacher) -> dict[str, Visitor]:
    """Three people in three seats of a game that has begun."""
    key = teacher.make()
    code = running.room.halls[key].session.code
    people = {}
    for n, seat in enumerate(("anna", "bert", "carl")):
        people[seat] = Visitor(running, f"10.0.0.{n + 2}").join(code, f"{seat} player")
        assert 200 == people[seat].act("sit", seat=seat).status_code
    assert 200 == teacher.do(key, "start").status_code
    return people
