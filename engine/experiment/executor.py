"""Who plays the parts: threads for the batch driver, else this process or worker processes."""

from collections.abc import Iterator, Sequence
from typing import Any

from wedge.engine.experiment.crew import Crew
from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.producing import play_and_store
from wedge.engine.experiment.progress import Progress
from wedge.engine.experiment.store import LAST, Store
from wedge.engine.experiment.threads import play_by_threads

LOST_PARTS = 3  # parts of which nothing could be played, after which it is no use going on


def play_parts(
    scenario: Any, store: Store, parts: Sequence[Part], driver: Driver, workers: int, progress: Progress
) -> list[Failure]:
    """Play and store the parts. The worlds that failed come back; others are kept.

    Stops early when no part at all can be played. Raises ExperimentError when the disk
    refuses, KeyboardInterrupt on Ctrl-C; what was stored until then stays.
    """
    failed: list[Failure] = []
    lost = 0
    for part, failures in _reports(scenario, store, parts, driver, workers):
        if part is None:
            progress.add(0)
            continue
        failed += failures
        if not store.path(LAST, part).exists():
            lost += 1
            store.note_failed(part, failures)  # a worker that died could not
        progress.add(part.size)
        if lost >= LOST_PARTS and not store.stored():
            break
    return failed


Reports = Iterator[tuple[Part | None, list[Failure]]]


def _reports(scenario: Any, store: Store, parts: Sequence[Part], driver: Driver, workers: int) -> Reports:
    if not parts:
        return
    if driver == "batch":
        yield from play_by_threads(scenario, store, parts, workers)
    elif workers <= 1:
        for part in parts:
            yield part, play_and_store(scenario, store, part, driver)
    else:
        with Crew(scenario, store, driver, workers) as crew:
            yield from crew.play(parts)
