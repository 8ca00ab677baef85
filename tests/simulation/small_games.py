"""Small games for the tests: a few states, an issue or two, everything certain unless a test says otherwise.

``small(...)`` makes the tree of a scenario file, ``game(...)`` puts it through the real loader, and
``Played`` and ``Board`` answer questions about a run, or about a world in the middle of a round, by name.
"""

import copy
import datetime
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wedge.engine.model import world as f
from wedge.engine.model.words import CHANNELS, ENDS, MOVES, REASONS, STANCES
from wedge.engine.scenario import Scenario, load
from wedge.engine.simulation.forcing import Forced
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.runs import Moment, Run
from wedge.engine.simulation.stage_set import empty_arrays
from wedge.engine.simulation.traced import play

START = datetime.date(2030, 1, 1)
CERTAIN = {"whim": 0.0, "misperception": 0.0}
QUIET = {"noise": 0.0, "repair": 0.0, "burden": 0.0}

Tree = dict[str, Any]


def small(
    ideals: Mapping[str, Mapping[str, Any]],
    ties: Mapping[tuple[str, str], Mapping[str, Any]] | None = None,
    war: str | None = None,
    rounds: int = 6,
    days: float = 7,
    **rest: Any,
) -> Tree:
    """A scenario without chance: states with their ideals by issue, allied along ``ties``, all issues in one stage.

    An ideal may be a number or a whole position. ``war`` names the issue that ends the war. ``rest``
    is put over the tree, mapping by mapping.
    """
    issues = sorted({issue for positions in ideals.values() for issue in positions})
    tree: Tree = {
        "name": "A small game",
        "summary": "Made up for a test.",
        "calendar": {"start": START.isoformat(), "rounds": rounds, "days_between_rounds": days},
        "issues": {issue: {"levels": {0: "none", 1: "all"}, "status_quo": 0.5} for issue in issues},
        "states": {
            state: {**CERTAIN, "positions": {issue: position(said) for issue, said in positions.items()}}
            for state, positions in ideals.items()
        },
        "strain": dict(QUIET),
        "agenda": [{"stage": "talks", "issues": issues}],
    }
    if ties:
        pact: Tree = {"members": sorted({state for pair in ties for state in pair}), "ties": {}}
        for (source, target), tie in ties.items():
            pact["ties"].setdefault(source, {})[target] = dict(tie)
        tree["alliances"] = {"pact": pact}
    if war is not None:
        tree["issues"][war] |= {"status_quo": 0.0, "ends_war": {"at": 0.5}}
    return merged(tree, rest)


def position(said: Any) -> Tree:
    """A position from an ideal alone, or from a whole position."""
    return {"salience": 1.0, **(dict(said) if isinstance(said, Mapping) else {"ideal": said})}


def merged(below: Tree, above: Mapping[str, Any]) -> Tree:
    """One tree put over another: mappings merge, everything else is replaced."""
    result = copy.deepcopy(below)
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else copy.deepcopy(value)
    return result


SCRATCH = tempfile.TemporaryDirectory(prefix="wedge-small-games-")


def game(tree: Mapping[str, Any], *sets: str, file: str = "game.yaml", folder: Path | None = None) -> Scenario:
    """The scenario of a tree, through the real loader. ``sets`` are as on the command line."""
    path = (folder or Path(SCRATCH.name)) / file
    path.write_text(json.dumps(tree), encoding="utf-8")  # every JSON text is a YAML text
    return load(path, sets=sets)


