"""Kills, Ctrl-C, full disks: what is whole stays, what is half goes, and the same call goes on."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wedge.engine.experiment import ExperimentError, Interrupted, run

HERE = Path(__file__).parent
SMALL = str(HERE / "small.yaml")
FEW = ((0, 20),)
SIZE = {"worlds": 400, "seed": 3, "rounds_of": 10, "driver": "traced"}
COMMAND = [
    sys.executable,
    "-m",
    "wedge.engine.cli.main",
    "run",
    SMALL,
    "--worlds",
    "400",
    "--seed",
    "3",
    "--told",
    "10",
]


@pytest.fixture(scope="module")
def alone(small, tmp_path_factory):
    """The experiment, left alone."""
    return run(small, out=tmp_path_factory.mktemp("alone") / "results", **SIZE).folder


def hears_ctrl_c() -> None:
    """In a new process: Ctrl-C is heard, even where these tests run in a shell's background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(folder: Path, workers: int) -> subprocess.Popen:
    """The experiment as a process of its own, some parts in."""
    rest = ["--driver", "traced", "--workers", str(workers), "--no-figures", "--out", str(folder)]
    process = subprocess.Popen(
        [*COMMAND, *rest],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    deadline = time.monotonic() + 60
    while not list(folder.glob("seals/part-*.json")):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def data(found: dict[str, str]) -> dict[str, str]:
    """The hashes of the tables alone."""
    return {name: known for name, known in found.items() if name.endswith(".parquet")}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_kill_costs_the_parts_in_flight_at_most(small, alone, tmp_path, contents, workers):
    """Killed outright and called again, the experiment has the bytes of the one left alone."""
    process = started(tmp_path / "killed", workers)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "killed").glob("seals/part-*.json")}
    assert 0 < len(kept) < 10
    run(small, out=tmp_path / "killed", **SIZE)
    assert data(contents(alone)) == data(contents(tmp_path / "killed"))
    assert kept == {path: path.stat().st_mtime_ns for path in kept}
    assert [] == list((tmp_path / "killed").rglob("*.unfinished"))


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(small, alone, tmp_path, contents, workers):
    """Exit code 130, no traceback, the number of worlds stored; then the same call goes on."""
    process = started(tmp_path / "stopped", workers)
    os.killpg(process.pid, signal.SIGINT)
    told, said = process.communicate(timeout=60)
    assert (130, "") == (process.returncode, told)
    assert "Traceback" not in said
    assert "of 400 worlds are stored in" in said
    assert "the same call goes on" in said
    run(small, out=tmp_path / "stopped", **SIZE)
    assert data(contents(alone)) == data(contents(tmp_path / "stopped"))


class Stopping:
    """A progress that presses Ctrl-C after so many reports."""

    def __init__(self, after: int) -> None:
        self.after = after

    def start(self, title: str, worlds: int, done: int) -> None:
        """Nothing yet."""

    def add(self, worlds: int) -> None:
        """Press it when it is time; that time passes is no report."""
        self.after -= worlds > 0
        if self.after < 0:
            raise KeyboardInterrupt

    def note(self, text: str) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted_in_python(small, tmp_path, workers):
    """A notebook gets an exception that says how far it came."""
    size = SIZE | {"worlds": 100, "sizes": FEW, "workers": workers}
    with pytest.raises(Interrupted) as stopped:
        run(small, out=tmp_path / "stopped", progress=Stopping(1), **size)
    assert 100 == stopped.value.wanted
    assert 40 <= stopped.value.done < 100
    assert 100 == len(run(small, out=tmp_path / "stopped", **size).worlds)


def test_interrupted_before_anything_was_stored(small, tmp_path, monkeypatch):
    """No half folder is left."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("wedge.engine.experiment.producing.play_and_store", interrupted)
    with pytest.raises(Interrupted, match="nothing was stored"):
        run(small, out=tmp_path / "stopped", **SIZE)
    assert not (tmp_path / "stopped").exists()


class FullDisk:
    """Lets so many files through, then has no room."""

    def __init__(self, room: int, put) -> None:
        self.room, self.put = room, put

    def __call__(self, unfinished: Path, path: Path, *how: bool) -> None:
        self.room -= 1
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(unfinished))
        self.put(unfinished, path, *how)


@pytest.mark.parametrize("room", [0, 1, 5])
def test_a_disk_full_from_the_start_leaves_no_half_folder(small, tmp_path, monkeypatch, room):
    """Before the first whole part there is nothing to keep: plan and all are taken away again."""
    from wedge.engine.experiment import files

    monkeypatch.setattr(files, "_put_in_place", FullDisk(room, files._put_in_place))
    with pytest.raises(ExperimentError, match="no space left on device") as refusal:
        run(small, out=tmp_path / "full", **SIZE)
    assert "free some room" in refusal.value.help
    assert [] == list(tmp_path.iterdir())


def test_a_disk_that_fills_up_keeps_whole_parts(small, tmp_path, monkeypatch, contents):
    """With room again, the same call goes on, and the end is as if there had been room all along."""
    from wedge.engine.experiment import files

    size = SIZE | {"worlds": 60, "sizes": FEW}
    put = files._put_in_place
    monkeypatch.setattr(files, "_put_in_place", FullDisk(20, put))
    with pytest.raises(ExperimentError, match="no space left"):
        run(small, out=tmp_path / "full", **size)
    assert 1 == len(list((tmp_path / "full").glob("seals/*.json")))
    assert [] == list((tmp_path / "full").rglob("*.unfinished"))
    monkeypatch.setattr(files, "_put_in_place", put)
    run(small, out=tmp_path / "full", **size)
    run(small, out=tmp_path / "roomy", **size)
    assert contents(tmp_path / "roomy") == contents(tmp_path / "full")


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 300 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full(small, small_disk):
    """The same with a true file system that runs out of room: words, no half files, whole parts stay readable."""
    with pytest.raises(ExperimentError, match="no space left on device"):
        run(small, out=small_disk / "results", **SIZE | {"sizes": FEW})
    assert [] == list(small_disk.rglob("*.unfinished"))
    whole = len(list(small_disk.glob("results/seals/*.json")))
    assert whole == 0 or whole == len(list(small_disk.glob("results/states/*.parquet"))) or whole < 20


def test_a_folder_that_cannot_be_made(small, tmp_path):
    """Below a file there can be no folder."""
    (tmp_path / "file").write_text("text")
    with pytest.raises(ExperimentError, match=r"not a (folder|directory)"):
        run(small, out=tmp_path / "file" / "results", **SIZE)


def test_a_folder_that_may_not_be_written(small):
    """Where the system says no, it is said in words."""
    with pytest.raises(ExperimentError, match=r"cannot write|cannot read"):
        run(small, out="/proc/wedge-results", **SIZE)
