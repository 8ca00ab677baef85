"""What broke it, over many worlds: the smallest cause of every fracture, counted.

Worlds in which an alliance fractured are played again, each with every move and event taken out in
turn (see ``smallest``). What comes back are data frames.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from wedge.engine.analysis.attribution import losses, mean_losses
from wedge.engine.analysis.changes import Change, named
from wedge.engine.analysis.comparison import records
from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.notation import code_of
from wedge.engine.analysis.replaying import scenario_of
from wedge.engine.analysis.smallest import PAIRS, Cause, fractured, smallest_cause
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.experiment.results import Experiment
from wedge.engine.experiment.running import loaded
from wedge.engine.model.numbers import COMMITMENT_0
from wedge.engine.model.words import CHANNELS
from wedge.engine.model.world import COMMITMENT_NOW, FRACTURE_ROUND
from wedge.engine.simulation.variants import Past, play_past

WORTH_COMPILING = 300  # worlds from which on a first compilation pays

FRACTURES = [
    "world", "code", "alliance", "fracture_round", "fracture_day", "source", "target", "size", "sets", "first_round",
    "pivotal_round", "kind", "state", "stage", "event", "only_past_red_line", "singles", "pairs", "of_pairs",
]  # fmt: skip
CHANGES = [
    "world",
    "alliance",
    "set",
    "size",
    "round",
    "kind",
    "state",
    "event",
    "stage",
    "floor",
    "past_red_line",
    "code",
]
KIND = ["kind", "state", "stage", "event"]
KINDS = [
    "alliance",
    *KIND,
    "count",
    "n",
    "share",
    "low",
    "high",
    "pivotal",
    "pivotal_share",
    "pivotal_low",
    "pivotal_high",
]


@dataclass(frozen=True)
class Causes:
    """Each table is a data frame. Rounds count from 0; intervals hold 95 %."""

    about: dict[str, Any]  # scenario, seed, worlds, and the most pairs that were tried in a world
    fractures: Any  # a row a fractured world (and alliance): its smallest cause; size 0 where none was found
    changes: Any  # a row a change of each smallest set; codes play the saved course
    kinds: (
        Any  # in how many fractures one change of this kind would have saved it, and in how many in its pivotal round
    )
    channels: Any  # what each channel did to each tie until it fractured, in the mean
    losses: Any  # the same world by world

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        tables = ("fractures", "changes", "kinds", "channels")
        return {"about": self.about} | {table: records(getattr(self, table)) for table in tables}


def causes(
    subject: Any,
    worlds: int = 1000,
    seed: int = 0,
    *,
    pairs: int = PAIRS,
    workers: int = 1,
    compiled: bool | None = None,
    progress: Progress | None = None,
) -> Causes:
    """What broke each alliance that fractured, in an ``Experiment`` or in so many worlds of a scenario (or its name).

    Results do not depend on ``workers`` or ``compiled``. Raises ExperimentError where stored results can
    no longer be replayed, and what a policy from outside raises.
    """
    stored = isinstance(subject, Experiment)
    scenario = scenario_of(subject) if stored else loaded(subject)
    if stored:
        worlds, seed = len(subject.worlds), subject.seed
        broken = subject.ask("SELECT DISTINCT world FROM alliances WHERE fractured ORDER BY world")["world"].tolist()
    else:
        broken = range(worlds)
    quick = len(broken) >= WORTH_COMPILING if compiled is None else compiled
    found = _search(scenario, seed, broken, pairs, workers, quick, progress or Silent())
    about = {
        "scenario": scenario.called,
        "name": scenario.name,
        "sha256": scenario.sha256,
        "seed": seed,
        "worlds": worlds,
    }
    return _tables(about | {"pairs": pairs}, scenario, [one for one in found if one is not None])


Found = tuple[int, list[Cause], list[dict[str, Any]]]  # the world, its causes, and its ties as rows


def _search(
    scenario: Any, seed: int, worlds: Iterable[int], pairs: int, workers: int, quick: bool, progress: Progress
) -> Iterator[Found | None]:
    """What is found in each world, in order; None where nothing fractured. The first is done alone, so that the rules are compiled once."""
    numbers = [int(world) for world in worlds]
    progress.start(scenario.code.rpartition("/")[2], len(numbers), 0)
    pool: Executor = ThreadPoolExecutor(max(1, workers))
    try:
        waiting: list[Future[Found | None]] = []
        for place, number in enumerate(numbers):
            waiting.append(pool.submit(_in_world, scenario, seed, number, pairs, not quick))
            if place == 0 or len(waiting) >= 4 * workers or place == len(numbers) - 1:
                for one in waiting:
                    yield one.result()
                    progress.add(1)
                waiting = []
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        progress.close()


def _in_world(scenario: Any, seed: int, number: int, pairs: int, interpreted: bool) -> Found | None:
    past = play_past(scenario, seed, number, interpreted=interpreted)
    broke = fractured(past)
    if not broke:
        return None
    return number, [smallest_cause(past, alliance, pairs) for alliance in broke], _broken_ties(past)


def _broken_ties(past: Past) -> list[dict[str, Any]]:
    """The fractured ties of a world, as rows like those of the table of ties."""
    import numpy as np

    names, s = past.scenario.names.states, past.scenario.setting
    rounds, books = past.w.tie[FRACTURE_ROUND, :, :, -1], past.w.books[..., -1]
    return [
        {
            "world": past.number, "source": names[i], "target": names[j], "fractured": True,
            "fracture_round": int(rounds[i, j]),
            "commitment_start": float(past.x.tie[COMMITMENT_0, i, j, 0]),
            "commitment_end": float(past.w.tie[COMMITMENT_NOW, i, j, -1]),
        } | {channel: float(books[c, i, j]) for c, channel in enumerate(CHANNELS)}
        for i, j in np.argwhere((s.tie == 1) & (rounds >= 0))
    ]  # fmt: skip


def _tables(about: dict[str, Any], scenario: Any, found: list[Found]) -> Causes:
    import pandas as pd

    columns = [
        "world",
        "source",
        "target",
        "fractured",
        "fracture_round",
        "commitment_start",
        "commitment_end",
        *CHANNELS,
    ]
    ties = pd.DataFrame([row for _, _, rows in found for row in rows], columns=columns)
    known = [(world, cause) for world, some, _ in found for cause in some]
    changes = pd.DataFrame([row for one in known for row in _change_rows(about, scenario, *one)], columns=CHANGES)
    fractures = pd.DataFrame([_fracture_row(about, scenario, *one) for one in known], columns=FRACTURES)
    lost = losses(ties)
    kinds = kinds_of(fractures, changes)
    return Causes(about | {"fractured": len(found)}, fractures, changes, kinds, mean_losses(lost), lost)


def _fracture_row(about: dict[str, Any], scenario: Any, world: int, cause: Cause) -> dict[str, Any]:
    names, nothing = scenario.names, dict.fromkeys(KIND, "")
    last = named(cause.pivotal[0], names) if cause.sets else nothing
    return {
        "world": world,
        "code": code_of(scenario, about["seed"], world),
        "alliance": names.alliances[cause.alliance],
        "fracture_round": cause.round,
        "fracture_day": float((cause.round + 1) * names.days),
        "source": names.states[cause.tie[0]],
        "target": names.states[cause.tie[1]],
        "size": cause.size,
        "sets": len(cause.sets),
        "first_round": cause.first,
        "pivotal_round": cause.last,
        **{key: last[key] for key in KIND},
        "only_past_red_line": not cause.sets and bool(cause.against_red_lines),
        "singles": cause.singles,
        "pairs": cause.pairs,
        "of_pairs": cause.of_pairs,
    }


def _change_rows(about: dict[str, Any], scenario: Any, world: int, cause: Cause) -> list[dict[str, Any]]:
    alliance = scenario.names.alliances[cause.alliance]
    sets: list[tuple[tuple[Change, ...], bool]] = [(changes, False) for changes in cause.sets]
    sets += [((change,), True) for change in cause.against_red_lines]
    rows = []
    for number, (changes, past_red_line) in enumerate(sets):
        code = code_of(scenario, about["seed"], world, [change.forced for change in changes])
        known = {"world": world, "alliance": alliance, "set": number, "size": len(changes)}
        for change in changes:
            row = known | named(change, scenario.names) | {"past_red_line": past_red_line}
            rows.append(row | {"code": code})
    return rows


def kinds_of(fractures: Any, changes: Any) -> Any:
    """In how many fractures one single change of a kind (and state, and stage or event) would have saved the alliance.

    ``pivotal`` counts those in which such a change could still have saved it in the pivotal round, the
    last in which any single change could. A fracture counts once for each kind, so shares need not
    add up to one. Changes past a red line are left out.
    """
    import pandas as pd

    single = changes[(changes["size"] == 1) & ~changes["past_red_line"].astype(bool)]
    pivots = fractures.set_index(["world", "alliance"])["pivotal_round"]
    rows = []
    for alliance, mine in single.groupby("alliance", sort=True):
        n = int((fractures["alliance"] == alliance).sum())
        last = [pivots[key] for key in zip(mine["world"], mine["alliance"], strict=True)]
        mine = mine.assign(is_last=mine["round"] == last)
        for key, some in mine.groupby(KIND, sort=True):
            saved = share_of(some["world"].nunique(), n)
            late = share_of(some[some["is_last"]]["world"].nunique(), n)
            row = {"alliance": alliance, **dict(zip(KIND, key, strict=True)), **saved.as_row()}
            rows.append(
                row
                | {
                    "pivotal": late.count,
                    "pivotal_share": late.share,
                    "pivotal_low": late.low,
                    "pivotal_high": late.high,
                }
            )
    found = pd.DataFrame(rows, columns=KINDS)
    return found.sort_values(["alliance", "count", *KIND], ascending=[True, False, *[True] * 4], ignore_index=True)
