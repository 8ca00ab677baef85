"""Conditions of a scenario in words, and why one held or did not in a round."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model import setting as s
from wedge.engine.model import world as f
from wedge.engine.model.conditions import is_measure, is_so, measured
from wedge.engine.model.world import World
from wedge.engine.report.rounds import Round
from wedge.engine.report.wording import Wording, dated, listed, number_word, share


class Node(NamedTuple):
    """A condition as a tree: a row of the setting, and its parts."""

    row: int
    parts: tuple["Node", ...] = ()


def tree_of(setting: Any, start: int, stop: int) -> Node | None:
    """The condition in rows ``start`` to ``stop``, which stand in postfix order; None where there is none."""
    stack: list[Node] = []
    for row in range(start, stop):
        kind = setting.test[row]
        count = int(setting.test_a[row]) if kind in (s.ALL, s.ANY) else int(kind == s.NOT)
        parts = tuple(stack[len(stack) - count :]) if count else ()
        del stack[len(stack) - len(parts) :]
        stack.append(Node(row, parts))
    return stack[-1] if stack else None


class Circumstances:
    """The world as event ``e`` found it in a round, or as it was after all events, as far as what was kept can say."""

    def __init__(self, told: Round, words: Wording, e: int = -1) -> None:
        self.told, self.words, self.s = told, words, told.s
        self.world = _world_before(told, e)

    def why(self, node: Node) -> tuple[bool, str]:
        """Whether the condition held, and the parts of it that decide so, in words."""
        kind = self.s.test[node.row]
        if kind == s.NOT:
            held, said = self.why(node.parts[0])
            return not held, said
        if kind in (s.ALL, s.ANY):
            found = [self.why(part) for part in node.parts]
            held = all(part[0] for part in found) if kind == s.ALL else any(part[0] for part in found)
            reasons = [said for part, said in found if part == held]
            return held, listed(reasons if (kind == s.ALL) == held else reasons[:1])
        held = self._holds(node.row)
        return held, self._leaf(node.row, held)

    def _holds(self, row: int) -> bool:
        if is_measure(self.s.test[row]):
            value = measured(self.s, self.told.x, self.world, row, self.told.n, 0)
            return bool((value >= self.told.x.test[row, 0]) == (self.s.test_side[row] == 1))
        return bool(is_so(self.s, self.world, row, 0))

    def _leaf(self, row: int, held: bool) -> str:
        kind, a, b = (int(field[row]) for field in (self.s.test, self.s.test_a, self.s.test_b))
        if is_measure(kind):
            return self._measure(row, kind, a, b, held == (self.s.test_side[row] == 1))
        words = self.words
        said = {
            s.EVENT: lambda: ("“{}” has happened", "“{}” has not happened"),
            s.WITHHELD: lambda: (f"{{}} withholds support from {words.state(b)}", f"{{}} supports {words.state(b)}"),
            s.FRACTURED: lambda: (
                f"the tie of {{}} to {words.state(b)} has fractured",
                f"the tie of {{}} to {words.state(b)} holds",
            ),
            s.STAGE_SETTLED: lambda: (
                f"“{words.stage_titles[a]}” is settled",
                f"“{words.stage_titles[a]}” is not settled",
            ),
            s.FIGHTING: lambda: (words.war.goes_on, words.war.is_over),
            s.WALKED: lambda: ("{} has walked out", "{} has not walked out"),
            s.TALKS_OVER: lambda: ("the talks are over", "the talks go on"),
        }[kind]()[0 if held else 1]
        if "{}" not in said:
            return said
        return said.format(words.event_titles[a] if kind == s.EVENT else words.state(a))

    def _measure(self, row: int, kind: int, a: int, b: int, above: bool) -> str:
        limit, words, at = float(self.told.x.test[row, 0]), self.words, "at or above" if above else "below"
        if kind == s.DAY:
            return f"it is {'' if above else 'not yet '}{dated(words.date(limit))}" + (" or later" if above else "")
        if kind == s.ROUND:
            return f"it is {'' if above else 'not yet '}round {int(np.ceil(limit)) + 1}" + (
                " or later" if above else ""
            )
        if kind == s.REFUSALS:
            count = number_word(int(np.ceil(limit)))
            return f"{words.state(a)} has refused {count if above else f'fewer than {count}'} proposals" + (
                " or more" if above else ""
            )
        what = {
            s.COMMITMENT: lambda: words.tie(a, b),
            s.WEARINESS: lambda: f"{words.whose(a)} weariness",
            s.BELIEF: lambda: f"{words.whose(a)} belief in the sincerity of {words.state(b)}",
            s.LEVEL: lambda: words.issue_titles[a],
        }[kind]()
        return f"{what} is {at} {share(limit)}"


def _world_before(told: Round, e: int) -> World:
    """The world as it stood when the round began; events of the round that come before ``e`` (-1: all) count as happened."""
    moment = told.then if told.then is not None else told.now
    event = moment.event.copy() if told.then is not None else np.zeros_like(told.now.event)
    for earlier in told.s.event_turn:
        if earlier == e:
            break
        event[:, earlier] = told.now.event[:, earlier]
    parts = {name: getattr(moment, name)[..., None] for name in ("lane", "state", "tie", "issue", "stage", "alliance")}
    empty = np.zeros(0)
    if told.then is None:
        parts["lane"] = parts["lane"].copy()
        parts["lane"][f.TALKS] = 0.0
    return World(
        key=empty,
        home=empty,
        leanings=empty,
        event=event[..., None],
        seen=empty,
        offer=empty,
        strain=empty,
        books=empty,
        flat=empty,
        **parts,
    )
