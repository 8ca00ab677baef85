"""Conditions and effects as rows, in names: what the numbers of a ``Setting`` are made from."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from wedge.engine.model import setting as s
from wedge.engine.scenario import conditions as c
from wedge.engine.scenario import events as e
from wedge.engine.scenario.tree import Path


class Row(NamedTuple):
    """One row of a condition in postfix order. ``a`` and ``b`` are names, or a count for ALL and ANY."""

    test: int
    a: str | int
    b: str | int
    side: int
    threshold: Any  # a quantity, or None where there is none
    where: Path


class EffectRow(NamedTuple):
    """One effect of an event. ``target`` is a number's path, or the two states of a tie, or nothing."""

    event: str
    kind: int
    target: str | tuple[str, str] | None
    quantity: Any
    where: Path


NAMED: dict[type, tuple[int, str]] = {
    c.EventHappened: (s.EVENT, "event"),
    c.StageSettled: (s.STAGE_SETTLED, "settled"),
    c.WalkedOut: (s.WALKED, "walked_out"),
}
PAIRED: dict[type, tuple[int, str]] = {
    c.SupportWithheld: (s.WITHHELD, "withheld"),
    c.TieFractured: (s.FRACTURED, "fractured"),
}
ASKED: dict[type, tuple[int, str]] = {c.Fighting: (s.FIGHTING, "fighting"), c.TalksOver: (s.TALKS_OVER, "talks_over")}
MEASURED: dict[type, tuple[int, str]] = {
    c.WearinessIs: (s.WEARINESS, "weariness"),
    c.LevelIs: (s.LEVEL, "level"),
    c.RefusalsAre: (s.REFUSALS, "refusals"),
}


def rows_of(condition: Any, where: Path, start: Any, days: float) -> list[Row]:
    """The condition as rows. ``start`` is the day of the first round, for conditions on the date."""
    if isinstance(condition, c.All | c.Any_):
        key = "all" if isinstance(condition, c.All) else "any"
        parts = getattr(condition, key)
        rows = [row for i, part in enumerate(parts) for row in rows_of(part, (*where, key, i), start, days)]
        return [*rows, Row(s.ALL if key == "all" else s.ANY, len(parts), -1, 1, None, where)]
    if isinstance(condition, c.Not):
        return negated(rows_of(condition.part, (*where, "not"), start, days), where)
    kind = type(condition)
    if kind in NAMED:
        test, key = NAMED[kind]
        return [Row(test, getattr(condition, key), -1, 1, None, (*where, key))]
    if kind in PAIRED:
        test, key = PAIRED[kind]
        pair = getattr(condition, key)
        return [Row(test, pair.source, pair.target, 1, None, (*where, key))]
    if kind in ASKED:
        test, key = ASKED[kind]
        rows = [Row(test, -1, -1, 1, None, (*where, key))]
        return rows if getattr(condition, key) else negated(rows, where)
    return [measured(condition, where, start)]


def negated(rows: list[Row], where: Path) -> list[Row]:
    """The rows of the opposite."""
    return [*rows, Row(s.NOT, 1, -1, 1, None, where)]


def measured(condition: Any, where: Path, start: Any) -> Row:
    """The row of a comparison with a threshold."""
    if isinstance(condition, c.DateIs):
        day = condition.date.start or condition.date.before or start
        side = 1 if condition.date.start is not None else -1
        return Row(s.DAY, -1, -1, side, float((day - start).days), (*where, "date"))
    if isinstance(condition, c.RoundIs):
        return compared(condition.round, s.ROUND, -1, -1, (*where, "round"))
    if isinstance(condition, c.CommitmentIs):
        pair = condition.commitment
        return compared(condition, s.COMMITMENT, pair.source, pair.target, where)
    if isinstance(condition, c.BeliefIs):
        return compared(condition, s.BELIEF, condition.belief.of, condition.belief.about, where)
    test, key = MEASURED[type(condition)]
    return compared(condition, test, getattr(condition, key), -1, where)


def compared(sided: Any, test: int, a: str | int, b: str | int, where: Path) -> Row:
    """A row that holds at or above, or below, a threshold."""
    if sided.above is not None:
        return Row(test, a, b, 1, sided.above, (*where, "above"))
    return Row(test, a, b, -1, sided.below, (*where, "below"))


def trigger_rows(event: Any, where: Path, start: Any, days: float) -> list[Row]:
    """The rows that decide whether an event happens: its ``when``, and not its ``unless``."""
    rows = rows_of(event.when, (*where, "when"), start, days) if event.when is not None else []
    if event.unless is None:
        return rows
    unless = negated(rows_of(event.unless, (*where, "unless"), start, days), (*where, "unless"))
    return [*rows, *unless, Row(s.ALL, 2, -1, 1, None, where)] if rows else unless


def effect_rows(name: str, event: Any, start: Any, days: float) -> Iterator[EffectRow]:
    """The effects of an event, in the order they are declared."""
    for i, effect in enumerate(event.effects):
        where: Path = ("events", name, "effects", i)
        if isinstance(effect, e.Change):
            ways = (("to", s.CHANGE_TO), ("by", s.CHANGE_BY), ("times", s.CHANGE_TIMES))
            way, kind = next((one for one in ways if getattr(effect, one[0]) is not None), ways[0])
            yield EffectRow(name, kind, effect.change, getattr(effect, way), (*where, way))
        elif isinstance(effect, e.Shock):
            yield EffectRow(name, s.TIE_SHOCK, (effect.shock.source, effect.shock.target), effect.by, (*where, "by"))
        elif isinstance(effect, e.Withhold):
            pair = effect.withhold
            yield EffectRow(name, s.WITHHOLD, (pair.source, pair.target), None, (*where, "withhold"))
        elif isinstance(effect, e.Restore):
            pair = effect.restore
            yield EffectRow(name, s.RESTORE, (pair.source, pair.target), None, (*where, "restore"))
        else:
            yield EffectRow(name, s.MOVE_DEADLINE, None, last_round(effect.deadline, start, days), (*where, "deadline"))


def last_round(deadline: Any, start: Any, days: float) -> Any:
    """How many rounds the talks last if they end on a date: those that begin before it."""
    if isinstance(deadline, e.ToRound):
        return deadline.round
    return float(math.ceil((deadline - start).days / days))
