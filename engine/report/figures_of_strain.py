"""Through which channels ties are strained and mended: over a whole run, and as the talks go on."""

from collections.abc import Sequence
from typing import Any

from wedge.engine.model.words import CHANNELS
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_fracture import CONDITIONAL, worlds_in_words
from wedge.engine.report.looks import COLOURS

MOST_TIES = 6
MOST_FOLLOWED = 3  # ties followed over time
FEWEST_FRACTURES = 10  # worlds below which the mean over worlds that fractured is not drawn
BAR, GAP = 0.23, 0.34  # inches
HATCHES = {
    "daylight": "",
    "abandonment": "xx",
    "burden": "..",
    "rally": "--",
    "repair": "//",
    "shock": "\\\\",
    "noise": "||",
    "clipped": "++",
}
Tie = tuple[str, str]


def colours() -> dict[str, Any]:
    """A colour for each channel."""
    palette = COLOURS
    chosen = {
        "daylight": 3,
        "abandonment": 1,
        "burden": 5,
        "rally": 2,
        "repair": 0,
        "shock": 4,
        "noise": 7,
        "clipped": 8,
    }
    return {channel: palette[chosen[channel]] for channel in CHANNELS}


def in_words(channel: str) -> str:
    """A channel as a figure says it."""
    return "chance (noise)" if channel == "noise" else channel


def most_strained(sides: Sequence[Side]) -> list[Tie]:
    """Ties by how often they fracture under any scenario, then by how much the talks take from them; the most strained first."""
    score: dict[Tie, tuple[float, float]] = {}
    taken = "-avg(daylight + abandonment + shock + burden)"
    for side in sides:
        found = side.experiment.ask(
            f"SELECT source, target, avg(fractured::INT) AS broke, {taken} AS taken FROM ties GROUP BY ALL ORDER BY source, target"
        )
        for source, target, broke, lost in found.itertuples(index=False):
            known = score.get((source, target), (0.0, 0.0))
            score[source, target] = (max(known[0], float(broke)), max(known[1], float(lost)))
    return sorted(score, key=lambda tie: (-score[tie][0], -score[tie][1]))


