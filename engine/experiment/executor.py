"""Who plays the parts: this process, threads (the batch driver lets them run at once), or worker processes."""

from collections.abc import Iterator, Sequence
from typing import Any

from wedge.engine.experiment.crew import Crew, play_and_store
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.progress import Progress
from wedge.engine.experiment.store import Store

LOST_PARTS = 3  # parts of which nothing could be played, after which it is no use going on


def play_parts(
    scenario: Any, store: Store, parts: Sequence[Part], driver: str, workers: int, progress: Progress
) -> list[Failure]:
    """Play and store the parts. The worlds that failed come back; others are kept.

    Stops early when part after part cannot be played at all. Raises ExperimentError when the disk
    refuses, KeyboardInterrupt on Ctrl-C; what was stored until then stays.
    """
    failed: list[Failure] = []
    lost = 0
    for part, failures in _reports(scenario, store, parts, driver, min(workers, len(parts))):
        if part is None:
            progress.add(0)
            continue
        failed += failures
        lost += not store.path("runs", part).exists()
        progress.add(part.size)
        if lost >= LOST_PARTS:
            failed.append(Failure(parts[0].first, parts[-1].stop - 1, f"stopped after {lost} parts without one sound world"))
            break
    return failed


Reports = Iterator[tuple[Part | None, list[Failure]]]


def _reports(scenario: Any, store: Store, parts: Sequence[Part], driver: str, workers: int) -> Reports:
    if workers <= 1:
        for part in parts:
            yield part, play_and_store(scenario, store, part, driver)
    elif driver == "batch":
        yield from _by_threads(scenario, store, parts, workers)
    else:
        with Crew(scenario, store, driver, workers) as crew:
            yield from crew.play(parts)


def _by_threads(scenario: Any, store: Store, parts: Sequence[Part], workers: int) -> Reports:
    """The batch driver releases the interpreter's lock, so threads are enough. Ctrl-C waits for the parts in flight."""
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

    pool = ThreadPoolExecutor(workers)
    try:
        going = {pool.submit(play_and_store, scenario, store, part, "batch"): part for part in parts}
        while going:
            done, _ = wait(going, timeout=0.5, return_when=FIRST_COMPLETED)
            if not done:
                yield None, []
            for future in done:
                yield going.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
