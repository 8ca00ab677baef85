"""Worker processes that play parts and store them themselves.

Each is started afresh (spawn), gets the scenario once, and then one part number after another
over a pipe of its own, so that when a worker dies it is known which part it had. Ctrl-C goes to
the parent alone, which ends its workers; whole parts stay, what was in flight is dropped.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wedge.engine.experiment.jobs import TICK, Job, Report, Reports
from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.producing import play_and_store
from wedge.engine.experiment.store import Store


class Crew:
    """So many worker processes, hired for each job."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def play(self, job: Job) -> Reports:
        """Play and store the parts."""
        with _Shift(job, self.workers) as shift:
            yield from shift.reports()

    def close(self) -> None:
        """Nothing to let go of: the workers end with their job."""


class _Shift:
    """The workers of one job; use as a context, which ends them."""

    def __init__(self, job: Job, workers: int) -> None:
        import multiprocessing

        self.context = multiprocessing.get_context("spawn")
        self.load = (job.scenario, job.store.folder, job.store.plan, job.driver)
        self.waiting = list(reversed(job.parts))
        self.size = workers
        self.at_work: dict[Any, tuple[Any, Part]] = {}  # pipe -> its process and the part it has

    def __enter__(self) -> "_Shift":
        return self

    def __exit__(self, *_: object) -> None:
        for process, _part in self.at_work.values():
            process.terminate()
        for pipe, (process, _part) in self.at_work.items():
            process.join()
            pipe.close()

    def reports(self) -> Iterator[Report]:
        """Yield each part as it is done, with the worlds that failed; (None, []) when only time has passed."""
        from multiprocessing.connection import wait

        while self.waiting or self.at_work:
            while self.waiting and len(self.at_work) < self.size:
                self._hire(self.waiting.pop())
            ready = wait(list(self.at_work), timeout=TICK)
            if not ready:
                yield None, []
            for pipe in ready:
                yield self._report(pipe)

    def _hire(self, part: Part) -> None:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_work, args=(theirs, *self.load), daemon=True)
        with deaf_to_ctrl_c():
            process.start()
        theirs.close()
        self.at_work[ours] = (process, part)
        ours.send(part)

    def _report(self, pipe: Any) -> tuple[Part, list[Failure]]:
        """What one worker says of its part; gives it the next, or lets it go."""
        process, part = self.at_work[pipe]
        try:
            trouble, failed = pipe.recv()
        except (EOFError, OSError):
            self._let_go(pipe)
            process.join()
            return part, [Failure(part.first, part.stop - 1, f"the worker died (exit code {process.exitcode})")]
        if trouble:
            raise ExperimentError(*trouble)
        if self.waiting:
            self.at_work[pipe] = (process, self.waiting.pop())
            pipe.send(self.at_work[pipe][1])
        else:
            self._let_go(pipe)
        return part, failed

    def _let_go(self, pipe: Any) -> None:
        process, _part = self.at_work.pop(pipe)
        pipe.close()
        process.join()


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """A process started meanwhile never hears Ctrl-C; only the main thread can see to that."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(pipe: Any, scenario: Any, folder: Any, plan: Any, driver: Driver) -> None:
    """The life of a worker: a part comes, it is played and stored, word is sent back."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr  # which is for data, and not for what a policy prints
    store = Store(folder, plan)
    while True:
        try:
            part = pipe.recv()
        except EOFError:
            return
        trouble, failed = None, []
        try:
            failed = play_and_store(scenario, store, part, driver)
        except ExperimentError as error:
            trouble = (error.message, error.help)
        pipe.send((trouble, failed))
