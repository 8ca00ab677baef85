"""Watching one share while an experiment goes on, and saying when it is known well enough."""

from collections.abc import Callable, Iterator
from typing import Any

from wedge.engine.experiment.stopping import (
    LEVEL,
    RULE,
    Look,
    Watch,
    expected_worlds,
    look_at,
    looks_until,
    seen_in,
    weight_for,
)
from wedge.engine.experiment.store import Store


class Watching:
    """Looks at numbers of worlds that were fixed beforehand, at the first worlds in their order.

    What it sees, and so when it stops, depends on the worlds alone: not on who played them, in which
    order, or in how many calls.
    """

    def __init__(self, store: Store, watch: Watch, note: Callable[[str], None]) -> None:
        assert store.plan.until is not None
        self.store, self.watch, self.until, self.note = store, watch, store.plan.until, note
        self.seen: list[Look] = []
        self.count = self.n = 0
        self.expected = store.plan.worlds

    def looks(self) -> Iterator[int]:
        """The numbers of worlds at which to look, until it is known well enough."""
        for worlds in looks_until(self.until.most):
            self.expected = max(worlds, self.expected)
            yield worlds
            if self.reached:
                return

    @property
    def reached(self) -> bool:
        """Whether the last look saw a narrow enough interval."""
        return bool(self.seen) and self.seen[-1].reach <= self.until.precision

    def look(self, worlds: int) -> None:
        """Look at the first so many worlds, all of which are stored by now."""
        first = self.seen[-1].worlds if self.seen else 0
        fresh = [part for part in self.store.stored() if part.stop > first and part.first < worlds]
        count, n = seen_in([self.store.path(self.watch.table, part) for part in fresh], self.watch, first, worlds)
        self.count, self.n = self.count + count, self.n + n
        look = look_at(worlds, self.n, self.count, self.until.precision)
        self.seen.append(look)
        self.expected = expected_worlds(look, self.until.precision, self.until.most)
        self.note(self.said(look))

    def said(self, look: Look) -> str:
        """Such as: 4,000 worlds: any alliance fractures in 21.6 % (19.4 to 23.9 %); about 52,000 worlds to know it to ± 0.5 points."""
        share = 100 * look.happened / look.n if look.n else float("nan")
        known = f"{look.worlds:,} worlds: {self.watch.title} in {share:.1f} % ({100 * look.low:.1f} to {100 * look.high:.1f} %)"
        wanted = f"± {100 * self.until.precision:.3g} points"
        if self.reached:
            return f"{known}; known to {wanted}"
        if look.worlds >= self.until.most:
            return f"{known}; not known to {wanted} yet, and no more worlds were allowed"
        return f"{known}; about {self.expected:,} worlds to know it to {wanted}"

    def as_json(self) -> dict[str, Any]:
        """By which rule it stopped, where, and what was seen at each look."""
        return {
            "rule": RULE,
            "of": self.watch.name,
            "title": self.watch.title,
            "precision": self.until.precision,
            "level": LEVEL,
            "weight": weight_for(self.until.precision),
            "most": self.until.most,
            "reached": self.reached,
            "worlds": self.seen[-1].worlds,
            "looks": [look._asdict() for look in self.seen],
        }
