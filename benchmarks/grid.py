"""Scenarios made to size: so many states, issues and rounds, otherwise alike."""

import json
from pathlib import Path
from typing import Any

from benchmarks.in_c.building import FOLDER
from wedge.engine.scenario import Scenario, load

IDEALS = 0.15, 0.85, 0.4, 0.7, 0.25, 0.95, 0.05, 0.6  # apart enough that talks take their time
SALIENCES = 5, 2, 3, 8, 1, 4


def grid_tree(states: int, issues: int, rounds: int) -> dict[str, Any]:
    """The tree of a scenario: every second state an ally of the one before it, a war, all issues in one stage."""
    names = [f"s{number:02}" for number in range(states)]
    topics = [f"i{number:02}" for number in range(issues)]
    return {
        "name": f"{states} states, {issues} issues, {rounds} rounds",
        "summary": "Made to size for a benchmark.",
        "calendar": {"start": "2030-01-01", "rounds": rounds, "days_between_rounds": 7},
        "issues": {
            topic: {"levels": {0: "none", 1: "all"}, "status_quo": 0.5} | ({"ends_war": {"at": 0.5}} if not k else {})
            for k, topic in enumerate(topics)
        },
        "states": {name: grid_state(number, topics) for number, name in enumerate(names)},
        "alliances": {
            f"pact_{one}": {
                "members": [one, other],
                "ties": {one: {other: tie(0.4, 0.0)}, other: {one: tie(0.0, 0.5)}},
            }
            for one, other in zip(names[::2], names[1::2], strict=False)
        },
        "agenda": [{"stage": "talks", "issues": topics}],
    }


def grid_state(number: int, topics: list[str]) -> dict[str, Any]:
    """One state: its ideals and weights go round the lists above, from a place of its own."""
    return {
        "power": 0.5 + number % 3,
        "war_cost": {"uniform": [0.05, 0.2]},
        "policy": {"preset": "boulware", "e": 0.3},
        "positions": {
            topic: {
                "ideal": {"normal": [IDEALS[(number + 3 * k) % len(IDEALS)], 0.05], "min": 0, "max": 1},
                "salience": SALIENCES[(2 * number + k) % len(SALIENCES)],
            }
            for k, topic in enumerate(topics)
        },
    }


def tie(support: float, dependence: float) -> dict[str, Any]:
    """One direction of an alliance."""
    return {"commitment": 0.6, "support": support, "dependence": dependence}


def grid_scenario(states: int = 4, issues: int = 4, rounds: int = 40) -> Scenario:
    """The scenario, through the real loader."""
    return load(grid_file(states, issues, rounds))


def grid_file(states: int = 4, issues: int = 4, rounds: int = 40) -> Path:
    """The scenario as a file, for commands that take one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"grid_{states}_{issues}_{rounds}.yaml"
    path.write_text(json.dumps(grid_tree(states, issues, rounds)), encoding="utf-8")
    return path
