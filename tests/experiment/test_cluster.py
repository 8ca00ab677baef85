"""A Dask cluster stores what one process stores; workers may die, schedulers may go."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from wedge.engine.experiment import ExperimentError, run
from wedge.engine.experiment.cluster import Cluster, _bundle
from wedge.engine.experiment.executor import Workers
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.progress import Silent

HERE = Path(__file__).parent
FEW = ((0, 10),)
SIZE = {"worlds": 60, "seed": 3, "sizes": FEW, "rounds_of": 15, "driver": "traced"}


@pytest.fixture(scope="module")
def cluster():
    """Two workers on this machine, kept for all tests."""
    with Workers(2, "dask") as workers:
        yield workers


@pytest.fixture(scope="module")
def alone(small, tmp_path_factory):
    """The experiment, left alone, in one process."""
    return run(small, out=tmp_path_factory.mktemp("alone") / "results", **SIZE).folder


class Telling(Silent):
    """A progress that does something once the first worlds are done."""

    def __init__(self, do) -> None:
        self.do = do

    def add(self, worlds: int) -> None:
        """Do it, once."""
        if worlds and self.do:
            do, self.do = self.do, None
            do()


def test_a_cluster_stores_what_one_process_stores(small, alone, cluster, tmp_path, contents):
    """To the byte, manifest and all."""
    run(small, out=tmp_path / "dask", workers=cluster, **SIZE)
    assert contents(alone) == contents(tmp_path / "dask")


def test_a_worker_that_is_killed_loses_nothing(small, alone, cluster, tmp_path, contents):
    """Its parts are played again by another."""

    def kill() -> None:
        os.kill(cluster._dask()._own.workers[0].pid, signal.SIGKILL)

    run(small, out=tmp_path / "killed", workers=cluster, progress=Telling(kill), **SIZE)
    assert contents(alone) == contents(tmp_path / "killed")


def test_worlds_that_crash_are_named(with_policy, cluster, tmp_path, contents):
    """As anywhere else."""
    scenario = with_policy("Fragile")
    found = run(scenario, out=tmp_path / "dask", workers=cluster, **SIZE)
    run(scenario, out=tmp_path / "alone", **SIZE)
    assert found.failures
    assert contents(tmp_path / "alone") == contents(tmp_path / "dask")


def test_a_lost_scheduler_is_said_and_what_is_done_is_kept(small, alone, tmp_path, contents):
    """A scheduler elsewhere that is killed ends the call with a message; the same call goes on."""
    code = (
        "from distributed import LocalCluster; import time\n"
        "if __name__ == '__main__':\n"
        "    own = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol='tcp', dashboard_address=None)\n"
        "    print(own.scheduler_address, flush=True); time.sleep(300)\n"
    )
    elsewhere = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = elsewhere.stdout.readline().strip()
        size = SIZE | {"executor": "dask", "scheduler": address}
        with pytest.raises(ExperimentError, match=f"the Dask scheduler at {address} was lost") as lost:
            run(small, out=tmp_path / "lost", progress=Telling(elsewhere.kill), **size)
    finally:
        elsewhere.kill()
        elsewhere.communicate()
    assert "the same call goes on" in lost.value.help
    assert 0 < len(list((tmp_path / "lost").glob("seals/*.json"))) < 6
    run(small, out=tmp_path / "lost", **SIZE)
    assert contents(alone) == contents(tmp_path / "lost")


def test_no_scheduler_is_an_error_with_a_cure(small, tmp_path, monkeypatch):
    """It says how to start one; no folder is left."""
    monkeypatch.setattr("wedge.engine.experiment.cluster.REACHED_IN", 0.5)
    with pytest.raises(ExperimentError, match="no Dask scheduler answers") as refusal:
        run(small, out=tmp_path / "none", **SIZE | {"executor": "dask", "scheduler": "tcp://127.0.0.1:9"})
    assert "dask scheduler" in refusal.value.help
    assert not (tmp_path / "none").exists()


def test_other_rules_on_a_worker_are_refused(small, cluster, tmp_path, monkeypatch):
    """A worker with another version of the rules plays nothing."""
    monkeypatch.setattr(
        "wedge.engine.experiment.cluster.expected_versions", lambda plan: {"rules": "other", "duckdb": "1"}
    )
    with pytest.raises(ExperimentError, match="a Dask worker cannot play: its rules are"):
        run(small, out=tmp_path / "other", workers=cluster, **SIZE)


def test_small_parts_go_together():
    """So many as are played in about a second; one by one while nobody knows."""
    parts = [Part(n, 100 * n, 100 * n + 100) for n in range(10)]
    assert [parts[0]] == _bundle(parts[::-1], 0.0)
    assert parts[:4] == _bundle(parts[::-1], 0.0025)
    assert [parts[0]] == _bundle(parts[::-1], 1.0)


def test_a_scheduler_is_for_dask_alone():
    """And executors have names."""
    with pytest.raises(ExperimentError, match="for --executor dask alone"):
        Workers(2, "threads", "tcp://127.0.0.1:8786")
    with pytest.raises(ExperimentError, match="there is no executor"):
        Workers(2, "slurm")  # type: ignore[arg-type]


def test_a_cluster_that_was_never_needed_is_left_quietly():
    """Nothing is started before the first job."""
    before = threading.active_count()
    Cluster(2).close()
    assert before == threading.active_count()
