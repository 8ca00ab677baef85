"""Every round of the first worlds, as either driver keeps them: four tables, by what they are about.

``rounds`` has a row a round: who had the floor, what it did, how the talks stood. ``round_states``,
``round_ties`` and ``round_issues`` have a row for each state, tie and issue in it.
"""

import shutil
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.experiment.files import Table, join_tables, write_table
from wedge.engine.experiment.parts import Driver
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


class Told(NamedTuple):
    """Every round of some worlds; the last axis of the arrays is the round, world after world."""

    worlds: Sequence[int]
    before: Any  # [S, S, worlds x rounds] commitments when the round began
    lane: Any
    state: Any
    tie: Any
    issue: Any
    strain: Any


PARTS = ("lane", "state", "tie", "issue", "strain")


def told_whole(scenario: Any, seed: int, worlds: Sequence[int], driver: Driver) -> ToldWhole | None:
    """Play worlds told and lay out both their ends and their rounds; None as soon as one crashes."""
    import numpy as np

    from wedge.engine.simulation.outcomes import outcomes_of

    try:
        tell = _by_batch if driver == "batch" and not scenario.outsiders else _by_hand
        told, x, w, sums = tell(scenario, seed, worlds)
    except Exception:  # a user's policy may raise anything; whoever plays the worlds one by one finds out which
        return None
    outcomes = outcomes_of(scenario, seed, np.asarray(worlds, dtype=np.int64), x, w, sums)
    return ToldWhole(outcomes, _tables(scenario, told))


def told_rounds(scenario: Any, seed: int, worlds: Sequence[int], driver: Driver) -> dict[str, Table]:
    """Play worlds told, and lay their rounds out as tables. Worlds that crash are left out."""
    if driver == "batch" and not scenario.outsiders:
        return _tables(scenario, _by_batch(scenario, seed, worlds)[0])
    sound = []
    for world in worlds:
        try:
            sound.append(_by_hand(scenario, seed, [world])[0])
        except Exception:  # a user's policy may raise anything; the parts say which worlds failed
            continue
    return _tables(scenario, _together(scenario, sound))


def _by_batch(scenario: Any, seed: int, worlds: Sequence[int]) -> tuple[Told, Any, Any, Any]:
    """Worlds told by the kernel, their ends and their strain by round."""
    import numpy as np

    from wedge.engine.simulation.batch import play_batch
    from wedge.engine.simulation.forcing import as_rows

    numbers = np.asarray(worlds, dtype=np.int64)
    ends = play_batch(scenario.setting, seed, numbers, as_rows([]), told=len(numbers))
    return _told(scenario, worlds, ends.kept), ends.x, ends.w, ends.sums


def _by_hand(scenario: Any, seed: int, worlds: Sequence[int]) -> tuple[Told, Any, Any, Any]:
    """The same by the traced driver."""
    import numpy as np

    from wedge.engine.simulation.stage_set import empty_arrays
    from wedge.engine.simulation.traced import play

    setting = scenario.setting
    x, w = empty_arrays(setting, len(worlds))
    sums = np.zeros((setting.rounds, *w.strain.shape[:-1]))
    told = []
    for lane, world in enumerate(worlds):
        run = play(scenario, seed, world)
        x.flat[:, lane] = run.numbers.flat[:, 0]
        for ends, end in zip(w, run.world, strict=True):
            ends[..., lane] = end[..., 0]
        sums += np.stack([moment.strain for moment in run.moments])
        arrays = {part: np.stack([getattr(moment, part) for moment in run.moments], axis=-1) for part in PARTS}
        told.append(Told([world], np.stack([moment.before for moment in run.moments], axis=-1), **arrays))
    return _together(scenario, told), x, w, sums


def _told(scenario: Any, worlds: Sequence[int], kept: Any) -> Told:
    """What the kernel has kept: of each world a lane for the opening and one for each round."""
    from wedge.engine.model.world import COMMITMENT_NOW

    lanes = (len(worlds), scenario.setting.rounds + 1)

    def cut(array: Any, first: int, stop: int | None) -> Any:
        inner = array.shape[:-1]
        return array.reshape(*inner, *lanes)[..., first:stop].reshape(*inner, -1)

    arrays = {part: cut(getattr(kept, part), 1, None) for part in PARTS}
    return Told(worlds, cut(kept.tie[COMMITMENT_NOW], 0, -1), **arrays)


def _together(scenario: Any, told: Sequence[Told]) -> Told:
    """Several as one."""
    import numpy as np

    if not told:
        from wedge.engine.simulation.stage_set import empty_arrays

        return _told(scenario, [], empty_arrays(scenario.setting, 0)[1])
    arrays = {part: np.concatenate([getattr(one, part) for one in told], axis=-1) for part in ("before", *PARTS)}
    return Told([world for one in told for world in one.worlds], **arrays)


def teller_of(scenario: Any) -> Driver:
    """Who tells worlds: the kernel where it is ready and nobody plays from outside."""
    from wedge.engine.experiment.kernel import kernel_is_ready

    return "batch" if kernel_is_ready() and not scenario.outsiders else "traced"


def gather_rounds(scenario: Any, store: Store) -> None:
    """Make one file of each table of rounds from those of the parts, telling again what is not there any more, or damaged."""
    sound = {part.number for part in store.stored()}
    told = [part for part in store.plan.told() if part.number in sound]
    for part in told:
        if not store.keeps_rounds(part):
            for name, table in told_rounds(scenario, store.plan.seed, part.worlds, teller_of(scenario)).items():
                make_folder(store.path(name, part).parent)
                write_table(store.path(name, part), table)
    for name in ROUNDS:
        if told:
            join_tables(store.folder / f"{name}.parquet", [store.path(name, part) for part in told])
            shutil.rmtree(store.folder / name)


def _tables(scenario: Any, told: Told) -> dict[str, Table]:
    import numpy as np

    names, setting = scenario.names, scenario.setting
    rounds = np.tile(np.arange(setting.rounds, dtype=np.int64), len(told.worlds))
    clock: dict[str, Any] = {
        "world": np.repeat(np.asarray(told.worlds, dtype=np.int64), setting.rounds),
        "round": rounds,
    }
    rows = np.argwhere(setting.tie == 1)
    return {
        "rounds": clock | {"day": rounds * float(setting.days)} | _talks(names, told.lane),
        "round_states": _long(clock, {"state": names.states}, _states(told.state)),
        "round_ties": _long(clock, _ends(names, rows), _ties(told.tie, told.before, told.strain, rows)),
        "round_issues": _long(clock, {"issue": names.issues}, _issues(told.issue)),
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
