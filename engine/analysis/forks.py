"""Futures from a fork: a world played on from a round as it was, and with something changed.

All futures share the past. ``many_futures`` draws all luck anew from the round of the fork on, the same
fresh luck for both courses, so that their difference is paired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wedge.engine.analysis.comparison import records
from wedge.engine.analysis.estimates import mean_of, share_of
from wedge.engine.analysis.paired import paired_means, paired_shares, paired_table
from wedge.engine.analysis.seating import Course
from wedge.engine.simulation.forcing import BRANCH, Forced
from wedge.engine.simulation.outcomes import Table, outcomes_of
from wedge.engine.simulation.variants import play_past, play_variants

LABELS = ("was", "changed")
WORTH_COMPILING = 12_000  # rounds from which on a first compilation pays


@dataclass(frozen=True)
class Futures:
    """What happened how often in the futures of one or two courses; tables are data frames, intervals hold 95 %."""

    round: int  # of the fork, from 0
    count: int  # futures of each course
    shares: Any  # observable, title, n, share_was, low_was, high_was; with a changed course share_changed … too, and
    #              both, neither, only_was, only_changed, difference (changed less was), low, high, p, told_apart
    means: Any  # observable, title, unit, n, mean_was; with a changed course mean_changed, difference, low, high, p

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        tables = {"shares": records(self.shares), "means": records(self.means)}
        return {"round": self.round, "futures": self.count} | tables


def many_futures(
    course: Course,
    changed: Course | None,
    seed: int,
    world: int,
    n: int,
    count: int = 1000,
    compiled: bool | None = None,
) -> Futures:
    """Play so many futures of a course from round ``n`` on (from 0) and, in the same futures, of a changed one.

    Both must be the same before round ``n``: raises ValueError where the changed one is not.
    """
    courses = [course, *([changed] if changed is not None else [])]
    if changed is not None and any(move.round < n for move in set(changed.forced) - set(course.forced)):
        raise ValueError(f"something changes before round {n}")
    quick = count * (int(course.scenario.setting.rounds) - n) >= WORTH_COMPILING if compiled is None else compiled
    tables = [_tables(one, seed, world, n, count, quick) for one in courses]
    shares = [_shares(one.scenario, table) for one, table in zip(courses, tables, strict=True)]
    means = [_means(one.scenario, table) for one, table in zip(courses, tables, strict=True)]
    return Futures(n, count, _share_rows(shares), _mean_rows(means))


def _tables(course: Course, seed: int, world: int, n: int, count: int, quick: bool) -> dict[str, Table]:
    """The tables of outcomes, with the number of the future, from 1, for that of the world."""
    scenario = course.scenario
    past = play_past(scenario, seed, world, course.forced, interpreted=not quick)
    ends = play_variants(past, [[Forced(n, BRANCH, value=float(branch))] for branch in range(1, count + 1)])
    states = len(scenario.setting.state_id)
    nothing = np.zeros((past.rounds, 8, states, states))
    tables = outcomes_of(scenario, seed, np.full(count, world), ends.x, ends.w, nothing).tables
    for table in tables.values():
        table["world"] = np.repeat(np.arange(1, count + 1), len(table["world"]) // count)
    return tables


Columns = dict[str, tuple[str, str, np.ndarray]]  # by observable: its title, its unit and its values, future by future


def _shares(scenario: Any, tables: dict[str, Table]) -> Columns:
    """What happened or did not in each future."""
    names = scenario.names
    found: Columns = {}
    for alliance, title in zip(names.alliances, names.alliance_titles, strict=True):
        for what, said in (("fractured", "fractures"), ("split", "splits")):
            values = _where(tables["alliances"], "alliance", alliance, what)
            found[f"alliances.{alliance}.{what}"] = (f"{title} {said}", "", values)
    for source, target, title in _ties(scenario):
        for what, said in (("fractured", "fractures"), ("withheld", "support is withheld")):
            colon = "" if what == "fractured" else ":"
            values = _tie_column(tables["ties"], source, target, what)
            found[f"ties.{source}.{target}.{what}"] = (f"{title}{colon} {said}", "", values)
    found["talks.settled"] = ("everything is settled", "", tables["runs"]["ending"] == "settled")
    if scenario.setting.war_issue >= 0:
        found["talks.peace"] = ("the war ends", "", ~np.isnan(tables["runs"]["peace_day"]))
    for issue, title in zip(names.issues, names.issue_titles, strict=True):
        found[f"issues.{issue}.settled"] = (
            f"{title}: settled",
            "",
            _where(tables["issues"], "issue", issue, "settled"),
        )
    return found


def _means(scenario: Any, tables: dict[str, Table]) -> Columns:
    """What is a number in each future."""
    found: Columns = {}
    for source, target, title in _ties(scenario):
        values = _tie_column(tables["ties"], source, target, "commitment_end")
        found[f"ties.{source}.{target}.commitment_end"] = (f"{title}: commitment at the end", "share", values)
    for state, title in zip(scenario.names.states, scenario.names.state_titles, strict=True):
        values = _where(tables["states"], "state", state, "payoff")
        found[f"states.{state}.payoff"] = (f"{title}: payoff", "utility", values)
    return found


def _ties(scenario: Any) -> list[tuple[str, str, str]]:
    names = scenario.names
    return [
        (names.states[i], names.states[j], f"{names.state_titles[i]} → {names.state_titles[j]}")
        for i, j in np.argwhere(scenario.setting.tie == 1)
    ]


def _where(table: Table, key: str, name: str, column: str) -> np.ndarray:
    return np.asarray(table[column][table[key] == name])


def _tie_column(table: Table, source: str, target: str, column: str) -> np.ndarray:
    return np.asarray(table[column][(table["source"] == source) & (table["target"] == target)])


def _share_rows(found: Sequence[Columns]) -> Any:
    import pandas as pd

    rows = []
    for observable, (title, _, values) in found[0].items():
        row: dict[str, Any] = {"observable": observable, "title": title, "n": len(values)}
        columns = [values, *(other[observable][2] for other in found[1:])]
        for label, column in zip(LABELS, columns, strict=False):
            of = share_of(int(column.sum()), len(column))
            row |= {f"share_{label}": of.share, f"low_{label}": of.low, f"high_{label}": of.high}
        if len(columns) == 2:
            cells = paired_table(columns[1], columns[0])
            difference = paired_shares(cells)
            row |= {
                "both": cells.both,
                "neither": cells.neither,
                "only_was": cells.only_b,
                "only_changed": cells.only_a,
            }
            row |= difference._asdict() | {"told_apart": difference.told_apart}
        rows.append(row)
    return pd.DataFrame(rows)


def _mean_rows(found: Sequence[Columns]) -> Any:
    import pandas as pd

    rows = []
    for observable, (title, unit, values) in found[0].items():
        row: dict[str, Any] = {"observable": observable, "title": title, "unit": unit, "n": len(values)}
        columns = [values, *(other[observable][2] for other in found[1:])]
        row |= {f"mean_{label}": mean_of(column).mean for label, column in zip(LABELS, columns, strict=False)}
        if len(columns) == 2:
            row |= paired_means(columns[1], columns[0])[1]._asdict()
        rows.append(row)
    return pd.DataFrame(rows)
