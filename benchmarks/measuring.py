"""How things are timed: in turns, again and again, and as whole processes."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Play = Callable[[], object]


class Task(NamedTuple):
    """Something to be timed, and how many runs it plays."""

    play: Play
    runs: int


class Process(NamedTuple):
    """One whole process as the operating system accounted for it."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, its children's included
    peak: float  # MiB, of the largest single process


def seconds(play: Play) -> float:
    """Wall seconds of one call."""
    began = time.perf_counter()
    play()
    return time.perf_counter() - began


def in_turns(tasks: Mapping[str, Task], repeats: int) -> dict[str, list[float]]:
    """Seconds a run of each task, ``repeats`` times: A B C, A B C, …, so that a drifting machine drifts for all."""
    for task in tasks.values():
        task.play()  # what is compiled or imported once is not counted
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repeats):
        for name, task in tasks.items():
            found[name].append(seconds(task.play) / task.runs)
    return found


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def ratios(these: Sequence[float], to: Sequence[float]) -> tuple[float, float, float]:
    """Least, median and largest ratio, turn by turn."""
    pairs = [a / b for a, b in zip(these, to, strict=True)]
    return min(pairs), median(pairs), max(pairs)


def process(command: Sequence[str], extra: Mapping[str, str] | None = None) -> Process:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(extra or {})}
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Process(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def wedge(*arguments: str) -> list[str]:
    """The command line of this project, by the interpreter that plays the benchmarks."""
    return [sys.executable, "-c", "from wedge.engine.cli.main import main; main()", *arguments]
