"""Role sheets as HTML that needs nothing but itself: to print on A4, and to read on a phone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.classroom.roles.sheet import Issue, RoleSheet
from wedge.engine.classroom.roles.telling import role_sheet
from wedge.engine.experiment.files import write_bytes
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.store import make_folder
from wedge.engine.report.wording import listed, share

MARK = b'<meta name="generator" content="wedge roles">'
INDEX = "index.html"
LEFT, RIGHT = 8.0, 292.0  # where a scale begins and ends on its drawing, which is 300 wide


class Scale(NamedTuple):
    """An issue's scale as a drawing: places from left to right, and the same in words."""

    ticks: tuple[float, ...]  # of the named levels
    wanted: float | None
    now: float
    never: tuple[float, float] | None  # where what lies past the red line begins, and its width
    alt: str


def scale_of(issue: Issue) -> Scale:
    """The drawing of an issue's scale."""
    said = [f"now {share(issue.now)}"]
    never = None
    if issue.wanted is not None:
        said.insert(0, f"you want {share(issue.wanted)}")
    if issue.red_line is not None:
        at = _place(issue.red_line)
        never = (at, RIGHT - at) if issue.red_line_above else (LEFT, at - LEFT)
        said.append(f"nothing {'above' if issue.red_line_above else 'below'} {share(issue.red_line)}")
    wanted = None if issue.wanted is None else _place(issue.wanted)
    return Scale(tuple(_place(level) for level, _ in issue.named), wanted, _place(issue.now), never, "; ".join(said))


def _place(level: float) -> float:
    return round(LEFT + level * (RIGHT - LEFT), 1)


def role_page(sheets: Sequence[RoleSheet], links: bool = False, back: str = "") -> str:
    """Role sheets as one page, each on a sheet of its own when printed; with ``links`` a list of the single files first,
    with ``back`` the address of a page to go back to.
    """
    title = sheets[0].title if len(sheets) == 1 else listed([sheet.title for sheet in sheets])
    page = _templates().get_template("roles.html.j2")
    return str(page.render(sheets=sheets, title=title, links=links, back=back, file_of=file_of, scale_of=scale_of))


def file_of(sheet: RoleSheet) -> str:
    """The name of the file of a single sheet."""
    return f"role-{sheet.state}.html"


def write_role_sheets(
    scenario: Any, folder: Path | str, states: Sequence[str] = (), seed: int = 0, world: int = 0
) -> list[Path]:
    """Write one file for each state (all, in the order of the scenario, if none is named) and ``index.html`` with all of them.

    The paths come back, the index first. Raises GameError for a state that is not there, ExperimentError where the
    folder cannot be written or a file would be overwritten that is no role sheet; nothing is written then.
    """
    folder = Path(folder)
    wanted = list(dict.fromkeys(states)) or [scenario.names.states[i] for i in scenario.names.display]
    sheets = [role_sheet(scenario, state, seed, world) for state in wanted]
    pages = {INDEX: role_page(sheets, links=True)} | {file_of(sheet): role_page([sheet]) for sheet in sheets}
    for name in pages:
        _refuse_to_overwrite(folder / name)
    make_folder(folder)
    for name, page in pages.items():
        write_bytes(folder / name, page.encode("utf-8"))
    return [folder / name for name in pages]


def default_folder(scenario: Any, seed: int, world: int) -> Path:
    """Where role sheets go unless told: results/roles-alaska_2025-territory_first-7-10."""
    return Path("results") / f"roles-{scenario.code.replace('/', '-')}-{seed}-{world}"


def _refuse_to_overwrite(path: Path) -> None:
    if path.is_dir():
        raise ExperimentError(f"{path} is a folder", "choose another folder with --out; nothing was changed")
    if path.is_file() and MARK not in path.read_bytes()[:2000]:
        raise ExperimentError(
            f"{path} is there already and is no role sheet", "choose another folder with --out; nothing was changed"
        )


def _templates() -> Any:
    """The templates, every text in them escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["share"] = share
    return found
