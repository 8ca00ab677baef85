"""Policies of a user's own are looked at with everything else in a scenario."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Problem, ScenarioError, load

Errors = Callable[..., list[Problem]]
OWN = ("policy: boulware", "policy: {file: mine.py, name: Mine}")
BROKEN = "from wedge.agents.seat import Policy\nclass Mine(Policy):\n    def aswer(self, table):\n        return None\n"


def places(problems: list[Problem]) -> list[tuple[str, int, int]]:
    """File, line and column of each."""
    return [(Path(problem.file).name, problem.line, problem.column) for problem in problems]


def test_a_fault_is_told_at_its_line(errors: Errors, write: Callable[..., Path]) -> None:
    """In the policy's file, with the line quoted and the scenario's line that names it."""
    write(BROKEN, "mine.py")
    (problem,) = errors(OWN)
    assert [("mine.py", 3, 9)] == places([problem])
    assert "    def aswer(self, table):\n        ^" == problem.excerpt
    assert problem.message.endswith("talks.yaml:14)")


def test_a_name_that_is_not_there_is_told_in_the_scenario(errors: Errors, write: Callable[..., Path]) -> None:
    """Where it is said, with what may be meant."""
    write(BROKEN.replace("Mine", "Mime"), "mine.py")
    (problem,) = errors(OWN)
    assert [("talks.yaml", 14, 35)] == places([problem])
    assert "did you mean 'Mime'?" == problem.help


def test_a_policy_of_several_states_is_told_of_once(errors: Errors, write: Callable[..., Path]) -> None:
    """With all the places that name it."""
    write(BROKEN, "mine.py")
    (problem,) = errors(OWN, ("policy: conceder", OWN[1]))
    assert "anna in" in problem.message
    assert "bert in" in problem.message


def test_together_with_everything_else(errors: Errors, write: Callable[..., Path]) -> None:
    """What is wrong in the scenario hides nothing in the policy, nor the other way round."""
    write(BROKEN, "mine.py")
    found = errors(OWN, ("after: land", "after: lnd"), ("power: 1.2", "power: -1"))
    assert [("mine.py", 3, 9), ("talks.yaml", 13, 12), ("talks.yaml", 42, 12)] == places(found)


def test_a_policy_given_by_an_option(
    small: Callable[..., Path], write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is looked at too."""
    write(BROKEN, "mine.py")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load(small(), policies=["carl={file: mine.py, name: Mine}"])
    (problem,) = caught.value.problems
    assert [("mine.py", 3, 9)] == places([problem])
    assert "carl in --policy:1" in problem.message


def test_what_the_file_prints_is_no_data(
    small: Callable[..., Path], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """It goes to stderr."""
    write("print('read')\n" + BROKEN.replace("aswer", "answer"), "mine.py")
    load(small(OWN))
    said = capsys.readouterr()
    assert ("", "read\n") == (said.out, said.err)


def test_no_file_is_run_that_is_not_named(small: Callable[..., Path], write: Callable[..., Path]) -> None:
    """A scenario without a policy of a user's own runs nobody's code."""
    write("raise SystemExit('run')\n", "mine.py")
    assert {} == load(small()).outsiders
