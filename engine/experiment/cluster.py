"""A Dask cluster that plays parts: workers of its own on this machine, or those of a scheduler elsewhere.

Workers play and encode; this process alone writes. A task brings the finished bytes of its files back,
compressed, so it makes no difference whether workers see the folder of results, a worker that is
killed can leave nothing half written, and a full disk is met in one place. Dask gives the tasks of a
dead worker to another. Only so many tasks are under way as keep all workers busy, so that memory
stays bounded however many worlds are asked for.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Any, NamedTuple

from wedge.engine.experiment.crew import deaf_to_ctrl_c
from wedge.engine.experiment.jobs import TICK, Job, Reports
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.plan import Plan
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.producing import play_and_encode
from wedge.engine.experiment.store import Encoded

SECONDS_A_TASK = 1.0  # shorter ones are mostly overhead
AHEAD = 2  # tasks under way for each thread of the cluster
REACHED_IN = 10.0  # seconds in which a scheduler must answer
BROUGHT_IN = 120.0  # seconds in which what is done must come over


class Brought(NamedTuple):
    """What a task brings back."""

    trouble: str  # why this worker cannot play; nothing when it could
    parts: list[Encoded]
    seconds: float


class Cluster:
    """Workers of a Dask cluster; started, or joined, when it is first asked to play."""

    def __init__(self, workers: int, scheduler: str | None = None) -> None:
        self.workers, self.scheduler = workers, scheduler
        self._own: Any = None
        self._client: Any = None

    def play(self, job: Job) -> Reports:
        """Play the parts, several small ones to a task, and store what comes back."""
        import pickle

        client = self._joined()
        load = pickle.dumps((job.scenario, job.store.plan, job.driver))
        waiting = list(reversed(job.parts))
        under_way: dict[Any, list[Part]] = {}
        each = 0.0  # seconds a world
        try:
            while waiting or under_way:
                with self._or_lost():
                    while waiting and len(under_way) < self._wanted(client):
                        parts = _bundle(waiting, each)
                        future = client.submit(_task, load, expected_versions(job.store.plan), parts, pure=False)
                        under_way[future] = parts
                    done = self._done(client, under_way)
                if not done:
                    yield None, []
                for future in done:
                    parts = under_way.pop(future)
                    with self._or_lost():
                        brought = self._brought(future, parts)
                    each = brought.seconds / sum(part.size for part in parts) if brought.seconds else each
                    for part, encoded in zip(parts, brought.parts, strict=True):
                        job.store.put(part, encoded)
                        yield part, encoded.failed
        finally:
            with _calm():
                for future in under_way:
                    future.cancel()

    def close(self) -> None:
        """Leave the cluster; end it if it is our own."""
        with _calm():
            if self._client is not None:
                self._client.close(timeout=2)
            if self._own is not None:
                self._own.close(timeout=5)
        self._client = self._own = None

    def _joined(self) -> Any:
        """The client. Raises ExperimentError where Dask is not installed or no scheduler answers."""
        if self._client is not None:
            return self._client
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            raise ExperimentError(
                "Dask is not installed", "pip install 'wedge-wargame[dask]', or leave --executor out"
            ) from None
        _hush()
        try:
            if self.scheduler is None:
                with deaf_to_ctrl_c():
                    self._own = LocalCluster(
                        n_workers=self.workers, threads_per_worker=1, processes=True, dashboard_address=None,
                        host="127.0.0.1", silence_logs=50,
                    )  # fmt: skip
            self._client = Client(self._own or self.scheduler, timeout=REACHED_IN, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ExperimentError(
                f"no Dask scheduler answers at {self.scheduler or 'this machine'}: {_said(error)}",
                "start one with `dask scheduler` and workers with `dask worker ADDRESS`, where Wedge is installed",
            ) from error
        return self._client

    def _wanted(self, client: Any) -> int:
        """How many tasks to have under way: enough that no thread of the cluster waits."""
        threads = sum(client.nthreads().values()) if self._own is None else self.workers
        return AHEAD * max(1, threads)

    def _done(self, client: Any, under_way: Any) -> list[Any]:
        """The tasks that have come to an end; none when only time has passed."""
        from distributed import wait

        try:
            with client.as_current():
                return list(wait(list(under_way), timeout=TICK, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            if client.status != "running":
                raise ConnectionError from None
            return []

    def _brought(self, future: Any, parts: Sequence[Part]) -> Brought:
        """What came back; a task that killed worker after worker counts as failed."""
        from distributed import KilledWorker

        try:
            brought: Brought = future.result(timeout=BROUGHT_IN)
        except KilledWorker:
            lost = [Encoded({}, 0, [Failure(part.first, part.stop - 1, "the worker died")]) for part in parts]
            return Brought("", lost, 0.0)
        finally:
            future.release()
        if brought.trouble:
            raise ExperimentError(
                f"a Dask worker cannot play: {brought.trouble}", "install the same Wedge on all workers"
            )
        return brought

    @contextmanager
    def _or_lost(self) -> Iterator[None]:
        """Turn what a lost scheduler brings about into words: closed connections, tasks cancelled by nobody."""
        from distributed import CancelledError

        try:
            yield
        except (CancelledError, OSError) as error:
            said = f": {_said(error)}" if str(error) and not isinstance(error, CancelledError) else ""
            raise ExperimentError(
                f"the Dask scheduler at {self.scheduler or 'this machine'} was lost{said}",
                "what is done is stored; once the scheduler is back, the same call goes on from there",
            ) from error


def _bundle(waiting: list[Part], each: float) -> list[Part]:
    """The next parts, as many as are played in about a second; one while it is not known how long a world takes."""
    parts = [waiting.pop()]
    while waiting and each and each * sum(part.size for part in (*parts, waiting[-1])) <= SECONDS_A_TASK:
        parts.append(waiting.pop())
    return parts


def expected_versions(plan: Plan) -> dict[str, str]:
    """What a worker must have, to give the same bytes."""
    from wedge.engine.experiment.provenance import versions

    return {"rules": plan.rules, "duckdb": versions()["duckdb"]}


def _task(load: bytes, expected: dict[str, str], parts: Sequence[Part]) -> Brought:
    """What runs on a worker: play the parts and bring their files."""
    import pickle

    from wedge.engine.experiment.provenance import versions
    from wedge.engine.model.provenance import rules_hash

    for name, found in {"rules": rules_hash(), "duckdb": versions()["duckdb"]}.items():
        if found != expected[name]:
            return Brought(f"its {name} are {found[:16]}, not {expected[name][:16]}", [], 0.0)
    scenario, plan, driver = pickle.loads(load)
    began = time.perf_counter()
    with redirect_stdout(sys.stderr):  # stdout is for data, and not for what a policy prints
        played = [play_and_encode(scenario, plan, part, driver) for part in parts]
    return Brought("", played, time.perf_counter() - began)


def _said(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _hush() -> None:
    """Dask tells of every lost connection in its logs; what a person must know is said by us."""
    import logging

    for name in (
        "distributed",
        "distributed.client",
        "distributed.scheduler",
        "distributed.nanny",
        "distributed.core",
        "distributed.comm",
    ):
        logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _calm() -> Iterator[None]:
    """A cluster that is gone already cannot be left politely."""
    try:
        yield
    except Exception:
        return
