"""A comparison as tables for a terminal: side by side, pair by pair, what differs in meaning, worlds that flipped."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.sentences import number, percent
from wedge.engine.cli.blocks import Blocks, over
from wedge.engine.cli.summary_tables import rows_of, table
from wedge.engine.cli.tables import sentences_table

if TYPE_CHECKING:
    from wedge.engine.analysis import Comparison

ALWAYS = ("alliances.", "talks.", "stages.")
TWICE = "issues."  # an issue is settled with its stage
SECONDARY = ("events.", TWICE)
TOLD_MEANS = (
    ".commitment_end",
    ".payoff",
    ".level",
    "talks.war_days",
    "talks.days",
    "talks.stages_settled",
)
APART = "told_apart_holm"  # by what rows are chosen: interval and test, the test after Holm
CELLS = ("both", "neither", "only_a", "only_b")
LONGEST = 60  # characters of a piece of meaning
HEADING = 12  # of a scenario's label over a column


def tables_of(comparison: "Comparison", everything: bool = False) -> Iterable[Any]:
    """The tables, one after another; with ``everything`` the rows as well whose difference is undecided."""
    for a, b in comparison.pairs:
        yield _meaning(comparison, a, b)
    yield _side_by_side(comparison)
    for a, b in comparison.pairs:
        yield from _of_shares(comparison, a, b, everything)
        yield from filter(
            None, (_times(comparison, a, b), _means(comparison, a, b, everything), _flipped(comparison, a, b))
        )


def _meaning(comparison: "Comparison", a: str, b: str) -> Any:
    rows = [
        (row["path"], _cut(row["value_a"]), _cut(row["value_b"]))
        for row in rows_of(comparison.of_pair("meaning", a, b))
    ]
    return sentences_table(f"What differs in meaning: {a} and {b}", ("", a, b), rows or [("nothing", "", "")])


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


def _of_shares(comparison: "Comparison", a: str, b: str, everything: bool) -> Iterable[Any]:
    """In how many worlds it happened, and by how much the two differ."""
    every = list(rows_of(comparison.of_pair("shares", a, b)))
    rows = every if everything else [row for row in every if is_told(row)]
    if rows:
        yield _shares(
            a, b, rows, _left_out(every, rows, "of events, and of issues, which are settled with their stage")
        )
        yield _sizes(a, b, rows)


def is_told(row: dict[str, Any]) -> bool:
    """The headlines always, all else where the two can be told apart, with all other rows allowed for."""
    headline = row["observable"].startswith("alliances.")
    return headline or (row[APART] and not row["observable"].startswith(SECONDARY))


def _left_out(every: Sequence[dict[str, Any]], shown: Sequence[dict[str, Any]], others: str) -> str:
    """How many rows are not shown, and why."""
    hidden = [row for row in every if row not in shown]
    undecided = sum(not row[APART] for row in hidden)
    parts = [f"{undecided:,} in which the two cannot be told apart after Holm"] if undecided else []
    parts += [f"{len(hidden) - undecided:,} {others}"] if undecided < len(hidden) else []
    rows = "row is" if len(hidden) == 1 else "rows are"
    return f"{len(hidden):,} more {rows} not shown: {' and '.join(parts)}; --all shows them." if hidden else ""


def _shares(a: str, b: str, rows: Sequence[dict[str, Any]], note: str) -> Any:
    """In how many worlds it happened under both, neither, one alone."""
    cells = [
        (row["title"], *("–" if row[cell] is None else f"{row[cell]:,.0f}" for cell in CELLS), _p(row["p"]), _p(row["p_holm"]))
        for row in rows
    ]  # fmt: skip
    columns = ("", "both", "neither", f"{_over(a)}\nonly", f"{_over(b)}\nonly", "p", "p after\nHolm")
    return Blocks(f"{a} and {b}: worlds in which it happened", columns, cells, note=note)


def _sizes(a: str, b: str, rows: Sequence[dict[str, Any]]) -> Any:
    """How large the differences are, in points and in times, and what playing the same worlds was worth."""
    cells = [(row["title"], *_difference(row, 100), *_ratio(row), _worth(row["pairing"])) for row in rows]
    columns = ("", "points", "95 % interval", "times as\noften", "95 % interval", "pairing\nis worth")
    return table(f"{a} less {b}: points of a hundred, and times as often", columns, cells)


def _ratio(row: dict[str, Any]) -> tuple[str, str]:
    """How many times as often, where both happened anywhere."""
    if not 0 < row["ratio"] < float("inf"):
        return "–", "–"
    return _times_said(row["ratio"]), f"{_times_said(row['ratio_low'])} to {_times_said(row['ratio_high'])}"


def _times_said(ratio: float) -> str:
    """Three significant digits, and no powers of ten."""
    return f"{ratio:,.0f}" if ratio >= 1000 else f"{ratio:.3g}"


def _worth(pairing: float | None) -> str:
    """How many times as many worlds separate ones would be."""
    return f"× {pairing:.2g}" if pairing is not None and pairing == pairing else "–"


def _times(comparison: "Comparison", a: str, b: str) -> Any:
    """For how many days each alliance and tie held, where any fractured; and whether incidence could be the same."""
    rows = [
        (row["title"], f"{row['held_a']:.1f}", f"{row['held_b']:.1f}", *_difference(row, 1), _p(row["p_flip"]))
        for row in rows_of(comparison.of_pair("times", a, b))
        if row["difference"] or min(row["held_a"], row["held_b"]) < comparison.experiments[0].horizon
    ]
    columns = ("", _over(a), _over(b), "difference", "95 % interval", "p, same\nincidence")
    return table(f"{a} less {b}: mean days without fracture, up to the horizon", columns, rows) if rows else None


def _means(comparison: "Comparison", a: str, b: str, everything: bool) -> Any:
    every = list(rows_of(comparison.of_pair("means", a, b)))
    told = every if everything else [r for r in every if r[APART] and r["observable"].endswith(TOLD_MEANS)]
    rows = [
        (f"{row['title']} ({row['unit']})", number(row["mean_a"]), number(row["mean_b"]), *_difference(row, 1), _p(row["p_holm"]))
        for row in told
    ]  # fmt: skip
    columns = ("", _over(a), _over(b), "difference", "95 % interval", "p after\nHolm")
    note = _left_out(every, told, "of other quantities")
    return Blocks(f"{a} less {b}: means", columns, rows, note=note) if rows else None


def _over(label: str) -> str:
    """A scenario's label over a column, in several lines where it is long."""
    return "\n".join(over(label, HEADING))


def _difference(row: dict[str, Any], scale: float) -> tuple[str, str]:
    if scale == 100:
        return f"{100 * row['difference']:+.1f}", f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
    return f"{row['difference']:+.3g}", f"{row['low']:+.3g} to {row['high']:+.3g}"


def _p(p: float | None) -> str:
    if p is None or p != p:
        return "–"
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
