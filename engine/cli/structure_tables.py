"""What came out under each decision theory, as tables for a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.sentences import number, percent
from wedge.engine.analysis.survival import PART_NAMES, part_ends
from wedge.engine.cli.summary_tables import rows_of, table

if TYPE_CHECKING:
    from wedge.engine.analysis.structure import Structure


def tables_of_structure(found: "Structure") -> Iterable[Any]:
    """How often under each theory; what differs; what the variance is made of."""
    yield _levels(found)
    if found.differences is not None:
        yield _differences(found)
    yield _parts(found)


def _levels(found: "Structure") -> Any:
    share = found.observable.kind == SHARE
    title = f"{found.observable.title} under each decision theory ({found.worlds:,} worlds each, seed {found.seed})"
    rows = [
        (row["theory"], row["scenario"], _value(row["value"], share), _ends(row["low"], row["high"], share))
        for theory in found.theories
        for row in rows_of(found.levels[found.levels["theory"] == theory])
    ]
    return table(title, ("", "scenario", "share" if share else "mean", "95 % interval"), rows, names=2)


def _differences(found: "Structure") -> Any:
    share = found.observable.kind == SHARE
    first, second = found.scenarios

    def said(value: float) -> str:
        return f"{100 * value:+.1f}" if share else f"{value:+.3g}"

    rows = [
        (
            row["theory"],
            said(row["difference"]),
            f"{said(row['low'])} to {said(row['high'])}",
            _p(row["p_holm"]),
            "yes" if row["told_apart"] else "no",
        )
        for row in rows_of(found.differences)
    ]
    columns = ("", "points" if share else "difference", "95 % interval", "p (Holm)", "told apart")
    return table(f"{first} less {second}, in the same worlds", columns, rows)


def _parts(found: "Structure") -> Any:
    rows = [
        (PART_NAMES[row["part"]], row["of"], percent(max(0.0, row["share"]), 0), part_ends(row))
        for part in PART_NAMES
        for row in rows_of(found.parts[found.parts["part"] == part])
    ]
    return table("What the variance of the outcome is made of", ("", "of", "share", "95 % interval"), rows, names=2)


def _value(value: float, share: bool) -> str:
    return percent(value) if share else number(value)


def _ends(low: float, high: float, share: bool) -> str:
    return f"{100 * low:.1f} to {percent(high)}" if share else f"{number(low)} to {number(high)}"


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
