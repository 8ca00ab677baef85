"""What is printed to be pasted tells the very run it came from, whatever was put over the scenario."""

import json
import math
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.experiment import Experiment, open_experiment

Wedge = Callable[..., Any]
FEW = ["--worlds", "30", "--seed", "7", "--workers", "1", "--driver", "traced", "--no-figures"]
STEPS = "tutorial/first_steps"
CHANGES = {
    "as it is": [],
    "numbers": ["--set", "strain.daylight=1.2", "--set", "strain.noise={uniform: [0, 0.02]}"],
    "policies": ["--policy", "patron=firm", "--set", "strain.daylight=1.2"],
    "words and signs": ["--set", 'name="a+b @ 50 %"', "--set", "states.client.war_cost=2e-1", "--set", "strain.daylight=1"],
}  # fmt: skip


def next_of(err: str) -> list[str]:
    """The words of the command that is worth trying next."""
    (line,) = [line for line in err.splitlines() if line.startswith("next: wedge ")]
    return shlex.split(line)[2:]


def end_told(wedge: Wedge, *words: str) -> dict[tuple[str, str], float]:
    """Where each tie ends in a run that is told."""
    books = wedge(*words, "--json").data["books"]
    return {(book["source"], book["target"]): book["end"] for book in books}


def end_stored(stored: Experiment, world: int) -> dict[tuple[str, str], float]:
    """Where each tie ended in a stored world."""
    rows = stored.ask("SELECT source, target, commitment_end FROM ties WHERE world = ?", (world,))
    return {(source, target): end for source, target, end in rows.itertuples(index=False)}


def same(told: dict[Any, float], stored: dict[Any, float]) -> bool:
    """To the last digit that JSON keeps."""
    return told.keys() == stored.keys() and all(math.isclose(told[tie], stored[tie], rel_tol=1e-12) for tie in told)


def world_in(code: str) -> int:
    """The world that a code names."""
    return int(code.rpartition("@")[2].partition(":")[2].partition("+")[0])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of results are named from where one stands."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("changes", list(CHANGES.values()), ids=list(CHANGES))
def test_the_next_command_of_a_run_tells_a_stored_world(wedge: Wedge, changes: list[str]) -> None:
    """And so does a code with the folder of the results in front, and the folder with --world."""
    command = next_of(wedge("run", STEPS, *FEW, *changes, "--out", "results/one").err)
    stored = open_experiment("results/one")
    assert same(end_told(wedge, *command), end_stored(stored, world_in(command[1])))
    for words in (["explain", "results/one@7:3"], ["explain", "results/one", "--world", "3"]):
        assert same(end_told(wedge, *words), end_stored(stored, 3))
    assert stored.world_code(3) == wedge("explain", "results/one@7:3", "--json").data["code"]


@pytest.mark.parametrize("changes", list(CHANGES.values()), ids=list(CHANGES))
def test_codes_of_a_comparison_tell_its_worlds(
    wedge: Wedge, write_scenario: Callable[..., Path], changes: list[str]
) -> None:
    """The next command, and every world that flipped: of scenarios that were played, and of results that lay there."""
    wedge("run", STEPS, *FEW, *changes, "--out", "results/a")
    wedge("run", STEPS, *FEW, *changes, "--set", "strain.daylight=0.3", "--out", "results/b")
    said = wedge("compare", "results/a", "results/b", "--no-figures", "--out", "results/both")
    flipped = json.loads(Path("results/both/comparison.json").read_text())["pairs"][0]["flipped"]
    folders = {"a": open_experiment("results/a"), "b": open_experiment("results/b")}
    assert next_of(said.err)[0] == "explain"
    for row in flipped[:6]:
        folder = folders["a" if row["only"].endswith("a") else "b"]
        assert same(end_told(wedge, "explain", row["world"]), end_stored(folder, world_in(row["world"])))


def test_codes_of_causes_tell_the_fractures_and_what_would_have_saved_them(wedge: Wedge) -> None:
    """Of a scenario with changes and of results; the saved course does not fracture."""
    few = ["--workers", "1", "--pairs", "0"]
    wedge("run", STEPS, *FEW, *CHANGES["numbers"], "--worlds", "4", "--out", "results/one")
    stored = open_experiment("results/one")
    found = wedge("causes", STEPS, "--worlds", "4", "--seed", "7", *CHANGES["numbers"], *few, "--json").data
    for row in found["fractures"]:
        assert same(end_told(wedge, "explain", row["code"]), end_stored(stored, row["world"]))
    for row in found["changes"][:3]:
        books = wedge("explain", row["code"], "--json").data["books"]
        assert all(book["fracture_round"] < 0 for book in books)
    command = next_of(wedge("causes", "results/one", *few).err)
    assert found["fractures"][0]["code"] == command[1]


