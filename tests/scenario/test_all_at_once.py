"""However many mistakes a scenario has, they are all told at once: each once, in its line, and nothing else."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from generated_games import PARTS, Dice
from mistakes import KINDS, chosen, mistakes_in, plant

from wedge.engine.scenario import Problem, ScenarioError, load
from wedge.engine.scenario.finding import packaged, packaged_folder

GENERATED = 6
COUNTS = range(1, 9)


def scenario_files(folder: Path) -> list[Path]:
    """Copies of the packaged scenarios, bases and variants, and generated ones that use every part of the format."""
    shutil.copytree(packaged_folder(), folder / "packaged", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    files = [folder / "packaged" / f"{name}.yaml" for name in packaged()]
    for seed in range(GENERATED):
        tree = Dice(seed, set(PARTS)).scenario(5, 4, 3, 9)
        text = yaml.safe_dump(tree, sort_keys=False, default_flow_style=None if seed % 2 else False, width=1000)
        files.append(folder / f"generated_{seed}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    return files


def told(path: Path) -> list[Problem]:
    """The errors of a scenario."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return caught.value.problems


@pytest.mark.parametrize("count", COUNTS)
def test_so_many_mistakes_are_so_many_errors(count: int, tmp_path: Path) -> None:
    """In the scenario's own file and in those it extends, each in its line."""
    for at, path in enumerate(scenario_files(tmp_path)):
        dice = random.Random(1000 * at + count)
        possible = mistakes_in(path)
        texts = {file: file.read_text(encoding="utf-8") for file in path.parent.glob("*.yaml")}
        mistakes = chosen(dice, possible, count)
        expected = plant(mistakes)
        found = told(path)
        told_lines = sorted((problem.file, problem.line) for problem in found)
        assert sorted(expected.values()) == told_lines, (mistakes, [problem.told() for problem in found])
        for one in mistakes:
            said = [problem.message for problem in found if (problem.file, problem.line) == expected[one]]
            assert any(KINDS[one.kind].said in message for message in said), (one, said)
        for file, text in texts.items():
            file.write_text(text, encoding="utf-8")


def test_every_kind_of_mistake_can_be_planted(tmp_path: Path) -> None:
    """Somewhere in the scenarios, so that none of the list is idle."""
    assert set(KINDS) == {one.kind for path in scenario_files(tmp_path) for one in mistakes_in(path)}


