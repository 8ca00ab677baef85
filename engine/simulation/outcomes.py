"""What the ends of many worlds say, as tables of plain columns; the same for both drivers."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model import world as f
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import Setting
from wedge.engine.model.words import CHANNELS, ENDS, STAGE_STATES
from wedge.engine.model.world import World

Table = dict[str, np.ndarray]


class Outcomes(NamedTuple):
    """Tables by name, and the strain of every round summed over worlds, ``[rounds, 8, S, S]``."""

    tables: dict[str, Table]
    sums: np.ndarray


TABLES = ("runs", "alliances", "ties", "states", "issues", "stages", "events", "inputs")


def outcomes_of(
    scenario: Any,
    seed: int,
    worlds: np.ndarray,
    x: Numbers,
    w: World,
    sums: np.ndarray,
    only: tuple[str, ...] = TABLES,
) -> Outcomes:
    """The tables of an experiment (or ``only`` some) from the arrays of its worlds, one lane a world."""
    teller = _Teller(scenario.setting, scenario.names, seed, worlds, x, w)
    return Outcomes({table: getattr(teller, table)() for table in only}, sums)


class _Teller:
    """Reads arrays of ends into columns. A round r ends on day (r + 1) x days."""

    def __init__(self, s: Setting, names: Any, seed: int, worlds: np.ndarray, x: Numbers, w: World) -> None:
        self.s, self.names, self.seed, self.worlds, self.x, self.w = s, names, seed, worlds, x, w

    def day(self, rounds: np.ndarray) -> np.ndarray:
        """The day on which a round ends; NaN where there is no such round."""
        return np.where(rounds >= 0, (rounds + 1) * self.s.days, np.nan)

    def runs(self) -> Table:
        lane, names = self.w.lane, self.names
        state = self.w.state
        end = lane[f.END_ROUND]
        standing = self.w.stage[f.STANDING]
        return {
            "world": self.worlds.copy(),
            "ending": _named(ENDS, lane[f.TALKS]),
            "end_round": whole(end),
            "end_day": self.day(end),
            "peace_day": self.day(lane[f.PEACE_ROUND]),
            "walker": _named(names.states, lane[f.WALKER]),
            "blamed": _most(names.states, state[f.BLAMED]),
            "proposals": whole(lane[f.REFUSED] + lane[f.AGREED]),
            "refused": whole(lane[f.REFUSED]),
            "agreed": whole(lane[f.AGREED]),
            "breaches": whole(lane[f.BREACHES]),
            "stages_settled": (standing == 1).sum(axis=0),
            "stages_lapsed": (standing == 2).sum(axis=0),
        }

    def alliances(self) -> Table:
        fractured, split = self.w.alliance[f.ALLIANCE_FRACTURED], self.w.alliance[f.ALLIANCE_SPLIT]
        return self._long(
            {"alliance": self.names.alliances},
            {
                "fractured": fractured >= 0,
                "fracture_round": whole(fractured),
                "fracture_day": self.day(fractured),
                "split": split >= 0,
                "split_round": whole(split),
                "split_day": self.day(split),
            },
        )

    def ties(self) -> Table:
        rows = np.argwhere(self.s.tie == 1)
        i, j = rows[:, 0], rows[:, 1]
        tie, names = self.w.tie[:, i, j], self.names.states
        books = self.w.books[:, i, j]
        broke, held, back = tie[f.FRACTURE_ROUND], tie[f.WITHHELD_ROUND], tie[f.RESTORED_ROUND]
        columns = {
            "commitment_start": self.x.tie[0, i, j],
            "commitment_end": tie[f.COMMITMENT_NOW],
            "lowest": tie[f.LOWEST],
            "fractured": broke >= 0,
            "fracture_round": whole(broke),
            "fracture_day": self.day(broke),
            "withheld": held >= 0,
            "withheld_round": whole(held),
            "withheld_day": self.day(held),
            "suspended": tie[f.SUSPENDED_ROUND] >= 0,
            "suspended_round": whole(tie[f.SUSPENDED_ROUND]),
            "suspended_day": self.day(tie[f.SUSPENDED_ROUND]),
            "restored": back >= 0,
            "restored_round": whole(back),
            "withheld_rounds": whole(tie[f.WITHHELD_ROUNDS]),
        }
        columns |= {channel: books[c] for c, channel in enumerate(CHANNELS)}
        return self._long({"source": [names[a] for a in i], "target": [names[b] for b in j]}, columns)

    def states(self) -> Table:
        state = self.w.state
        columns = {
            "payoff": state[f.PAYOFF],
            "weariness": state[f.WEARINESS_NOW],
            "proposed": whole(state[f.PROPOSED]),
            "passed": whole(state[f.PASSES]),
            "consulted": whole(state[f.CONSULTATIONS]),
            "accepted": whole(state[f.ACCEPTED]),
            "conceded": whole(state[f.CONCEDED]),
            "rejected": whole(state[f.REJECTED]),
            "blame": state[f.BLAMED],
            "gone": state[f.GONE] == 1,
            "conceded_precondition": state[f.PRECONDITION_ROUND] >= 0,
            "precondition_round": whole(state[f.PRECONDITION_ROUND]),
            "order": _named(self.names.orders, state[f.ORDER]),
            "first_order": _named(self.names.orders, state[f.FIRST_ORDER]),
            "order_changes": whole(state[f.ORDER_CHANGES]),
            "order_round": whole(state[f.ORDER_ROUND]),
            "stake_won": state[f.STAKE_WON],
            "audience_paid": state[f.AUDIENCE_PAID],
        }
        return self._long({"state": self.names.states}, columns)

    def issues(self) -> Table:
        issue = self.w.issue
        columns = {
            "settled": issue[f.IS_SETTLED] == 1,
            "level": issue[f.LEVEL_NOW],
            "settled_round": whole(issue[f.ISSUE_ROUND]),
            "settled_day": self.day(issue[f.ISSUE_ROUND]),
        }
        return self._long({"issue": self.names.issues}, columns)

    def stages(self) -> Table:
        stage = self.w.stage
        columns = {
            "standing": _named(STAGE_STATES, stage[f.STANDING]),
            "settled_round": whole(stage[f.SETTLED_ROUND]),
            "rounds_used": whole(stage[f.ROUNDS_USED]),
            "proposals": whole(stage[f.PROPOSALS]),
        }
        return self._long({"stage": self.names.stages}, columns)

    def events(self) -> Table:
        event = self.w.event
        day = event[f.EVENT_DAY_NOW]
        columns = {
            "happened": event[f.EVENT_ROUND] >= 0,
            "round": whole(event[f.EVENT_ROUND]),
            "day": np.where(day >= 0, day, np.nan),
            "times": whole(event[f.EVENT_TIMES]),
        }
        return self._long({"event": self.names.events}, columns)

    def inputs(self) -> Table:
        """The numbers as they were drawn, one column for each that is uncertain."""
        from wedge.engine.simulation.drawing import drawn_inputs

        return {"world": self.worlds.copy(), **drawn_inputs(self.s, self.names, self.seed, self.worlds)}

    def _long(self, keys: dict[str, list[str]], columns: dict[str, np.ndarray]) -> Table:
        """Columns ``[items, lanes]`` as a long table, world by world and item by item."""
        items = len(next(iter(keys.values())))
        table: Table = {"world": np.repeat(self.worlds, items)}
        for key, labels in keys.items():
            table[key] = np.tile(np.array(labels, dtype=object), len(self.worlds))
        for name, values in columns.items():
            table[name] = np.ascontiguousarray(values.T).reshape(-1)
        return table


def whole(values: np.ndarray) -> np.ndarray:
    """Whole numbers that were carried as floats."""
    return values.astype(np.int64)


def _named(names: Any, numbers: np.ndarray) -> np.ndarray:
    """Names for numbers; an empty string for -1."""
    words = np.array([*names, ""], dtype=object)
    return words[numbers.astype(np.int64)]


def _most(names: Any, values: np.ndarray) -> np.ndarray:
    """The name with the largest value in each column, or an empty string where all are zero."""
    leader = np.where(values.max(axis=0) > 0, values.argmax(axis=0), -1)
    return _named(names, leader)
