"""Two scenarios in the same worlds: where something happens under both, neither, or one alone."""

from typing import Any

from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures_of_fracture import CONDITIONAL
from wedge.engine.report.lettering import width_of, wrapped
from wedge.engine.report.looks import COLOURS

MOST_ROWS = 14
ROW = 0.42  # inches
LEGEND = 76  # letters that fit into a line of the legend
WANTED = (
    ".fractured",
    ".split",
    ".suspended",
    "talks.settled",
    "talks.peace",
    "talks.walked_out",
    ".conceded_precondition",
    ".settled",
)


def flips_figure(comparison: Any, a: str, b: str, names: dict[str, tuple[str, str]]) -> Drawn | None:
    """For each observable in how many worlds it happened under both, one alone or neither, and the difference.

    ``names`` are those of the scenarios by label, whole and as a figure has room for.
    """
    table = _rows(comparison, a, b)
    if not len(table):
        return None
    paired = bool(table["paired"].all())
    width, columns = (10.5, 2) if paired else (drawing.WIDTH, 1)
    figure, axes = drawing.new_figure(2.0 + ROW * len(table), columns, width=width, sharey=True)
    if paired:
        _draw_worlds(axes[0], table)
        _legend(axes[0], names[a][1], names[b][1])
    _draw_differences(axes[-1], table, names[a][1], names[b][1])
    labels = [wrapped(drawing.plain(title), 38, 2) for title in table["title"]]
    axes[0].set_yticks(range(len(table)), labels)
    axes[0].set_ylim(len(table) - 0.4, -0.6)
    title = f"{names[a][0]} against {names[b][0]}" + (", in the same worlds" if paired else ", in separate samples")
    how = (
        "Each is played under both with the same luck."
        if paired
        else "They are not the same, so only shares are compared."
    )
    drawing.headline(figure, title, f"{int(table['n_a'].max()):,} worlds. {how} Intervals: 95 %. {CONDITIONAL}")
    name = f"flips_{_file_name(a)}_{_file_name(b)}"
    return Drawn(name, title, _alt(table, names[a][0], names[b][0]), table[COLUMNS].reset_index(drop=True), figure)


COLUMNS = [
    "observable", "title", "n_a", "n_b", "share_a", "share_b", "both", "only_a", "only_b", "neither", "difference", "low", "high",
]  # fmt: skip


def _rows(comparison: Any, a: str, b: str) -> Any:
    """The shares worth drawing: those of interest that happen at all, alliances first."""
    shares = comparison.of_pair("shares", a, b)
    if not len(shares):
        return shares
    wanted = shares["observable"].map(lambda name: any(name.endswith(end) or name == end for end in WANTED))
    stages = shares["observable"].str.startswith("issues.")
    happens = (shares["share_a"] > 0) | (shares["share_b"] > 0) | shares["observable"].str.startswith("alliances.")
    found = shares[wanted & happens & ~stages]
    if len(found) <= MOST_ROWS:
        return found.reset_index(drop=True)
    keep = found["observable"].str.startswith(("alliances.", "talks."))
    rest = (
        found[~keep]
        .assign(size=lambda rows: rows["difference"].abs())
        .sort_values("size", ascending=False, kind="stable")
    )
    chosen = [*found[keep].index, *rest.index[: max(0, MOST_ROWS - int(keep.sum()))]]
    return found.loc[sorted(chosen)].reset_index(drop=True)


def _file_name(label: str) -> str:
    """A label as part of a file's name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "-" for c in label)


PARTS = ("both", "only_a", "only_b")


def _looks() -> dict[str, tuple[Any, str]]:
    """Colour and hatch of each part of a bar."""
    palette = COLOURS
    return {"both": ("0.55", ""), "only_a": (palette[0], "//"), "only_b": (palette[1], "xx")}


def _draw_worlds(axes: Any, table: Any) -> None:
    looks = _looks()
    widest = max(0.02, float((table[list(PARTS)].sum(axis=1) / table["n_a"]).max()))
    for y, row in enumerate(table.to_dict("records")):
        left = 0.0
        for part in PARTS:
            share = row[part] / row["n_a"]
            colour, hatch = looks[part]
            axes.barh(y, share, left=left, height=0.55, color=colour, hatch=hatch, edgecolor="0.25")
            left += share
        said = f"{row['both']:,} / {row['only_a']:,} / {row['only_b']:,} / {row['neither']:,}"
        axes.annotate(said, (1.02, y), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="0.25")
    axes.set_xlim(0, 1.05 * widest)  # also where it is all worlds, for numbers stand beside it
    drawing.percent_axis(axes.xaxis)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("share of worlds")
    header = {"xycoords": ("axes fraction", "data"), "fontsize": 9, "color": "0.25", "annotation_clip": False}
    axes.annotate("both / only 1st / only 2nd / neither", (1.02, -0.75), **header)


def _legend(axes: Any, a: str, b: str) -> None:
    from matplotlib.patches import Patch

    looks = _looks()
    said = {"both": "under both", "only_a": f"only under {a} (1st)", "only_b": f"only under {b} (2nd)"}
    handles = [Patch(facecolor=looks[p][0], hatch=looks[p][1], edgecolor="0.25", label=said[p]) for p in PARTS]
    columns = 3 if sum(map(width_of, said.values())) <= LEGEND else 1
    axes.set_title(
        "\n".join(" " * (3 if columns == 3 else 5)), fontsize=10
    )  # keeps the room in which the legend stands
    above = 1 + 0.24 / (ROW * (len(axes.patches) / len(PARTS)))
    legend = axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(-0.1, above), ncols=columns, columnspacing=1.2
    )
    legend.set_in_layout(False)


def _draw_differences(axes: Any, table: Any, a: str, b: str) -> None:
    for y, row in enumerate(table.to_dict("records")):
        axes.plot([row["low"], row["high"]], [y, y], color="black", linewidth=1.5)
        face = "black" if row["told_apart"] else "white"
        axes.plot(
            row["difference"],
            y,
            marker="o",
            markerfacecolor=face,
            markeredgecolor="black",
            markersize=6.5,
            linestyle="none",
        )
        said = f"{100 * row['difference']:+.1f} ({100 * row['low']:+.1f} to {100 * row['high']:+.1f})"
        axes.annotate(said, (1.02, y), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="0.25")
    axes.axvline(0, color="0.3", linewidth=0.9)
    axes.grid(axis="y", visible=False)
    drawing.points_axis(axes.xaxis)
    said = wrapped(f"{a} less {b} (points)", 52, 2)
    axes.set_xlabel(f"{said}\n(open circle: not told apart; each row by itself)")


def _alt(table: Any, a: str, b: str) -> str:
    parts = []
    for row in table.to_dict("records"):
        said = f"{row['title']}: {100 * row['share_a']:.1f} % under {a} and {100 * row['share_b']:.1f} % under {b}"
        if row["paired"]:
            said += f" (both {row['both']:,}, only {a} {row['only_a']:,}, only {b} {row['only_b']:,}, neither {row['neither']:,})"
        parts.append(
            f"{said}, difference {100 * row['difference']:+.1f} points ({100 * row['low']:+.1f} to {100 * row['high']:+.1f})"
        )
    return f"Bars of worlds and dots of differences. {'; '.join(parts)}."
