"""A small scenario to change one thing in, and ways to load what comes out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Problem, Scenario, ScenarioError, load

SMALL = """\
name: Small talks
summary: Two allies and a rival, two issues, two stages.
calendar: {start: 2030-01-07, rounds: 20, days_between_rounds: 7}
issues:
  truce:
    levels: {0: none, 1: full}
    ends_war: {at: 0.5}
  land:
    levels: {0: returned, 0.5: divided, 1: ceded}
    status_quo: 0.5
states:
  anna:
    power: 1.2
    policy: boulware
    positions:
      truce: {ideal: 1, salience: 2}
      land: {ideal: 0.1, salience: 4, red_line: 0.8}
  bert:
    policy: conceder
    positions:
      truce: {ideal: 1, salience: 5}
      land: {ideal: 0.6, salience: 1}
  carl:
    policy: wedge
    positions:
      truce: {ideal: 0.3, salience: 2}
      land: {ideal: 1, salience: 4}
alliances:
  pact:
    members: [anna, bert]
    ties:
      bert:
        anna: {commitment: 0.6, support: 0.4}
      anna:
        bert: {commitment: 0.7, dependence: 0.4}
    stakes: {carl: 0.2}
agenda:
  - stage: land
    issues: [land]
  - stage: truce
    issues: [truce]
    after: land
    consent: [anna, carl]
orders:
  land_first: [[land], [truce]]
events:
  drought:
    at: 2030-02-04
    effects:
      - change: states.carl.war_cost
        by: 0.1
  rift:
    when: {refusals: anna, above: 3}
    effects:
      - shock: {from: bert, to: anna}
        by: -0.05
"""

Change = tuple[str, str]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a text as a scenario file."""

    def write(text: str | bytes, name: str = "talks.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def small(write: Callable[..., Path]) -> Callable[..., Path]:
    """The small scenario with some of its text replaced, as a file."""

    def small(*changes: Change, name: str = "talks.yaml") -> Path:
        text = SMALL
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the small scenario"
            text = text.replace(old, new)
        return write(text, name)

    return small


@pytest.fixture
def loaded(small: Callable[..., Path]) -> Callable[..., Scenario]:
    """The small scenario with changes, loaded."""
    return lambda *changes: load(small(*changes))


@pytest.fixture
def errors(small: Callable[..., Path]) -> Callable[..., list[Problem]]:
    """What is wrong with the small scenario once it is changed so."""

    def errors(*changes: Change) -> list[Problem]:
        with pytest.raises(ScenarioError) as caught:
            load(small(*changes))
        return caught.value.problems

    return errors


@pytest.fixture
def warnings(loaded: Callable[..., Scenario]) -> Callable[..., list[str]]:
    """What the changed small scenario is warned of."""
    return lambda *changes: [problem.message for problem in loaded(*changes).warnings]
