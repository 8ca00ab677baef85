"""The smallest cause of a fracture, by exact counterfactuals: what, had it been otherwise, would have saved the alliance?

One move or event at a time is taken out of the run and the rest is played on in the same world, with
the same luck. Pairs are tried only where no single change saves, the most promising first, up to
a declared number.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wedge.engine.analysis.changes import EVENT, REFUSAL, Change, changes_of
from wedge.engine.model.numbers import BREAKS_BELOW
from wedge.engine.model.world import ALLIANCE_FRACTURED, COMMITMENT_NOW, FRACTURE_ROUND
from wedge.engine.simulation.variants import Past, Probe, play_variants

PAIRS = 300  # pairs tried unless told otherwise
AT_ONCE = 100  # pairs played between two looks at the clock


class Cause(NamedTuple):
    """What broke one alliance in one world."""

    alliance: int
    round: int  # in which it fractured, from 0
    tie: tuple[int, int]  # that broke first
    sets: list[
        tuple[Change, ...]
    ]  # every smallest set of changes that saves it: singles, or else the pairs that were found
    against_red_lines: list[
        Change
    ]  # single consents that would save it, but past a red line of the state that gives it
    singles: int  # single changes that were tried: all there are
    pairs: int  # pairs that were tried
    of_pairs: int  # pairs there are

    @property
    def size(self) -> int:
        """Changes in a smallest set; 0 where none was found."""
        return len(self.sets[0]) if self.sets else 0

    @property
    def cut(self) -> bool:
        """Whether pairs were left untried."""
        return self.size != 1 and self.pairs < self.of_pairs

    @property
    def first(self) -> int:
        """The first round in which a smallest set could have been begun; -1 where none is known."""
        return min((changes[0].round for changes in self.sets), default=-1)

    @property
    def last(self) -> int:
        """The pivotal round: the last in which a smallest set could still be begun; -1 where none is known."""
        return max((changes[0].round for changes in self.sets), default=-1)

    @property
    def pivotal(self) -> tuple[Change, ...]:
        """The set that begins latest: the last chance that was missed."""
        return max(self.sets, key=lambda changes: [change.order for change in changes], default=())


def fractured(past: Past) -> list[int]:
    """The alliances that fractured in the world, the first first."""
    rounds = past.w.alliance[ALLIANCE_FRACTURED, :, -1]
    return sorted((int(a) for a in np.flatnonzero(rounds >= 0)), key=lambda a: (rounds[a], a))


def first_tie(past: Past, alliance: int) -> tuple[int, int]:
    """The tie of the alliance that broke first; of several in one round, the one furthest below its breaking point."""
    s, broke = past.scenario.setting, past.w.tie[FRACTURE_ROUND, :, :, -1]
    n = past.w.alliance[ALLIANCE_FRACTURED, alliance, -1]
    inside = np.outer(s.member[alliance], s.member[alliance]) * s.tie == 1
    below = past.w.tie[COMMITMENT_NOW, :, :, -1] - past.x.tie[BREAKS_BELOW, :, :, -1]
    ties = [(int(i), int(j)) for i, j in np.argwhere(inside & (broke == n))]
    return min(ties, key=lambda tie: (below[tie], tie))


def smallest_cause(past: Past, alliance: int, pairs: int = PAIRS) -> Cause:
    """Every single change that would have saved an alliance which fractured; where there is none, pairs of changes.

    A consent past a red line of the state that would give it is tried too, but is no cause: the
    state could not have done otherwise. Such consents are listed apart and take no part in pairs. The
    second of a pair may be an event that came after the fracture: it would have broken the tie later.
    """
    n = int(past.w.alliance[ALLIANCE_FRACTURED, alliance, -1])
    tie = first_tie(past, alliance)
    changes = changes_of(past, n)
    tried = play_variants(past, [[change.forced] for change in changes], [alliance], Probe(n, *tie))
    held = tried.fractured[:, alliance] < 0
    lawful = ~tried.past_red_line
    saving: list[tuple[Change, ...]] = [
        (change,) for change, saves in zip(changes, held & lawful, strict=True) if saves
    ]
    against = [change for change, saves in zip(changes, held & ~lawful, strict=True) if saves]
    could = [change for change, may in zip(changes, lawful, strict=True) if may]
    later = [change for change in changes_of(past, past.rounds - 1) if change.round > n and change.kind == EVENT]
    of_pairs = len(could) * (len(could) - 1) // 2 + len(could) * len(later)
    done = 0
    if not saving and pairs > 0:
        ranked = promising(could, later, tried.commitment[lawful])[:pairs]
        saving, done = _saving_pairs(past, alliance, ranked), len(ranked)
    return Cause(alliance, n, tie, saving, against, len(changes), done, of_pairs)


def promising(
    changes: Sequence[Change], later: Sequence[Change], commitment: np.ndarray
) -> list[tuple[Change, Change]]:
    """All pairs: first two refusals of one proposal, which together may make a deal; then the strongest.

    Strongest are those whose changes, each alone, leave most ``commitment`` at the moment at which the tie
    broke. Changes ``later`` than that stand second only, and count for nothing there.
    """
    if not changes:
        return []
    whole, gain = [*changes, *later], [*(commitment - commitment.min()), *[0.0] * len(later)]
    pairs = [(a, b) for a in range(len(changes)) for b in range(a + 1, len(whole))]
    deals = [whole[a].round == whole[b].round and whole[a].kind == whole[b].kind == REFUSAL for a, b in pairs]
    order = np.lexsort((np.array([-gain[a] - gain[b] for a, b in pairs]), ~np.array(deals, dtype=bool)))
    return [(whole[pairs[place][0]], whole[pairs[place][1]]) for place in order]


def _saving_pairs(past: Past, alliance: int, pairs: Sequence[tuple[Change, Change]]) -> list[tuple[Change, ...]]:
    """The pairs that save, in the order of play.

    A pair counts only if both of its moves could be made in the world that the first one leads to.
    """
    found: list[tuple[Change, ...]] = []
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        tried = play_variants(past, [[change.forced for change in pair] for pair in some], [alliance])
        held = (tried.fractured[:, alliance] < 0) & ~tried.past_red_line & ~tried.not_asked
        found += [pair for pair, saves in zip(some, held, strict=True) if saves]
    return sorted(found, key=lambda pair: [change.order for change in pair])
