"""Choosing a world to tell: one that is typical of many, or the first in which an alliance fractures.

Among worlds that are played for it, or among those of an experiment that are stored.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.totals import FIRST
from wedge.engine.report.wording import Wording, per_cent
from wedge.engine.simulation.many import Driver, play_many

BLOCKS = (25, 75, 200)  # worlds played told, one after another, before the rest are played in a batch
WORTH_A_BATCH = 500  # worlds from which a batch is worth its compilation
STORED = ("runs", "alliances", "ties", "states", "issues", "stages")

Tables = dict[str, dict[str, np.ndarray]]


class Chosen(NamedTuple):
    """A world, and how it was chosen."""

    world: int
    how: str


def first_fracture(scenario: Any, seed: int, worlds: int) -> Chosen | None:
    """The first of so many worlds in which an alliance fractures; None if there is none."""
    for block in _blocks(worlds):
        found = first_fracture_of(play_many(scenario, seed, block, driver=_driver(scenario, len(block))).tables, seed)
        if found is not None:
            return found
    return None


def _driver(scenario: Any, worlds: int) -> Driver:
    """Sooner compiled than for an experiment: whoever asks for one world waits for all of them."""
    return "batch" if worlds >= WORTH_A_BATCH and not scenario.outsiders else "auto"


def _blocks(worlds: int) -> Iterator[np.ndarray]:
    start = 0
    for size in (*BLOCKS, worlds):
        stop = min(worlds, start + size)
        if start < stop:
            yield np.arange(start, stop)
        start = stop


def most_typical(scenario: Any, seed: int, worlds: int) -> Chosen:
    """The world nearest to the middle of so many: to the commonest answer of each question, and to each median.

    A question answered otherwise than in most worlds counts 1, a number as far from the median as the
    middle half of worlds is wide counts 1. The lowest number wins where several are as near.
    """
    return typical_of(scenario, play_many(scenario, seed, np.arange(worlds), driver=_driver(scenario, worlds)).tables)


def typical_of(scenario: Any, tables: Tables) -> Chosen:
    """The most typical of the worlds in tables whose rows are in the order of worlds, the same items in each."""
    numbers = tables["runs"]["world"]
    worlds = len(numbers)
    distance = np.zeros(worlds)
    for column in _questions(tables).values():
        distance += column != Counter(column.tolist()).most_common(1)[0][0]
    for values in _numbers(tables).values():
        distance += _distance_to_median(values)
    place = int(distance.argmin())
    return Chosen(int(numbers[place]), _how(scenario, tables, place, worlds))


def stored_tables(experiment: Any) -> Tables:
    """The tables of an experiment's first worlds, as ``play_many`` gives them."""
    return {name: _stored(experiment, name) for name in STORED}


def _stored(experiment: Any, name: str) -> dict[str, np.ndarray]:
    keys = {"alliances": "alliance", "ties": "source, target", "states": "state", "issues": "issue", "stages": "stage"}
    order = f"world, {keys[name]}" if name in keys else "world"
    frame = experiment.ask(f'SELECT * FROM "{name}" WHERE {FIRST} ORDER BY {order}')
    return {column: frame[column].to_numpy() for column in frame}


def first_fracture_of(tables: Tables, seed: int) -> Chosen | None:
    """The lowest of the worlds in which an alliance fractures; None if there is none."""
    broken = tables["alliances"]["world"][tables["alliances"]["fractured"].astype(bool)]
    if not len(broken):
        return None
    world = int(broken.min())
    return Chosen(world, f"World {world} is the first of seed {seed} in which an alliance fractures.")


def _by_item(table: dict[str, np.ndarray], key: str, column: str) -> dict[str, np.ndarray]:
    """A column of a long table, one array over worlds for each item."""
    return {f"{item}.{column}": table[column][table[key] == item] for item in dict.fromkeys(table[key].tolist())}


def _ties(table: dict[str, np.ndarray], column: str) -> dict[str, np.ndarray]:
    pairs = dict.fromkeys(zip(table["source"].tolist(), table["target"].tolist(), strict=True))
    return {f"{i}.{j}.{column}": table[column][(table["source"] == i) & (table["target"] == j)] for i, j in pairs}


def _questions(tables: Tables) -> dict[str, np.ndarray]:
    """What is answered by a word or by yes and no in each world."""
    runs = {column: tables["runs"][column] for column in ("ending", "walker", "blamed")}
    found = (
        runs | _by_item(tables["alliances"], "alliance", "fractured") | _by_item(tables["stages"], "stage", "standing")
    )
    return found | _ties(tables["ties"], "withheld") | _by_item(tables["states"], "state", "conceded_precondition")


def _numbers(tables: Tables) -> dict[str, np.ndarray]:
    """What is a number in each world."""
    found = {"end_round": tables["runs"]["end_round"].astype(float)}
    found |= _by_item(tables["issues"], "issue", "level") | _by_item(tables["states"], "state", "weariness")
    return found | _ties(tables["ties"], "commitment_end") | _ties(tables["ties"], "lowest")


def _distance_to_median(values: np.ndarray) -> np.ndarray:
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    spread = high - low if high > low else np.abs(values - middle).max()
    return np.abs(values - middle) / spread if spread > 0 else np.zeros(len(values))


def _how(scenario: Any, tables: Tables, world: int, worlds: int) -> str:
    """How the world was chosen, and how common its main answers are."""
    words, runs, alliances = Wording(scenario), tables["runs"], tables["alliances"]
    number = int(runs["world"][world])
    ends = {
        "settled": "the talks succeed",
        "out_of_rounds": "the talks run out of time",
        "walked_out": "a needed state walks out",
        "broken_down": "the talks break down",
        "going": "the talks are still going",
    }
    ending = runs["ending"][world]
    parts = [f"{ends[ending]}, as in {_of(runs['ending'], ending)} of them"]
    for name, title in zip(words.names.alliances, words.alliance_titles, strict=True):
        broke = alliances["fractured"][alliances["alliance"] == name]
        parts.append(f"{title} {'fractured' if broke[world] else 'held'}, as in {_of(broke, broke[world])}")
    return (
        f"World {number} is the most typical of {worlds:,}: nearest to their medians and commonest outcomes in how and when "
        f"the talks end, which stages and levels are settled, commitments, support, blame and weariness. In it "
        f"{'; '.join(parts)}."
    )


def _of(column: np.ndarray, answer: Any) -> str:
    """The share of worlds with the same answer."""
    return per_cent(float(np.mean(column == answer)))