def strain_figure(sides: Sequence[Side]) -> Drawn | None:
    """Mean change of each tie by channel, gains to the right and losses to the left: in all worlds, and where it fractured."""
    ties = most_strained(sides)[:MOST_TIES]
    if not ties:
        return None
    table = _means(sides, ties)
    broken = table[(table["worlds_of"] == "fractured") & (table["worlds"] >= FEWEST_FRACTURES)]
    both = len(broken) > 0
    height = 1.9 + len(ties) * (len(sides) * BAR + GAP)
    figure, axes = drawing.new_figure(height, 2 if both else 1, width=10.5 if both else drawing.WIDTH, sharey=True)
    rows = _places(sides, ties)
    _draw_strain(axes[0], table[table["worlds_of"] == "all"], rows, "In all worlds")
    if both:
        _draw_strain(axes[1], broken, rows, "In the worlds where the tie fractured")
        _say_how_few(axes[1], table, rows)
    _label_rows(axes[0], sides, ties, rows)
    _legend(figure, axes[0], table)
    title = "What strains and what mends the ties, channel by channel"
    spread = table[table["worlds_of"] == "all"]["noise_sd"].max()
    few = f" In brackets: worlds; below {FEWEST_FRACTURES} no mean is drawn." if both else ""
    note = (
        f"{worlds_in_words(sides)} Mean change of commitment over a whole run; diamonds: all channels together.{few} Chance "
        f"averages out over all worlds; in single worlds it moves a tie by {spread:.2f} (largest standard deviation). {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    return Drawn("strain", title, _alt(sides, table), table, figure)


def _means(sides: Sequence[Side], ties: Sequence[Tie]) -> Any:
    """Mean change by channel for each tie and scenario, over all worlds and over those where it fractured."""
    import pandas as pd

    found = [(side, name, _means_of(side, where)) for side in sides for name, where in WORLDS_OF.items()]
    rows: list[dict[str, Any]] = []
    for source, target in ties:
        for side, name, means in found:
            if (source, target) in means:
                tie = {"source": source, "target": target, "tie": drawing.tie_label(side.experiment, source, target)}
                rows.append(tie | {"scenario": side.label, "worlds_of": name} | means[source, target])
    table = pd.DataFrame(rows)
    return table.assign(worlds=table["worlds"].astype(int))


WORLDS_OF = {"all": "TRUE", "fractured": "fractured"}


def _means_of(side: Side, where: str) -> dict[Tie, dict[str, Any]]:
    """For each tie, over those of its worlds, their number and its mean changes."""
    means = ", ".join(f'avg("{channel}") AS "{channel}"' for channel in CHANNELS)
    found = side.experiment.ask(
        f"SELECT source, target, count(*) AS worlds, {means}, stddev_samp(noise) AS noise_sd, "
        f"avg(commitment_end - commitment_start) AS net FROM ties WHERE {where} GROUP BY source, target"
    )
    return {(row.pop("source"), row.pop("target")): row for row in found.to_dict("records")}


def _places(sides: Sequence[Side], ties: Sequence[Tie]) -> dict[tuple[str, str, str], float]:
    """The height of each bar, by tie and scenario, in inches from the top."""
    places, y = {}, 0.0
    for source, target in ties:
        y += GAP
        for side in sides:
            places[source, target, side.label] = y
            y += BAR
    return places


def _draw_strain(axes: Any, table: Any, rows: dict[tuple[str, str, str], float], title: str) -> None:
    colour = colours()
    for row in table.to_dict("records"):
        y = rows[row["source"], row["target"], row["scenario"]]
        ends = {-1: 0.0, 1: 0.0}
        for channel in CHANNELS:
            change = row[channel]
            if abs(change) < 1e-4:
                continue
            way = 1 if change > 0 else -1
            axes.barh(
                y,
                change,
                left=ends[way],
                height=0.8 * BAR,
                color=colour[channel],
                hatch=HATCHES[channel],
                edgecolor="0.25",
            )
            ends[way] += change
        axes.plot(
            row["net"], y, marker="D", color="black", markersize=5, markeredgecolor="white", linestyle="none", zorder=5
        )
        said = f"{row['net']:+.2f}" + (f"  ({row['worlds']:,})" if row["worlds_of"] == "fractured" else "")
        axes.annotate(said, (1.01, y), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="0.25")
    axes.axvline(0, color="0.3", linewidth=0.9)
    axes.grid(axis="y", visible=False)
    axes.set_title(title, fontsize=10)
    axes.set_xlabel("change of commitment")
    axes.locator_params(axis="x", nbins=5)


def _say_how_few(axes: Any, table: Any, rows: dict[tuple[str, str, str], float]) -> None:
    """Where a tie fractured too seldom for a mean, in how many worlds it did."""
    found = table[table["worlds_of"] == "fractured"].set_index(["source", "target", "scenario"])["worlds"]
    for key, y in rows.items():
        count = int(found.get(key, 0))
        if count < FEWEST_FRACTURES:
            axes.annotate(
                f"({count})", (1.01, y), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="0.45"
            )


def _label_rows(axes: Any, sides: Sequence[Side], ties: Sequence[Tie], rows: dict[tuple[str, str, str], float]) -> None:
    """The tie above its bars, the scenario beside each."""
    ticks, labels = [], []
    for source, target in ties:
        known = next(s.experiment for s in sides if [source, target] in [list(tie) for tie in s.experiment.names.ties])
        first = rows[source, target, sides[0].label]
        name = drawing.tie_in_short(known, source, target)
        if len(sides) == 1:
            ticks.append(first)
            labels.append(name)
            continue
        ticks += [first - 0.8 * BAR, *(rows[source, target, side.label] for side in sides)]
        labels += [name, *(side.short for side in sides)]
    axes.set_yticks(ticks, labels)
    for label in axes.get_yticklabels():
        label.set_fontweight("bold" if "→" in label.get_text() and len(sides) > 1 else "normal")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(rows.values()) + BAR, min(rows.values()) - GAP)


