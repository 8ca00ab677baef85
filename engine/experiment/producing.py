"""One part from play to disk: the unit of work that every kind of worker does."""

from collections.abc import Callable
from typing import Any

from wedge.engine.experiment.files import Table
from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.experiment.playing import Failure, play_part
from wedge.engine.experiment.rounds import told_rounds
from wedge.engine.experiment.store import SUMS, Store
from wedge.engine.experiment.sums import table_of_sums


def play_and_store(
    scenario: Any, store: Store, part: Part, driver: Driver, dropped: Callable[[], bool] = lambda: False
) -> list[Failure]:
    """Play a part and write it, unless it was ``dropped`` meanwhile; the worlds that failed come back.

    Raises ExperimentError when the disk refuses.
    """
    played = play_part(scenario, store.plan.seed, part, driver)
    tables: dict[str, Table] = {}
    if played.outcomes is not None:
        tables = {**played.outcomes.tables, SUMS: table_of_sums(played.outcomes.sums)}
        for told in store.told():
            if told.number == part.number:
                tables |= told_rounds(scenario, store.plan.seed, told.worlds)
    if not dropped():
        store.write(part, tables, played.failed)
    return played.failed
