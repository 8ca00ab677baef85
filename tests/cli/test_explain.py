"""``wedge explain``: one run told round by round."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Wedge = Callable[..., Any]


def test_it_tells_a_world(wedge: Wedge) -> None:
    """By name, seed and world; the header says how to tell it again."""
    said = wedge("explain", "tutorial/first_steps", "--seed", 7, "--world", 3)
    assert said.code == 0
    assert said.out.startswith("First steps: seed 7, world 3\n")
    assert "wedge explain tutorial/first_steps@7:3" in said.out
    assert "not a forecast" in " ".join(said.out.split())


def test_a_code_says_the_same(wedge: Wedge) -> None:
    """Scenario, seed and world in one word; the last part of a packaged name will do."""
    by_options = wedge("explain", "tutorial/first_steps", "--seed", 7, "--world", 3).out
    assert by_options == wedge("explain", "tutorial/first_steps@7:3").out
    assert by_options == wedge("explain", "first_steps@7:3").out


def test_a_file_can_be_told_and_told_again(wedge: Wedge, write_scenario: Callable[..., Path]) -> None:
    """The command in the header finds the same file."""
    path = write_scenario()
    said = wedge("explain", path, "--seed", 1)
    assert said.code == 0
    assert said.out == wedge("explain", f"{path}@1:0").out


def test_json_stands_alone_on_stdout(wedge: Wedge) -> None:
    """The story with all its numbers."""
    data = wedge("explain", "tutorial/first_steps@7:3", "--json").data
    assert data["code"] == "tutorial/first_steps@7:3"
    assert data["books"][0]["channels"].keys() >= {"daylight", "rally"}
    assert [n for chapter in data["chapters"] for n in range(chapter["first"], chapter["last"] + 1)] == list(range(20))


def test_all_rounds_are_told_if_wanted(wedge: Wedge) -> None:
    """Twenty rounds, twenty headings."""
    said = wedge("explain", "tutorial/first_steps@7:3", "--rounds", "all").out
    assert sum(line.startswith("Round ") for line in said.splitlines()) == 20


def test_changes_are_part_of_the_code_that_tells_it_again(wedge: Wedge) -> None:
    """As moves before the talks."""
    said = wedge("explain", "tutorial/first_steps@7:3", "--set", "strain.noise=0", "--policy", "patron=firm").out
    again = "wedge explain tutorial/first_steps@7:3+0.policy.patron=firm+0.set.strain.noise=0"
    assert again in " ".join(said.split())
    assert said == wedge(*again.split()[1:]).out


def test_the_first_fracture_is_found(wedge: Wedge) -> None:
    """And the story says that it is the first."""
    said = wedge("explain", "tutorial/first_steps", "--seed", 7, "--first-fracture", "--set", "strain.daylight=1")
    assert said.code == 0
    assert "is the first of seed 7 in which an alliance fractures" in said.out
    assert "fractures: commitment is" in " ".join(said.out.split())


def test_where_none_fractures_the_answer_is_no(wedge: Wedge) -> None:
    """Exit code 1, nothing on stdout, a word about what to do."""
    calm = ("--set", "strain.daylight=0", "--set", "strain.noise=0")
    said = wedge("explain", "tutorial/first_steps", "--first-fracture", "--worlds", 20, *calm)
    assert said.code == 1
    assert said.out == ""
    assert "no alliance fractures in worlds 0 to 19" in said.err


def test_why_tells_what_broke_the_alliance(wedge: Wedge, write_scenario: Callable[..., Path]) -> None:
    """Channels, the smallest cause and the pivotal round, after the story."""
    at_a_date = ("  rift:\n    when: {refusals: anna, above: 3}", "  rift:\n    at: 2030-02-11")
    path = write_scenario(at_a_date, ("        by: -0.05", "        by: -0.5"))
    (broke,) = wedge("explain", path, "--why", "--json").data["broke"]
    assert broke["end"] - broke["start"] == pytest.approx(sum(broke["channels"].values()))
    assert {"rift"} <= {change["event"] for found in broke["sets"] for change in found["changes"]}
    said = wedge("explain", path, "--why").out
    assert said.index("The books of each tie") < said.index("What broke it\n")
    assert "the event “Rift” not happening, in round 6" in " ".join(said.split())


def test_why_of_a_world_in_which_nothing_broke_is_no(wedge: Wedge) -> None:
    """The story is told; exit code 1 and a sentence."""
    said = wedge(
        "explain", "tutorial/first_steps@7:3", "--why", "--set", "strain.daylight=0", "--set", "strain.noise=0"
    )
    assert said.code == 1
    assert "no alliance fractured in this world" in said.err
    assert "What broke it" not in said.out


def test_sums_are_added_if_wanted(wedge: Wedge) -> None:
    """The sum behind each answer."""
    assert "consent above 0" in wedge("explain", "tutorial/first_steps@7:3", "--sums").out


def test_a_code_may_force_moves(wedge: Wedge) -> None:
    """What is told is the changed course, and the command tells it again."""
    said = wedge("explain", "tutorial/first_steps@7:3+2.pass").out
    assert "passes: the move was given from outside." in said
    assert "wedge explain tutorial/first_steps@7:3+2.pass" in " ".join(said.split())


def test_a_typical_world_says_how_it_was_chosen(wedge: Wedge) -> None:
    """Nearest to the medians of so many."""
    said = wedge("explain", "tutorial/first_steps", "--typical", "--worlds", 30)
    assert said.code == 0
    assert "is the most typical of 30" in said.out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("first_steps@7:3", "--world", 2), "the code says seed and world already"),
        (("first_steps@7:3", "--typical"), "the world is named"),
        (("first_steps", "--typical", "--first-fracture"), "name two different worlds"),
        (("first_steps", "--worlds", 5), "from how many worlds to choose"),
        (("first_step@7:3",), "there is no scenario"),
        (("first_steps", "--world", -1), "must be a whole number, 0 or more"),
        (("first_steps", "--rounds", "some"), "cannot be 'some'"),
        (("first_steps", "--pairs", 5), "how far --why goes"),
        (("first_steps@7:3+2.cliant=accept",), "did you mean 'client'?"),
        (("first_steps@7:3+99.pass",), "rounds go from 1 to 20"),
    ],
)
def test_what_contradicts_itself_is_refused(wedge: Wedge, words: tuple[object, ...], reason: str) -> None:
    """With a sentence, and exit code 2."""
    said = wedge("explain", *words)
    assert said.code == 2
    assert reason in said.err


def test_colours_are_for_terminals(wedge: Wedge, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets none, FORCE_COLOR asks for them."""
    assert "\x1b" not in wedge("explain", "tutorial/first_steps@7:3").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in wedge("explain", "tutorial/first_steps@7:3").out


def test_a_name_that_would_steer_the_terminal_is_refused_or_escaped(wedge: Wedge, tmp_path: Path) -> None:
    """A file of such a name is told with its name written out."""
    from wedge.engine.scenario.finding import packaged

    path = tmp_path / "red\x1b[31m.yaml"
    path.write_text(packaged()["tutorial/first_steps"].read_text(encoding="utf-8"), encoding="utf-8")
    said = wedge("explain", path)
    assert said.code == 0
    assert "\x1b" not in said.out + said.err
    assert "red\\x1b[31m.yaml@0:0" in said.out


@pytest.mark.parametrize("width", [40, 60, 150])
def test_prose_is_as_wide_as_the_terminal_and_commands_are_whole(
    wedge: Wedge, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """So that they can be pasted."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = wedge("explain", "tutorial/first_steps@7:3", "--set", "states.patron.power=1.25", "--rounds", "all").out
    command = next(line for line in out.splitlines() if "wedge explain" in line)
    assert command.endswith("wedge explain tutorial/first_steps@7:3+0.set.states.patron.power=1.25")
    others = [line for line in out.splitlines() if "first_steps@7:3" not in line]  # codes are never broken
    assert max(map(len, others)) <= width
    assert width < 100 or max(map(len, others)) > 100
