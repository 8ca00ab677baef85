"""``wedge theory``: what is told of the checks, and what is refused."""

import json

import pytest

from wedge.engine.cli.common import BAD, DONE, NO
from wedge.engine.theory import catalogue
from wedge.engine.theory.checks.check import Check, Row


def test_a_check_is_told_in_full(wedge):
    """Its source, what was played, and every comparison."""
    said = wedge("theory", "landscape")
    assert DONE == said.code
    assert "source: Axelrod" in said.out
    assert "played: not a game" in said.out
    assert "-83200" in said.out
    assert "landscape: pass, 18 of 18 comparisons" in said.out


def test_parameters_play_another_case(wedge):
    """As JSON: name, citation, what was played, expected, found, error, tolerance, verdict."""
    said = wedge("theory", "stahl", "--set", "d1=0.9", "--set", "rounds=7", "--json")
    assert DONE == said.code
    (check,) = json.loads(said.out)["checks"]
    assert {"name", "title", "citation", "played", "passed", "rows"} == check.keys()
    share = check["rows"][0]
    assert 0.778051 == pytest.approx(share["expected"])
    assert 0.778051 == pytest.approx(share["found"])
    assert share["passed"]
    assert share["error"] <= share["tolerance"] == 1e-9


def test_one_failure_is_told_and_exits_with_1(wedge, monkeypatch):
    """Beside those that pass."""
    rows = [Row("case", "quantity", 1.0, 1.0, 0.1), Row("case", "other", 1.0, 2.0, 0.1)]
    check = Check("made-up", "Made up for a test", "nobody", "nothing", lambda numbers, how: iter(rows))
    monkeypatch.setattr(catalogue, "CHECKS", (check,))
    said = wedge("theory", "-q")
    assert NO == said.code
    assert "made-up: what failed" in said.out
    assert "FAIL" in said.out
    assert "" == said.err.replace("next: wedge theory NAME for every comparison of a check\n", "")
    assert not json.loads(wedge("theory", "--json").out)["passed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch"], "there is no check 'nosuch'"),
        (["sthal"], "did you mean 'stahl'?"),
        (["prospect"], "prospect is a theory that states decide by"),
        (["--set", "d1=0.5"], "--set needs the name of a check"),
        (["stahl", "--set", "d3=0.5"], "takes no 'd3'"),
        (["stahl", "--set", "d1=2"], "will not do for d1"),
        (["group-decision", "--set", "n=2"], "takes no parameters"),
        (["baron-ferejohn", "--set", "q=9"], "more must consent than there are members"),
    ],
)
def test_what_cannot_be_checked_is_refused(wedge, arguments, said):
    """With a cure, and without a traceback."""
    told = wedge("theory", *arguments)
    assert BAD == told.code
    assert said in told.err
    assert "help:" in told.err
    assert "Traceback" not in told.err
