"""One part from play to tables: the unit of work that every kind of worker does."""

from collections.abc import Callable
from typing import Any

from wedge.engine.experiment.files import Table
from wedge.engine.experiment.lots import AT_ONCE, joined_tables, lots_of
from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.experiment.plan import Plan
from wedge.engine.experiment.playing import Failure, play_part
from wedge.engine.experiment.rounds import told_rounds, told_whole
from wedge.engine.experiment.store import SUMS, Encoded, Store, encoded
from wedge.engine.experiment.sums import table_of_sums


def play_and_store(
    scenario: Any, store: Store, part: Part, driver: Driver, dropped: Callable[[], bool] = lambda: False
) -> list[Failure]:
    """Play a part and write it, unless it was ``dropped`` meanwhile; the worlds that failed come back.

    Raises ExperimentError when the disk refuses.
    """
    tables, failed = tables_of(scenario, store.plan, part, driver)
    if not dropped():
        store.write(part, tables, failed)
    return failed


def play_and_encode(scenario: Any, plan: Plan, part: Part, driver: Driver) -> Encoded:
    """Play a part and hand its files back as bytes, for whoever keeps the store."""
    return encoded(plan, *tables_of(scenario, plan, part, driver))


def tables_of(scenario: Any, plan: Plan, part: Part, driver: Driver) -> tuple[dict[str, Table], list[Failure]]:
    """All tables of a part, and the worlds that failed; no tables when no world could be played.

    Where every round of all its worlds is kept, and they are one lot, they are played once, for their rounds and their ends.
    """
    told = next((cut for cut in plan.told() if cut.number == part.number), None)
    if told == part and part.size <= AT_ONCE:
        whole = told_whole(scenario, plan.seed, part.worlds, driver)
        if whole is not None:
            return {**whole.outcomes.tables, SUMS: table_of_sums(whole.outcomes.sums)} | whole.rounds, []
    played = play_part(scenario, plan.seed, part, driver)
    if played.outcomes is None:
        return {}, played.failed
    tables: dict[str, Table] = {**played.outcomes.tables, SUMS: table_of_sums(played.outcomes.sums)}
    if told is not None:
        tables |= joined_tables([told_rounds(scenario, plan.seed, lot, driver) for lot in lots_of(told.worlds)])
    return tables, played.failed
