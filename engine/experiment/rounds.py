"""Every round of the first worlds, as the traced driver tells them: four tables, by what they are about.

``rounds`` has a row a round: who had the floor, what it did, how the talks stood. ``round_states``,
``round_ties`` and ``round_issues`` have a row for each state, tie and issue in it.
"""

import shutil
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.experiment.files import Table, join_tables, write_table
from wedge.engine.experiment.store import ROUNDS, Store, make_folder

# Columns taken from the fields of the world as they are.
STATE_COLUMNS = (
    "weariness", "surplus", "own_best", "held_out_for", "share_held", "pressure", "loyalty", "audience", "whim",
    "score", "payment", "blame", "payoff",
)  # fmt: skip
ISSUE_COLUMNS = ("settled", "level", "proposal")


class ToldWhole(NamedTuple):
    """Worlds played once, told: how they ended and every round."""

    outcomes: Any
    rounds: dict[str, Table]


def told_whole(scenario: Any, seed: int, worlds: Sequence[int]) -> ToldWhole | None:
    """Play worlds told and lay out both their ends and their rounds; None as soon as one crashes."""
    import numpy as np

    from wedge.engine.simulation.outcomes import outcomes_of
    from wedge.engine.simulation.stage_set import empty_arrays
    from wedge.engine.simulation.traced import play

    setting = scenario.setting
    ends_x, ends_w = empty_arrays(setting, len(worlds))
    states = len(setting.state_id)
    sums = np.zeros((setting.rounds, 8, states, states))
    numbers: list[int] = []
    moments: list[Any] = []
    for lane, world in enumerate(worlds):
        try:
            run = play(scenario, seed, world)
        except Exception:  # a user's policy may raise anything; whoever plays the worlds one by one finds out which
            return None
        ends_x.flat[:, lane] = run.numbers.flat[:, 0]
        for ends, end in zip(ends_w, run.world, strict=True):
            ends[..., lane] = end[..., 0]
        sums += np.stack([moment.strain for moment in run.moments])
        numbers += [world] * len(run.moments)
        moments += run.moments
    outcomes = outcomes_of(scenario, seed, np.asarray(worlds, dtype=np.int64), ends_x, ends_w, sums)
    return ToldWhole(outcomes, _tables(scenario, numbers, moments))


def told_rounds(scenario: Any, seed: int, worlds: Sequence[int]) -> dict[str, Table]:
    """Play worlds told, and lay their rounds out as tables. Worlds that crash are left out."""
    from wedge.engine.simulation.traced import play

    numbers, moments = [], []
    for world in worlds:
        try:
            run = play(scenario, seed, world)
        except Exception:  # a user's policy may raise anything; the parts say which worlds failed
            continue
        numbers += [world] * len(run.moments)
        moments += run.moments
    return _tables(scenario, numbers, moments)


def gather_rounds(scenario: Any, store: Store) -> None:
    """Make one file of each table of rounds from those of the parts, telling again what is not there any more, or damaged."""
    sound = {part.number for part in store.stored()}
    told = [part for part in store.plan.told() if part.number in sound]
    for part in told:
        if not store.keeps_rounds(part):
            for name, table in told_rounds(scenario, store.plan.seed, part.worlds).items():
                make_folder(store.path(name, part).parent)
                write_table(store.path(name, part), table)
    for name in ROUNDS:
        if told:
            join_tables(store.folder / f"{name}.parquet", [store.path(name, part) for part in told])
            shutil.rmtree(store.folder / name)


