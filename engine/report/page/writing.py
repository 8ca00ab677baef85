"""Putting the page together, and writing it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wedge.engine.experiment.files import write_bytes
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.store import make_folder
from wedge.engine.report.page import likelihood, limits
from wedge.engine.report.page.answering import answers_of, notes_of, question_of
from wedge.engine.report.page.beside import beside_of
from wedge.engine.report.page.figures import drawn_for
from wedge.engine.report.page.inputs import dependences_of
from wedge.engine.report.page.origins import origin_of
from wedge.engine.report.page.sides import Subject, subject_of
from wedge.engine.report.page.stories import stories_of
from wedge.engine.report.page.tables import differences_of, meanings_of, tables_of
from wedge.engine.report.page.theories import theories_of
from wedge.engine.report.wording import capital

NAME = "report.html"
MARK = b'<meta name="generator" content="wedge report">'


def write_report(results: Sequence[Path | str], out: Path | str | None = None, force: bool = False) -> Path:
    """Write the report on folders of results into one file; its path comes back.

    Without ``out`` it goes into the folder, or, of several, into the one at hand as ``report.html``.
    Raises ExperimentError where results cannot be read, and where a file that is no report would be
    overwritten unless ``force``.
    """
    path = Path(out) if out is not None else Path(results[0]) / NAME if len(results) == 1 else Path(NAME)
    _refuse_to_overwrite(path, force)
    page = page_of(subject_of(results))
    make_folder(path.parent)
    write_bytes(path, page.encode("utf-8"))
    return path


def _refuse_to_overwrite(path: Path, force: bool) -> None:
    if path.is_dir():
        raise ExperimentError(f"{path} is a folder", f"name a file, such as {path / NAME}")
    if not force and path.is_file() and MARK not in path.read_bytes()[:2000]:
        raise ExperimentError(f"{path} is there already and is no report", "--force overwrites it")


def page_of(subject: Subject) -> str:
    """The page: HTML that needs nothing but itself."""
    return templates().get_template("report.html.j2").render(_contents(subject))


def _contents(subject: Subject) -> dict[str, Any]:
    """All that the template says, in the order of the page."""
    return {
        "names": [side.name for side in subject.sides],
        "question": question_of(subject),
        "answers": answers_of(subject),
        "summaries": [(side.name, side.summary.about["summary"]) for side in subject.sides],
        "notes": notes_of(subject),
        "meanings": meanings_of(subject),
        "differences": differences_of(subject),
        "tables": tables_of(subject),
        "beside": beside_of(subject),
        "theories": theories_of(subject),
        "figures": drawn_for(subject),
        "dependences": dependences_of(subject.sides),
        "stories": [stories_of(side) for side in subject.sides],
        "scale": likelihood.SCALE,
        "scale_source": likelihood.SOURCE,
        "conditions": limits.CONDITIONS,
        "failures": limits.FAILURES,
        "items": limits.items_of(subject),
        "assumptions": [(side.name, side.summary.assumptions) for side in subject.sides],
        "origins": [origin_of(side) for side in subject.sides],
    }


def templates(*folders: Path) -> Any:
    """The templates of the report, and of other ``folders``; every text in them is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader([*folders, Path(__file__).parents[1] / "templates"], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["capital"] = capital
    return found
