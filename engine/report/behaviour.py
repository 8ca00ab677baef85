"""How the model behaves: the Alaska scenarios played under many changes, each paired with the case it departs from.

What a reader would expect is written down before the arms are played; the page says what was
found, whichever way it falls. Nothing here is a target.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.paired import paired_shares, paired_table
from wedge.engine.model.distributions import FIXED, drawn_value
from wedge.engine.model.setting import TIE_SHOCK
from wedge.engine.scenario import load
from wedge.engine.simulation.many import play_many

FOLDER = "alaska_2025"
PATRON, CLIENT = "united_states", "ukraine"
AGENDAS = ("ceasefire_first", "territory_first", "package")
COLUMNS = {
    "alliance": "an alliance tie breaks",
    "patron": "the patron's tie to its client breaks",
    "suspended": "the patron's commitment falls so low that it withholds support",
    "settled": "all stages are settled",
    "walked_out": "a needed state walks out",
    "withheld": "the patron withholds support for any reason (an input: events do it, in March above all)",
    "precondition": "the client would settle a precondition at less than it had at the start",
    "sequencing": "the patron changes its side on the order of the agenda",
    "back": "it changes its side, and ends on the side it began on",
}

Ends = dict[str, np.ndarray]


class Arm(NamedTuple):
    """One way of playing a scenario: its name, what is set, and how the loaded scenario is changed."""

    name: str
    scenario: str
    sets: tuple[str, ...] = ()
    change: Callable[[Any], Any] = lambda scenario: scenario


class Found(NamedTuple):
    """An arm's ends, and the arm it is held against."""

    arm: Arm
    ends: Ends
    base: Ends | None


def ends_of(scenario: Any, seed: int, worlds: int) -> Ends:
    """What happened in each world, as columns of true and false."""
    tables = play_many(scenario, seed, range(worlds), driver="batch").tables
    ties, runs, states, alliances = (tables[name] for name in ("ties", "runs", "states", "alliances"))
    patron = (ties["source"] == PATRON) & (ties["target"] == CLIENT)
    changes = states["order_changes"][states["state"] == PATRON]
    return {
        "alliance": alliances["fractured"].reshape(worlds, -1).any(axis=1),
        "patron": ties["fractured"][patron],
        "suspended": ties["suspended"][patron],
        "withheld": ties["withheld"][patron],
        "settled": runs["ending"] == "settled",
        "walked_out": runs["ending"] == "walked_out",
        "precondition": states["conceded_precondition"][states["state"] == CLIENT],
        "sequencing": changes > 0,
        "back": (changes > 0) & (states["order"] == states["first_order"])[states["state"] == PATRON],
    }


class Laboratory:
    """Plays arms in the same worlds and remembers what it has played."""

    def __init__(self, seed: int, worlds: int, say: Callable[[str], None]) -> None:
        self.seed, self.worlds, self.say = seed, worlds, say
        self._played: dict[tuple[str, str, tuple[str, ...]], Ends] = {}

    def play(self, arm: Arm) -> Ends:
        """The ends of an arm."""
        key = (arm.name, arm.scenario, arm.sets)
        if key not in self._played:
            self.say(f"{arm.scenario}: {arm.name}")
            self._played[key] = ends_of(arm.change(loaded(arm)), self.seed, self.worlds)
        return self._played[key]

    def as_it_is(self, scenario: str) -> Ends:
        """The ends of a scenario as its file says."""
        return self.play(Arm("as it is", scenario))

    def against_itself(self, arms: Iterable[Arm]) -> list[Found]:
        """Each arm beside the same scenario as its file says."""
        return [Found(arm, self.play(arm), self.as_it_is(arm.scenario)) for arm in arms]


def loaded(arm: Arm) -> Any:
    """The scenario of an arm."""
    return load(f"{FOLDER}/{arm.scenario}", sets=arm.sets)


def hold_at(scenario: Any, path: str, value: float) -> Any:
    """The scenario with one number fixed, whatever its distribution was."""
    return hold_all(scenario, {path: value})


def hold_all(scenario: Any, values: dict[str, float]) -> Any:
    """The scenario with several numbers fixed."""
    setting, places = scenario.setting, scenario.names.numbers
    drawn, shape = setting.drawn.copy(), setting.shape.copy()
    for path, value in values.items():
        drawn[places.index(path)] = FIXED
        shape[places.index(path), 0] = value
    return with_setting(scenario, setting._replace(drawn=drawn, shape=shape))


def with_setting(scenario: Any, setting: Any) -> Any:
    """The same scenario on other arrays."""
    if hasattr(scenario, "_replace"):
        return scenario._replace(setting=setting)
    from dataclasses import replace

    return replace(scenario, setting=setting)


