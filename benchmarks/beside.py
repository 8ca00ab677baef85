"""Side by side: this engine in its several forms, other frameworks on a like workload, and C as the limit."""

import atexit
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.grid import grid_scenario
from benchmarks.in_c import play_batch_in_c
from benchmarks.measuring import Task, in_turns
from wedge.engine.experiment import run
from wedge.engine.experiment.executor import Workers
from wedge.engine.scenario import load
from wedge.engine.simulation.batch import play_batch
from wedge.engine.simulation.forcing import as_rows
from wedge.engine.simulation.many import play_many

FOUNDING = "alaska_2025/territory_first"
SEED = 7
CHUNK = 2_000
Driver = Callable[..., Any]


class Skipped(Exception):
    """What cannot be measured here, and why."""


def kernel(scenario: Any, driver: Driver, runs: int, threads: int = 1) -> Task:
    """Worlds by a compiled driver, in chunks that each fill their own arrays, on one thread or several."""
    none = as_rows([])
    chunks = [np.arange(start, min(runs, start + CHUNK)) for start in range(0, runs, CHUNK)]

    def play() -> None:
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(lambda worlds: driver(scenario.setting, SEED, worlds, none), chunks):
                pass

    return Task(play, runs)


def traced(scenario: Any, runs: int) -> Task:
    """Worlds by the traced driver: plain Python on Mesa and SimPy."""
    return Task(lambda: play_many(scenario, SEED, range(runs), driver="traced"), runs)


def experiment(scenario: Any, runs: int, workers: "int | Workers", **how: Any) -> Task:
    """A whole experiment: played, tabulated, stored as Parquet, its first worlds told in full."""

    def play() -> None:
        with tempfile.TemporaryDirectory(prefix="wedge-benchmark-") as folder:
            run(scenario, runs, SEED, Path(folder) / "runs", workers=workers, **how)

    return Task(play, runs)


def by_dask(scenario: Any, runs: int, told: int) -> Task:
    """The same on a Dask cluster of two workers, which stands already: what it takes to start one is not counted."""
    if find_spec("distributed") is None:
        raise Skipped("dask[distributed] is not installed")
    cluster = Workers(2, "dask")
    atexit.register(cluster.__exit__)
    return experiment(scenario, runs, cluster, rounds_of=told)


def by_mesa(runs: int) -> Task:
    """The like workload in Mesa."""
    from benchmarks.rivals.mesa_talks import play_in_mesa

    return Task(lambda: play_in_mesa(runs), runs)


def by_negmas(runs: int) -> Task:
    """The like workload in NegMAS."""
    if find_spec("negmas") is None:
        raise Skipped("negmas is not installed (`pip install '.[benchmarks]'`)")
    from benchmarks.rivals.negmas_talks import play_in_negmas

    return Task(lambda: play_in_negmas(runs), runs)


def tasks(scenario: Any, size: int, told: int) -> Iterator[tuple[str, Callable[[], Task]]]:
    """Everything that plays one scenario; ``size`` worlds for the fastest, of which an experiment tells ``told``."""
    yield "C -O3, 1 thread", lambda: kernel(scenario, play_batch_in_c, size)
    yield "C -O3, 2 threads", lambda: kernel(scenario, play_batch_in_c, size, 2)
    yield "batch kernel, 1 thread", lambda: kernel(scenario, play_batch, size)
    yield "batch kernel, 2 threads", lambda: kernel(scenario, play_batch, size, 2)
    yield "experiment, 1 worker", lambda: experiment(scenario, size, 1, rounds_of=told)
    yield "experiment, 2 workers", lambda: experiment(scenario, size, 2, rounds_of=told)
    yield "experiment, Dask, 2 workers", lambda: by_dask(scenario, size, told)
    yield "traced driver", lambda: traced(scenario, max(5, size // 1_000))


def rivals(size: int) -> Iterator[tuple[str, Callable[[], Task]]]:
    """The like workload elsewhere."""
    yield "Mesa, batch_run", lambda: by_mesa(max(10, size // 100))
    yield "NegMAS", lambda: by_negmas(max(3, size // 4_000))


def measure(size: int, told: int, repeats: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds a run, turn by turn, on the scenario made to size (with the rivals) and on the founding one."""
    found: dict[str, Any] = {"skipped": {}}
    alike = "4 states, 4 issues, 40 rounds"
    for title, scenario, others in ((alike, grid_scenario(), rivals(size)), (FOUNDING, load(FOUNDING), iter(()))):
        say(f"side by side: {title}")
        ready = {}
        for name, make in (*tasks(scenario, size, told), *others):
            with noting(name, found["skipped"], say):
                ready[name] = make()
        found[title] = in_turns(ready, repeats)
    return found


@contextmanager
def noting(name: str, skipped: dict[str, str], say: Callable[[str], None]) -> Iterator[None]:
    """Keep the reason why something is not measured."""
    try:
        yield
    except Skipped as reason:
        skipped[name] = str(reason)
        say(f"  skipped: {name}: {reason}")
