"""Whether the compiled kernel is ready, and compiling it apart, in a process of its own.

Compiling takes half a minute or so, once for each version of the rules on a machine. In a process of its
own it holds up nobody: this one goes on playing, and hears Ctrl-C. What it compiled lies on disk
afterwards, for this process and all later ones.
"""

import subprocess
import sys
import time
from typing import Any


def kernel_is_ready() -> bool:
    """Whether there is a compiled kernel, and the batch driver can begin without compiling first."""
    from wedge.engine.model.compiling import jit_is_off
    from wedge.engine.simulation import batch

    return not jit_is_off() and batch.kernel_is_ready()


class Compilation:
    """Compiles the kernel in a process of its own; use as a context, which ends it."""

    def __init__(self, scenario: Any) -> None:
        self.scenario = scenario
        self.seconds = 0.0

    def __enter__(self) -> "Compilation":
        import pickle

        from wedge.engine.experiment.crew import deaf_to_ctrl_c

        self.began = time.monotonic()
        with deaf_to_ctrl_c():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wedge.engine.experiment.kernel"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        assert self.process.stdin is not None
        self.process.stdin.write(pickle.dumps(self.scenario))
        self.process.stdin.close()
        return self

    @property
    def ended(self) -> bool:
        """Whether it has come to its end, well or not."""
        ended = self.process.poll() is not None
        if ended and not self.seconds:
            self.seconds = time.monotonic() - self.began
        return ended

    @property
    def worked(self) -> bool:
        """Whether the kernel is ready now."""
        return self.ended and self.process.returncode == 0

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()


def compile_kernel(scenario: Any) -> None:
    """Compile the kernel by playing one world."""
    import numpy as np

    from wedge.engine.simulation.many import play_many

    play_many(scenario, 0, np.zeros(1, dtype=np.int64), driver="batch")


def main() -> int:
    """The process apart: a scenario comes in, the kernel stays on disk."""
    import pickle

    compile_kernel(pickle.load(sys.stdin.buffer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
