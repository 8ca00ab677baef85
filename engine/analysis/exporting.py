"""Results as CSV files that spreadsheets open rightly: UTF-8 with a byte order mark, no formulas.

A cell of text that begins with = + - or @ (or a tab or a carriage return) would be run as a
formula by a spreadsheet; it gets an apostrophe in front. Numbers stay numbers. A round that never came,
-1 in the tables, is an empty cell.
"""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wedge.engine.analysis.baselines import stored_baselines
from wedge.engine.analysis.comparison import compare
from wedge.engine.analysis.summary import summarise
from wedge.engine.experiment.files import UNFINISHED, Views, disk
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment, open_experiment
from wedge.engine.experiment.store import make_folder
from wedge.engine.experiment.together import experiments_in, folder_names

SUMMARIES = ("shares", "means", "when", "by_day", "broke", "channels", "levels", "moves", "orders", "events")
BESIDE = ("levels", "sides", "played")
COMPARISONS = ("shares", "means", "flipped", "meaning")
MOST_ROWS = 1_048_575  # rows below the header that a spreadsheet can hold
FORMULA = "=+-@\t\r"


def export(
    results: Path | str, out: Path | str | None = None, tables: Sequence[str] = (), force: bool = False
) -> dict[Path, int]:
    """Write tables of an experiment, or of a comparison and its experiments, as CSV; the rows of each file come back.

    ``tables`` names some of them, such as ``ties`` or ``summary_shares``; all are written without it. All of them
    come into the folder, or none. Raises ExperimentError for a table that is not there, for a disk that refuses,
    and where a file would be overwritten unless ``force``.
    """
    results = Path(results)
    folder = Path(out) if out is not None else results / "csv"
    frames = _frames(results)
    unknown = [name for name in tables if not any(name == path.rpartition("/")[2] for path in frames)]
    if unknown:
        there = ", ".join(sorted({path.rpartition("/")[2] for path in frames}))
        raise ExperimentError(f"no table {', '.join(unknown)} in {results}", f"there are {there}")
    wanted = {path: source for path, source in frames.items() if not tables or path.rpartition("/")[2] in tables}
    taken = [folder / f"{path}.csv" for path in wanted if (folder / f"{path}.csv").exists()]
    if taken and not force:
        raise ExperimentError(f"{taken[0]} is already there", "--force overwrites it, --out takes another folder")
    return _written_together(folder, wanted)


Source = tuple[Experiment | None, Any]  # an experiment and the name of its table, or nothing and a data frame


def _frames(results: Path) -> dict[str, Source]:
    """What there is to export, by the path of its file less the ending."""
    together = experiments_in(results)
    if not together:
        return _of_experiment(open_experiment(results), "")
    frames: dict[str, Source] = {}
    comparison = compare(together)
    for table in COMPARISONS:
        frames[f"comparison_{table}"] = (None, getattr(comparison, table))
    for name, experiment in zip(folder_names(comparison.labels), comparison.experiments, strict=True):
        frames |= _of_experiment(experiment, f"{name}/")
    return frames


def _of_experiment(experiment: Experiment, folder: str) -> dict[str, Source]:
    summary = summarise(experiment)
    frames: dict[str, Source] = {f"{folder}{table}": (experiment, table) for table in experiment.tables}
    frames |= {f"{folder}summary_{table}": (None, getattr(summary, table)) for table in SUMMARIES}
    return frames | {f"{folder}baselines_{table}": (None, frame) for table, frame in _beside(experiment).items()}


def _beside(experiment: Experiment) -> dict[str, Any]:
    """The tables of simple models that were set beside these worlds; none where they are of others."""
    import pandas as pd

    stored = stored_baselines(experiment.folder)
    if stored is None or stored["worlds"] != experiment.count:
        return {}
    return {table: pd.DataFrame(stored[table]) for table in BESIDE if stored[table]}


def _written_together(folder: Path, wanted: dict[str, Source]) -> dict[Path, int]:
    """Write all files beside the folder first, and put them into it once all are whole."""
    aside = folder.with_name(f"{folder.name}.partly")
    shutil.rmtree(aside, ignore_errors=True)  # what a kill left
    try:
        with disk(folder, "nothing was written"):
            rows = {path: _write(aside / f"{path}.csv", *source) for path, source in wanted.items()}
            for path in wanted:
                make_folder((folder / path).parent)
                (aside / f"{path}.csv").replace(folder / f"{path}.csv")
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {folder / f"{path}.csv": count for path, count in rows.items()}


def write_frame(path: Path, frame: Any) -> int:
    """A data frame as a CSV file, over one that may be there, lists and mappings in it as JSON; the number of its rows comes back."""
    plain = frame.copy()
    for name in (column for column in plain if plain[column].dtype.kind == "O"):
        plain[name] = [json.dumps(cell) if isinstance(cell, list | dict) else cell for cell in plain[name]]
    with disk(path):
        return _write(path, None, plain)


def _write(path: Path, experiment: Experiment | None, table: Any) -> int:
    """One CSV file; the number of its rows comes back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    whole = body.with_name(f"{body.name}.whole")
    try:
        views = experiment.views if experiment is not None else Views({}, {"frame": table})
        rows = views.copy_to_csv(body, table if experiment is not None else "frame", FORMULA)
        with whole.open("wb") as file, body.open("rb") as lines:
            file.write("\ufeff".encode())
            shutil.copyfileobj(lines, file)
        whole.replace(path)
    finally:
        body.unlink(missing_ok=True)
        whole.unlink(missing_ok=True)
    return rows
