"""What was found about numbers, as tables for a terminal and as sentences."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.sentences import CONDITIONAL, number, percent, worlds
from wedge.engine.cli.summary_tables import rows_of, table

if TYPE_CHECKING:
    from wedge.engine.analysis.discovery import Discovery
    from wedge.engine.analysis.levels import Level
    from wedge.engine.analysis.sensitivity import Sensitivity
    from wedge.engine.analysis.solving import Solution
    from wedge.engine.analysis.sweep import Sweep

Label = Callable[[str], str]
MOST_ROWS = 20


def sensitivity_table(found: "Sensitivity", label: Label) -> Any:
    """A row a number, most telling first."""
    rows = list(rows_of(found.numbers.head(MOST_ROWS)))
    columns: tuple[str, ...]
    cells: list[tuple[str, ...]]
    if found.method == "tornado":
        columns = ("", "low", "high", "at low", "at high", "high less low", "95 % interval")
        cells = [(number(r["low_at"]), number(r["high_at"]), _value(r["at_low"], found.observable.kind), _value(r["at_high"], found.observable.kind),
                  _change(r["swing"], found.observable.kind), _ends(r["low"], r["high"], found.observable.kind)) for r in rows]  # fmt: skip
    elif found.method == "sobol":
        columns = ("", "first", "95 % interval", "total", "95 % interval")
        cells = [(f"{r['first']:.3f}", f"{r['first_low']:.3f} to {r['first_high']:.3f}",
                  f"{r['total']:.3f}", f"{r['total_low']:.3f} to {r['total_high']:.3f}") for r in rows]  # fmt: skip
    else:
        columns = ("", "μ*", "95 % interval", "μ", "σ")
        cells = [(f"{r['mu_star']:.3f}", f"{r['mu_star_low']:.3f} to {r['mu_star_high']:.3f}",
                  f"{r['mu']:+.3f}", f"{r['sigma']:.3f}") for r in rows]  # fmt: skip
    named = [(_name(row, label), *cell, row["path"]) for row, cell in zip(rows, cells, strict=True)]
    title = f"{found.observable.title}: which numbers decide ({found.method}, seed {found.seed})"
    return table(title, (*columns, "path"), named)


def sentences_on(found: "Sensitivity", label: Label) -> list[str]:
    """What a sensitivity comes to."""
    kind, rows = found.observable.kind, list(rows_of(found.numbers))
    said = [f"{found.observable.title}: {_level(found.level, kind)} with all numbers as they are drawn."]
    if found.method == "tornado":
        telling = [row for row in rows if row["told_apart"]]
        said.append(_telling(telling, label, "moves it most, from {} to {} over its range", kind))
        if len(telling) < len(rows):
            said.append(f"Of {len(rows)} numbers looked at, {len(rows) - len(telling)} made no difference that {worlds(found.worlds)} could show.")  # fmt: skip
    elif found.method == "sobol":
        said += _on_variance(found, label)
    elif rows:
        said.append(f"{label(rows[0]['path'])} comes first. μ* is the mean size of the effect of moving a number over its range; a σ much above it says that the effect hangs on the other numbers, or on chance.")  # fmt: skip
    if found.method == "morris" and len(rows) > 1 and rows[0]["mu_star_low"] < rows[1]["mu_star_high"]:
        rather = ", or a quantity instead of a yes or no, such as --of 'commitment(…)'" if kind == SHARE else ""
        said.append(
            f"Its interval overlaps with the next, so the order is not certain: more --worlds would tell{rather}."
        )
    judged = [row for row in rows[:5] if row["judgement"]]
    said.append(f"Of the first {min(5, len(rows))} numbers, {len(judged)} are judgements without a source.")
    if any(row["declared"] for row in rows[:MOST_ROWS]):
        said.append("* has one value in the file; its range was declared for this analysis.")
    if found.left_out:
        said.append(
            f"{found.left_out} other numbers changed the outcome of no more worlds when tried, and were left as each world draws them."
        )
    return [*said, CONDITIONAL]


def _telling(telling: list[dict[str, Any]], label: Label, how: str, kind: str) -> str:
    if not telling:
        return "None of the numbers looked at made a difference that these worlds could show."
    first = telling[0]
    return f"{label(first['path'])} {how.format(_value(first['at_low'], kind), _value(first['at_high'], kind))}."


def _on_variance(found: "Sensitivity", label: Label) -> list[str]:
    parts = {row["part"]: row for row in rows_of(found.parts)}
    if (
        not any(row["total"] > 0 for row in rows_of(found.numbers))
        and parts["both"]["share"] == 0
        and parts["chance"]["share"] == 0
    ):
        return ["It goes the same way in every world, so nothing decides it."]
    numbers, chance, both = (max(0.0, parts[part]["share"]) for part in ("numbers", "chance", "both"))
    left = " (and the numbers left out)" if found.left_out else ""
    first = next(iter(rows_of(found.numbers)))
    return [
        f"Of the variance of the outcome {percent(numbers, 0)} ({_share_ends(parts['numbers'])}) is decided by these numbers alone, "
        f"{percent(chance, 0)} ({_share_ends(parts['chance'])}) by chance alone{left}, {percent(both, 0)} by both together.",
        f"{label(first['path'])} decides most: {percent(max(0.0, first['first']), 0)} alone, {percent(first['total'], 0)} with everything it works together with.",
    ]


def _share_ends(row: dict[str, Any]) -> str:
    return f"{100 * max(0.0, row['low']):.0f} to {percent(max(0.0, row['high']), 0)}"


def sweep_table(found: "Sweep", label: Label) -> Any:
    """A row a point."""
    kind = found.observable.kind
    columns = (
        *(label(axis.path) for axis in found.axes),
        "share" if kind == SHARE else "mean",
        "95 % interval",
        "against as it is",
        "95 % interval ",
    )
    rows = [
        (*(number(row[axis.path]) for axis in found.axes), _value(row["value"], kind), _level_ends(row, kind),
         _change(row["difference"], kind), _ends(row["diff_low"], row["diff_high"], kind)) for row in rows_of(found.points)
    ]  # fmt: skip
    return table(
        f"{found.observable.title}: {worlds(found.worlds)} at every point, seed {found.seed}",
        columns,
        rows,
        len(found.axes),
    )


def sentences_on_sweep(found: "Sweep", label: Label) -> list[str]:
    """What a sweep comes to."""
    kind, points = found.observable.kind, found.points.dropna(subset=["value"])
    said = [f"{found.observable.title}: {_level(found.level, kind)} with all numbers as they are drawn."]
    if len(points):
        least, most = points.loc[points["value"].idxmin()], points.loc[points["value"].idxmax()]
        if least["value"] == most["value"]:
            said.append("It is the same at every point.")
        else:
            said.append(f"It is lowest at {_at(least, found, label)}: {_value(least['value'], kind)}; and highest at {_at(most, found, label)}: {_value(most['value'], kind)}.")  # fmt: skip
    return [*said, CONDITIONAL]


def _at(row: Any, found: "Sweep", label: Label) -> str:
    return " and ".join(f"{label(axis.path)} {number(row[axis.path])}" for axis in found.axes)


def boxes_table(found: "Discovery") -> Any:
    """Every box of the tree, on the worlds kept for measuring."""
    rows = [
        (row["bounds"], f"{row['n']:,}", percent(row["share"]), f"{100 * row['low']:.1f} to {percent(row['high'])}")
        for row in rows_of(found.boxes.sort_values("share", ascending=False, kind="stable"))
    ]
    return table("Regions looked at, on worlds kept for measuring", ("", "worlds", "share", "95 % interval"), rows)


def sentences_on_region(found: "Discovery", label: Label) -> list[str]:
    """The region in words."""
    what = found.want.said() if found.want else found.observable.title
    said = [f"{what}: {_in(found.base)} of the {found.base.n:,} worlds kept for measuring (seed {found.seed})."]
    if found.inside is None or found.outside is None or found.covers is None or found.found_inside is None:
        return [*said, "No region stands out.", CONDITIONAL]
    words = {"<=": "at most", ">": "over"}
    region = " and ".join(f"{label(bound.path)} is {words[bound.sign]} {bound.value:g}" for bound in found.bounds)
    if not found.stands:
        said.append(f"The best region found ({region}) does not hold up on worlds it was not found on: {_in(found.inside)} there, {_in(found.outside)} elsewhere.")  # fmt: skip
        return [*said, CONDITIONAL]
    said.append(f"Where {region}, it happens in {_in(found.inside)} of the worlds; elsewhere in {_in(found.outside)}.")
    said.append(f"That region holds {_in(found.holds)} of the worlds and {_in(found.covers)} of all cases.")
    said.append(f"It was found on the other {found.worlds - found.base.n:,} worlds, where it looked like {percent(found.found_inside.share, 0)}.")  # fmt: skip
    return [*said, CONDITIONAL]


def _in(share: Any) -> str:
    return f"{percent(share.share, 0)} ({100 * share.low:.0f} to {percent(share.high, 0)})"


def levers_table(found: "Solution", label: Label) -> Any:
    """A row a lever: how far it is moved, and how far it would have to be moved alone."""
    rows = [
        (label(row["path"]), number(row["before"]), number(row["after"]), f"{row['shift']:+.3g}",
         f"{number(row['low'])} to {number(row['high'])}", "out of reach" if row["alone"] != row["alone"] else f"{row['alone']:+.3g}")
        for row in rows_of(found.levers)
    ]  # fmt: skip
    columns = ("", "mean now", "mean then", "change", "range", "alone")
    return table(f"What it would take for {found.want.said()}", columns, rows)


def sentences_on_solution(found: "Solution", label: Label) -> list[str]:
    """The answer in words."""
    kind, title = found.want.observable.kind, found.want.observable.title
    said = [f"{title}: {_level(found.base, kind)} as it is."]
    moved = [row for row in rows_of(found.levers) if row["shift"] != 0.0]
    change = " and ".join(f"{label(row['path'])} moved by {row['shift']:+.3g}" for row in moved)
    if found.want.met(found.base.value):
        said.append("That is where it is wanted already; nothing need change.")
    elif found.reached:
        said.append(
            f"The least change found that gets there: {change}. In the same worlds that makes {_level(found.level, kind)}."
        )
        said += _how_sure(found)
    else:
        nearest = (
            f"The nearest is {change}: {_level(found.level, kind)}."
            if change
            else "Nothing comes nearer than leaving them alone."
        )
        said.append(f"No change of these numbers within their ranges gets there. {nearest}")
    said.append(_in_fresh_worlds(found))
    return [*said, *found.notes, CONDITIONAL]


def _how_sure(found: "Solution") -> list[str]:
    if found.earliest != found.earliest:
        return []
    if found.surest != found.surest:
        return [
            f"From {found.earliest:+.3g} on chance would allow for it; no change in the range makes it sure for these worlds."
        ]
    return [
        f"From {found.earliest:+.3g} on chance would allow for it; from {found.surest:+.3g} on it is sure for these worlds (95 %)."
    ]


def _in_fresh_worlds(found: "Solution") -> str:
    kind = found.want.observable.kind
    numbered = f"{found.worlds:,} to {2 * found.worlds - 1:,} of seed {found.seed}"
    said = f"In {found.fresh.n:,} fresh worlds ({numbered}) it makes {_level(found.fresh, kind)}"
    if not found.reached:
        return f"{said}."
    verdicts = {
        "confirmed": "which confirms it",
        "open": "which leaves it open, as is to be expected where a change is only just enough",
        "refuted": "which refutes it: the answer fits the worlds it was found in; ask for more --worlds",
    }
    said += f", {verdicts[found.verdict]}"
    if found.verdict != "confirmed" and found.fresh_surest is not None:
        said += f"; {found.surest:+.3g} makes {_level(found.fresh_surest, kind)} there"
    return f"{said}."


def _name(row: dict[str, Any], label: Label) -> str:
    return label(row["path"]) + (" *" if row["declared"] else "")


def _level(level: "Level", kind: str) -> str:
    if kind == SHARE:
        return f"{percent(level.value)} of {worlds(level.n)} ({100 * level.low:.1f} to {percent(level.high)})"
    return f"{number(level.value)} on average ({number(level.low)} to {number(level.high)})"


def _level_ends(row: dict[str, Any], kind: str) -> str:
    return (
        f"{100 * row['low']:.1f} to {percent(row['high'])}"
        if kind == SHARE
        else f"{number(row['low'])} to {number(row['high'])}"
    )


def _value(value: float, kind: str) -> str:
    return percent(value) if kind == SHARE else number(value)


def _change(value: float, kind: str) -> str:
    return f"{100 * value:+.1f}" if kind == SHARE else f"{value:+.3g}"


def _ends(low: float, high: float, kind: str) -> str:
    return f"{_change(low, kind)} to {_change(high, kind)}"
