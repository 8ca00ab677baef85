"""No file can crash the loader: it loads, or it is refused with places."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wedge.engine.scenario import Problem, ScenarioError, load
from wedge.engine.scenario.reading import read_file, read_text
from wedge.engine.scenario.tree import plain

SMALL = plain(read_file(Path(__file__).parents[1] / "cli" / "small.yaml", "small.yaml").root)
RICH = {
    **SMALL,
    "adversaries": [["anna", "carl"]],
    "strain": {"noise": {"lognormal": [-5, 0.3]}},
    "agenda": [
        {"stage": "land", "issues": ["land"], "rounds": 5, "floor": {"random": ["anna"]}, "answers": "in_turn"},
        {
            "stage": "truce",
            "issues": ["truce"],
            "after": ["land"],
            "consent": {"quota": 1, "of": ["anna", "carl"], "veto": ["carl"]},
            "possible_when": {"all": [{"fighting": True}, {"not": {"round": {"above": 30}}}]},
        },
    ],
}
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=8),
    st.sampled_from(
        ["anna", "land", "truce", "pact", "rift", "states.anna.power", "wedge", "2030-01-01", "9999-12-31", [], {}, [[]], [{}], ["anna", "anna"],
         {"value": 1}, {"uniform": [0, 1]}, {"normal": [0, 1]}, {"choice": {"1": 1}}, {"choice": {"x": 1}}, {"above": 1}, {"from": "anna", "to": "bert"},
         {"event": "rift"}, {"any": []}, {"all": [{"talks_over": False}]}, {"level": "land", "above": {"uniform": [2, 1]}}, {"preset": "wedge"},
         {"courts": {"wedge": {"patron": "x"}}}, {"file": "..", "name": "x"}, {"quota": 9}, {"rotation": []}, {"alternating": ["a", "b"]}]
    ),
)  # fmt: skip


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path in the data but the empty one."""
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, value in below for found in [(*path, key), *paths(value, (*path, key))]]


def replaced(data: Any, path: tuple[Any, ...], value: Any, rename: bool) -> Any:
    """The data with something else at a path, or under another key."""
    data = copy.deepcopy(data)
    above = data
    for step in path[:-1]:
        above = above[step]
    if rename and isinstance(above, dict):
        above[str(value)] = above.pop(path[-1])
    else:
        above[path[-1]] = value
    return data


def problems_of(action: Callable[[], Any]) -> list[Problem]:
    """What is wrong, if the action is refused; anything else than a refusal fails the test."""
    try:
        action()
    except ScenarioError as error:
        return error.problems or [Problem("", 0, 0, "")]
    return []


@settings(max_examples=100)
@given(choice=st.data())
def test_one_thing_replaced_by_anything(choice: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever stands where a scenario wants something else: no crash, and every problem has a place."""
    data: Any = RICH
    for _ in range(choice.draw(st.integers(1, 3))):
        path = choice.draw(st.sampled_from(paths(data)))
        data = replaced(data, path, choice.draw(JUNK), choice.draw(st.integers(0, 4)) == 0)
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    for problem in problems_of(lambda: load(file)):
        assert problem.line > 0 or "empty" in problem.message
        assert problem.message
        assert all(character.isprintable() or character == "\n" for character in problem.told())


@settings(max_examples=200)
@given(text=st.text(alphabet=st.sampled_from("ab:-#[]{}&*!|>'\"%@`,? \n\t0"), max_size=60))
def test_any_text(text: str) -> None:
    """Whatever a file says, reading it ends in a tree or in a message."""
    assert all(problem.message for problem in problems_of(lambda: read_text(text, "any.yaml")))


WORDS = (
    "states anna policy demands e agenda 0 land events rift when effects ties bert commitment positions red_line stakes x "
    "issues calendar"
)


@settings(max_examples=60)
@given(
    steps=st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6),
    value=st.sampled_from(["1", "null", "x", "[1]", "{a: 1}", "{uniform: [0, 1]}", "-1", "wedge", "{preset: wedge}"]),
)
def test_any_option(steps: list[str], value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever ``--set`` says: no crash."""
    file = tmp_path_factory.getbasetemp() / "option.yaml"
    file.write_text(yaml.safe_dump(RICH, sort_keys=False))
    assert all(problem.message for problem in problems_of(lambda: load(file, sets=[f"{'.'.join(steps)}={value}"])))
