"""Whether the compiled kernel is ready, and compiling it apart, in a process of its own.

Compiling takes about a minute once for each version of the rules on a machine. In a process of its
own it holds up nobody: this one goes on playing, and hears Ctrl-C. What it compiled lies on disk
afterwards, for this process and all later ones.
"""

import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

READY = "kernel-is-ready"  # the mark next to what was compiled


def kernel_is_ready(scenario: Any) -> bool:
    """Whether the batch driver can play this scenario without compiling first."""
    from wedge.engine.model.compiling import jit_is_off

    folder = _folder()
    return not jit_is_off() and folder is not None and (folder / READY).is_file()


def kernel_can_be_kept() -> bool:
    """Whether what is compiled now will still be there for another process."""
    from wedge.engine.model.compiling import jit_is_off

    return not jit_is_off() and _folder() is not None


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


@cache
def _folder() -> Path | None:
    """Where compiled rules are kept; None where they cannot be."""
    from importlib.metadata import version

    from wedge.engine.model.provenance import rules_hash

    home = Path(os.environ.get("WEDGE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "wedge" / f"rules-{rules_hash()[:16]}-numba-{version('numba')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def compile_kernel(scenario: Any) -> None:
    """Compile the kernel by playing one world, and leave the mark."""
    import numpy as np

    from wedge.engine.simulation.many import play_many

    play_many(scenario, 0, np.zeros(1, dtype=np.int64), driver="batch")
    folder = _folder()
    if folder is not None and kernel_can_be_kept():
        (folder / READY).touch()


def main() -> int:
    """The process apart: a scenario comes in, the kernel stays on disk."""
    import pickle

    compile_kernel(pickle.load(sys.stdin.buffer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
