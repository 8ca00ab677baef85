"""Small talks in which people take seats."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.scenario import Scenario, load

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "web")]  # where played_games.py and sample_views.py can be imported by name

TALKS: dict[str, Any] = {
    "name": "Small talks",
    "summary": "Two allies and a rival, two issues.",
    "calendar": {"start": "2030-01-07", "rounds": 9, "days_between_rounds": 7},
    "issues": {
        "truce": {"levels": {0: "none", 1: "full"}, "ends_war": {"at": 0.5}},
        "land": {"levels": {0: "returned", 0.5: "divided", 1: "ceded"}, "status_quo": 0.5},
    },
    "states": {
        "anna": {
            "outside": {"value": 0.05},
            "positions": {
                "truce": {"ideal": 1, "salience": 2},
                "land": {"ideal": 0.1371, "salience": 4, "red_line": 0.8239},
            },
        },
        "bert": {
            "positions": {"truce": {"ideal": 0.9383, "salience": 5}, "land": {"ideal": 0.6117, "salience": 1}},
        },
        "carl": {
            "policy": "wedge",
            "positions": {
                "truce": {"ideal": 0.3457, "salience": 3},
                "land": {"ideal": 0.9729, "salience": 4, "red_line": 0.2281},
            },
        },
    },
    "alliances": {
        "pact": {
            "members": ["anna", "bert"],
            "ties": {
                "bert": {"anna": {"commitment": 0.6189, "support": 0.4}},
                "anna": {"bert": {"commitment": 0.7313, "dependence": 0.4}},
            },
        }
    },
    "agenda": [{"stage": "land", "issues": ["land", "truce"], "consent": ["anna", "bert", "carl"]}],
    "events": {"rift": {"at": "2030-01-21", "effects": [{"shock": {"from": "bert", "to": "anna"}, "by": -0.05}]}},
}


@pytest.fixture(scope="session")
def talks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The talks as a file."""
    path = tmp_path_factory.mktemp("talks") / "talks.yaml"
    path.write_text(json.dumps(TALKS), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def talks(talks_file: Path) -> Scenario:
    """The talks, loaded."""
    return load(talks_file)


@pytest.fixture(scope="session")
def load_talks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[dict[str, Any]], None]], Scenario]:
    """The talks with something changed in their tree."""

    def load_talks(change: Callable[[dict[str, Any]], None]) -> Scenario:
        tree = json.loads(json.dumps(TALKS))
        change(tree)
        path = tmp_path_factory.mktemp("changed") / "talks.yaml"
        path.write_text(json.dumps(tree), encoding="utf-8")
        return load(path)

    return load_talks
