"""The tables of audits and tournaments: on the screen, and as CSV files in a folder with JSON beside them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wedge.engine.cli.common import Refused
from wedge.engine.cli.streams import console, data_stream

FIRST_COLUMN = 30
ROOMY = 170


def save_tables(folder: Path, name: str, data: Any, frames: Mapping[str, Any]) -> None:
    """Write ``name.json`` and a CSV for each frame that is there. Refuses a folder that holds something else."""
    from wedge.engine.analysis.exporting import write_frame
    from wedge.engine.experiment.files import write_json
    from wedge.engine.experiment.store import make_folder

    if folder.is_dir() and any(folder.iterdir()) and not (folder / f"{name}.json").exists():
        raise Refused(f"{folder} holds something else", "choose another folder with --out; nothing was changed")
    make_folder(folder)
    for title, frame in frames.items():
        if frame is not None:
            write_frame(folder / f"{title}.csv", frame)
    write_json(folder / f"{name}.json", data)


def roomy_console() -> Any:
    """A console on stdout, as wide as the terminal; wide enough for long rows where it is none."""
    screen = console(stderr=False)
    if not data_stream().isatty():
        screen.width = ROOMY
    return screen


def told_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    """A table whose first column is a text that may wrap and whose others are short."""
    from wedge.engine.cli.summary_tables import table

    made = table(title, columns, rows)
    made.columns[0].min_width = FIRST_COLUMN
    for column in made.columns[1:]:
        column.no_wrap = False
    return made


def sentences_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    """A table of sentences."""
    from wedge.engine.cli.summary_tables import table

    made = table(title, columns, rows)
    for column in made.columns:
        column.no_wrap, column.justify = False, "left"
    return made
