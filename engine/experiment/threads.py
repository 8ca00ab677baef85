"""Threads that play parts with the batch driver, which lets them run at once.

They are daemons: Ctrl-C need not wait for a part, or a compilation, in flight. What a dropped
thread still has in hand is not stored.
"""

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.producing import play_and_store
from wedge.engine.experiment.store import Store

TICK = 0.5  # seconds between looks at the clock while nothing is reported
Report = tuple[Part, "list[Failure] | BaseException"]


def play_by_threads(
    scenario: Any, store: Store, parts: Sequence[Part], workers: int
) -> Iterator[tuple[Part | None, list[Failure]]]:
    """Yield each part as it is done, with the worlds that failed; (None, []) when only time has passed.

    The first part is played alone, so that the rules are compiled once.
    """
    waiting: queue.SimpleQueue[Part] = queue.SimpleQueue()
    reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
    stopped = threading.Event()
    for part in parts:
        waiting.put(part)

    def work() -> None:
        while not stopped.is_set():
            try:
                part = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                reports.put((part, play_and_store(scenario, store, part, "batch", stopped.is_set)))
            except BaseException as error:  # handed to the caller's thread, which raises it
                reports.put((part, error))

    try:
        done = hired = 0
        while done < len(parts):
            while hired < min(workers if done else 1, len(parts)):
                threading.Thread(target=work, daemon=True).start()
                hired += 1
            try:
                part, found = reports.get(timeout=TICK)
            except queue.Empty:
                yield None, []
                continue
            if isinstance(found, BaseException):
                raise found
            done += 1
            yield part, found
    finally:
        stopped.set()