def _tables(scenario: Any, worlds: list[int], moments: list[Any]) -> dict[str, Table]:
    import numpy as np

    clock: dict[str, Any] = {
        "world": np.array(worlds, dtype=np.int64),
        "round": np.array([m.n for m in moments], dtype=np.int64),
    }
    names, setting = scenario.names, scenario.setting

    def stacked(part: str, *inner: int) -> Any:
        """One array of the moments, with the rounds as the last axis."""
        if not moments:
            from wedge.engine.model import world as f

            fields = len(getattr(f, f"{part.upper()}_FIELDS", ())) or len(f.LANE_FIELDS)
            return np.zeros((fields, *inner, 0))
        return np.stack([getattr(moment, part) for moment in moments], axis=-1)

    states, issues = len(names.states), len(names.issues)
    lane, state, tie = stacked("lane"), stacked("state", states), stacked("tie", states, states)
    rows = np.argwhere(setting.tie == 1)
    before = np.stack([m.before for m in moments], axis=-1) if moments else np.zeros((states, states, 0))
    strain = np.stack([m.strain for m in moments], axis=-1) if moments else np.zeros((8, states, states, 0))
    return {
        "rounds": clock | {"day": np.array([m.day for m in moments], dtype=float)} | _talks(names, lane),
        "round_states": _long(clock, {"state": names.states}, _states(state)),
        "round_ties": _long(clock, _ends(names, rows), _ties(tie, before, strain, rows)),
        "round_issues": _long(clock, {"issue": names.issues}, _issues(stacked("issue", issues))),
    }


def _talks(names: Any, lane: Any) -> dict[str, Any]:
    from wedge.engine.model import world as f
    from wedge.engine.model.words import ENDS, MOVES

    return {
        "stage": _named(names.stages, lane[f.ON_TABLE]),
        "floor": _named(names.states, lane[f.FLOOR]),
        "move": _named(MOVES, lane[f.MOVE]),
        "consulted": _named(names.states, lane[f.CONSULTED]),
        "agreed": lane[f.PASSED] == 1,
        "fighting": lane[f.FIGHTING_NOW] == 1,
        "talks": _named(ENDS, lane[f.TALKS]),
    }


def _states(state: Any) -> Table:
    from wedge.engine.model import world as f
    from wedge.engine.model.words import REASONS, STANCES

    columns = {name: state[f.STATE_FIELDS.index(name)] for name in STATE_COLUMNS}
    return {"stance": _named(STANCES, state[f.STANCE]), "reason": _named(REASONS, state[f.REASON])} | columns


def _ties(tie: Any, before: Any, strain: Any, rows: Any) -> Table:
    from wedge.engine.model import world as f
    from wedge.engine.model.words import CHANNELS

    i, j = rows[:, 0], rows[:, 1]
    columns = {
        "commitment_before": before[i, j],
        "commitment": tie[f.COMMITMENT_NOW][i, j],
        "withheld": (tie[f.SUSPENDED][i, j] == 1) | (tie[f.HELD_BACK][i, j] == 1),
        "fractured": tie[f.FRACTURE_ROUND][i, j] >= 0,
    }
    return columns | {channel: strain[c][i, j] for c, channel in enumerate(CHANNELS)}


def _issues(issue: Any) -> Table:
    from wedge.engine.model import world as f

    columns = {name: issue[f.ISSUE_FIELDS.index(name)] for name in ISSUE_COLUMNS}
    return columns | {"settled": columns["settled"] == 1}


def _ends(names: Any, rows: Any) -> dict[str, list[str]]:
    return {"source": [names.states[i] for i in rows[:, 0]], "target": [names.states[j] for j in rows[:, 1]]}


def _long(clock: Table, keys: dict[str, list[str]], columns: Table) -> Table:
    """Columns ``[items, rounds]`` as a long table, round by round and item by item."""
    import numpy as np

    items, rounds = len(next(iter(keys.values()))), len(clock["world"])
    table: dict[str, Any] = {name: np.repeat(column, items) for name, column in clock.items()}
    for key, values in keys.items():
        table[key] = np.tile(np.array(values, dtype=object), rounds)
    return table | {name: np.ascontiguousarray(np.transpose(column)).reshape(-1) for name, column in columns.items()}


def _named(names: Any, numbers: Any) -> Any:
    """Names for numbers; an empty string for -1."""
    import numpy as np

    return np.array([*names, ""], dtype=object)[np.asarray(numbers).astype(np.int64)]