@pytest.mark.parametrize("subject", ["results/one@7:5", f"{STEPS}@7:5+0.set.strain.daylight=1.2"])
@pytest.mark.parametrize(
    "change",
    [
        ["--policy", "patron=follow"],
        ["--force", "pass"],
        ["--set", "strain.abandonment=0.1", "--policy", "challenger=boulware"],
    ],
)
def test_the_next_command_of_a_fork_tells_the_changed_course(wedge: Wedge, subject: str, change: list[str]) -> None:
    """With what was put over the scenario, and with whom a policy that was seated halfway courts or follows."""
    wedge("run", STEPS, *FEW, "--set", "strain.daylight=1.2", "--out", "results/one")
    courses = wedge("fork", subject, "--round", 4, *change, "--json").data["courses"]
    command = next_of(wedge("fork", subject, "--round", 4, *change).err)
    assert courses["changed"]["code"] == command[1]
    for course in courses.values():
        ends = {f"{a}.{b}": end for (a, b), end in end_told(wedge, "explain", course["code"]).items()}
        assert same(ends, course["commitments"])


def test_the_next_command_of_orders_tells_a_world_of_one(wedge: Wedge) -> None:
    """With the order it is of; and so do the codes of the order's own results."""
    changes = CHANGES["numbers"]
    said = wedge("compare", STEPS, "--agendas", *FEW, *changes, "--out", "results/orders")
    command = next_of(said.err)
    orders = [open_experiment(path.parent) for path in sorted(Path("results/orders").glob("*/plan.json"))]
    world = int(command[command.index("--world") + 1])
    told = end_told(wedge, *command)
    assert any(same(told, end_stored(order, world)) for order in orders)
    for order in orders:
        assert same(end_told(wedge, "explain", order.world_code(2)), end_stored(order, 2))


def test_a_world_of_a_widened_range_is_told_by_its_code(wedge: Wedge) -> None:
    """The range is part of what makes the world."""
    from wedge.engine.analysis.inputs import with_ranges
    from wedge.engine.analysis.notation import code_of
    from wedge.engine.scenario import load
    from wedge.engine.simulation.traced import play

    widened, _ = with_ranges(load(STEPS), {"strain.daylight": (0.5, 1.5)})
    run = play(widened, 7, 3)
    told = wedge("explain", code_of(widened, 7, 3), "--json").data["books"]
    names = run.scenario.names.states
    assert {(book["source"], book["target"]): book["end"] for book in told} == {
        (a, b): float(run.world.tie[0, i, j, 0])
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if run.scenario.setting.tie[i, j]
    }


def test_results_are_taken_as_they_are(wedge: Wedge) -> None:
    """What a folder of results cannot be asked is refused, with what can be."""
    wedge("run", STEPS, *FEW, "--set", "strain.daylight=1.2", "--out", "results/one")
    scenario = f"name the scenario: {STEPS} --set strain.daylight=1.2"
    refused = {
        "explain results/one@8:3": "is of seed 7, not 8",
        "explain results/one@7:30": "go from 0 to 29",
        "explain results/one --set strain.noise=0": scenario,
        "explain results/one@7:3+0.set.strain.noise=0": scenario,
        "explain results/one --typical --worlds 31": "ask for --worlds 30 or less",
        "sensitivity results/one": f"name the one they are of: {STEPS} --set strain.daylight=1.2",
        f"explain {STEPS}@7:3+0.pass": "0.set.PATH=VALUE",
    }
    for words, said in refused.items():
        found = wedge(*words.split())
        assert (2, "") == (found.code, found.out), words
        assert said in found.err
    stored = open_experiment("results/one")
    first = stored.ask("SELECT min(world) AS world FROM alliances WHERE fractured")["world"][0]
    assert stored.world_code(int(first)) == wedge("explain", "results/one", "--first-fracture", "--json").data["code"]


@pytest.mark.parametrize("command", ["causes", "explain", "compare", "report", "export", "verify"])
def test_results_that_are_not_there(wedge, tmp_path, monkeypatch, command):
    """Are not called a missing scenario; a folder beside them is named if it is like them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine/first").mkdir(parents=True)
    (tmp_path / "mine/first/plan.json").write_text("{}")
    other = ["tutorial/first_steps"] if command == "compare" else []
    said = {
        "mine/frist": "there is no folder of results 'mine/frist'\n  help: did you mean 'mine/first'?",
        "results/none": "there is no folder of results 'results/none'\n  help: wedge run makes one",
        "mine": "mine holds no experiment (plan.json is missing)\n  help: wedge run makes one",
    }
    for name, wanted in said.items():
        found = wedge(command, name, *other)
        assert (2, "") == (found.code, found.out), name
        assert f"error: {wanted}" in found.err


def test_a_scenario_that_is_not_there_is_still_called_one(wedge, tmp_path, monkeypatch):
    """Where nothing says that results are meant."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks/mine.yaml").write_text("")
    for name in ("tutorial/frist_steps", "talks/mien", "nowhere"):
        assert "there is no scenario" in wedge("causes", name).err, name
