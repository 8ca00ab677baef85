"""Running an experiment: plan, play what is missing, fold the sums, record the first rounds, say where it came from."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wedge.engine.experiment.executor import play_parts
from wedge.engine.experiment.files import write_table
from wedge.engine.experiment.manifest import is_finished, note_timing, write_manifest
from wedge.engine.experiment.parts import SIZES, Driver, Part
from wedge.engine.experiment.plan import Plan
from wedge.engine.experiment.problems import ExperimentError, Interrupted, NothingPlayed
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.experiment.results import Experiment, open_experiment
from wedge.engine.experiment.rounds import gather_rounds
from wedge.engine.experiment.store import SUMS, Store, alone_in, open_store
from wedge.engine.experiment.sums import sums_of
from wedge.engine.model.provenance import rules_hash

MOST_WORLDS = 100_000_000
SAMPLE = 3  # worlds played to guess how long many would take
BATCH_IS_FASTER = 60  # times, roughly


def plan_of(
    scenario: Any, worlds: int, seed: int, sizes: Sequence[tuple[int, int]] = SIZES, rounds_of: int = 200
) -> Plan:
    """What an experiment with this scenario would be. Raises ExperimentError for a number of worlds that makes no sense."""
    if not 1 <= worlds <= MOST_WORLDS:
        raise ExperimentError(f"worlds must be from 1 to {MOST_WORLDS:,}, not {worlds:,}")
    if not 0 <= seed < 2**63:
        raise ExperimentError(f"a seed is a whole number from 0 to 2^63 - 1, not {seed}")
    return Plan(scenario.code, scenario.sha256, rules_hash(), seed, worlds, tuple(sizes), rounds_of)


def default_folder(scenario: Any, seed: int) -> Path:
    """Where an experiment goes unless told: results/alaska_2025-territory_first-7."""
    return Path("results") / f"{scenario.code.replace('/', '-')}-{seed}"


def run(
    scenario: Any,
    worlds: int = 1000,
    seed: int = 0,
    out: Path | str | None = None,
    *,
    workers: int = 1,
    driver: Driver = "auto",
    progress: Progress | None = None,
    command: Sequence[str] = (),
    sizes: Sequence[tuple[int, int]] = SIZES,
    rounds_of: int = 200,
) -> Experiment:
    """Play a scenario (loaded, or its file or name) in worlds 0 to ``worlds`` - 1 and store the runs in ``out``.

    The same call again resumes; more worlds extend. The results depend on scenario, rules, seed and
    worlds alone, not on workers, driver or interruptions. ``command`` is kept in the manifest.

    Raises ExperimentError for bad input, a folder in use or a disk that refuses, and Interrupted on
    Ctrl-C. Worlds that crash are left out and named in ``Experiment.failures``; NothingPlayed is
    raised when all do.
    """
    from wedge.engine.simulation.many import driver_for

    scenario = loaded(scenario)
    plan = plan_of(scenario, worlds, seed, sizes, rounds_of)
    folder = Path(out) if out is not None else default_folder(scenario, seed)
    store = open_store(folder, plan)
    with _leaving_no_half_folder(store), alone_in(folder):
        missing = store.missing()
        if missing or not is_finished(folder, store.plan):
            began = time.time()
            write_manifest(scenario, store.plan, folder, command, finished=False)
            _play(scenario, store, missing, driver_for(scenario, plan.worlds, driver), workers, progress or Silent())
            _finish(scenario, store, command)
            played = {"worlds": sum(part.size for part in missing), "workers": workers, "driver": driver}
            note_timing(folder, played | {"began": round(began, 3), "seconds": round(time.time() - began, 3)})
    return open_experiment(folder)


def loaded(scenario: Any) -> Any:
    """A scenario as it is, or loaded from its file or name."""
    if isinstance(scenario, str | Path):
        from wedge.engine.scenario import load

        return load(scenario)
    return scenario


def _play(
    scenario: Any, store: Store, missing: Sequence[Part], driver: Driver, workers: int, progress: Progress
) -> None:
    wanted = store.plan.worlds
    progress.start(store.plan.code.rpartition("/")[2], wanted, wanted - sum(part.size for part in missing))
    try:
        failed = play_parts(scenario, store, missing, driver, workers, progress)
    except KeyboardInterrupt:
        store.sweep()
        done = sum(part.size for part in store.plan.parts if store.holds(part))
        raise Interrupted(str(store.folder), done, wanted) from None
    finally:
        progress.close()
    if failed and not store.stored():
        raise NothingPlayed(failed)


def _finish(scenario: Any, store: Store, command: Sequence[str]) -> None:
    """What is made of all parts together: sums, the first rounds, the manifest."""
    parts = store.stored()
    if parts:
        write_table(store.folder / f"{SUMS}.parquet", sums_of(scenario, [store.path(SUMS, part) for part in parts]))
        gather_rounds(scenario, store)
    write_manifest(scenario, store.plan, store.folder, command, finished=store.finished())


@contextmanager
def _leaving_no_half_folder(store: Store) -> Iterator[None]:
    """If anything goes wrong before the first part is stored, a folder made by this call is taken away again."""
    try:
        yield
    except BaseException:
        store.give_up()
        raise


def seconds_for(scenario: Any, plan: Plan, driver: Driver) -> tuple[str, float]:
    """Who would play, and about how many seconds one worker would take; a few worlds are played to see."""
    from wedge.engine.simulation.many import driver_for, play_many

    chosen = driver_for(scenario, plan.worlds, driver)
    play_many(scenario, plan.seed, range(1), driver="traced")
    began = time.perf_counter()
    play_many(scenario, plan.seed, range(SAMPLE), driver="traced")
    each = (time.perf_counter() - began) / SAMPLE
    faster = BATCH_IS_FASTER if chosen == "batch" else 1
    return chosen, each * (plan.worlds / faster + min(plan.worlds, plan.rounds_of))
