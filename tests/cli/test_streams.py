"""Stdout holds data alone, and whoever stops reading it ends a command quietly."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.cli.common import out_sentence

Wedge = Callable[..., Any]
LOUD = """
import sys
from wedge.agents.seat import Policy

print("read")

class Loud(Policy):
    def answer(self, table):
        print("asked")
        sys.stdout.write("asked again")
"""


@pytest.fixture
def loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options that seat a policy which prints."""
    (tmp_path / "loud.py").write_text(LOUD)
    monkeypatch.chdir(tmp_path)
    return ["--policy", "patron=./loud.py:Loud"]


def called(*words: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, whose workers write where it writes."""
    return subprocess.run(
        [sys.executable, "-m", "wedge.engine.cli.main", *words], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("executor", ["threads", "processes", "dask"])
def test_what_a_policy_prints_goes_to_stderr(loud: list[str], executor: str) -> None:
    """Whoever plays; stdout is JSON."""
    if executor == "dask":
        pytest.importorskip("distributed")
    how = ["--worlds", "4", "--workers", "2", "--executor", executor, "--no-figures", "--out", "results", "--json"]
    done = called("run", "tutorial/first_steps", *loud, *how)
    assert json.loads(done.stdout)
    for word in ("read", "asked", "asked again"):
        assert word in done.stderr


@pytest.mark.parametrize("command", [["explain"], ["sweep", "--vary", "strain.daylight=0.1,0.2", "--worlds", "3"]])
def test_so_it_does_in_other_commands(wedge: Wedge, loud: list[str], command: list[str]) -> None:
    """Also where no experiment is stored."""
    said = wedge(command[0], "tutorial/first_steps", *command[1:], *loud, "--json")
    assert said.data
    assert "asked" in said.err
    assert "read" in said.err.splitlines()


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["run", "--help"],
        ["policies"],
        ["explain", "tutorial/first_steps", "--rounds", "all"],
        ["compare", "tutorial/first_steps", "tutorial/separate", "--worlds", "6", "--driver", "traced", "--no-figures"],
    ],
)
def test_a_reader_that_goes_away_ends_it_quietly(words: list[str], tmp_path: Path) -> None:
    """With exit code 0, and no word of a broken pipe."""
    (tmp_path / "tutorial").mkdir()
    (tmp_path / "tutorial/separate.yaml").write_text((Path(__file__).parent / "small.yaml").read_text())
    words = [word.replace("tutorial/separate", "tutorial/separate.yaml") for word in words]
    program = [sys.executable, "-m", "wedge.engine.cli.main", *words]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        said = done.stderr.read()
    assert 0 == done.returncode, said
    assert "pipe" not in said.lower()


class Screen(io.StringIO):
    """What takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


SENTENCE = (
    "Western alliance fractures in 25.4 % (21.8 to 29.4 %) of 500 worlds, half of those by day 147; it is strained."
)


@pytest.mark.parametrize("width", [30, 80])
def test_sentences_are_wrapped_to_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """No line is longer, no number without its per cent, and no word is lost."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys, "stdout", Screen())
    out_sentence(SENTENCE)
    lines = sys.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(lines) > 1
    assert max(map(len, lines)) <= width
    assert not any(line.startswith("%") for line in lines)
    assert " ".join(lines) == SENTENCE


def test_a_sentence_in_a_pipe_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """However narrow the terminal beside it."""
    monkeypatch.setenv("COLUMNS", "30")
    out_sentence(SENTENCE)
    assert f"{SENTENCE}\n" == capsys.readouterr().out
