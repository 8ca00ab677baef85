"""The figures of an experiment or a comparison, each with its words and its numbers beside it."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from wedge.engine.experiment.files import write_bytes, write_json
from wedge.engine.experiment.store import make_folder
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.painting import Painter, paint

README = "README.md"
INDEX = "figures.json"
MOST_PAIRS = 10  # pairs of a comparison that are drawn
LONGEST_TABLE = 60  # rows of a table that go into the README; the rest are in figures.json


def draw_figures(subject: Any, folder: Path | str, painter: Painter | None = None) -> list[str]:
    """Draw an ``Experiment`` or a ``Comparison`` into a folder: SVG and PNG, the words and the numbers of each.

    With a ``painter`` its process draws some of them. The names of the files come back. Drawn again from the same results the files have the same
    bytes. Raises ExperimentError when the folder cannot be written.
    """
    return draw_all(figures_of(subject), folder, painter)


def figures_of(subject: Any) -> list[Callable[[], Drawn | None]]:
    """What can be drawn of an ``Experiment`` or a ``Comparison``, in the order in which it is read."""
    return _figures(subject, sides_for(subject))


def sides_for(subject: Any) -> list[Side]:
    """The scenarios of an ``Experiment`` or a ``Comparison``, and how each is drawn."""
    return drawing.sides_of(_experiments(subject), _labels(subject))


def draw_all(
    drawings: Sequence[Callable[[], Drawn | None]], folder: Path | str, painter: Painter | None = None
) -> list[str]:
    """Draw what there is to draw into a folder, with the words and the numbers of each; the names of the files come back.

    Raises ExperimentError when the folder cannot be written.
    """
    folder = Path(folder)
    make_folder(folder)
    _clear(folder)
    with drawing.style():
        painted = painter.share(drawings, folder) if painter else [paint(draw, folder) for draw in drawings]
        drawing.note_missing(letter for one in painted if one for letter in one.missing)
    return _write_entries([one.entry for one in painted if one], folder)


def write_about(told: Sequence[tuple[Drawn, list[str]]], folder: Path) -> list[str]:
    """Write the words and the numbers of figures that are drawn beside them; the names of all files come back."""
    return _write_entries([entry_of(drawn, names) for drawn, names in told], folder)


def _write_entries(entries: Sequence[dict[str, Any]], folder: Path) -> list[str]:
    write_json(folder / INDEX, entries)
    write_bytes(folder / README, _readme(entries).encode())
    return [*(name for entry in entries for name in entry["files"]), INDEX, README]


def _clear(folder: Path) -> None:
    """Remove the figures of an earlier call, which may have had others to draw."""
    try:
        told = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        names = [str(name) for figure in told for name in figure["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name in names:
        if Path(name).name == name and name.endswith((".svg", ".png")):
            (folder / name).unlink(missing_ok=True)


def _experiments(subject: Any) -> list[Any]:
    return list(subject.experiments) if hasattr(subject, "experiments") else [subject]


def _labels(subject: Any) -> list[str]:
    return list(subject.labels) if hasattr(subject, "labels") else [subject.label]


def _figures(subject: Any, sides: Sequence[Side]) -> list[Callable[[], Drawn | None]]:
    """What can be drawn, in the order in which it is read."""
    from wedge.engine.report.figures_of_course import course_figure
    from wedge.engine.report.figures_of_ends import ends_figure
    from wedge.engine.report.figures_of_flips import flips_figure
    from wedge.engine.report.figures_of_fracture import rates_figure
    from wedge.engine.report.figures_of_levels import levels_figure
    from wedge.engine.report.figures_of_paths import paths_figure
    from wedge.engine.report.figures_of_strain import strain_by_round_figure, strain_figure, ties_in_focus

    drawings: list[Callable[[], Drawn | None]] = [
        partial(draw, sides) for draw in (rates_figure, course_figure, ends_figure, strain_figure)
    ]
    followed = ties_in_focus(sides)
    drawings += [partial(draw, sides, tie) for draw in (strain_by_round_figure, paths_figure) for tie in followed]
    drawings.append(partial(levels_figure, sides))
    if hasattr(subject, "pairs"):
        names = {label: (side.label, side.short) for label, side in zip(subject.labels, sides, strict=True)}
        drawings += [partial(flips_figure, subject, a, b, names) for a, b in subject.pairs[:MOST_PAIRS]]
    return drawings


def entry_of(drawn: Drawn, files: Sequence[str]) -> dict[str, Any]:
    """What the index of a folder says of a figure."""
    table = json.loads(drawn.table.to_json(orient="split", index=False, double_precision=10))
    return {
        "name": drawn.name,
        "title": drawn.title,
        "files": list(files),
        "alt": drawn.alt,
        "table": {"columns": table["columns"], "rows": table["data"]},
    }


def _readme(told: Sequence[dict[str, Any]]) -> str:
    """All figures with their alt text and their numbers, in Markdown."""
    parts = ["# Figures", "", "Each figure as SVG and PNG, its alternative text, and the numbers in it."]
    for figure in told:
        picture = next(name for name in figure["files"] if name.endswith(".png"))
        parts += ["", f"## {figure['title']}", "", f"![{_cell(figure['alt'])}]({picture})", "", figure["alt"], ""]
        parts += _markdown_table(figure["table"])
    return "\n".join(parts) + "\n"


def _markdown_table(table: dict[str, Any]) -> list[str]:
    rows = table["rows"][:LONGEST_TABLE]
    lines = [f"| {' | '.join(table['columns'])} |", f"|{' --- |' * len(table['columns'])}"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    if len(table["rows"]) > len(rows):
        lines += ["", f"The first {len(rows)} of {len(table['rows']):,} rows; all are in `{INDEX}`."]
    return lines


def _cell(value: Any) -> str:
    """A value in a cell of Markdown."""
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "" if value is None else str(value)
    return text.replace("|", "\\|").replace("[", "\\[").replace("]", "\\]").replace("\n", " ")