def without_shocks(scenario: Any) -> Any:
    """The scenario with the effects of its events on commitments taken out."""
    setting = scenario.setting
    start = len(scenario.names.numbers) - len(setting.test) - len(setting.effect_kind) - common_count()
    shocks = [start + f for f in np.flatnonzero(setting.effect_kind == TIE_SHOCK)]
    return hold_all(scenario, {scenario.names.numbers[place]: 0.0 for place in shocks})


def common_count() -> int:
    """How many scenario-wide numbers close the flat buffer."""
    from wedge.engine.model.numbers import COMMON

    return len(COMMON)


def quantile_of(scenario: Any, path: str, share: float) -> float:
    """The value of an uncertain number at a share of its distribution."""
    setting, place = scenario.setting, scenario.names.numbers.index(path)
    return float(drawn_value(share, int(setting.drawn[place]), setting.shape[place], setting.mixture))


def most_uncertain(scenario: Any, how_many: int) -> list[str]:
    """The numbers whose middle nine tenths are widest: against 1 for shares and levels, else against their median.

    Stakes are left out, because they only pay, and so are the effects of dated events.
    """
    spread = {}
    for place in np.flatnonzero(scenario.setting.drawn != FIXED):
        path = scenario.names.numbers[place]
        low, middle, high = (quantile_of(scenario, path, share) for share in (0.05, 0.5, 0.95))
        whole = 1.0 if scenario.setting.bounds[place, 1] == 1.0 else abs(middle)
        if not path.startswith(("stakes.", "events.")) and whole > 0.0:
            spread[path] = (high - low) / whole
    return sorted(spread, key=lambda path: (-spread[path], path))[:how_many]


# The arms.

NOISE_ALONE = tuple(f"strain.{channel}=0" for channel in ("daylight", "abandonment", "burden", "rally", "shock"))
ALIKE = (
    "states.united_states.positions.donbas.ideal={triangular: [0, 0.05, 0.3]}",
    "states.united_states.positions.donbas.salience={triangular: [3, 4, 5]}",
)
INDEPENDENT = ("ties.ukraine.united_states.dependence=0", "ties.ukraine.europe.dependence=0")
SINCERE = ("states.russia.policy.courts={sincere: {margin: {uniform: [0.01, 0.04]}}}",)  # the margin of its wedge
CURES = {
    "peace is not foreseen in the war cost to come": ("assumptions.peace_foreseen=0",),
    "nothing is hoped for after the deadline": ("talks.after_hope=0",),
    "demands do not fall to nothing in the last round": ("assumptions.deadline_yields=0",),
    "the proposer takes no blame": ("assumptions.proposer_blamed=0",),
    "blame by distance alone (whoever has most at stake)": ("assumptions.fairness_counts=0",),
    "one's own refused proposal counts in full": ("assumptions.own_proposal=1",),
    "dependence does not sharpen daylight": ("assumptions.dependence_counts=0",),
    "an ally's proposal can betray too": ("assumptions.allies_betray=1",),
    "hurt is measured against the status quo, not against hopes": ("assumptions.hopes_count=0",),
    "proposers do not know red lines": ("assumptions.red_lines_known=0",),
    "proposers give all they can, to all alike": ("assumptions.gives_enough=0",),
    "a wedge is played without checking that it pays": ("assumptions.wedge_checks=0",),
}
CALENDARS = ((12, 14), (24, 7), (48, 3.5))
ONE_ISSUE_EACH = (
    "agenda=[{stage: territory, issues: [donbas], consent: [russia, ukraine, united_states]}, "
    "{stage: ceasefire, issues: [ceasefire], after: territory, consent: [russia, ukraine]}, "
    "{stage: force, issues: [guarantees], after: ceasefire}, {stage: relief, issues: [sanctions], after: force}]"
)


def share_line(column: np.ndarray) -> str:
    """A share with its Wilson interval."""
    found = share_of(int(column.sum()), len(column))
    return f"{found.share:.3f} ({found.low:.3f} to {found.high:.3f})"


def difference_line(a: np.ndarray, b: np.ndarray) -> str:
    """The paired difference of two columns, with its interval."""
    found = paired_shares(paired_table(a, b))
    return f"{found.difference:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


def direction(a: np.ndarray, b: np.ndarray) -> str:
    """In words, whether a happens more often than b."""
    found = paired_shares(paired_table(a, b))
    if not found.told_apart:
        return "cannot be told apart"
    return "more often" if found.difference > 0 else "less often"


def same_runs(first: Arm, second: Arm, seed: int, worlds: int) -> bool:
    """Whether two arms come out the same in every table, world by world."""
    one, two = (play_many(arm.change(loaded(arm)), seed, range(worlds), driver="batch") for arm in (first, second))
    for name, table in one.tables.items():
        for column, values in table.items():
            other = two.tables[name][column]
            alike = values == other if values.dtype == object else np.isclose(values, other, 0, 0, equal_nan=True)
            if not np.all(alike):
                return False
    return bool(np.array_equal(one.sums, two.sums))