class Played:
    """A run of a small game, which can be asked by name."""

    def __init__(self, scenario: Scenario, *forced: Forced, seed: int = 1, world: int = 0) -> None:
        self.scenario, self.names = scenario, scenario.names
        self.run: Run = play(scenario, seed, world, forced)

    @property
    def moments(self) -> list[Moment]:
        """Every round, as it stood when it was over."""
        return self.run.moments

    def at(self, n: int, field: int, state: str) -> float:
        """A field of a state after round n."""
        return float(self.moments[n].state[field, self.names.states.index(state)])

    def stances(self, n: int) -> dict[str, str]:
        """What each state did with the proposal of round n."""
        return {name: STANCES[int(self.at(n, f.STANCE, name))] for name in self.names.states}

    def reasons(self, n: int) -> dict[str, str]:
        """Why."""
        return {name: REASONS[int(self.at(n, f.REASON, name))] for name in self.names.states}

    def every(self, field: int, state: str) -> list[float]:
        """A field of a state, round by round."""
        return [self.at(n, field, state) for n in range(len(self.moments))]

    def lane(self, n: int, field: int) -> float:
        """A field of the talks as a whole after round n."""
        return float(self.moments[n].lane[field])

    def floor(self) -> list[str]:
        """Who had the floor, round by round; an empty string for nobody."""
        holders = [int(moment.lane[f.FLOOR]) for moment in self.moments]
        return [self.names.states[i] if i >= 0 else "" for i in holders]

    def table(self) -> list[str]:
        """The stage that was on the table, round by round; an empty string for none."""
        stages = [int(moment.lane[f.ON_TABLE]) for moment in self.moments]
        return [self.names.stages[g] if g >= 0 else "" for g in stages]

    def moves(self) -> list[str]:
        """What the floor was used for, round by round."""
        return [MOVES[int(moment.lane[f.MOVE])] for moment in self.moments]

    def ending(self) -> str:
        """How the talks ended."""
        return ENDS[int(self.moments[-1].lane[f.TALKS])]

    def issue(self, n: int, field: int, issue: str) -> float:
        """A field of an issue after round n."""
        return float(self.moments[n].issue[field, self.names.issues.index(issue)])

    def proposed(self, n: int) -> dict[str, float]:
        """The levels on the table in round n."""
        return {name: self.issue(n, f.PROPOSAL, name) for name in self.names.issues}

    def tie(self, n: int, field: int, source: str, target: str) -> float:
        """A field of a tie after round n."""
        states = self.names.states
        return float(self.moments[n].tie[field, states.index(source), states.index(target)])

    def commitments(self, source: str, target: str) -> list[float]:
        """The commitment of a tie, round by round."""
        return [self.tie(n, f.COMMITMENT_NOW, source, target) for n in range(len(self.moments))]

    def strain(self, n: int, source: str, target: str) -> dict[str, float]:
        """What round n did to a tie, by channel; channels that did nothing are left out."""
        i, j = self.names.states.index(source), self.names.states.index(target)
        done = {channel: float(self.moments[n].strain[c, i, j]) for c, channel in enumerate(CHANNELS)}
        return {channel: change for channel, change in done.items() if change != 0.0}

    def happened(self, event: str) -> list[int]:
        """The rounds in which an event happened."""
        e = self.names.events.index(event)
        times = [int(moment.event[f.EVENT_TIMES, e]) for moment in self.moments]
        return [n for n, now in enumerate(times) if now > (times[n - 1] if n else 0)]


class Board:
    """The arrays of one world, opened and not yet played, with names for its places."""

    def __init__(self, scenario: Scenario, seed: int = 1, world: int = 0) -> None:
        self.scenario, self.names, self.s = scenario, scenario.names, scenario.setting
        self.x, self.w = empty_arrays(self.s, 1)
        open_world(self.s, self.x, self.w, seed, world, 0, 0)

    @property
    def all(self) -> tuple[Any, Any, Any]:
        """Setting, numbers and world, as most rules take them."""
        return self.s, self.x, self.w

    def i(self, state: str) -> int:
        """The index of a state."""
        return self.names.states.index(state)

    def k(self, issue: str) -> int:
        """The index of an issue."""
        return self.names.issues.index(issue)

    def g(self, stage: str) -> int:
        """The index of a stage."""
        return self.names.stages.index(stage)

    def place(self, path: str) -> int:
        """The flat place of a number."""
        return self.names.numbers.index(path)

    def state(self, field: int, name: str) -> float:
        """A field of a state."""
        return float(self.w.state[field, self.i(name), 0])

    def tie(self, field: int, source: str, target: str) -> float:
        """A field of a tie."""
        return float(self.w.tie[field, self.i(source), self.i(target), 0])

    def books(self, source: str, target: str) -> dict[str, float]:
        """The books of a tie, without the channels in which nothing stands."""
        i, j = self.i(source), self.i(target)
        return {c: float(self.w.books[n, i, j, 0]) for n, c in enumerate(CHANNELS) if self.w.books[n, i, j, 0] != 0.0}

    def put(self, field: int, **values: float) -> None:
        """Set a field of several states."""
        for name, value in values.items():
            self.w.state[field, self.i(name), 0] = value

    def put_tie(self, field: int, source: str, target: str, value: float) -> None:
        """Set a field of a tie."""
        self.w.tie[field, self.i(source), self.i(target), 0] = value

    def propose(self, **levels: float) -> None:
        """Put levels on the table."""
        for issue, level in levels.items():
            self.w.issue[f.PROPOSAL, self.k(issue), 0] = level

    def proposed(self) -> dict[str, float]:
        """The levels on the table."""
        return {name: float(self.w.issue[f.PROPOSAL, k, 0]) for k, name in enumerate(self.names.issues)}
