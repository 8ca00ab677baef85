"""Playing while the rules are compiled: the traced driver begins, the batch driver takes over.

Both give the same bits, so nobody can tell afterwards, and nobody waits for a compiler.
"""

from collections.abc import Callable
from contextlib import closing
from typing import Literal

from wedge.engine.experiment.jobs import Executor, Job, Reports
from wedge.engine.experiment.kernel import Compilation, kernel_is_ready
from wedge.engine.experiment.parts import Driver, Part
from wedge.engine.model.compiling import can_be_kept

WORTH_COMPILING = 600  # worlds from which on a first compilation pays
Choice = Literal["traced", "batch", "both"]


def choose(scenario: object, worlds: int, driver: Driver) -> Choice:
    """Who plays: the compiled kernel where it is ready, for however few worlds; else the traced driver, which needs no
    compiling, and both in turn where the worlds are many. With a policy from outside the kernel is another,
    which is compiled at once where it pays.
    """
    if driver == "traced":
        return "traced"
    if getattr(scenario, "outsiders", None):
        return "batch" if driver == "batch" or worlds >= WORTH_COMPILING else "traced"
    if driver == "batch" or kernel_is_ready():
        return "batch"
    if worlds < WORTH_COMPILING or not can_be_kept():
        return "traced"
    return "both"


class Meanwhile:
    """The executor for both: ``slow`` plays traced until the kernel is there, then ``fast`` plays the rest."""

    def __init__(self, slow: Executor, fast: Executor, note: Callable[[str], None]) -> None:
        self.slow, self.fast, self.note = slow, fast, note

    def play(self, job: Job) -> Reports:
        """Play and store the parts."""
        left: list[Part] = list(job.parts)
        worked = kernel_is_ready()
        if not worked:
            self.note(
                "compiling the rules, once on this machine; meanwhile worlds are played uncompiled, with the same results"
            )
            with Compilation(job.scenario) as compilation:
                with closing(self.slow.play(job._replace(driver="traced"))) as reports:
                    for part, failed in reports:
                        if part is not None:
                            left.remove(part)
                        yield part, failed
                        if compilation.worked:
                            self.note(f"the rules are compiled ({compilation.seconds:.0f} s)")
                            break
                worked = compilation.worked
        if left:
            if worked:
                yield from self.fast.play(job._replace(parts=left, driver="batch"))
            else:
                yield from self.slow.play(job._replace(parts=left, driver="traced"))

    def close(self) -> None:
        """Let go of both."""
        self.slow.close()
        self.fast.close()
