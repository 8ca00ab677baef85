"""Writing a debrief: a folder that is there whole or not at all."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from wedge.engine.analysis.exporting import write_frame
from wedge.engine.classroom.debrief.debriefing import Debrief
from wedge.engine.classroom.debrief.page import page_of
from wedge.engine.experiment.files import UNFINISHED, disk
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.store import make_folder

PAGE, DATA = "debrief.html", "debrief.json"
TABLES = ("grades", "predictions", "moves", "options", "places")


def refuse_to_overwrite(folder: Path) -> None:
    """Raise ExperimentError for a folder that holds anything but a debrief, and for a file."""
    if folder.exists() and not folder.is_dir():
        raise ExperimentError(f"{folder} is a file", "name a folder with --out")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / DATA).is_file():
        raise ExperimentError(f"{folder} is there already and holds no debrief", "name another folder with --out")


def write(told: Debrief, folder: Path | str) -> list[Path]:
    """Write page, tables and data into a folder, in place of a debrief that is there; the files come back.

    Everything is made beside it and put in place at once. Tables are CSV files that spreadsheets open without running
    anything. Raises ExperimentError where the folder cannot be written or holds something else.
    """
    folder = Path(folder)
    refuse_to_overwrite(folder)
    page = page_of(told)
    make_folder(folder.parent)
    aside = folder.with_name(f"{folder.name}.{os.getpid()}{UNFINISHED}")
    try:
        with disk(folder, "nothing was written"):
            names = _write_all(told, page, aside)
            _put_in_place(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return [folder / name for name in names]


def _write_all(told: Debrief, page: str, aside: Path) -> list[str]:
    aside.mkdir(parents=True)
    (aside / PAGE).write_text(page, encoding="utf-8")
    for table in TABLES:
        write_frame(aside / f"{table}.csv", _frame(getattr(told, table)))
    (aside / DATA).write_text(
        json.dumps(told.as_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
    return [PAGE, *(f"{table}.csv" for table in TABLES), DATA]


def _frame(frame: Any) -> Any:
    """A frame whose columns of text are text, empty ones too."""
    plain = frame.copy()
    for name in plain:
        if plain[name].dtype.kind == "O" and all(value is None or value != value for value in plain[name]):
            plain[name] = plain[name].astype(float)
    return plain


def _put_in_place(aside: Path, folder: Path) -> None:
    old = folder.with_name(f"{folder.name}.{os.getpid()}.old{UNFINISHED}")
    if folder.exists():
        folder.replace(old)
    try:
        aside.replace(folder)
    except OSError:
        if old.exists():
            old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
