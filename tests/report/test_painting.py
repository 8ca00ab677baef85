"""Figures drawn by two processes: the same files as by one, whatever becomes of the other."""

import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.cli.ahead import begun_ahead
from wedge.engine.experiment import Experiment
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures import draw_all, draw_figures
from wedge.engine.report.lettering import LettersMissing
from wedge.engine.report.painting import Painter, _Waiting, paint

LETTER = "\ue123"  # of a private area: no font has it


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def alone(experiment: Experiment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The figures of an experiment, drawn by one process."""
    folder = tmp_path_factory.mktemp("alone")
    draw_figures(experiment, folder)
    return contents(folder)


def test_what_the_other_process_was_lost_over_is_drawn_here(
    experiment: Experiment, alone: dict[str, bytes], tmp_path: Path
) -> None:
    """It was killed; nobody is told, for nothing is missing."""
    with Painter() as painter:
        painter._process.kill()
        painter._process.join()
        draw_figures(experiment, tmp_path / "shared", painter)
    assert alone == contents(tmp_path / "shared")


def lines_of(letters: str) -> Drawn:
    """A figure with these letters."""
    figure, (axes,) = drawing.new_figure(2)
    axes.set_title(letters)
    return Drawn("letters", "Letters", "Letters.", _Table(), figure)


class _Table:
    """No numbers."""

    def to_json(self, **_: Any) -> str:
        """As a data frame would."""
        return '{"columns": [], "data": []}'


def test_letters_that_no_font_has_are_told_by_whoever_draws(tmp_path: Path) -> None:
    """And only once."""
    with drawing.style():
        found = paint(partial(lines_of, LETTER), tmp_path)
        assert found is not None
        assert {LETTER} == found.missing
    with pytest.warns(LettersMissing) as told:
        draw_all([partial(lines_of, LETTER)] * 2, tmp_path)
    assert 1 == len(told)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_all([partial(lines_of, "A")], tmp_path)


def test_the_other_process_draws_the_same_bytes(
    experiment: Experiment, alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first takes nothing the other draws it all; then it is gone."""

    class ForTheOther(_Waiting):
        def __next__(self) -> int:
            if threading.current_thread() is threading.main_thread():
                raise StopIteration
            return super().__next__()

    experiment.ask("SELECT 1")  # what is open here stays here
    monkeypatch.setattr("wedge.engine.report.painting._Waiting", ForTheOther)
    monkeypatch.setattr("wedge.engine.report.painting.paint", None)  # nothing is drawn here
    with Painter() as painter:
        names = draw_figures(experiment, tmp_path, painter)
    assert alone == contents(tmp_path)
    assert sorted(names) == sorted(alone)
    assert not painter._process.is_alive()


def test_what_cannot_be_written_is_told_by_the_first_process(experiment: Experiment, tmp_path: Path) -> None:
    """The other one says nothing."""
    folder = tmp_path / "figures"
    (folder / "course.svg").mkdir(parents=True)
    with Painter() as painter, pytest.raises(ExperimentError, match=r"course\.svg"):
        draw_figures(experiment, folder, painter)


RUN = """
import os, signal, sys
from wedge.engine.cli.main import main
from wedge.engine.report import painting

started = painting.Painter.__init__


def told(self):
    started(self)
    print(self._process.pid, file=sys.stderr, flush=True)
    if "die" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)


painting.Painter.__init__ = told
if __name__ == "__main__":
    main(["run", "tutorial/first_steps", "--worlds", "20", "--out", sys.argv[1], "--workers", "2", "-q"])
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """``wedge run`` that says which process draws."""
    path = tmp_path / "call.py"
    path.write_text(RUN, encoding="utf-8")
    return path


def test_a_run_with_several_workers_draws_with_a_second_process(script: Path, tmp_path: Path) -> None:
    """And says nothing of it; with one worker, or without figures, there is none."""
    said = subprocess.run([sys.executable, script, tmp_path / "kept"], capture_output=True, text=True, check=True)
    assert 1 == len([line for line in said.stderr.splitlines() if line.isdigit()]), said.stderr
    assert "Traceback" not in said.stderr
    assert "fractures.svg" in contents(tmp_path / "kept" / "figures")
    for figures, workers in ((True, 1), (False, 2)):
        with begun_ahead(figures, workers) as painter:
            assert painter is None


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_it_ends_with_the_process_that_started_it(script: Path, tmp_path: Path) -> None:
    """However that one ends."""
    call = subprocess.run([sys.executable, script, tmp_path / "kept", "die"], capture_output=True, text=True)
    assert -signal.SIGKILL == call.returncode
    pid = int(call.stderr.split()[0])
    began = time.monotonic()
    while _is_alive(pid):
        assert time.monotonic() - began < 60, "the painter is still there"
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