def _legend(figure: Any, axes: Any, table: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colour = colours()
    there = [channel for channel in CHANNELS if table[channel].abs().max() >= 2e-3]
    handles: list[Any] = [
        Patch(facecolor=colour[c], hatch=HATCHES[c], edgecolor="0.25", label=in_words(c)) for c in there
    ]
    handles.append(
        Line2D([], [], marker="D", color="black", markeredgecolor="white", linestyle="none", label="net change")
    )
    figure.legend(handles=handles, loc="outside center right")


def _alt(sides: Sequence[Side], table: Any) -> str:
    parts = []
    for row in table.to_dict("records"):
        moved = [f"{in_words(c)} {row[c]:+.3f}" for c in CHANNELS if abs(row[c]) >= 0.0005]
        where = "all worlds" if row["worlds_of"] == "all" else "worlds where it fractured"
        parts.append(
            f"{row['tie']}, {row['scenario']}, {row['worlds']:,} {where}: {', '.join(moved) or 'no change'}, net {row['net']:+.3f}"
        )
    return f"Diverging stacked bars of the mean change of commitment by channel. {'; '.join(parts)}."


# As the talks go on.


def ties_in_focus(sides: Sequence[Side]) -> list[Tie]:
    """The most strained tie of each scenario, each once: the ties that are followed over time."""
    return list(dict.fromkeys(tie for side in sides for tie in most_strained([side])[:1]))[:MOST_FOLLOWED]


def strain_by_round_figure(sides: Sequence[Side], tie_followed: Tie) -> Drawn:
    """For one tie, what each channel has done to it by each date, on average over all worlds."""
    source, target = tie_followed
    tables = [
        (side, _by_round(side, source, target))
        for side in sides
        if [source, target] in list(map(list, side.experiment.names.ties))
    ]
    figure, axes = drawing.panels([side.experiment for side, _ in tables], 2.9)
    there = [c for c in CHANNELS if c != "noise" and any(table[c].abs().max() >= 5e-4 for _, table in tables)]
    for place, (side, table) in enumerate(tables):
        _draw_by_round(axes[place], side, table, there)
        drawing.panel_title(axes[place], side.short)
    axes[0].set_ylabel("change so far, mean of all worlds")
    figure.legend(handles=_line_handles(there), loc="outside center right", handlelength=3.5)
    known = tables[0][0].experiment
    tie = drawing.tie_label(known, source, target)
    title = "How the strain on {} builds up over the talks"
    drawing.headline(
        figure,
        title.format(drawing.tie_in_short(known, source, target)),
        f"{worlds_in_words(sides)} Chance is left out: it averages out. {CONDITIONAL}",
    )
    return Drawn(
        f"strain_over_time_{source}_{target}",
        title.format(tie),
        _alt_by_round(tie, tables),
        _table_by_round(tables),
        figure,
    )


def _by_round(side: Side, source: str, target: str) -> Any:
    """Mean change so far by the end of each round, a column a channel."""
    found = side.experiment.ask(
        "SELECT round, channel, change FROM sums WHERE source = ? AND target = ? ORDER BY round", (source, target)
    )
    wide = found.pivot(index="round", columns="channel", values="change")[list(CHANNELS)]
    so_far = wide.cumsum() / side.experiment.count
    so_far.columns.name = None
    return so_far.assign(
        net=so_far[list(CHANNELS)].sum(axis=1), day=(so_far.index + 1) * float(side.experiment.names.days)
    )


CHANNEL_LINES: dict[str, Any] = {
    "daylight": "-",
    "abandonment": "--",
    "burden": "-.",
    "rally": (0, (8, 2)),
    "repair": (0, (5, 1, 1, 1, 1, 1)),
    "shock": ":",
    "clipped": (0, (1, 1)),
}
SIGNS = {"daylight": "o", "abandonment": "s", "burden": "^", "rally": "D", "repair": "v", "shock": "X", "clipped": "P"}
SIGN_EVERY = 0.2  # of a line, from one of its signs to the next


def _draw_by_round(axes: Any, side: Side, table: Any, there: Sequence[str]) -> None:
    colour = colours()
    days = [0.0, *table["day"]]
    for place, channel in enumerate(there):
        signs = (SIGN_EVERY * (place + 1) / (len(there) + 1), SIGN_EVERY)
        axes.plot(days, [0.0, *table[channel]], markevery=signs, **_look(channel), color=colour[channel])
    axes.plot(days, [0.0, *table["net"]], color="black", linewidth=2.2)
    axes.axhline(0, color="0.3", linewidth=0.8)
    axes.set_xlim(0, side.experiment.horizon)
    drawing.date_axis(axes.xaxis, side.experiment, side.experiment.horizon)
    axes.tick_params(axis="x", labelrotation=0)


def _look(channel: str) -> dict[str, Any]:
    """How the line of a channel is told from the others without its colour."""
    return {"linestyle": CHANNEL_LINES[channel], "marker": SIGNS[channel], "markersize": 4.5, "linewidth": 1.8}


def _line_handles(there: Sequence[str]) -> list[Any]:
    from matplotlib.lines import Line2D

    colour = colours()
    handles = [Line2D([], [], color=colour[c], **_look(c), label=in_words(c)) for c in there]
    return [*handles, Line2D([], [], color="black", linewidth=2.2, label="net change")]


def _table_by_round(tables: Sequence[tuple[Side, Any]]) -> Any:
    import pandas as pd

    return pd.concat([table.reset_index().assign(scenario=side.label) for side, table in tables], ignore_index=True)


def _alt_by_round(tie: str, tables: Sequence[tuple[Side, Any]]) -> str:
    parts = []
    for side, table in tables:
        last = table.iloc[-1]
        moved = [f"{in_words(c)} {last[c]:+.3f}" for c in CHANNELS if abs(last[c]) >= 0.0005]
        parts.append(
            f"{side.label}, by day {last['day']:.0f}: {', '.join(moved) or 'no change'}, net {last['net']:+.3f}"
        )
    return f"Lines of the mean change of {tie} so far, by channel and date. {'; '.join(parts)}."
