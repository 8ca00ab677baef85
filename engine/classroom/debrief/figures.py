"""Figures of a debrief: the game's course on the cloud of runs, payoffs beside theirs, and what each move changed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from wedge.engine.classroom.debrief.debriefing import STRIP, Debrief
from wedge.engine.classroom.debrief.regret import BEST, BETTER
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.lettering import shortened, wrapped
from wedge.engine.report.looks import COLOURS

MOST_TIES = 4
MOST_MOVES = 36  # in the figure; the table has all
ROW = 0.24  # inches for a move
CLOUD, GAME = COLOURS[0], COLOURS[3]


def figures_of(told: Debrief) -> list[Callable[[], Drawn | None]]:
    """What draws each figure, in the order of the page."""
    return [partial(draw, told) for draw in (course_figure, fracture_figure, payoff_figure, moves_figure)]


# The course.


def course_figure(told: Debrief) -> Drawn | None:
    """Commitments round by round: half of the runs in the dark band, nine in ten in the light one, the game as a line."""
    ties = _most_strained(told.cloud)
    if not ties:
        return None
    columns = min(2, len(ties))
    rows = -(-len(ties) // columns)
    figure, axes = drawing.grid_of(rows, columns, (drawing.WIDTH, 2.5 * rows + 0.8), sharex=True, sharey=True)
    flat = list(axes.flat)
    for unused in flat[len(ties) :]:
        unused.set_visible(False)
    titles = drawing.state_titles(told.words.names)
    for place, (tie, table) in enumerate(ties):
        _draw_tie(flat[place], table)
        drawing.panel_title(flat[place], f"{titles[tie[0]]} → {titles[tie[1]]}", 38)
    for panel in flat[max(0, len(ties) - columns) : len(ties)]:
        panel.set_xlabel("round")
        panel.tick_params(labelbottom=True)
    for row in range(rows):
        axes[row][0].set_ylabel("commitment")
    _legend(figure)
    title = "The course of the game on the cloud of runs"
    more = _number_of_ties(told.cloud) - len(ties)
    left = f" Of the ties, the {len(ties)} that came nearest to breaking." if more else ""
    note = f"Bands: {told.about['courses']:,} runs from the same start, round by round.{left}"
    drawing.headline(figure, title, note)
    return Drawn("course", title, _alt_of_course(ties, titles), told.cloud, figure)


def _most_strained(cloud: Any) -> list[tuple[tuple[str, str], Any]]:
    """The ties whose commitment came nearest to the breaking point in the game, the nearest first."""
    if not len(cloud):
        return []
    ties = [(tie, table) for tie, table in cloud.groupby(["source", "target"], sort=False)]
    margin = [float((table["game"] - table["breaks_below"]).min()) for _, table in ties]
    return [ties[place] for place in sorted(range(len(ties)), key=lambda place: margin[place])][:MOST_TIES]


def _number_of_ties(cloud: Any) -> int:
    return len(cloud[["source", "target"]].drop_duplicates())


def _draw_tie(axes: Any, table: Any) -> None:
    rounds = table["round"]
    axes.fill_between(rounds, table["q05"], table["q95"], color=CLOUD, alpha=0.18, linewidth=0)
    axes.fill_between(rounds, table["q25"], table["q75"], color=CLOUD, alpha=0.32, linewidth=0)
    axes.plot(rounds, table["q50"], color=CLOUD, linewidth=1.2, linestyle="--")
    axes.plot(rounds, table["game"], color=GAME, linewidth=2.2)
    axes.axhline(table["breaks_below"].iloc[0], color="0.2", linewidth=1.0, linestyle=":")
    axes.set_xlim(0, int(rounds.max()))
    axes.set_ylim(0, 1)


def _legend(figure: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    figure.legend(
        handles=[
            Line2D([], [], color=GAME, linewidth=2.2, label="the game"),
            Line2D([], [], color=CLOUD, linewidth=1.2, linestyle="--", label="median run"),
            Patch(facecolor=CLOUD, alpha=0.5, label="half of the runs"),
            Patch(facecolor=CLOUD, alpha=0.18, label="nine in ten"),
            Line2D([], [], color="0.2", linewidth=1.0, linestyle=":", label="breaks below"),
        ],
        loc="outside upper center",
        ncols=5,
        columnspacing=1.2,
        handlelength=1.8,
    )


def _alt_of_course(ties: Sequence[tuple[tuple[str, str], Any]], titles: dict[str, str]) -> str:
    parts = []
    for (source, target), table in ties:
        known = table.dropna(subset=["game"])
        last = known.iloc[-1]
        parts.append(
            f"{titles[source]} → {titles[target]}: the game from {known['game'].iloc[0]:.2f} to {last['game']:.2f} after {int(last['round'])} rounds, "
            f"where half of the runs lie between {last['q25']:.2f} and {last['q75']:.2f}; it breaks below {last['breaks_below']:.2f}"
        )
    return f"Commitment of ties by round, the game as a line on bands of runs. {'; '.join(parts)}."


# Fracture.


def fracture_figure(told: Debrief) -> Drawn | None:
    """The share of runs from the same start in which an alliance had fractured by each round, and when it did in the game."""
    names = told.words.names
    some = list(names.alliances)[:3]
    if not some:
        return None
    figure, axes = drawing.new_figure(3.1, len(some), width=max(drawing.WIDTH, 3.2 * len(some)), sharey=True)
    parts = []
    for panel, alliance in zip(axes, some, strict=True):
        table = told.incidence[told.incidence["alliance"] == alliance]
        a = names.alliances.index(alliance)
        title, broke = drawing.plain(names.alliance_titles[a]), int(told.outcome.fractured[a])
        _draw_incidence(panel, table, broke, told.outcome.until)
        drawing.panel_title(panel, shortened(title), 40)
        panel.set_xlabel("round")
        last = table.iloc[-1]
        mine = f"in the game in round {broke + 1}" if broke >= 0 else "not in the game"
        parts.append(f"{title}: {100 * last['share']:.1f} % of the runs by the last round, {mine}")
    axes[0].set_ylabel("fractured by then, share of runs")
    title = "By when alliances have fractured" if len(some) > 1 else "By when the alliance has fractured"
    line = " The upright line is the game's own fracture." if (told.outcome.fractured >= 0).any() else ""
    drawing.headline(figure, title, f"{told.about['runs']:,} runs from the same start, with 95 % bands.{line}")
    return Drawn(
        "fracture", title, f"Steps of the share fractured by round. {'; '.join(parts)}.", told.incidence, figure
    )


def _draw_incidence(axes: Any, table: Any, broke: int, until: int) -> None:
    rounds = table["round"]
    axes.fill_between(rounds, table["low"], table["high"], step="mid", color=CLOUD, alpha=0.25, linewidth=0)
    axes.step(rounds, table["share"], where="mid", color=CLOUD, linewidth=1.9)
    axes.set_xlim(0, int(rounds.max()) + 1)
    axes.set_ylim(0, 1)
    drawing.percent_axis(axes.yaxis)
    if broke >= 0:
        axes.axvline(broke + 1, color=GAME, linewidth=2.2)
        at, side = (-6, "right") if broke > 0.5 * len(rounds) else (6, "left")
        axes.annotate(
            f"the game: round {broke + 1}",
            (broke + 1, 0.94),
            xytext=(at, 0),
            textcoords="offset points",
            color=GAME,
            ha=side,
        )
    else:
        held = "in the game it held" if until >= len(rounds) else f"in the game it held so far ({until} rounds)"
        axes.text(0.02, 0.94, held, transform=axes.transAxes, color=GAME, va="center")


# Payoffs.


def payoff_figure(told: Debrief) -> Drawn | None:
    """Each seat's payoff beside those of the runs, as dots that each stand for a fortieth of them."""
    seats = list(dict.fromkeys(told.payoffs["state"])) if len(told.payoffs) else []
    if not seats:
        return None
    figure, (axes,) = drawing.new_figure(1.5 + 0.75 * len(seats))
    titles = drawing.state_titles(told.words.names)
    parts = []
    for y, seat in enumerate(seats):
        table = told.payoffs[told.payoffs["state"] == seat]
        dots, mine = 100 * table["payoff"].to_numpy(), 100 * float(table["value"].iloc[0])
        axes.plot(dots, y + _stacked(dots), "o", color=CLOUD, markersize=4.5, markeredgewidth=0, alpha=0.85)
        said = f"{titles[seat]}: half of the runs between {np.quantile(dots, 0.25):.1f} and {np.quantile(dots, 0.75):.1f} points"
        if not np.isnan(mine):
            axes.plot(mine, y + 0.17, "D", color=GAME, markersize=8, markeredgecolor="white")
            axes.annotate(
                f"{mine:.1f}", (mine, y + 0.17), xytext=(8, 0), textcoords="offset points", va="center", color=GAME
            )
            said += f", the game {mine:.1f}"
        parts.append(said)
    axes.set_yticks(range(len(seats)), [wrapped(titles[seat], 18) for seat in seats])
    axes.set_ylim(len(seats) - 0.45, -0.75)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("payoff, points")
    title = "What each seat got, beside the runs"
    own = (
        "The diamond is the game."
        if told.about["over"]
        else "The game has not reached its end, so that its payoffs are not known."
    )
    drawing.headline(
        figure, title, f"Each dot stands for one in {STRIP} of {told.about['runs']:,} runs from the same start. {own}"
    )
    return Drawn("payoffs", title, f"Dots of payoffs. {'; '.join(parts)}.", told.payoffs, figure)


