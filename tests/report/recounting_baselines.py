"""Numbers of simple models computed again from the files of results, by none of the code that computed them.

A world is a mapping from the path of a number to its value: what the manifest gives, and what the table of inputs
says was drawn. The Nash solution is looked for on ever finer grids, so it is known to about a thousandth.
"""

import math
from collections import defaultdict
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from recounting import Recount, newcombe
from scipy.stats import t

NASH_WORLDS = 200
STEPS = 40  # of each grid, a side
FINER = 6  # grids, each about the best point of the last


def number(recount: Recount, label: str, rest: str) -> float:
    """A number of ``baselines.json``, from ``levels.border.nash.distance`` and the like."""
    kind, _, rest = rest.partition(".")
    path, _, field = rest.replace(".distance.", ".").rpartition(".")
    return {"levels": _level, "sides": _side, "played": _played}[kind](recount, label, path)[field]


def _level(recount: Recount, label: str, path: str) -> dict[str, float]:
    issue, _, model = path.partition(".")
    said = _said(recount, label, model)
    ends = recount.ask(label, f"SELECT world, settled, level FROM @issues WHERE issue = '{issue}' ORDER BY world")
    ends = ends[:NASH_WORLDS] if model == "nash" else ends
    levels = [said[world][issue] for world, *_ in ends if said[world] is not None]
    pairs = [(level, said[world][issue]) for world, settled, level in ends if settled and said[world] is not None]
    gaps = [abs(level - other) for level, other in pairs]
    found = {"n": len(levels), "settled": len(pairs), "median": np.median(levels)}
    if pairs:
        found |= {"agent_median": np.median([level for level, _ in pairs]), "distance": np.mean(gaps)}
    if len(pairs) > 1:
        reach = t.ppf(0.975, len(gaps) - 1) * np.std(gaps, ddof=1) / math.sqrt(len(gaps))
        found |= {"low": max(0, found["distance"] - reach), "high": min(1, found["distance"] + reach)}
    return {name: float(value) for name, value in found.items()}


@cache
def _said(recount: Recount, label: str, model: str) -> dict[int, Any]:
    """By world, the level of each issue that a model names; None where it names none."""
    model_of = {"weighted_mean": _means, "weighted_median": _medians, "nash": _nash}[model]
    return {world: model_of(recount, label, numbers) for world, numbers in _worlds(recount, label).items()}


@cache
def _worlds(recount: Recount, label: str) -> dict[int, dict[str, float]]:
    given = recount.manifest(label)["scenario"]["meaning"]["numbers"]
    fixed = {path: float(value) for path, value in given.items() if isinstance(value, int | float)}
    columns = [row[0] for row in recount.ask(label, "DESCRIBE SELECT * FROM @inputs")]
    rows = recount.ask(label, "SELECT * FROM @inputs")
    return {int(row[0]): fixed | dict(zip(columns[1:], row[1:], strict=True)) for row in rows}


def _wants(recount: Recount, label: str, numbers: dict[str, float]) -> dict[str, dict[str, tuple[float, float]]]:
    """By state and issue, its ideal and its salience, which sum to one over a state's issues."""
    wants: dict[str, dict[str, tuple[float, float]]] = {}
    for state, told in recount.manifest(label)["scenario"]["meaning"]["states"].items():
        of = {issue: f"states.{state}.positions.{issue}" for issue in told["positions"]}
        total = sum(numbers[f"{path}.salience"] for path in of.values())
        wants[state] = {k: (numbers[f"{path}.ideal"], numbers[f"{path}.salience"] / total) for k, path in of.items()}
    return wants


def _weighed(recount: Recount, label: str, numbers: dict[str, float]) -> dict[str, list[tuple[float, float]]]:
    """By issue, the ideals in rising order, each with power times salience."""
    found = defaultdict(list)
    for state, issues in _wants(recount, label, numbers).items():
        for issue, (ideal, salience) in issues.items():
            found[issue].append((ideal, numbers[f"states.{state}.power"] * salience))
    return {issue: sorted(some) for issue, some in found.items()}


def _means(recount: Recount, label: str, numbers: dict[str, float]) -> dict[str, float]:
    weighed = _weighed(recount, label, numbers).items()
    return {issue: sum(y * w for y, w in some) / sum(w for _, w in some) for issue, some in weighed}


def _medians(recount: Recount, label: str, numbers: dict[str, float]) -> dict[str, float]:
    found = {}
    for issue, some in _weighed(recount, label, numbers).items():
        half = sum(w for _, w in some) / 2
        below = [sum(w for _, w in some[: place + 1]) for place in range(len(some))]
        found[issue] = next(ideal for (ideal, _), reached in zip(some, below, strict=True) if reached >= half)
    return found


