"""What could be demanded at a stage: levels over the whole scale, every named level, and each state's ideal."""

from itertools import product
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.audit.trials import AT_COMPROMISE
from wedge.engine.scenario import Scenario

MOST = 256  # demands in the grid of a stage
FINEST = 11  # levels of a grid at most, ends among them
GRID, NAMED, IDEAL = "grid", "named", "ideal"
MOMENTS = ("opening", "midway", "deadline")


class Demand(NamedTuple):
    """One set of levels for the issues of a stage. ``levels`` are as ``trials`` reads them, one for each issue."""

    stage: int
    kind: str  # GRID, NAMED or IDEAL
    whose: int  # the state whose ideal it is, or -1
    levels: tuple[float, ...]


def demands_of(scenario: Scenario, g: int, most: int = MOST) -> list[Demand]:
    """The demands that are tried at stage g.

    One issue: tenths of the scale and every named level. Several: every combination of a coarse grid, as fine as
    ``most`` combinations allow, and each named level with the other issues at the compromise of all. Past twelve
    issues even the ends alone are too many, and a quasi-random design (Sobol) takes the place of the grid.
    And each state's ideal, whatever it is in that world.
    """
    s, issues = scenario.setting, issues_of(scenario, g)
    found = [Demand(g, IDEAL, i, _spread(s, issues, [-1.0 - i] * len(issues))) for i in range(len(s.state_id))]
    for place, k in enumerate(issues):
        for level in scenario.names.levels[k]:
            levels = [AT_COMPROMISE] * len(issues)
            levels[place] = float(level)
            found.append(Demand(g, NAMED, -1, _spread(s, issues, levels)))
    found += [Demand(g, GRID, -1, _spread(s, issues, levels)) for levels in _grid(len(issues), most)]
    lowest = {k: _lowest(scenario, k) for k in issues}
    return _once([one for one in found if all(not 0 <= one.levels[k] < lowest[k] - 1e-9 for k in issues)])


def issues_of(scenario: Scenario, g: int) -> list[int]:
    """The issues of stage g."""
    return [int(k) for k in np.flatnonzero(scenario.setting.stage_of == g)]


def proposers_of(scenario: Scenario, g: int) -> list[int]:
    """The states that can have the floor at stage g, in the order in which they get it."""
    s = scenario.setting
    return list(dict.fromkeys(int(i) for i in s.floor_list[g, : s.floor_count[g]]))


def moments_of(scenario: Scenario) -> list[int]:
    """The rounds of the opening, midway and the deadline; fewer where the talks are that short."""
    last = scenario.setting.rounds - 1
    return list(dict.fromkeys((0, last // 2, last)))


def moment_names(moments: list[int]) -> list[str]:
    """What those rounds are called; talks of a single round have a deadline only."""
    return {1: ["deadline"], 2: ["opening", "deadline"]}.get(len(moments), list(MOMENTS))


def _grid(issues: int, most: int) -> Any:
    points = min(FINEST, int(most ** (1.0 / issues) + 1e-9))
    if points >= 2:
        return product([round(step / (points - 1), 6) for step in range(points)], repeat=issues)
    from scipy.stats import qmc

    return qmc.Sobol(issues, scramble=False).random_base2(int(np.log2(most))).tolist()


def _spread(s: Any, issues: list[int], levels: Any) -> tuple[float, ...]:
    whole = [0.0] * len(s.issue_id)
    for k, level in zip(issues, levels, strict=True):
        whole[k] = float(level)
    return tuple(whole)


def _lowest(scenario: Scenario, k: int) -> float:
    """The level below which the issue cannot be settled in any world: that at which the war ends."""
    if k != scenario.setting.war_issue:
        return 0.0
    at = scenario.meaning["numbers"].get(f"issues.{scenario.names.issues[k]}.ends_war.at", 0.5)
    return float(at) if isinstance(at, int | float) else 0.0


def _once(demands: list[Demand]) -> list[Demand]:
    """Each set of levels once: a named level before the same point of a grid."""
    seen: dict[tuple[float, ...], Demand] = {}
    for one in demands:
        seen.setdefault(one.levels, one)
    return list(seen.values())
