"""A comparison as tables for a terminal: side by side, pair by pair, what differs in meaning, worlds that flipped."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.sentences import number, percent
from wedge.engine.cli.summary_tables import rows_of, table

if TYPE_CHECKING:
    from wedge.engine.analysis import Comparison

ALWAYS = ("alliances.", "talks.", "stages.")
TWICE = "issues."  # an issue is settled with its stage
SECONDARY = ("events.", TWICE)
TOLD_MEANS = (
    ".days_held",
    ".commitment_end",
    ".payoff",
    ".level",
    "talks.war_days",
    "talks.days",
    "talks.stages_settled",
)
LONGEST = 60  # characters of a piece of meaning


def tables_of(comparison: "Comparison") -> Iterable[Any]:
    """The tables, one after another."""
    for a, b in comparison.pairs:
        yield _meaning(comparison, a, b)
    yield _side_by_side(comparison)
    for a, b in comparison.pairs:
        yield from filter(None, (part(comparison, a, b) for part in (_shares, _means, _flipped)))


def _meaning(comparison: "Comparison", a: str, b: str) -> Any:
    rows = [
        (row["path"], _cut(row["value_a"]), _cut(row["value_b"]))
        for row in rows_of(comparison.of_pair("meaning", a, b))
    ]
    return table(f"What differs in meaning: {a} and {b}", ("", a, b), rows or [("nothing", "", "")])


def _cut(text: str | None) -> str:
    if not isinstance(text, str):
        return "–"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _side_by_side(comparison: "Comparison") -> Any:
    """Every share that is not 0 everywhere, one column a scenario."""
    found: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}
    for a, b in comparison.pairs:
        for row in rows_of(comparison.of_pair("shares", a, b)):
            happens = row["share_a"] or row["share_b"] or row["observable"].startswith(ALWAYS)
            if happens and not row["observable"].startswith(TWICE):
                titles[row["observable"]] = row["title"]
                for label, side in ((a, "a"), (b, "b")):
                    low, high = row[f"low_{side}"], row[f"high_{side}"]
                    said = f"{percent(row[f'share_{side}'])} ({100 * low:.1f} to {100 * high:.1f})"
                    found.setdefault(row["observable"], {}).setdefault(label, said)
    rows = [(titles[name], *(cells.get(label, "–") for label in comparison.labels)) for name, cells in found.items()]
    worlds = ", ".join(f"{e.count:,}" for e in comparison.experiments)
    return table(f"Side by side: share of worlds with 95 % interval (worlds: {worlds})", ("", *comparison.labels), rows)


def _shares(comparison: "Comparison", a: str, b: str) -> Any:
    """What the pair differs in, and the headlines even where they do not."""
    rows = []
    for row in rows_of(comparison.of_pair("shares", a, b)):
        name = row["observable"]
        if name.startswith("alliances.") or (row["told_apart"] and not name.startswith(SECONDARY)):
            cells = tuple(
                "–" if row[cell] is None else f"{row[cell]:,.0f}" for cell in ("both", "neither", "only_a", "only_b")
            )
            rows.append((row["title"], *cells, *_difference(row, 100), _p(row["p"])))
    columns = ("", "both", "neither", f"{a} only", f"{b} only", "difference", "95 % interval", "p")
    return table(f"{a} less {b}: worlds and points of a hundred", columns, rows) if rows else None


def _means(comparison: "Comparison", a: str, b: str) -> Any:
    rows = [
        (row["title"], row["unit"], number(row["mean_a"]), number(row["mean_b"]), *_difference(row, 1), _p(row["p"]))
        for row in rows_of(comparison.of_pair("means", a, b))
        if row["observable"].startswith("alliances.") or (row["told_apart"] and row["observable"].endswith(TOLD_MEANS))
    ]
    return table(f"{a} less {b}: means", ("", "unit", a, b, "difference", "95 % interval", "p"), rows) if rows else None


def _difference(row: dict[str, Any], scale: float) -> tuple[str, str]:
    if scale == 100:
        return f"{100 * row['difference']:+.1f}", f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
    return f"{row['difference']:+.3g}", f"{row['low']:+.3g} to {row['high']:+.3g}"


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _flipped(comparison: "Comparison", a: str, b: str) -> Any:
    """Worlds in which an alliance fractured under one of the two alone; their codes can be replayed."""
    told = [
        (row["world"], row["observable"], row["only"])
        for row in rows_of(comparison.of_pair("flipped", a, b))
        if row["observable"].startswith("alliances.") and row["observable"].endswith(".fractured")
    ]
    return (
        table("Worlds that flipped, to be replayed with wedge explain", ("world", "", "only under"), told)
        if told
        else None
    )
