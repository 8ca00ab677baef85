"""Running an experiment: plan, play what is missing, fold the sums, record the first rounds, say where it came from."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wedge.engine.experiment.executor import Kind, Workers, play_parts
from wedge.engine.experiment.files import write_table
from wedge.engine.experiment.manifest import is_finished, note_timing, stored_manifest, write_manifest
from wedge.engine.experiment.parts import SIZES, Driver, Part
from wedge.engine.experiment.plan import ROUNDS_OF, Plan, Until
from wedge.engine.experiment.problems import ExperimentError, Interrupted, NothingPlayed
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.experiment.results import Experiment, open_experiment
from wedge.engine.experiment.rounds import gather_rounds
from wedge.engine.experiment.stopping import ANY_FRACTURE, LOOKED_AT, Watch, looks_until, refuse_odd
from wedge.engine.experiment.store import SUMS, Store, alone_in, open_store
from wedge.engine.experiment.sums import sums_of
from wedge.engine.experiment.watching import Watching
from wedge.engine.model.provenance import rules_hash
from wedge.engine.scenario.changes import as_options

MOST_WORLDS = 100_000_000


def plan_of(
    scenario: Any, worlds: int, seed: int, sizes: Sequence[tuple[int, int]] = SIZES, rounds_of: int | None = None
) -> Plan:
    """What an experiment with this scenario would be. Raises ExperimentError for a number of worlds that makes no sense."""
    if not 1 <= worlds <= MOST_WORLDS:
        raise ExperimentError(f"worlds must be from 1 to {MOST_WORLDS:,}, not {worlds:,}")
    if not 0 <= seed < 2**63:
        raise ExperimentError(f"a seed is a whole number from 0 to 2^63 - 1, not {seed}")
    told = ROUNDS_OF if rounds_of is None else rounds_of
    return Plan(scenario.code, scenario.sha256, rules_hash(), seed, worlds, tuple(sizes), told)


def plan_until(plan: Plan, precision: float, watch: Watch) -> Plan:
    """The plan that begins with the worlds of the first look and goes on until ``watch`` is known to ± ``precision``,
    to the plan's worlds at most; cut finer than others, unless it was cut by hand.

    Raises ExperimentError for a precision that makes no sense.
    """
    refuse_odd(precision)
    sizes = LOOKED_AT if plan.sizes == SIZES else plan.sizes
    until = Until(watch.name, precision, plan.worlds)
    return plan._replace(worlds=looks_until(plan.worlds)[0], sizes=sizes, until=until)


def default_folder(scenario: Any, seed: int) -> Path:
    """Where an experiment goes unless told: results/alaska_2025-territory_first-7."""
    return Path("results") / f"{scenario.code.replace('/', '-')}-{seed}"


def run(
    scenario: Any,
    worlds: int = 1000,
    seed: int = 0,
    out: Path | str | None = None,
    *,
    workers: "int | Workers" = 1,
    executor: Kind = "auto",
    scheduler: str | None = None,
    driver: Driver = "auto",
    precision: float | None = None,
    watch: Watch = ANY_FRACTURE,
    progress: Progress | None = None,
    sizes: Sequence[tuple[int, int]] = SIZES,
    rounds_of: int | None = None,
) -> Experiment:
    """Play a scenario (loaded, or its file or name) in worlds 0 to ``worlds`` - 1 and store the runs in ``out``.

    With ``precision`` it stops as soon as the share ``watch`` is known to that much either way (see
    ``wedge.engine.experiment.stopping``). ``executor`` says who plays: threads, processes, a Dask
    cluster of its own or at the address ``scheduler``. The same call again resumes; more worlds extend.
    The results depend on scenario, rules, seed, worlds and precision alone, not on workers, executor,
    driver or interruptions. Every round is kept of the first ``rounds_of`` worlds: 200 if left out, or as many
    as the folder has.

    Raises ExperimentError for bad input, a folder in use, a disk that refuses or lost workers, and
    Interrupted on Ctrl-C. Worlds that crash are left out and named in ``Experiment.failures``;
    NothingPlayed is raised when all do.
    """
    scenario = loaded(scenario)
    plan = plan_of(scenario, worlds, seed, sizes, rounds_of)
    if precision is not None:
        plan = plan_until(plan, precision, watch)
        if not watch.where and watch.table == "alliances" and not scenario.names.alliances:
            raise ExperimentError(f"{scenario.code} has no alliance to watch", "name another share with --of")
    crew = workers if isinstance(workers, Workers) else Workers(workers, executor, scheduler)
    folder = Path(out) if out is not None else default_folder(scenario, seed)
    store = open_store(folder, plan, rounds_of)
    with _leaving_no_half_folder(store), alone_in(folder), _ending(crew, workers):
        _Running(scenario, store, driver, crew, progress or Silent(), watch).run()
    return open_experiment(folder)


def _call(scenario: Any, plan: Plan, watch: Watch) -> list[str]:
    """The call of ``wedge`` that makes the same results, whatever folder or workers this one uses."""
    worlds, until = plan.worlds, []
    if plan.until is not None:
        worlds, until = plan.until.most, ["--precision", f"{plan.until.precision:g}"]
        until += ["--of", watch.name] if watch != ANY_FRACTURE else []
    said = ["wedge", "run", scenario.called, "--worlds", str(worlds), "--seed", str(plan.seed)]
    return [*said, *until, *as_options(scenario.changes)]


@contextmanager
def _ending(crew: Workers, given: object) -> Iterator[None]:
    """Workers that were made here end here; those that were given do not."""
    try:
        yield
    finally:
        if crew is not given:
            crew.__exit__()


class _Running:
    """One call: what it was asked for, and the steps of it."""

    def __init__(
        self,
        scenario: Any,
        store: Store,
        driver: Driver,
        workers: Workers,
        progress: Progress,
        watch: Watch,
    ) -> None:
        self.scenario, self.store, self.driver, self.workers = scenario, store, driver, workers
        self.progress, self.watch = progress, watch
        self.command = _call(scenario, store.plan, watch)
        self.played = 0
        self.began = time.time()

    def run(self) -> None:
        """Play what is missing, if anything, and say what came of it."""
        stored = stored_manifest(self.store.folder)
        missing = self.store.missing()
        if not missing and is_finished(self.store.folder, self.store.plan) and not self._may_go_on(stored):
            return
        for damage in self.store.damages():
            self.progress.note(f"{damage}; its part is played again")
        write_manifest(self.scenario, self.store, self.command, finished=False)
        watching = None
        if self.store.plan.until is None:
            self.play(missing, self.store.plan.worlds)
        else:
            watching = Watching(self.store, self.watch, self.progress.note)
            for worlds in watching.looks():
                self.store.grow(worlds)
                self.play(self.store.missing(worlds), watching.expected)
                watching.look(worlds)
        self.finish(watching.as_json() if watching else None)

    def _may_go_on(self, stored: dict[str, Any]) -> bool:
        """Whether a rule has not stopped yet and may have more worlds than before."""
        until = self.store.plan.until
        stopping = stored.get("stopping") or {}
        return until is not None and not stopping.get("reached") and self.store.plan.worlds < until.most

    def play(self, missing: Sequence[Part], wanted: int) -> None:
        """Play and store the parts that are missing; ``wanted`` worlds are to be expected in all."""
        if not missing:
            return
        store, progress = self.store, self.progress
        worlds = sum(part.size for part in missing)
        progress.start(store.plan.code.rpartition("/")[2], wanted, store.plan.worlds - worlds)
        try:
            failed = play_parts(self.scenario, store, missing, self.driver, self.workers, progress)
        except KeyboardInterrupt:
            raise Interrupted(str(store.folder), store.worlds_stored(), wanted) from None
        finally:
            store.sweep()
            progress.close()
        self.played += worlds
        if failed and not store.stored():
            raise NothingPlayed(failed)

    def finish(self, stopping: dict[str, Any] | None) -> None:
        """What is made of all parts together: sums, the first rounds, the manifest."""
        store = self.store
        parts = store.stored()
        if parts:
            write_table(
                store.folder / f"{SUMS}.parquet", sums_of(self.scenario, [store.path(SUMS, part) for part in parts])
            )
            gather_rounds(self.scenario, store)
        write_manifest(self.scenario, store, self.command, finished=store.finished(), stopping=stopping)
        how = {"worlds": self.played, "workers": self.workers.workers, "executor": self.workers.kind}
        took = {"began": round(self.began, 3), "seconds": round(time.time() - self.began, 3)}
        note_timing(store.folder, how | {"driver": self.driver} | took)


def loaded(scenario: Any) -> Any:
    """A scenario as it is, or loaded from its file or name."""
    if isinstance(scenario, str | Path):
        from wedge.engine.scenario import load

        return load(scenario)
    return scenario


@contextmanager
def _leaving_no_half_folder(store: Store) -> Iterator[None]:
    """If anything goes wrong before the first part is stored, a folder made by this call is taken away again."""
    try:
        yield
    except BaseException:
        store.give_up()
        raise
