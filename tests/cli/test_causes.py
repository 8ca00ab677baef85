"""``wedge causes``: what broke the alliances, in every world that fractured."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Wedge = Callable[..., Any]
BREAKS = ("  rift:\n    when: {refusals: anna, above: 3}", "  rift:\n    at: 2030-02-11")
HARD = ("        by: -0.05", "        by: -0.5")


@pytest.fixture
def breaking(write_scenario: Callable[..., Path]) -> Path:
    """A scenario in which an event breaks the pact in every world."""
    return write_scenario(BREAKS, HARD)


def test_it_says_what_broke_the_alliance_how_often(wedge: Wedge, breaking: Path) -> None:
    """And with which world to go on."""
    said = wedge("causes", breaking, "--worlds", 2)
    assert said.code == 0
    assert "Pact fractured in 2 of 2 worlds" in said.out
    assert "“Rift” not happening: 100.0 %" in said.out
    assert f"next: wedge explain {breaking}@0:0 --why" in said.err


def test_json_stands_alone_on_stdout(wedge: Wedge, breaking: Path) -> None:
    """A row a fractured world, with its smallest cause."""
    data = wedge("causes", breaking, "--worlds", 2, "-q", "--json").data
    assert [(0, 1), (1, 1)] == [(row["world"], row["size"]) for row in data["fractures"]]
    assert "rift" in {row["event"] for row in data["kinds"]}
    assert f"{breaking}@0:0+6.without.rift" in {row["code"] for row in data["changes"]}


def test_tables_and_a_figure_are_written(wedge: Wedge, breaking: Path, tmp_path: Path) -> None:
    """For a spreadsheet, and to look at."""
    out = tmp_path / "out"
    assert wedge("causes", breaking, "--worlds", 2, "-q", "--out", out).code == 0
    names = {path.name for path in out.iterdir()}
    assert {"fractures.csv", "changes.csv", "kinds.csv", "channels.csv", "losses.csv", "causes.json"} <= names
    assert {"causes_pact.svg", "causes_pact.png"} <= names
    assert (out / "fractures.csv").read_text(encoding="utf-8-sig").startswith("world,code,alliance,fracture_round")


def test_stored_results_need_no_options(wedge: Wedge, breaking: Path, tmp_path: Path) -> None:
    """Their worlds are those that were played, whatever was put over the file."""
    results = tmp_path / "results"
    changed = ("--set", "strain.noise=0")
    wedge("run", breaking, "--worlds", 2, "--seed", 3, *changed, "--out", results, "--no-figures", "-q")
    said = wedge("causes", results, "-q")
    assert said.code == 0
    assert "fractured in 2 of 2 worlds" in said.out
    assert wedge("causes", results, "--seed", 3).code == 2


def test_where_nothing_fractures_the_answer_is_no(wedge: Wedge, write_scenario: Callable[..., Path]) -> None:
    """Exit code 1 and a sentence."""
    said = wedge("causes", write_scenario(), "--worlds", 1, "-q", "--set", "strain.daylight=0")
    assert said.code == 1
    assert said.out == ""
    assert "nothing fractured in 1 worlds" not in said.err
    assert "nothing fractured in 1 world of seed 0" in said.err


def test_what_cannot_be_looked_through_is_refused(wedge: Wedge) -> None:
    """With a sentence, and exit code 2."""
    assert wedge("causes", "first_stepz", "--worlds", 1).code == 2
    assert wedge("causes", "tutorial/first_steps", "--worlds", 0).code == 2
