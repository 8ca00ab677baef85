"""What every executor is asked to do, and how it reports: one small interface for all of them.

An executor plays parts in any order and reports each when it is stored. Results depend on the parts
alone, so that executors can take each other's place, also in the middle of an experiment.
"""

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple, Protocol

from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.store import Store

TICK = 0.5  # seconds between looks at the clock while nothing is reported
Report = tuple[Part | None, list[Failure]]  # a part that is done and its failures; None when only time has passed
Reports = Generator[Report, None, None]


class Job(NamedTuple):
    """Parts of one experiment to be played by one driver and stored."""

    scenario: Any
    store: Store
    parts: Sequence[Part]
    driver: Driver  # traced or batch


class Executor(Protocol):
    """Plays jobs. Closing what ``play`` returns ends what is in flight; whole parts stay."""

    def play(self, job: Job) -> Reports:
        """Yield each part as it is stored, with the worlds that failed; (None, []) when only time has passed.

        Raises ExperimentError when the disk refuses or the workers are lost.
        """

    def close(self) -> None:
        """Let go of workers that outlive a job."""


class Alone:
    """This process, one part after another."""

    def play(self, job: Job) -> Reports:
        """Play and store the parts."""
        from wedge.engine.experiment.producing import play_and_store

        for part in job.parts:
            yield part, play_and_store(job.scenario, job.store, part, job.driver)

    def close(self) -> None:
        """Nothing to let go of."""
