"""The tables of audits and tournaments: on the screen, and as CSV files in a folder with JSON beside them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wedge.engine.cli.blocks import Blocks
from wedge.engine.cli.common import Refused


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


def sentences_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Blocks:
    """A table of texts."""
    return Blocks(title, columns, rows, texts=True, justify="left")


def told_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Blocks:
    """A table of numbers, some of which are said in words."""
    return Blocks(title, columns, rows, texts=True)
