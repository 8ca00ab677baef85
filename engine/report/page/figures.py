"""Figures within the page: SVG with letters as paths, nothing fetched, every identifier its own."""

import json
import math
import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures import figures_of, sides_for
from wedge.engine.report.page.sides import Subject

LONGEST = 60  # rows of a figure's table that are told; the rest are in figures.json of the results


class Figure(NamedTuple):
    """A figure, what it shows in words, and its numbers as text."""

    name: str
    title: str
    alt: str
    svg: Markup
    heads: list[str]
    rows: list[list[str]]
    more: int  # rows left out
    wide: bool


def drawn_for(subject: Subject) -> list[Figure]:
    """All figures of the results, in the order in which they are read."""
    about = subject.comparison if subject.comparison is not None else subject.sides[0].experiment
    found = []
    with drawing.style():
        for draw in [*figures_of(about), *figures_of_the_page(about)]:
            drawn = draw()
            if drawn is not None:
                found.append(figure_of(drawn))
    return found


def figures_of_the_page(about: Any) -> list[Callable[[], Drawn | None]]:
    """Figures that are drawn for the page alone, of an ``Experiment`` or a ``Comparison``."""
    from wedge.engine.report.figures_of_dots import dots_figure
    from wedge.engine.report.figures_of_endings import endings_figure
    from wedge.engine.report.figures_of_network import network_figure
    from wedge.engine.report.figures_of_strain import ties_in_focus

    sides = sides_for(about)
    dots = [partial(dots_figure, sides, tie) for tie in ties_in_focus(sides)]
    return [*dots, partial(network_figure, sides), partial(endings_figure, sides)]


def figure_of(drawn: Drawn) -> Figure:
    """A figure as it stands within a page."""
    drawn.figure.suptitle("")  # it stands above the figure on the page
    drawing.finish(drawn.figure)
    svg = drawing.svg_of(drawn.figure, {}).decode()
    table = json.loads(drawn.table.to_json(orient="split", index=False, double_precision=10))
    rows = [[_cell(value) for value in row] for row in table["data"][:LONGEST]]
    more = len(table["data"]) - len(rows)
    wide = drawn.figure.get_size_inches()[0] > drawing.WIDTH + 1
    return Figure(
        drawn.name,
        drawn.title,
        drawn.alt,
        inline(svg, drawn.name, drawn.alt),
        table["columns"],
        rows,
        more,
        wide,
    )


def inline(svg: str, name: str, alt: str) -> Markup:
    """A drawing as it may stand within a page: named for those who cannot see it, its identifiers with ``name`` in front.

    Comments (which repeat the texts), metadata and addresses are left out.
    """
    inside = re.search(r"<svg\b([^>]*)>(.*)</svg>", re.sub(r"<!--.*?-->", "", svg, flags=re.S), re.S)
    if inside is None:
        raise ValueError("this is no drawing")
    box = re.search(r'viewBox="([\d. ]+)"', inside[1])
    body = re.sub(r"<metadata>.*?</metadata>", "", inside[2], flags=re.S)
    body = body.replace("xlink:href=", "href=")
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    head = Markup('<svg role="img" aria-label="{}" viewBox="{}" preserveAspectRatio="xMidYMid meet">')
    return head.format(alt, box[1] if box else "") + Markup(body) + Markup("</svg>")


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value) if not isinstance(value, int) or isinstance(value, bool) else f"{value:,}"
