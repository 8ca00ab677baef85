"""Who plays the parts: this process, threads, worker processes, or a Dask cluster; all through one interface."""

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, Literal

from wedge.engine.experiment.crew import Crew
from wedge.engine.experiment.jobs import Alone, Executor, Job
from wedge.engine.experiment.meanwhile import Choice, Meanwhile, choose
from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.progress import Progress
from wedge.engine.experiment.store import Store
from wedge.engine.experiment.threads import Threads

Kind = Literal["auto", "threads", "processes", "dask"]
KINDS: tuple[Kind, ...] = ("auto", "threads", "processes", "dask")
LOST_PARTS = 3  # parts of which nothing could be played, after which it is no use going on


class Workers:
    """Executors as they are asked for; kept from one job to the next, since a cluster takes seconds to start."""

    def __init__(self, workers: int = 1, kind: Kind = "auto", scheduler: str | None = None) -> None:
        if kind not in KINDS:
            raise ExperimentError(f"there is no executor {kind!r}", f"there are {', '.join(KINDS)}")
        if scheduler and kind != "dask":
            raise ExperimentError("a scheduler is for --executor dask alone", "add --executor dask")
        self.workers, self.kind, self.scheduler = workers, kind, scheduler
        self._cluster: Any = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._cluster is not None:
            self._cluster.close()
            self._cluster = None

    def executor(self, choice: Choice, note: Callable[[str], None]) -> Executor:
        """The executor for parts that are played by that driver, or by both in turn."""
        if choice == "both":
            return Meanwhile(self._slow(), self._of("batch"), note)
        return self._of(choice)

    def _slow(self) -> Executor:
        """Who plays while the rules are compiled: in other processes, so that a part in flight can be dropped."""
        return self._of("traced") if self.kind == "dask" else Crew(max(1, self.workers - 1))

    def _of(self, driver: Driver) -> Executor:
        if self.kind == "dask":
            return self._dask()
        if self.kind == "threads" or (self.kind == "auto" and driver == "batch"):
            return Threads(self.workers)
        if self.kind == "auto" and self.workers <= 1:
            return Alone()
        return Crew(self.workers)

    def _dask(self) -> Executor:
        if self._cluster is None:
            from wedge.engine.experiment.cluster import Cluster

            self._cluster = Cluster(self.workers, self.scheduler)
        cluster: Executor = self._cluster
        return cluster


def play_parts(
    scenario: Any, store: Store, parts: Sequence[Part], driver: Driver, workers: Workers, progress: Progress
) -> list[Failure]:
    """Play and store the parts. The worlds that failed come back; others are kept.

    Stops early when no part at all can be played. Raises ExperimentError when the disk
    refuses or the workers are lost, KeyboardInterrupt on Ctrl-C; what was stored until then stays.
    """
    failed: list[Failure] = []
    lost = 0
    if not parts:
        return failed
    most = store.plan.until.most if store.plan.until else store.plan.worlds
    choice = choose(scenario, most, driver)
    outside = getattr(scenario, "outsiders", None)  # Python in between: threads would wait for each other
    executor = workers.executor("traced" if outside else choice, progress.note)
    with closing(executor.play(Job(scenario, store, parts, "batch" if choice == "batch" else "traced"))) as reports:
        for part, failures in reports:
            if part is None:
                progress.add(0)
                continue
            failed += failures
            if not store.seal_path(part).exists():
                lost += 1
                store.note_failed(part, failures)  # a worker that died could not
            progress.add(part.size)
            if lost >= LOST_PARTS and not store.stored():
                break
    return failed
