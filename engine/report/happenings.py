"""Events of a round in sentences: what happened, what it changed, and what was due and did not happen."""

from collections.abc import Iterator
from typing import Any

from wedge.engine.model import world as f
from wedge.engine.model.draws import FOR_EVENT_CHANCE, uniform
from wedge.engine.model.numbers import CHANCE
from wedge.engine.model.setting import MOVE_DEADLINE, RESTORE, TIE_SHOCK, WITHHOLD
from wedge.engine.report.circumstances import Circumstances, tree_of
from wedge.engine.report.quantities import change_in_words
from wedge.engine.report.rounds import Round
from wedge.engine.report.wording import Wording, capital, dated, share


def events_of(told: Round, words: Wording) -> list[str]:
    """Sentences about the events of the round, and about those that came due and did not happen, as they were played."""
    turn = list(told.s.event_turn)
    found = [(turn.index(e), _happened, e) for e in told.happened()]
    found += [(turn.index(e), _missed, e) for e in told.missed()]
    return [tell(told, words, e, _day_of(told, e)) for _, tell, e in sorted(found, key=lambda one: one[0])]


def _day_of(told: Round, e: int) -> float:
    """The day of an event of the round, or the day on which it was due."""
    if told.now.event[f.EVENT_TIMES, e] == 1 and e in told.happened():
        return float(told.now.event[f.EVENT_DAY_NOW, e])
    return float(told.s.event_day[e]) if told.s.event_day[e] >= 0 else float(told.now.day)


def _happened(told: Round, words: Wording, e: int, day: float) -> str:
    said = f"Event, {dated(words.date(day))}: {words.event_titles[e]}."
    reason = _reason(told, words, e)
    if reason:
        said += f" What brings it on: {reason}."
    effects = list(_effects(told, words, e))
    return " ".join([said, *effects])


def _reason(told: Round, words: Wording, e: int) -> str:
    """Why an event that waits for a condition happens now; nothing for one that comes by date or by chance."""
    if told.s.event_day[e] >= 0 or told.s.event_poisson[e] == 1:
        return ""
    node = tree_of(told.s, *told.s.event_when[e])
    if node is None:
        return ""
    held, said = Circumstances(told, words, e).why(node)
    return said if held else ""


def _effects(told: Round, words: Wording, e: int) -> Iterator[str]:
    changes = {change.effect: change for change in told.changes}
    for effect in range(len(told.s.effect_event)):
        if told.s.effect_event[effect] != e:
            continue
        kind, a, b = (int(field[effect]) for field in (told.s.effect_kind, told.s.effect_a, told.s.effect_b))
        amount = float(told.x.effect[effect, 0])
        if effect in changes:
            yield change_in_words(words, changes[effect])
        elif kind == TIE_SHOCK:
            yield _shock(told, words, a, b, amount)
        elif kind in (WITHHOLD, RESTORE):
            yield _support(told, words, a, b, kind)
        elif kind == MOVE_DEADLINE:
            yield from _deadline(told, words)


def _broken(told: Round, a: int, b: int) -> bool:
    """Whether a tie had fractured before the round."""
    return told.tie_before(f.FRACTURE_ROUND, a, b) >= 0


def _shock(told: Round, words: Wording, a: int, b: int, amount: float) -> str:
    if _broken(told, a, b):
        return f"{capital(words.tie(a, b))} is broken already, so nothing changes there."
    return f"{capital(words.tie(a, b))} {'falls' if amount < 0 else 'rises'} by {share(abs(amount), 3)}."


def _support(told: Round, words: Wording, a: int, b: int, kind: int) -> str:
    giver, taker = capital(words.state(a)), words.state(b)
    held = told.tie_before(f.HELD_BACK, a, b) == 1.0
    suspended = told.tie_before(f.SUSPENDED, a, b) == 1.0
    if _broken(told, a, b):
        return f"The tie of {words.state(a)} to {taker} is broken already, so nothing changes there."
    if kind == WITHHOLD:
        if held or suspended:
            return f"{giver} was withholding its support from {taker} already."
        return f"{giver} withholds its support from {taker}."
    if not held:
        low = " (it stays suspended, for low commitment)" if suspended else ""
        return f"No support was held back from {taker}{low}."
    if suspended:
        return f"{giver} would support {taker} again, but its commitment is too low: the support stays suspended."
    return f"{giver} restores its support for {taker}."


def _deadline(told: Round, words: Wording) -> Iterator[str]:
    limit, before = int(told.lane(f.LIMIT)), told.limit_before()
    if limit != before:
        yield f"The talks now end with round {limit} ({words.when(limit - 1)}), not with round {before}."


def _missed(told: Round, words: Wording, e: int, day: float) -> str:
    said = f"Due on {dated(words.date(day))}, and it does not happen: “{words.event_titles[e]}”."
    node = tree_of(told.s, *told.s.event_when[e])
    met, why = Circumstances(told, words, e).why(node) if node is not None else (True, "")
    if not met:
        return f"{said} The reason: {why}."
    return f"{said} Chance was against it." if not _lucky(told, e) else said


def _lucky(told: Round, e: int) -> bool:
    """Whether chance let the event happen, when it last came due."""
    run: Any = told.run
    tries = 0.0
    if told.then is not None:
        tries = told.then.event[f.EVENT_TIMES, e] + told.then.event[f.EVENT_MISSED, e]
    key = run.world.key[0]
    return bool(uniform(key, FOR_EVENT_CHANCE, told.s.event_id[e], int(tries)) < told.x.event[CHANCE, e, 0])
