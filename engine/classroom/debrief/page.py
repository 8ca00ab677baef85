"""The debrief as one page of HTML that needs nothing but itself, to read, send and print."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wedge.engine.classroom.debrief import sentences
from wedge.engine.classroom.debrief.debriefing import Debrief
from wedge.engine.classroom.debrief.figures import figures_of
from wedge.engine.report import drawing
from wedge.engine.report.page.figures import Figure, figure_of
from wedge.engine.report.page.tables import Table
from wedge.engine.report.page.writing import templates
from wedge.engine.report.wording import listed, points
from wedge.engine.scenario.problems import escaped

TEMPLATE = "debrief.html.j2"
NOTHING = "–"


def page_of(told: Debrief) -> str:
    """The page."""
    return str(templates(Path(__file__).parent / "templates").get_template(TEMPLATE).render(_contents(told)))


def _contents(told: Debrief) -> dict[str, Any]:
    """All that the template says, in the order of the page."""
    about, words = told.about, told.words
    seats = words.states(words.names.states.index(seat) for seat in about["seats"])
    figures = _figures(told)
    return {
        "title": words.name,
        "subtitle": f"{seats} played by people; seed {about['seed']}, world {about['world']}",
        "happened": sentences.happened(told),
        "predictions": [_predictions(told)] if len(told.predictions) else [],
        "of_predictions": sentences.of_predictions(told) if len(told.predictions) else [],
        "course": sentences.course(told),
        "of_course": [figures[name] for name in ("course", "fracture", "payoffs") if name in figures],
        "of_moves": sentences.of_moves(told),
        "moves": [_moves(told)] if len(told.moves) else [],
        "moves_figures": [figures["moves"]] if "moves" in figures else [],
        "causes": told.causes,
        "nothing_broke": "No alliance fractured in this game."
        if about["over"]
        else "No alliance has fractured in the rounds that were played.",
        "of_agenda": sentences.of_agenda(told),
        "story": told.story,
        "method": sentences.method(told),
        "origin": _origin(told),
    }


def _figures(told: Debrief) -> dict[str, Figure]:
    found = {}
    with drawing.style():
        for draw in figures_of(told):
            drawn = draw()
            if drawn is not None:
                found[drawn.name] = figure_of(drawn)
    return found


def _predictions(told: Debrief) -> Table:
    names = told.words.names
    titles = dict(zip(names.states, map(escaped, names.state_titles), strict=True))
    rows: list[list[Sequence[Any]]] = []
    for row in told.predictions.sort_values("away", key=abs, kind="stable").itertuples(index=False):
        rows.append(
            [
                [escaped(row.name)],
                [titles.get(row.state, NOTHING)],
                [_percent(row.chance)],
                [{1.0: "fractured", 0.0: "held"}.get(row.happened, "open")],
                [_plain(row.brier, 3)],
                [_percent(row.share)],
                [f"{100 * row.away:+.1f}" if row.away == row.away else NOTHING],
                ["nearest" if row.nearest else ""],
            ]
        )
    heads = ["name", "state", "said", "the game", "Brier score", "share of runs", "points above it", ""]
    caption = f"How likely is it that {sentences.alliance_in_words(told)} fractures? What was said before play, the nearest to the runs first"
    return Table(caption, heads, [[list(cell) for cell in row] for row in rows])


def _moves(told: Debrief) -> Table:
    names, rows = told.words.names, []
    for row in told.moves.to_dict("records"):
        state = escaped(names.state_titles[names.states.index(row["state"])])
        made = f"{row['made']} (the engine)" if row["by_engine"] else row["made"]
        cells = [f"{row['round']}, {state}", made]
        if row["gain"] == row["gain"]:
            chance = f"{sentences.difference(row, 'change')}, beside: {row['other']}"
            stands = "yes" if row["change_told_apart"] else "no"
            cells += [
                row["instead"],
                points(row["regret"]),
                sentences.difference(row, "gain"),
                row["verdict"],
                chance,
                stands,
            ]
        else:
            cells += [NOTHING] * 6
        rows.append([[cell] for cell in cells])
    heads = [
        "round and state", "said", "best other", "regret, points", "points more by it (95 % interval)", "after Holm",
        "fracture, percentage points more (95 % interval)", "told apart after Holm",
    ]  # fmt: skip
    return Table("Each move from a seat that people play", heads, rows)


def _origin(told: Debrief) -> list[tuple[str, str]]:
    about = told.about
    lines = [
        ("scenario", str(about["scenario"])),
        ("its SHA-256", str(about["sha256"])),
        ("rules", str(about["rules"])),
        ("Wedge", str(about["version"])),
        ("seed and world", f"{about['seed']}, {about['world']}"),
        ("seats played by people", listed(about["seats"])),
        ("runs, futures", f"{about['runs']:,}, {about['futures']:,}"),
    ]
    lines += [("changed", " ".join(change)) for change in about["changes"]]
    if about["other"] is not None:
        lines += [("the other agenda", f"{about['other']['scenario']}, SHA-256 {about['other']['sha256']}")]
    return [(what, escaped(which)) for what, which in lines]


def _percent(value: float) -> str:
    return NOTHING if value != value else f"{100 * value:.1f} %"


def _plain(value: float, digits: int) -> str:
    return NOTHING if value != value else f"{value:.{digits}f}"
