"""Choosing a world to tell."""

import numpy as np
import pytest

from wedge.engine.report.choosing import first_fracture, most_typical
from wedge.engine.report.codes import full_name, read_code
from wedge.engine.scenario import load
from wedge.engine.simulation.many import play_many

BRITTLE = ["strain.daylight=0.9"]


def test_the_first_fracture_is_the_first() -> None:
    """The lowest number among all worlds in which an alliance fractures."""
    scenario = load("tutorial/first_steps", sets=BRITTLE)
    table = play_many(scenario, 7, np.arange(60)).tables["alliances"]
    chosen = first_fracture(scenario, 7, 60)
    assert chosen is not None
    assert chosen.world == table["world"][table["fractured"]].min()


def test_where_no_alliance_fractures_none_is_chosen() -> None:
    """A tie that nothing strains holds."""
    scenario = load("tutorial/first_steps", sets=["strain.daylight=0", "strain.noise=0"])
    assert first_fracture(scenario, 7, 30) is None


def test_the_typical_world_ends_as_most_do() -> None:
    """It answers the main questions as most worlds do."""
    scenario = load("tutorial/first_steps")
    chosen = most_typical(scenario, 7, 60)
    tables = play_many(scenario, 7, np.arange(60)).tables
    endings = tables["runs"]["ending"].tolist()
    assert endings[chosen.world] == max(set(endings), key=endings.count)
    fractured = tables["alliances"]["fractured"]
    assert fractured[chosen.world] == (fractured.mean() > 0.5)


def test_it_says_how_it_was_chosen() -> None:
    """Nearest to what, out of how many, and how common its answers are."""
    how = most_typical(load("tutorial/first_steps"), 7, 30).how
    assert "most typical of 30" in how
    assert "per cent of them" in how


def test_one_world_is_typical_of_itself() -> None:
    """There is nothing to choose."""
    assert most_typical(load("tutorial/first_steps"), 7, 1).world == 0


@pytest.mark.parametrize("said", ["a@b", "a@7", "a@7:", "@7:1x", "a@-1:2", "mine.yaml"])
def test_what_is_no_code_is_a_name(said: str) -> None:
    """Seed and world are both there, or it is the name of a scenario."""
    assert read_code(said) == (said, None, None, "")


def test_the_last_part_of_a_packaged_name_is_enough() -> None:
    """Where only one scenario ends so; anything else is left as it was said."""
    assert full_name("land_swap") == "alaska_2025/land_swap"
    assert full_name("alaska_2025/land_swap") == "alaska_2025/land_swap"
    assert full_name("nothing_like_it") == "nothing_like_it"
