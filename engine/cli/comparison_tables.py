"""A comparison as tables for a terminal: side by side, pair by pair, what differs in meaning, worlds that flipped."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.sentences import number, percent
from wedge.engine.cli.summary_tables import rows_of, table

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
LONGEST = 60  # characters of a piece of meaning
HEADING = 12  # of a scenario's label over a column
SHARE = 27  # characters of a share with its interval
TITLE = 29  # characters of a title before it goes on in another line, so that tables stay within 100


def tables_of(comparison: "Comparison") -> Iterable[Any]:
    """The tables, one after another."""
    for a, b in comparison.pairs:
        yield _meaning(comparison, a, b)
    yield _side_by_side(comparison)
    for a, b in comparison.pairs:
        yield from filter(None, (part(comparison, a, b) for part in (_shares, _sizes, _times, _means, _flipped)))


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
    made = table(f"Side by side: share of worlds with 95 % interval (worlds: {worlds})", ("", *comparison.labels), rows)
    made.columns[0].max_width, made.columns[0].overflow = max(TITLE, 98 - SHARE * len(comparison.labels)), "fold"
    return made


def _shares(comparison: "Comparison", a: str, b: str) -> Any:
    """What the pair differs in, and the headlines even where they do not: in how many worlds."""
    rows = []
    for row in _told_shares(comparison, a, b):
        cells = tuple(
            "–" if row[cell] is None else f"{row[cell]:,.0f}" for cell in ("both", "neither", "only_a", "only_b")
        )
        rows.append((row["title"], *cells, _p(row["p"]), _p(row["p_holm"])))
    columns = ("", "both", "neither", f"{_over(a)}\nonly", f"{_over(b)}\nonly", "p", "p after\nHolm")
    return _narrow(f"{a} and {b}: worlds in which it happened", columns, rows)


def _sizes(comparison: "Comparison", a: str, b: str) -> Any:
    """How large the differences are, in points and in times, and what playing the same worlds was worth."""
    rows = [
        (row["title"], *_difference(row, 100), *_ratio(row), _worth(row["pairing"]))
        for row in _told_shares(comparison, a, b)
    ]
    columns = ("", "points", "95 % interval", "times as\noften", "95 % interval", "pairing\nis worth")
    return _narrow(f"{a} less {b}: points of a hundred, and times as often", columns, rows)


def _told_shares(comparison: "Comparison", a: str, b: str) -> list[dict[str, Any]]:
    return [
        row
        for row in rows_of(comparison.of_pair("shares", a, b))
        if row["observable"].startswith("alliances.")
        or (row["told_apart"] and not row["observable"].startswith(SECONDARY))
    ]


def _ratio(row: dict[str, Any]) -> tuple[str, str]:
    """How many times as often, where both happened anywhere."""
    if not 0 < row["ratio"] < float("inf"):
        return "–", "–"
    return f"{row['ratio']:.3g}", f"{row['ratio_low']:.3g} to {row['ratio_high']:.3g}"


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
    return _narrow(f"{a} less {b}: mean days without fracture, up to the horizon", columns, rows)


def _means(comparison: "Comparison", a: str, b: str) -> Any:
    rows = [
        (f"{row['title']} ({row['unit']})", number(row["mean_a"]), number(row["mean_b"]), *_difference(row, 1), _p(row["p_holm"]))
        for row in rows_of(comparison.of_pair("means", a, b))
        if row["told_apart"] and row["observable"].endswith(TOLD_MEANS)
    ]  # fmt: skip
    columns = ("", _over(a), _over(b), "difference", "95 % interval", "p after\nHolm")
    return _narrow(f"{a} less {b}: means", columns, rows)


def _over(label: str) -> str:
    """A scenario's label over a column, in several lines where it is long."""
    lines = [""]
    for part in label.replace("_", "_\0").replace(" ", " \0").split("\0"):
        lines = [*lines[:-1], lines[-1] + part] if len(lines[-1] + part) <= HEADING else [*lines, part]
    return "\n".join(line.strip() for line in lines if line)


def _narrow(title: str, columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Any:
    """A table whose first column goes on in another line rather than widen it; none without rows."""
    if not rows:
        return None
    made = table(title, columns, rows)
    made.columns[0].max_width, made.columns[0].overflow = TITLE, "fold"
    return made


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
