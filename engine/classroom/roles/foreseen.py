"""Which events and conditions everybody knows of before the talks, in words.

A dated event, one that comes at random or on a private matter is news when it happens. What is known beforehand is
what the talks themselves bring about: an event that follows for certain from what is settled in public, by a
threshold that no world draws, and that moves support or the deadline.
"""

from typing import Any

import numpy as np

from wedge.engine.model import setting as s
from wedge.engine.model.distributions import FIXED
from wedge.engine.model.layout import views
from wedge.engine.model.numbers import CHANCE, Numbers
from wedge.engine.report.circumstances import Node, tree_of
from wedge.engine.report.wording import Wording, dated, listed, number_word, share

SEEN_BY_ALL = (s.EVENT, s.FRACTURED, s.STAGE_SETTLED, s.LEVEL, s.ROUND, s.DAY, s.FIGHTING, s.REFUSALS, s.WALKED, s.TALKS_OVER)  # fmt: skip
SETTLED_IN_TALKS = (s.LEVEL, s.STAGE_SETTLED)
MEASURED = (s.LEVEL, s.ROUND, s.DAY, s.REFUSALS)


class Foreseen:
    """The events and conditions of one scenario, as far as they are known beforehand. ``x`` is one world's numbers."""

    def __init__(self, scenario: Any, x: Numbers, words: Wording) -> None:
        self.s, self.x, self.words = scenario.setting, x, words
        self.places = _places(scenario.setting)

    def events(self) -> list[str]:
        """A sentence for each event that everybody may expect."""
        found = ((e, self._node(self.s.event_when[e])) for e in range(len(self.s.event_id)))
        return [self._event(e, node) for e, node in found if node is not None and self._is_expected(e, node)]

    def condition(self, rows: Any) -> str:
        """A condition in words; empty where there is none, or not everybody can see whether it holds."""
        node = self._node(rows)
        return self._said(node, True) if node is not None and self._is_public(node) else ""

    def _node(self, rows: Any) -> Node | None:
        return tree_of(self.s, int(rows[0]), int(rows[1])) if rows[0] >= 0 else None

    def _is_expected(self, e: int, node: Node) -> bool:
        certain = self.s.drawn[self.places.event[CHANCE, e, 0]] == FIXED and self.x.event[CHANCE, e, 0] >= 1.0
        dated_or_random = self.s.event_day[e] >= 0 or self.s.event_poisson[e] == 1
        follows = any(self.s.test[leaf.row] in SETTLED_IN_TALKS for leaf in _leaves(node))
        return bool(certain and not dated_or_random and follows and self._is_public(node) and self._effects(e))

    def _is_public(self, node: Node) -> bool:
        for leaf in _leaves(node):
            kind = self.s.test[leaf.row]
            if kind not in SEEN_BY_ALL:
                return False
            if kind in MEASURED and self.s.drawn[self.places.test[leaf.row, 0]] != FIXED:
                return False
        return True

    def _event(self, e: int, node: Node) -> str:
        then = listed(self._effects(e))
        return f"“{self.words.event_titles[e]}”: once {self._said(node, True)}, {then}."

    def _effects(self, e: int) -> list[str]:
        said = []
        for f in np.flatnonzero(self.s.effect_event == e):
            kind, a, b = (int(field[f]) for field in (self.s.effect_kind, self.s.effect_a, self.s.effect_b))
            if kind in (s.WITHHOLD, s.RESTORE):
                verb = "stops" if kind == s.WITHHOLD else "returns"
                said.append(f"support from {self.words.state(a)} to {self.words.state(b)} {verb}")
            elif kind == s.MOVE_DEADLINE:
                said.append("the end of the talks moves")
        return said

    def _said(self, node: Node, holds: bool) -> str:
        kind = self.s.test[node.row]
        if kind == s.NOT:
            return self._said(node.parts[0], not holds)
        if kind in (s.ALL, s.ANY):
            return listed([self._said(part, holds) for part in node.parts], "and" if (kind == s.ALL) == holds else "or")
        return self._leaf(node.row, int(kind), holds)

    def _leaf(self, row: int, kind: int, holds: bool) -> str:
        a, b, words = int(self.s.test_a[row]), int(self.s.test_b[row]), self.words
        if kind in MEASURED:
            above = holds == bool(self.s.test_side[row] == 1)
            return self._measure(kind, a, above, float(self.x.test[row, 0]))
        if kind == s.FIGHTING:
            return words.war.goes_on if holds else words.war.is_over
        if kind == s.TALKS_OVER:
            return "the talks are over" if holds else "the talks go on"
        if kind == s.FRACTURED:
            return f"the tie of {words.state(a)} to {words.state(b)} {'has fractured' if holds else 'holds'}"
        never = "" if holds else "not "
        if kind == s.EVENT:
            return f"“{words.event_titles[a]}” has {never}happened"
        if kind == s.STAGE_SETTLED:
            return f"“{words.stage_titles[a]}” is {never}settled"
        return f"{words.state(a)} has {never}walked out"

    def _measure(self, kind: int, a: int, above: bool, limit: float) -> str:
        words, never = self.words, "" if above else "not yet "
        if kind == s.DAY:
            return f"it is {never}{dated(words.date(limit))}" + (" or later" if above else "")
        if kind == s.ROUND:
            return f"it is {never}round {int(np.ceil(limit)) + 1}" + (" or later" if above else "")
        if kind == s.REFUSALS:
            count = number_word(int(np.ceil(limit)))
            return f"{words.state(a)} has refused {count if above else f'fewer than {count}'} proposals"
        return f"{words.issue_titles[a]} is {'at or above' if above else 'below'} {share(limit)}"


def _leaves(node: Node) -> list[Node]:
    return [leaf for part in node.parts for leaf in _leaves(part)] if node.parts else [node]


def _places(setting: Any) -> Numbers:
    """The place of every number in the flat buffer, laid out as the numbers are."""
    states, issues = setting.red_side.shape
    flat = np.arange(len(setting.drawn)).reshape(-1, 1)
    sizes = (states, issues, len(setting.member), len(setting.event_id), len(setting.effect_event), len(setting.test))
    return views(flat, *sizes)