def _stacked(values: np.ndarray) -> np.ndarray:
    """Heights at which dots that lie close together stand above each other."""
    spread = float(values.max() - values.min()) or 1.0
    seen: dict[int, int] = {}
    heights = np.zeros(len(values))
    for place, value in enumerate(values):
        column = int((value - values.min()) / spread * 55)
        heights[place] = seen.get(column, 0)
        seen[column] = seen.get(column, 0) + 1
    return -heights * min(0.085, 0.5 / max(1.0, heights.max()))


# Moves.


def moves_figure(told: Debrief) -> Drawn | None:
    """For each move, what the best other would have brought, and what the move did to the chance of fracture."""
    known = told.moves.dropna(subset=["gain"])
    moves = _that_matter(known)
    if not len(moves):
        return None
    figure, axes = drawing.new_figure(1.9 + ROW * len(moves), 2, sharey=True)
    titles = drawing.state_titles(told.words.names)
    for y, row in enumerate(moves.to_dict("records")):
        gain = {BETTER: (GAME, "^"), BEST: (COLOURS[2], "v")}.get(row["verdict"], ("0.55", "o"))
        change = (
            ((GAME, "^") if row["change"] > 0 else (COLOURS[2], "v")) if row["change_told_apart"] else ("0.55", "o")
        )
        for panel, family, (colour, marker) in ((axes[0], "gain", gain), (axes[1], "change", change)):
            ends = [100 * row[f"{family}_{end}"] for end in ("low", "high")]
            panel.plot(ends, [y, y], color=colour, linewidth=1.6)
            panel.plot(100 * row[family], y, marker, color=colour, markersize=5.5)
    labels = [f"{row.round}  {shortened(titles[row.state], 16)}: {_in_short(row)}" for row in moves.itertuples()]
    axes[0].set_yticks(range(len(moves)), labels)
    axes[0].set_ylim(len(moves) - 0.4, -0.6)
    for panel in axes:
        panel.axvline(0, color="0.3", linewidth=0.9)
        panel.grid(axis="y", visible=False)
        panel.locator_params(axis="x", nbins=5)
    axes[0].set_xlabel("points more by the best other move")
    axes[1].set_xlabel("percentage points of fracture more")
    drawing.panel_title(axes[0], "What another move was worth", 30)
    drawing.panel_title(axes[1], "What it did to the alliance", 30)
    title = "Each move beside what could have been said instead"
    note = (
        f"{told.about['futures']:,} futures each, 95 % intervals; by round. Triangles stand when all comparisons of their panel are allowed for (Holm): "
        "up, another move was better by a tenth of a point or more, or the chance of fracture rose; down, the move was better, or the chance fell."
    )
    if len(moves) < len(known):
        note = f"The {len(moves)} of {len(known)} moves that changed most. {note}"
    drawing.headline(figure, title, note)
    alt = "; ".join(
        f"round {row.round}, {titles[row.state]}, {row.made}: {100 * row.gain:+.1f} points, {100 * row.change:+.1f} percentage points"
        for row in moves.itertuples()
    )
    return Drawn("moves", title, f"Dots with intervals, a row a move. {alt}.", _table_of_moves(moves), figure)


def _that_matter(moves: Any) -> Any:
    """The moves beside which another changed most, payoffs or the chance of fracture, in the order of play."""
    size = moves["gain"].abs() + moves["change"].abs()
    return moves.loc[size.sort_values(ascending=False, kind="stable").index[:MOST_MOVES].sort_values()]


def _in_short(row: Any) -> str:
    """The move as long as a figure has room for."""
    made = str(row.made).partition(" (as a sincere")[0]
    return f"{shortened(made, 12)} (engine)" if row.by_engine else shortened(made, 22)


def _table_of_moves(moves: Any) -> Any:
    columns = [
        "round", "state", "by_engine", "made", "instead", "gain", "gain_low", "gain_high", "other", "change", "change_low", "change_high",
    ]  # fmt: skip
    return moves[columns].reset_index(drop=True)
