"""Worlds of a part played again and held against what is stored, to the bit."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from wedge.engine.experiment.files import Table, Views, write_table
from wedge.engine.experiment.lots import joined, joined_tables, lots_of
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.rounds import told_rounds
from wedge.engine.experiment.store import ROUNDS, SUMS, TABLES, Store
from wedge.engine.experiment.sums import table_of_sums

By = Literal["traced", "batch", "interpreted"]  # the last: the batch driver's loop, without compiling


class Difference(NamedTuple):
    """The first place where a table, or one world of it, comes out otherwise."""

    world: int  # -1 when it is of no single world
    table: str
    said: str


def differences_in_part(
    scenario: Any, store: Store, part: Part, worlds: Sequence[int], by: By, sums: bool = False
) -> list[Difference]:
    """Where these worlds of a part, played again, differ from what is stored; with ``sums`` (all worlds) its sums as well."""
    if not worlds:
        return []
    outcomes = _played(scenario, store.plan.seed, worlds, by)
    held = [Held(name, store.path(name, part), outcomes.tables[name], worlds) for name in TABLES]
    if sums and len(worlds) == part.size:
        held.append(Held(SUMS, store.path(SUMS, part), table_of_sums(outcomes.sums), None))
    told = [world for world in worlds if world < store.plan.rounds_of]
    if told and by != "interpreted":
        again = joined_tables([told_rounds(scenario, store.plan.seed, lot, by) for lot in lots_of(told)])
        files = {name: store.folder / f"{name}.parquet" for name in ROUNDS}
        held += [Held(name, file, again[name], told) for name, file in files.items() if file.is_file()]
    return _differences(held)


class Held(NamedTuple):
    """A stored table and the same rows played again."""

    name: str
    stored: Path
    again: Table
    worlds: Sequence[int] | None  # of which to look at the rows; all rows when None


def _played(scenario: Any, seed: int, worlds: Sequence[int], by: By) -> Any:
    import numpy as np

    from wedge.engine.simulation.batch import play_batch
    from wedge.engine.simulation.forcing import as_rows
    from wedge.engine.simulation.many import play_many
    from wedge.engine.simulation.outcomes import outcomes_of

    def play(numbers: Any) -> Any:
        if by != "interpreted":
            return play_many(scenario, seed, numbers, driver=by)
        ends = play_batch(scenario.setting, seed, numbers, as_rows([]), interpreted=True)
        return outcomes_of(scenario, seed, numbers, ends.x, ends.w, ends.sums)

    return joined([play(np.asarray(lot, dtype=np.int64)) for lot in lots_of(worlds)])


def _differences(held: Sequence[Held]) -> list[Difference]:
    """The first difference of each world in each table."""
    found: list[Difference] = []
    with tempfile.TemporaryDirectory(prefix="wedge-") as folder:
        files: dict[str, list[Path]] = {}
        for each in held:  # written first, so that both come through the same door
            path = Path(folder) / f"{each.name}.parquet"
            write_table(path, each.again, sync=False)
            files |= {f"then_{each.name}": [each.stored], f"now_{each.name}": [path]}
        views = Views(files)
        try:
            for each in held:
                then, now = views.ask(f"FROM then_{each.name}"), views.ask(f"FROM now_{each.name}")
                if each.worlds is not None:  # not asked for with IN, under which DuckDB may turn the rows round
                    then = then[then["world"].isin(each.worlds)]
                found += _compared(each.name, then, now)
        finally:
            views.close()
    return found


def _compared(name: str, then: Any, now: Any) -> list[Difference]:
    if list(then.columns) != list(now.columns):
        return [Difference(-1, name, f"{name} has other columns than it would have now")]
    if len(then) != len(now):
        return [Difference(-1, name, f"{name} has {len(then):,} rows where there should be {len(now):,}")]
    found: dict[int, Difference] = {}
    for column in then.columns:
        for row in _differing(then[column].to_numpy(), now[column].to_numpy()):
            world = int(now["world"].iloc[row]) if "world" in now.columns else -1
            said = (
                f"{name}.{column} is {then[column].iloc[row]} in the results, {now[column].iloc[row]} when played again"
            )
            found.setdefault(world, Difference(world, name, said))
    return list(found.values())


def _differing(then: Any, now: Any) -> Any:
    """The rows in which two columns differ, to the bit."""
    import numpy as np

    if then.dtype != now.dtype:
        return np.arange(min(1, len(now)))
    if then.dtype.kind == "f":
        then, now = then.view(np.int64), now.view(np.int64)
    return np.flatnonzero(then != now)
