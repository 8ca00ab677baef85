"""Several scenarios played in the same worlds, in one folder with a folder for each."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wedge.engine.experiment.executor import Kind, Workers
from wedge.engine.experiment.files import free_beside, write_json
from wedge.engine.experiment.parts import SIZES, Driver
from wedge.engine.experiment.plan import FORMAT, PLAN
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.progress import Progress
from wedge.engine.experiment.results import Experiment, open_experiment
from wedge.engine.experiment.running import loaded, run
from wedge.engine.experiment.store import is_free, make_folder
from wedge.engine.model.provenance import rules_hash

KIND = "comparison"
OF_RESULTS = "comparison of stored results"


def run_together(
    scenarios: Sequence[Any],
    worlds: int = 1000,
    seed: int = 0,
    out: Path | str | None = None,
    *,
    workers: int = 1,
    executor: Kind = "auto",
    scheduler: str | None = None,
    driver: Driver = "auto",
    progress: Callable[[], Progress] | None = None,
    sizes: Sequence[tuple[int, int]] = SIZES,
    rounds_of: int | None = None,
) -> list[Experiment]:
    """Play scenarios (loaded, or their files or names) in the same worlds; each goes into a folder of its own below ``out``.

    Resumes and extends as ``run`` does, and raises what it raises.
    """
    scenarios = [loaded(scenario) for scenario in scenarios]
    folders = folder_names([scenario.code for scenario in scenarios])
    whole = Path(out) if out is not None else default_folder(scenarios, seed)
    crew = Workers(workers, executor, scheduler)
    fresh = take_folder(whole, seed, _hashes(folders, scenarios))
    with _leaving_no_half_folder(whole, fresh), crew:
        return [
            run(
                scenario,
                worlds,
                seed,
                whole / folder,
                workers=crew,
                driver=driver,
                progress=progress() if progress else None,
                sizes=sizes,
                rounds_of=rounds_of,
            )
            for folder, scenario in zip(folders, scenarios, strict=True)
        ]


def _hashes(folders: Sequence[str], scenarios: Sequence[Any]) -> dict[str, str]:
    return {folder: scenario.sha256 for folder, scenario in zip(folders, scenarios, strict=True)}


@contextmanager
def _leaving_no_half_folder(folder: Path, fresh: bool) -> Iterator[None]:
    """If anything goes wrong before a scenario has runs, a folder made by this call is taken away again."""
    try:
        yield
    except BaseException:
        if fresh and not any(inside.is_dir() for inside in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def default_folder(scenarios: Sequence[Any], seed: int) -> Path:
    """Where a comparison goes unless told: results/compare-ceasefire_first-territory_first-7."""
    return Path("results") / "-".join(["compare", *folder_names([s.code for s in scenarios]), str(seed)])


def folder_names(codes: Sequence[str]) -> list[str]:
    """The last part of each code, or the whole where two share it.

    >>> folder_names(["alaska_2025/package", "tutorial/package", "tutorial/first"])
    ['alaska_2025-package', 'tutorial-package', 'tutorial-first']
    """
    short = [code.rpartition("/")[2] for code in codes]
    if len(set(short)) == len(short):
        return short
    whole = [code.replace("/", "-") for code in codes]
    return whole if len(set(whole)) == len(whole) else [f"{name}-{place + 1}" for place, name in enumerate(whole)]


def experiments_in(folder: Path) -> list[Experiment]:
    """The experiments of a comparison's folder, or those elsewhere that it compares, in the order they were given.

    None where it is no such folder. Raises ExperimentError where one of them is not there any more.
    """
    try:
        stored = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        names = {KIND: list(stored.get("scenarios", ())), OF_RESULTS: list(stored.get("folders", ()))}[stored["kind"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [open_experiment(Path(os.path.normpath(folder / name))) for name in names]


def take_folder(folder: Path, seed: int, scenarios: dict[str, str]) -> bool:
    """Take a folder into use for a comparison, or go on with the one in it; True when this call made it.

    Raises ExperimentError when it holds something else.
    """
    wanted = {"kind": KIND, "format": FORMAT, "seed": seed, "rules": rules_hash(), "scenarios": scenarios}
    return _take(folder, wanted)


def take_folder_for_results(folder: Path, experiments: Sequence[Experiment]) -> bool:
    """The same for a comparison of results that are stored elsewhere."""
    results = [{"scenario": e.plan.scenario, "seed": e.seed, "rules": e.plan.rules} for e in experiments]
    folders = [os.path.relpath(e.folder, folder) for e in experiments]
    return _take(folder, {"kind": OF_RESULTS, "format": FORMAT, "results": results, "folders": folders})


def _take(folder: Path, wanted: dict[str, Any]) -> bool:
    path = folder / PLAN
    if not path.is_file():
        fresh = is_free(folder)
        make_folder(folder)
        write_json(path, wanted)
        return fresh
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExperimentError(
            f"cannot read {path}: {error}", f"choose another folder, such as --out {free_beside(folder)}"
        ) from error
    if stored != wanted:
        raise ExperimentError(
            f"{folder} holds another {stored.get('kind', 'experiment')}: {_what_differs(wanted, stored)}",
            f"choose another folder, such as --out {free_beside(folder)}; nothing was changed",
        )
    return False


def _what_differs(wanted: dict[str, Any], stored: dict[str, Any]) -> str:
    if stored.get("kind") not in (KIND, OF_RESULTS):
        return "it is of one scenario"
    if OF_RESULTS in (stored["kind"], wanted["kind"]):
        return "it compares other results"
    if stored.get("seed") != wanted["seed"]:
        return f"its seed is {stored.get('seed')}, not {wanted['seed']}"
    if stored.get("rules") != wanted["rules"]:
        return "it was played by other rules (another version of Wedge)"
    return f"it compares {', '.join(stored.get('scenarios', {}))} as they were then"