def _nash(recount: Recount, label: str, numbers: dict[str, float]) -> dict[str, float] | None:
    """The agreement with the largest product of gains over fighting on at the status quo."""
    meaning = recount.manifest(label)["scenario"]["meaning"]
    stages = meaning["agenda"]["stages"].values()
    issues = [issue for stage in stages for issue in stage["issues"]]
    low, high = dict.fromkeys(issues, 0.0), dict.fromkeys(issues, 1.0)
    for issue in issues:
        if meaning["issues"][issue]["ends_war"]:
            low[issue] = numbers[f"issues.{issue}.ends_war.at"]
    for stage in stages:
        for state, issue in product(stage["consent"], stage["issues"]):
            if meaning["states"][state]["red_lines"].get(issue) == "above":
                high[issue] = min(high[issue], numbers[f"states.{state}.positions.{issue}.red_line"])
    wants = _wants(recount, label, numbers)

    def product_of(*levels: Any) -> Any:
        whole = 1.0
        for state in {state for stage in stages for state in stage["consent"]}:
            of = f"states.{state}"
            gain = numbers[f"{of}.war_cost"] * (1 + numbers[f"{of}.after"])
            for issue, y in zip(issues, levels, strict=True):
                ideal, salience = wants[state].get(issue, (0.0, 0.0))
                gain = gain + salience * (abs(numbers[f"issues.{issue}.status_quo"] - ideal) - abs(y - ideal))
            whole = whole * np.where(gain > 0, gain, 0.0)
        return whole

    ends = [(low[issue], high[issue]) for issue in issues]
    best: tuple[float, ...] = ()
    for _ in range(FINER):
        grid = np.meshgrid(*(np.linspace(a, b, STEPS + 1) for a, b in ends), indexing="ij")
        value = product_of(*grid)
        if value.max() <= 0:
            return None
        best = tuple(float(axis.flat[int(value.argmax())]) for axis in grid)
        reach = [3 * (b - a) / STEPS for a, b in ends]
        ends = [
            (max(low[issue], y - r), min(high[issue], y + r)) for issue, y, r in zip(issues, best, reach, strict=True)
        ]
    return dict(zip(issues, best, strict=True))


def _side(recount: Recount, label: str, path: str) -> dict[str, float]:
    source, target = path.split(".")
    broke = dict(
        recount.ask(label, f"SELECT world, fractured FROM @ties WHERE source = '{source}' AND target = '{target}'")
    )
    sides = {world: _sides(recount, label, numbers) for world, numbers in _worlds(recount, label).items()}
    cells = [(side[source] != side[target], broke[world]) for world, side in sides.items()]
    low, high = newcombe(*(cells.count(c) for c in ((True, True), (True, False), (False, True), (False, False))))
    opposite, fractured = (sum(cell[place] for cell in cells) / len(cells) for place in (0, 1))
    found = {"n": len(cells), "opposite": opposite, "fractured": fractured, "difference": opposite - fractured}
    return found | {"low": low, "high": high}


def _sides(recount: Recount, label: str, numbers: dict[str, float]) -> dict[str, int]:
    """The two sides with the least strain between those who are apart in them, all ways of taking sides tried."""
    meaning = recount.manifest(label)["scenario"]["meaning"]
    wants, states = _wants(recount, label, numbers), list(meaning["states"])
    ties = [tuple(tie) for alliance in meaning["alliances"].values() for tie in alliance["ties"]]

    def energy(sides: dict[str, int]) -> float:
        total = 0.0
        for i, j in product(states, states):
            if i < j and sides[i] != sides[j]:
                both = [(wants[i][k], wants[j][k]) for k in wants[i] if k in wants[j]]
                cared = sum(a[1] * b[1] for a, b in both)
                apart = sum(a[1] * b[1] * abs(a[0] - b[0]) for a, b in both) / cared
                bound = [numbers[f"ties.{a}.{b}.commitment"] for a, b in ((i, j), (j, i)) if (a, b) in ties]
                foes = any({i, j} == set(pair) for pair in meaning["adversaries"])
                tends = 1 - 2 * apart + (sum(bound) / len(bound) if bound else 0.0) - foes
                total += numbers[f"states.{i}.power"] * numbers[f"states.{j}.power"] * tends
        return total

    ways = [dict(zip(states, (0, *rest), strict=True)) for rest in product((0, 1), repeat=len(states) - 1)]
    return min(ways, key=energy)


def _played(recount: Recount, label: str, path: str) -> dict[str, float]:
    model, _, name = path.partition(".")
    beside = f"{label} under {model}"
    recount.folders[beside] = recount.folders[label] / "baselines" / model
    pair = recount.pair(label, beside, name)
    shares = {f"share_{side}": (pair["both"] + pair[f"only_{side}"]) / pair["n"] for side in ("a", "b")}
    return shares | pair
