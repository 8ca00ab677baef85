"""Threads that play parts with the batch driver, which lets them run at once.

They are daemons: Ctrl-C need not wait for a part in flight. What a dropped thread still has in hand
is not stored.
"""

import queue
import threading

from wedge.engine.experiment.jobs import TICK, Job, Reports
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.producing import play_and_store


class Threads:
    """So many threads of this process."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def play(self, job: Job) -> Reports:
        """Play and store the parts; the first is played alone, so that the kernel is loaded once."""
        waiting: queue.SimpleQueue[Part] = queue.SimpleQueue()
        reports: queue.SimpleQueue[tuple[Part, list[Failure] | BaseException]] = queue.SimpleQueue()
        stopped = threading.Event()
        for part in job.parts:
            waiting.put(part)

        def work() -> None:
            while not stopped.is_set():
                try:
                    part = waiting.get_nowait()
                except queue.Empty:
                    return
                try:
                    reports.put((part, play_and_store(job.scenario, job.store, part, job.driver, stopped.is_set)))
                except BaseException as error:  # handed to the caller's thread, which raises it
                    reports.put((part, error))

        try:
            done = hired = 0
            while done < len(job.parts):
                while hired < min(self.workers if done else 1, len(job.parts)):
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

    def close(self) -> None:
        """Nothing to let go of: idle threads have ended."""