class TestWhatFollows:
    """What follows from a mistake is no second mistake."""

    @pytest.mark.parametrize(
        ("old", "new", "lines"),
        [
            ("states:\n", "satets:\n", [11]),  # whatever names a state
            ("states:\n", "states: everybody\nothers:\n", [11, 12]),
            ("issues:\n  truce:", "isues:\n  truce:", [4]),
            ("agenda:\n", "agneda:\n", [37]),
            ("  bert:\n    policy", "  Bert:\n    policy", [18]),
            ("  - stage: land\n", "  - stage: 5\n", [38]),  # `after: land`
            ("  - stage: land\n", "  - satge: land\n", [38]),
            ("  - stage: land\n    issues: [land]", "  - issues: [land]", [38]),
            ("  pact:\n    members", "  pact: {}\n  pact_2:\n    members", [29]),  # ties are declared all the same
            ("        anna: {commitment", "        ana: {commitment", [33]),  # a shock of the tie
            ("      bert:\n        anna", "      bertt:\n        anna", [32]),
            ("    ties:\n", "    ties: none\n    tie:\n", [31, 32]),
            ("  drought:\n    at: 2030-02-04\n", "  drought:\n", [47]),
            ("rounds: 20, ", "", [3]),
            ("rounds: 20", "rounds: ", [3]),
            ("calendar: {start: 2030-01-07, rounds: 20, days_between_rounds: 7}", "calendar:", [3]),
            ("  bert:\n    policy: conceder\n    positions:\n      truce: {ideal: 1, salience: 5}\n      land: {ideal: 0.6, salience: 1}\n", "  bert:\n", [18]),
            ("levels: {0: none, 1: full}", "levels: {0: none, all: full}", [6]),
            ("levels: {0: none, 1: full}", "levels: {0: none, 1: }", [6]),
            ("members: [anna, bert]", "members: anna", [30]),
            ("members: [anna, bert]", "members: [anna, anna]", [30]),
            ("consent: [anna, carl]", "consent: {quota: 2, of: anna}", [43]),
            ("consent: [anna, carl]", "consent: {quota: 1, of: [ana], veto: [anna]}", [43]),
            ("policy: boulware", "policy: bulware\n    e: 3", [14, 15]),
            ("states.carl.war_cost", "states.Carl.war_cost", [50]),
        ],
    )  # fmt: skip
    def test_one_mistake_is_one_error(
        self, errors: Callable[..., list[Problem]], old: str, new: str, lines: list[int]
    ) -> None:
        """Though much hangs on what is wrong."""
        found = errors((old, new))
        assert lines == [problem.line for problem in found], [problem.told() for problem in found]

    def test_a_number_of_a_policy_that_is_not_known(self, errors: Callable[..., list[Problem]]) -> None:
        """Whether it has that number nobody can say."""
        found = errors(("policy: wedge", "policy: wege"), ("states.carl.war_cost", "states.carl.policy.courts.margin"))
        assert ["there is no policy 'wege'"] == [problem.message for problem in found]

    def test_mistakes_in_one_mapping_are_told_each(self, errors: Callable[..., list[Problem]]) -> None:
        """Side by side, and in their order."""
        found = errors(
            ("power: 1.2\n    policy: boulware", "power: -3\n    policy: concedar\n    hop: 1\n    loyalty: no")
        )
        assert [13, 14, 15, 16] == [problem.line for problem in found]

    def test_what_stands_under_a_misspelt_key_is_looked_at(self, errors: Callable[..., list[Problem]]) -> None:
        """As if it were spelt right."""
        found = errors(("issues:\n  truce:", "isues:\n  truce:"), ("status_quo: 0.5", "status_quo: half"))
        assert [4, 10] == [problem.line for problem in found]

    def test_broken_yaml_and_broken_meaning(self, errors: Callable[..., list[Problem]]) -> None:
        """What does not hinder reading is told with all else."""
        found = errors(("power: 1.2", "power: 1.2\n    power: 3"), ("after: land", "after: lnd"))
        assert [14, 43] == [problem.line for problem in found]


class TestFilesAndOptions:
    """The mistakes of a base, a variant and the command line come in one list."""

    def test_together(self, small: Callable[..., Path], write: Callable[..., Path]) -> None:
        """Each with the name of its file, or option, and its line there."""
        small(("power: 1.2", "power: strong"), ("after: land", "after: lnd"), name="base.yaml")
        variant = write("extends: base.yaml\nevents: {rft: null}\nstates:\n  bert: {policy: concedar}\n")
        with pytest.raises(ScenarioError) as caught:
            load(
                variant,
                sets=["nonsense", "states.ana.power=3", "calendar.rounds=0", "strain.noise=[1"],
                policies=["carl=wege", "crl=wedge"],
            )
        expected = [
            ("--policy", 1), ("--policy", 2), ("--set", 1), ("--set", 2), ("--set", 3), ("--set", 4),
            ("base.yaml", 13), ("base.yaml", 42), ("talks.yaml", 2), ("talks.yaml", 4),
        ]  # fmt: skip
        assert expected == [(Path(problem.file).name, problem.line) for problem in caught.value.problems]

    def test_a_base_that_cannot_be_read(self, write: Callable[..., Path]) -> None:
        """What is wrong in the YAML of both is told."""
        write("a: [1\n", "base.yaml")
        with pytest.raises(ScenarioError) as caught:
            load(write("extends: base.yaml\nname: x\nname: y\n"))
        assert [("base.yaml", 1), ("talks.yaml", 3)] == [
            (Path(problem.file).name, problem.line) for problem in caught.value.problems
        ]
