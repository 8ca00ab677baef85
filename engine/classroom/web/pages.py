"""The pages of the classroom, and the parts of them that change by push: views in, HTML out."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

from markupsafe import Markup

from wedge.engine.classroom.session.seen import Named, SeatView, TeacherView

STATIC = Path(__file__).parent / "static"  # to be served under /static/
SECONDS = (None, 60, 120, 180, 300)  # timers that can be chosen, per question
SAYINGS = {
    "offer": "an offer",
    "pass": "pass",
    "consult": "consultation",
    "yes": "yes",
    "no": "no",
    "leave": "leave the talks",
}
STATUSES = {
    "open": "open to join",
    "playing": "being played",
    "paused": "paused",
    "over": "over",
    "lost": "cannot be read",
}

SEAT_PARTS = (
    "who", "clock", "notice", "lobby", "round", "decision", "sealed", "awaited", "mates", "ties", "history", "say-to", "said",
)  # fmt: skip
TEACHER_PARTS = (
    "clock", "notice", "controls", "round", "awaited", "seats", "people", "timer-now", "rounds", "events", "history", "say-to",
    "said", "debrief",
)  # fmt: skip
PROJECTOR_PARTS = ("clock", "notice", "join", "round", "awaited", "people", "history", "said")


class SessionListed(NamedTuple):
    """A session in the teacher's list."""

    key: str  # its key in addresses; empty where it cannot be opened
    code: str
    title: str
    scenario: str
    status: str  # open, playing, paused, over or lost
    people: int


class ScenarioListed(NamedTuple):
    """A scenario that can be played, and the states a person can play in it."""

    key: str
    title: str
    summary: str
    states: tuple[Named, ...]


class Defaults(NamedTuple):
    """What the form for a new session shows at first."""

    scenario: str = ""
    seconds: int | None = None
    seed: int = 1
    world: int = 1
    other: str = ""


def home_page(code: str = "", error: str = "") -> str:
    """The page on which people join: code, name and prediction. `error` says why an earlier attempt failed."""
    return _render("home.html.j2", code=code, error=error)


def seat_page(view: SeatView) -> str:
    """The whole page of a person at a seat, or choosing one."""
    return _render("seat.html.j2", view=view, parts=_marked(seat_parts(view)))


def seat_parts(view: SeatView) -> dict[str, str]:
    """What changes on a person's page by push: the inner HTML of each part by its id.

    The part ``decision`` depends on the question alone, and not on what has been answered: a page keeps its form, and
    what is typed in it, for as long as the part stays the same.
    """
    return {part: _part("seat_parts.html.j2", part, view=view) for part in SEAT_PARTS}


def teachers_page(
    sessions: Sequence[SessionListed], scenarios: Sequence[ScenarioListed], defaults: Defaults | None = None
) -> str:
    """The teacher's list of sessions, and the form that makes a new one."""
    chosen = defaults or Defaults()
    return _render("teachers.html.j2", sessions=sessions, scenarios=scenarios, defaults=chosen)


def teacher_page(view: TeacherView, qr_svg: str) -> str:
    """The teacher's page of a session. `qr_svg` is SVG made here, and not escaped."""
    return _render("teacher.html.j2", view=view, parts=_marked(teacher_parts(view)), qr=Markup(qr_svg))


def teacher_parts(view: TeacherView) -> dict[str, str]:
    """What changes on the teacher's page by push: the inner HTML of each part by its id."""
    return {part: _part("teacher_parts.html.j2", part, view=view) for part in TEACHER_PARTS}


def projector_page(view: TeacherView, qr_svg: str) -> str:
    """What the class sees on the wall: public data alone. `qr_svg` is SVG made here, and not escaped."""
    return _render("projector.html.j2", view=view, parts=_marked(projector_parts(view, qr_svg)))


def projector_parts(view: TeacherView, qr_svg: str) -> dict[str, str]:
    """What changes on the wall by push: the inner HTML of each part by its id."""
    return {part: _part("projector_parts.html.j2", part, view=view, qr=Markup(qr_svg)) for part in PROJECTOR_PARTS}


def message_page(title: str, text: str, status: int) -> str:
    """A page that says one thing, such as that there is no such page. `status` is the HTTP status it comes with."""
    return _render("message.html.j2", title=title, text=text, status=status)


def level_shown(level: float) -> str:
    """A level as it is written, to two places.

    >>> level_shown(0.6), level_shown(0.125), level_shown(1.0)
    ('0.6', '0.12', '1')
    """
    return f"{level:.2f}".rstrip("0").rstrip(".") or "0"


def per_cent_shown(share: float) -> str:
    """A share of one in whole per cent.

    >>> per_cent_shown(0.357)
    '36 %'
    """
    return f"{100.0 * share:.0f} %"


def place_on_scale(level: float) -> str:
    """How far along a drawn scale a level lies, within it, in per cent as SVG writes them.

    >>> place_on_scale(0.256), place_on_scale(1.2)
    ('25.6%', '100.0%')
    """
    return f"{100.0 * min(1.0, max(0.0, level)):.1f}%"


def seconds_shown(seconds: int | None) -> str:
    """A timer in words.

    >>> seconds_shown(None), seconds_shown(60), seconds_shown(90), seconds_shown(180)
    ('no limit', '1 minute', '90 seconds', '3 minutes')
    """
    if seconds is None:
        return "no limit"
    if seconds % 60:
        return f"{seconds} seconds"
    return "1 minute" if seconds == 60 else f"{seconds // 60} minutes"


def _render(name: str, **context: Any) -> str:
    return _templates().get_template(name).render(**context)


def _part(name: str, part: str, **context: Any) -> str:
    return _templates().get_template(name).render(part=part, **context).strip()


def _marked(parts: dict[str, str]) -> dict[str, Markup]:
    """Parts were escaped when they were rendered, so the whole page takes them as they are."""
    return {part: Markup(html) for part, html in parts.items()}


@cache
def _static(name: str) -> str:
    """The address of a file, which changes with its content: no browser keeps an old one."""
    return f"/static/{name}?{crc32((STATIC / name).read_bytes()):x}"


@cache
def _templates() -> Any:
    """The templates, every text in them escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("wedge.engine.classroom.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters |= {
        "level": level_shown,
        "percent": per_cent_shown,
        "place": place_on_scale,
        "timer": seconds_shown,
        "key": lambda text: quote(text, safe=""),
    }
    found.globals |= {"static": _static, "SAYINGS": SAYINGS, "STATUSES": STATUSES, "SECONDS": SECONDS}
    return found
