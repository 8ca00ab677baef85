"""``wedge debrief``: what it prints, what it refuses, and that nothing half is left."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.cli.debrief import Heeding
from wedge.engine.experiment.progress import Silent

Wedge = Callable[..., Any]
FEW = ("--runs", 3, "--futures", 2)


@pytest.fixture
def game(wedge: Wedge, write_scenario: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A game of five rounds, played to its end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("follow\n" * 20))
    talks = write_scenario(("rounds: 20", "rounds: 5"))
    wedge("play", talks, "--as", "anna", "--save", "game.json")
    return tmp_path / "game.json"


def test_page_and_tables_are_written_and_named(wedge: Wedge, game: Path) -> None:
    """Beside the game where no folder is given; the next command stands last."""
    said = wedge("debrief", game, *FEW)
    assert said.code == 0
    folder = game.with_name("game-debrief")
    written = sorted(path.name for path in folder.iterdir())
    assert [
        "debrief.html",
        "debrief.json",
        "grades.csv",
        "moves.csv",
        "options.csv",
        "places.csv",
        "predictions.csv",
    ] == written
    assert f"\n{folder / 'debrief.html'}\n" in said.out
    assert "next: wedge play --resume" in said.err.splitlines()[-1]


def test_json_stands_alone_on_stdout(wedge: Wedge, game: Path) -> None:
    """With the files that were written."""
    said = wedge("debrief", game, *FEW, "--json", "-q", "--out", "lesson")
    assert "lesson/debrief.html" == said.data["files"][0]
    assert 3 == said.data["about"]["runs"]
    assert "" == said.err


def test_predictions_are_read_and_an_error_names_its_line(wedge: Wedge, game: Path, tmp_path: Path) -> None:
    """Before anything is played."""
    (tmp_path / "said.csv").write_text("name,state,chance\nA,anna,35\n")
    said = wedge("debrief", game, "--predictions", "said.csv", *FEW)
    assert said.code == 2
    assert "said.csv:2: '35' lies outside 0 and 1" in said.err
    assert not game.with_name("game-debrief").exists()


def test_what_is_no_game_is_refused(wedge: Wedge, tmp_path: Path) -> None:
    """In words."""
    (tmp_path / "notes.json").write_text("[]")
    said = wedge("debrief", tmp_path / "notes.json")
    assert said.code == 2
    assert "holds no game" in said.err


def test_a_missing_file_is_named(wedge: Wedge, tmp_path: Path) -> None:
    """By the system's own word."""
    said = wedge("debrief", tmp_path / "none.json")
    assert said.code == 2
    assert "no such file" in said.err


def test_a_signal_that_was_dropped_is_heeded_at_the_next_look() -> None:
    """Python drops an exception that comes while an object is let go."""
    stopped = threading.Event()
    progress = Heeding(Silent(), stopped)
    progress.add(1)
    stopped.set()
    with pytest.raises(KeyboardInterrupt):
        progress.add(1)
    progress.close()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_sigterm_leaves_no_half_folder(game: Path) -> None:
    """It ends as Ctrl-C does."""
    call = [sys.executable, "-m", "wedge.engine.cli.main", "debrief", str(game), "--runs", "1000000"]
    told = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    assert told.stderr is not None
    assert "playing 1,000,000 runs from the same start" in told.stderr.readline()
    time.sleep(0.2)
    told.send_signal(signal.SIGTERM)
    _, err = told.communicate(timeout=120)
    assert told.returncode == 130, err
    assert "a fault in Wedge" not in err
    assert not list(game.parent.glob("game-debrief*"))
