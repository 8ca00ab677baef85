"""How the cost of a run grows with states, issues and rounds, and that of an experiment with worlds."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.beside import FOUNDING, SEED, kernel
from benchmarks.grid import grid_scenario
from benchmarks.in_c import play_batch_in_c
from benchmarks.measuring import in_turns, median, process, wedge
from wedge.engine.simulation.batch import play_batch

SIZES = {"states": (3, 4, 6, 8, 12, 16, 24, 32), "issues": (1, 2, 4, 8, 16), "rounds": (8, 16, 32, 64, 128, 256)}
QUICK = {"states": (3, 6, 12), "issues": (1, 4, 16), "rounds": (8, 32, 128)}
DRIVERS = {"batch kernel": play_batch, "C -O3": play_batch_in_c}


def measure(quick: bool, repeats: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Median seconds a run by size, on one thread, along each of three axes."""
    found: dict[str, Any] = {}
    for axis, sizes in (QUICK if quick else SIZES).items():
        found[axis] = {name: {} for name in DRIVERS}
        for size in sizes:
            say(f"scaling: {axis} {size}")
            scenario = grid_scenario(**{axis: size})
            runs = max(50, (500 if quick else 5_000) * 4 // (size if axis != "rounds" else 4 * size // 16))
            timed = in_turns({name: kernel(scenario, play, runs) for name, play in DRIVERS.items()}, repeats)
            for name, values in timed.items():
                found[axis][name][str(size)] = median(values)
    return found


def measure_worlds(
    worlds: Sequence[int], told: int, longest: float, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Whole processes ``wedge run --driver batch --workers 2`` of ever more worlds: seconds, CPU seconds, peak memory.

    What may be expected to take more than ``longest`` seconds is left out.
    """
    rows: list[dict[str, Any]] = []
    for number in worlds:
        if rows and (expected := rows[-1]["wall"] * number / rows[-1]["worlds"]) > longest:
            say(f"  skipped: {number:,} worlds would take about {expected / 60:.0f} minutes")
            continue
        say(f"scaling: {number:,} worlds")
        with tempfile.TemporaryDirectory(prefix="wedge-benchmark-") as folder:
            out = Path(folder) / "runs"
            how = ("--driver", "batch", "--workers", "2", "--told", str(told), "--seed", str(SEED))
            command = wedge("run", FOUNDING, "--worlds", str(number), *how, "--out", str(out))
            took = process(command)
            stored = sum(path.stat().st_size for path in out.rglob("*.parquet"))
        rows.append({"worlds": number, **took._asdict(), "stored": stored / 2**20})
    return rows
