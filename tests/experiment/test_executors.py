"""Whoever plays, and however the worlds are cut: the results are the same. Compiling holds up nobody."""

from collections.abc import Iterator

import pytest

from wedge.engine.experiment import run
from wedge.engine.experiment.executor import Workers
from wedge.engine.experiment.guessing import seconds_for
from wedge.engine.experiment.jobs import Alone, Job
from wedge.engine.experiment.meanwhile import Meanwhile, choose
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.progress import Silent
from wedge.engine.experiment.running import plan_of
from wedge.engine.experiment.store import open_store

SIZE = {"worlds": 42, "seed": 3, "rounds_of": 8, "driver": "traced"}
TABLES = ("runs", "alliances", "ties", "states", "issues", "stages", "events", "inputs", "rounds", "round_ties")


@pytest.fixture(scope="module")
def alone(small, tmp_path_factory):
    """Played in one process, in one part."""
    return run(small, out=tmp_path_factory.mktemp("alone") / "results", sizes=((0, 42),), **SIZE)


@pytest.mark.parametrize("size", [7, 21])
def test_results_do_not_depend_on_how_worlds_are_cut(small, alone, tmp_path, size):
    """In one part, in two, in six: the same rows; sums differ by rounding alone."""
    cut = run(small, out=tmp_path / "cut", sizes=((0, size),), **SIZE)
    for table in TABLES:
        assert alone.table(table).equals(cut.table(table)), table
    assert alone.table("sums")["change"].tolist() == pytest.approx(cut.table("sums")["change"].tolist())


@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_threads_and_processes_store_the_same(small, tmp_path, contents, executor):
    """To the byte."""
    size = SIZE | {"sizes": ((0, 7),)}
    run(small, out=tmp_path / "one", **size)
    run(small, out=tmp_path / "two", executor=executor, workers=2, **size)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_a_dropped_worker_left_half_written_is_swept_away(small, tmp_path):
    """At the end of the call that dropped it, not only by the next."""

    class Leaving(Silent):
        def add(self, worlds: int) -> None:
            (tmp_path / "results/ties/part-000009.parquet.1.unfinished").write_bytes(b"half")

    run(small, out=tmp_path / "results", progress=Leaving(), **SIZE | {"worlds": 4, "rounds_of": 0})
    assert [] == list((tmp_path / "results").rglob("*.unfinished"))


class Recording(Alone):
    """Plays traced, whatever it is told, and remembers what it was told."""

    def __init__(self) -> None:
        self.played: list[tuple[str, list[int]]] = []

    def play(self, job: Job) -> Iterator[tuple[Part | None, list]]:
        """Remember, and play."""
        self.played.append((job.driver, [part.number for part in job.parts]))
        yield None, []
        yield from super().play(job._replace(driver="traced"))


class Compiling:
    """A compilation that is done after so many looks at it, or never works."""

    looks, works, seconds = 3, True, 61.0

    def __init__(self, scenario: object) -> None:
        self.left = self.looks

    def __enter__(self) -> "Compiling":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def worked(self) -> bool:
        """Look once more."""
        self.left -= 1
        return self.works and self.left < 0


@pytest.fixture
def job(small, tmp_path):
    """Six parts to be played."""
    store = open_store(tmp_path / "results", plan_of(small, 12, 3, ((0, 2),), 0))
    return Job(small, store, store.missing(), "traced")


class TestMeanwhile:
    """The first worlds do not wait for a compiler."""

    def test_the_traced_driver_begins_and_the_batch_driver_takes_over(self, job, monkeypatch):
        """Each part is played once; both are said on stderr, once."""
        monkeypatch.setattr("wedge.engine.experiment.meanwhile.Compilation", Compiling)
        monkeypatch.setattr("wedge.engine.experiment.meanwhile.kernel_is_ready", lambda: False)
        slow, fast, said = Recording(), Recording(), []
        done = [part.number for part, _ in Meanwhile(slow, fast, said.append).play(job) if part is not None]
        assert [0, 1, 2, 3, 4, 5] == done
        assert [("traced", [0, 1, 2, 3, 4, 5])] == slow.played
        assert [("batch", [3, 4, 5])] == fast.played
        assert ["compiling the rules", "the rules are compiled (61 s)"] == [said[0][:19], said[1]]

    def test_where_compiling_fails_the_traced_driver_goes_on(self, job, monkeypatch):
        """Slower, with the same results."""
        monkeypatch.setattr(
            "wedge.engine.experiment.meanwhile.Compilation", type("Never", (Compiling,), {"works": False})
        )
        monkeypatch.setattr("wedge.engine.experiment.meanwhile.kernel_is_ready", lambda: False)
        slow, fast = Recording(), Recording()
        assert 6 == sum(part is not None for part, _ in Meanwhile(slow, fast, lambda text: None).play(job))
        assert [] == fast.played

    def test_a_kernel_that_is_ready_is_used_at_once(self, job, monkeypatch):
        """Nothing is said of compiling."""
        monkeypatch.setattr("wedge.engine.experiment.meanwhile.kernel_is_ready", lambda: True)
        slow, fast, said = Recording(), Recording(), []
        assert 6 == sum(part is not None for part, _ in Meanwhile(slow, fast, said.append).play(job))
        assert ([], []) == (slow.played, said)


class TestChoice:
    """Who plays."""

    @pytest.fixture(params=[True, False])
    def ready(self, request, monkeypatch):
        """Whether the kernel is on disk."""
        monkeypatch.setattr("wedge.engine.experiment.meanwhile.kernel_is_ready", lambda: request.param)
        monkeypatch.setattr("wedge.engine.experiment.meanwhile.can_be_kept", lambda: True)
        return request.param

    def test_a_ready_kernel_plays_however_few(self, small, ready):
        """Without one, few worlds are played traced, and many by both in turn."""
        assert ("batch" if ready else "traced") == choose(small, 1, "auto")
        assert ("batch" if ready else "both") == choose(small, 100_000, "auto")

    def test_what_is_asked_for_is_done(self, small, ready):
        """Whether it is ready or not."""
        assert ("traced", "batch") == (choose(small, 10**6, "traced"), choose(small, 1, "batch"))

    def test_a_policy_from_outside_is_asked_by_the_batch_driver_where_worlds_are_many(self, with_policy, ready):
        """Few worlds do not wait for a compiler."""
        assert ["traced", "batch"] == [choose(with_policy("Fragile"), worlds, "auto") for worlds in (500, 10**6)]


def test_the_time_is_guessed_from_a_few_worlds(small):
    """Ten times the worlds take ten times as long."""
    chosen, seconds = seconds_for(small, plan_of(small, 1000, 3), "traced")
    assert "traced" == chosen
    assert 0.5 < seconds < 500


def test_workers_that_are_given_stay(small, tmp_path):
    """One set of workers may serve several experiments, each of which is played whole."""
    with Workers(1) as workers:
        size = SIZE | {"worlds": 3, "rounds_of": 0}
        both = [run(small, out=tmp_path / name, workers=workers, **size) for name in ("a", "b")]
    assert [3, 3] == [len(experiment.worlds) for experiment in both]
