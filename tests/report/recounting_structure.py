"""What came out under each decision theory, computed again from the stored runs, by none of the code that computed it.

A scenario is called by the last part of its label, as in the stored table.
"""

from pathlib import Path

import duckdb
import numpy as np
import recounting


def number(folder: Path, label: str, rest: str) -> float:
    """A number of the tables of theories, from ``prospect.value``, ``parts.chance`` and the like."""
    names = [name.rpartition("/")[2] for name in label.split("~")]
    theory, _, field = rest.partition(".")
    if theory == "parts":
        return max(0.0, split([runs(folder, name) for name in names])[field])
    happened = [[value > 0 for value, _ in runs(folder, name)[theory]] for name in names]
    if len(names) == 1:
        count, n = sum(happened[0]), len(happened[0])
        low, high = recounting.wilson(count, n)
        return {"value": count / n, "low": low, "high": high}[field]
    cells = list(zip(*happened, strict=True))
    only_a, only_b = cells.count((True, False)), cells.count((False, True))
    low, high = recounting.newcombe(cells.count((True, True)), only_a, only_b, cells.count((False, False)))
    return {"difference": (only_a - only_b) / len(cells), "low": low, "high": high}[field]


def runs(folder: Path, name: str) -> dict[str, list[tuple[float, float]]]:
    """By theory, each world as it is and with fresh chance."""
    found: dict[str, list[tuple[float, float]]] = {}
    asked = f"SELECT theory, value, fresh FROM '{folder}/structure_runs.parquet' WHERE scenario = ? ORDER BY world"
    for theory, value, fresh in duckdb.execute(asked, [name]).fetchall():
        found.setdefault(theory, []).append((value, fresh))
    return found


def split(sides: list[dict[str, list[tuple[float, float]]]]) -> dict[str, float]:
    """Shares of the variance, by sums over cells in the way of a textbook: a two-way table with pairs in each cell."""
    y = np.array(list(sides[0].values()), float)
    if len(sides) == 2:
        y = y - np.array(list(sides[1].values()), float)
    theories, worlds, _ = y.shape
    chance = sum(np.var(y[t, v], ddof=1) for t in range(theories) for v in range(worlds)) / (theories * worlds)
    centre = y.mean(axis=0)  # a pair for each world, over theories
    middle = [pair.mean() for pair in centre]
    parameters = np.var(middle, ddof=1) - sum(np.var(pair, ddof=1) / 2 for pair in centre) / worlds
    theory = both = 0.0
    for t in range(theories):
        off = [(y[t, v] - centre[v]).mean() for v in range(worlds)]
        blur = sum(np.var(y[t, v] - centre[v], ddof=1) / 2 for v in range(worlds)) / worlds
        theory += (np.mean(off) ** 2 - np.var(off, ddof=1) / worlds) / theories
        both += (np.var(off, ddof=1) - blur) / theories
    found = {"theory": theory, "parameters": parameters, "both": both, "chance": chance}
    whole = sum(found.values())
    return {name: float(value / whole) if whole > 1e-15 else 0.0 for name, value in found.items()}
