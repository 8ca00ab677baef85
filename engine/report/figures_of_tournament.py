"""Heat maps of a tournament: what each combination of policies pays, against the policies as written; and fractures."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from wedge.engine.analysis.sentences import CONDITIONAL
from wedge.engine.analysis.tournament import OWN, WHOLE, Report
from wedge.engine.analysis.tournament.tables import Tournament, best_answer, with_choice
from wedge.engine.experiment.store import make_folder
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures import write_about
from wedge.engine.report.lettering import wrapped

CELL_WIDTH, CELL_HEIGHT = 0.62, 0.36  # inches
DARK = 0.6  # of the scale, from which letters are white
OPEN, FILLED = 1, 2  # dots


def draw_tournament(report: Report, folder: Path) -> list[str]:
    """Draw every map of a tournament into a folder, as SVG and PNG; the names of the files come back."""
    make_folder(folder)
    with drawing.style():
        told = [(drawn, drawing.write(drawn, folder)) for drawn in figures_of(report)]
    return write_about(told, folder)


def figures_of(report: Report) -> Iterator[Drawn]:
    """A map of payoffs for each competing state and measure, and one of fractures for each alliance."""
    t = report.tournament
    if len(t.choices.states) < 2:
        return
    for state in t.choices.states:
        for measure in t.measures_of(state):
            yield payoff_map(t, state, measure)
    for alliance in t.scenario.names.alliances:
        yield fracture_map(t, alliance)


def signed(value: float) -> str:
    """A payoff with its sign, and none where it rounds to nothing."""
    return f"{value:+.2f}" if abs(value) >= 0.005 else "0.00"


def grid(t: Tournament, value: Any) -> Any:
    """A number for each policy of the first two states, the others as written: ``[rows, columns]``."""
    rows, columns = map(len, t.choices.policies[:2])
    rest = t.own[2:]
    return np.array([[value((r, c, *rest)) for c in range(columns)] for r in range(rows)])


def payoff_map(t: Tournament, state: str, measure: str) -> Drawn:
    """What a state gains over the policies as written, under every pair of policies of the first two states."""
    own = t.of(t.own, state, measure).mean()
    gains = grid(t, lambda profile: float(t.of(profile, state, measure).mean() - own))
    best = best_replies(t, state, measure, gains.shape)
    figure = _map(t, gains, best, "RdBu", max(1e-9, float(np.abs(gains).max())), signed, "above or below as written")
    title = f"{_title(t, state)}: {measure} over the policies as written ({signed(own)})"
    note = (
        f"Means over {t.worlds:,} worlds, the same for every cell. Framed thickly: as written. "
        f"{_dots(t, state) if best is not None else ''}{_rest(t)}{CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    name = f"{'payoff' if measure == WHOLE else 'payoff_without_split'}_{state}"
    return Drawn(name, title, _alt_payoff(t, state, measure, gains, own), _table(t, gains, measure), figure)


def fracture_map(t: Tournament, alliance: str) -> Drawn:
    """How often an alliance fractures under every pair of policies of the first two states."""
    a = t.scenario.names.alliances.index(alliance)
    shares = grid(t, lambda profile: float(t.played[profile].fractured[:, a].mean()))
    figure = _map(t, shares, None, "Reds", max(0.05, float(shares.max())), lambda v: f"{100 * v:.0f}", "")
    title = f"{t.scenario.names.alliance_titles[a]}: fractures, per cent of worlds"
    note = (
        f"Shares of {t.worlds:,} worlds, the same for every cell. Framed thickly: as written. {_rest(t)}{CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    return Drawn(
        f"fractures_{alliance}", title, _alt_fractures(t, title, shares), _table(t, shares, "fractured"), figure
    )


def best_replies(t: Tournament, state: str, measure: str, shape: tuple[int, ...]) -> Any:
    """OPEN or FILLED where the state's policy is its best answer to the other's, 0 elsewhere; None for a state on neither side.

    Open: another policy, which differs, cannot be told from it.
    """
    if state not in t.choices.states[:2]:
        return None
    player = t.choices.states.index(state)
    marks = np.zeros(shape, int)
    for place in range(shape[1 - player]):
        found = best_answer(t, player, with_choice(with_choice(t.own, player, 0), 1 - player, place), measure)
        best = [found["best"], *found["same"]] if not found["as_good"] else [found["best"]]
        for choice in map(t.choices.policies[player].index, best):
            marks[(choice, place) if player == 0 else (place, choice)] = OPEN if found["as_good"] else FILLED
    return marks


def _dots(t: Tournament, state: str) -> str:
    """What the dots say."""
    line = "column" if t.choices.states[0] == state else "row"
    return f"Dots: what pays {_title(t, state)} best in each {line}; open where it cannot be told from something else there. "


def _title(t: Tournament, state: str) -> str:
    return drawing.plain(t.scenario.names.state_titles[t.place(state)])


def _rest(t: Tournament) -> str:
    others = [_title(t, state) for state in t.choices.states[2:]]
    return f"{' and '.join(others)} as written. " if others else ""


def _map(t: Tournament, values: Any, best: Any, colours: str, reach: float, said: Any, about: str) -> Any:
    """Squares in colour with their number in them; as written framed, best answers dotted.

    ``about`` is what the colours say of numbers on both sides of 0; empty for shares.
    """
    from matplotlib.patches import Rectangle

    rows, columns = values.shape
    width = max(drawing.WIDTH, CELL_WIDTH * columns + 2.6)
    figure, (axes,) = drawing.new_figure(CELL_HEIGHT * rows + 2.6, width=width)
    image = axes.imshow(values, cmap=colours, vmin=-reach if about else 0.0, vmax=reach, aspect="auto")
    for row in range(rows):
        for column in range(columns):
            value = values[row, column]
            white = abs(value) > DARK * reach
            axes.text(
                column, row, said(value), ha="center", va="center", fontsize=9, color="white" if white else "black"
            )
            if best is not None and best[row, column]:
                ink = "white" if white else "black"
                face = ink if best[row, column] == FILLED else "none"
                axes.plot(column - 0.38, row - 0.3, marker="o", markersize=4, color=ink, markerfacecolor=face)
    axes.add_patch(Rectangle((-0.5, -0.5), 1, 1, fill=False, edgecolor="black", linewidth=2.5, clip_on=False, zorder=5))
    axes.set_xticks(range(columns), [p.replace("_", " ") for p in t.choices.policies[1]], rotation=40, ha="right")
    axes.set_yticks(range(rows), [p.replace("_", " ") for p in t.choices.policies[0]])
    axes.set_ylabel(wrapped(_title(t, t.choices.states[0]), 30, 2))
    axes.set_xlabel(wrapped(_title(t, t.choices.states[1]), 60, 2))
    axes.grid(False)
    bar = figure.colorbar(image, ax=axes, shrink=0.8, pad=0.02)
    if about:
        bar.set_label(about, fontsize=9)
        bar.ax.yaxis.set_major_formatter(lambda value, _: signed(value))
    else:
        drawing.percent_axis(bar.ax.yaxis)
    return figure


def _pair(t: Tournament, row: int, column: int) -> str:
    first, second = t.choices.states[:2]
    return f"{_title(t, first)} {t.choices.policies[0][row]}, {_title(t, second)} {t.choices.policies[1][column]}"


def _alt_payoff(t: Tournament, state: str, measure: str, gains: Any, own: float) -> str:
    most, least = np.unravel_index(gains.argmax(), gains.shape), np.unravel_index(gains.argmin(), gains.shape)
    return (
        f"Heat map of the {measure} of {_title(t, state)} under {gains.size} pairs of policies, less its {own:+.3f} under "
        f"the policies as written. Most: {gains[most]:+.3f} ({_pair(t, *map(int, most))}). "
        f"Least: {gains[least]:+.3f} ({_pair(t, *map(int, least))})."
    )


def _alt_fractures(t: Tournament, title: str, shares: Any) -> str:
    most, least = np.unravel_index(shares.argmax(), shares.shape), np.unravel_index(shares.argmin(), shares.shape)
    return (
        f"Heat map of {title}, under {shares.size} pairs of policies: {100 * shares[0, 0]:.1f} as written, at most "
        f"{100 * shares[most]:.1f} ({_pair(t, *map(int, most))}), at least {100 * shares[least]:.1f} ({_pair(t, *map(int, least))})."
    )


def _table(t: Tournament, values: Any, name: str) -> Any:
    import pandas as pd

    first, second = t.choices.states[:2]
    rows = [
        {first: t.choices.policies[0][row], second: t.choices.policies[1][column], name: float(values[row, column])}
        for row in range(values.shape[0])
        for column in range(values.shape[1])
    ]
    return pd.DataFrame(rows)


__all__ = ["OWN", "draw_tournament", "figures_of"]
