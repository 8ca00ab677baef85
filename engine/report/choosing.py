"""Choosing a world to tell: one that is typical of many, or the first in which an alliance fractures."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.report.wording import Wording, per_cent
from wedge.engine.simulation.many import Driver, play_many

BLOCKS = (25, 75, 200)  # worlds played told, one after another, before the rest are played in a batch
WORTH_A_BATCH = 500  # worlds from which a batch is worth its compilation


class Chosen(NamedTuple):
    """A world, and how it was chosen."""

    world: int
    how: str


def first_fracture(scenario: Any, seed: int, worlds: int) -> Chosen | None:
    """The first of so many worlds in which an alliance fractures; None if there is none."""
    for block in _blocks(worlds):
        table = play_many(scenario, seed, block, driver=_driver(scenario, len(block))).tables["alliances"]
        broken = table["world"][table["fractured"]]
        if len(broken):
            world = int(broken.min())
            return Chosen(world, f"World {world} is the first of seed {seed} in which an alliance fractures.")
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
    tables = play_many(scenario, seed, np.arange(worlds), driver=_driver(scenario, worlds)).tables
    distance = np.zeros(worlds)
    for column in _questions(tables).values():
        distance += column != Counter(column.tolist()).most_common(1)[0][0]
    for values in _numbers(tables).values():
        distance += _distance_to_median(values)
    world = int(distance.argmin())
    return Chosen(world, _how(scenario, tables, world, worlds))


def _by_item(table: dict[str, np.ndarray], key: str, column: str) -> dict[str, np.ndarray]:
    """A column of a long table, one array over worlds for each item."""
    return {f"{item}.{column}": table[column][table[key] == item] for item in dict.fromkeys(table[key].tolist())}


def _ties(table: dict[str, np.ndarray], column: str) -> dict[str, np.ndarray]:
    pairs = dict.fromkeys(zip(table["source"].tolist(), table["target"].tolist(), strict=True))
    return {f"{i}.{j}.{column}": table[column][(table["source"] == i) & (table["target"] == j)] for i, j in pairs}


def _questions(tables: dict[str, dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """What is answered by a word or by yes and no in each world."""
    runs = {column: tables["runs"][column] for column in ("ending", "walker", "blamed")}
    found = (
        runs | _by_item(tables["alliances"], "alliance", "fractured") | _by_item(tables["stages"], "stage", "standing")
    )
    return found | _ties(tables["ties"], "withheld") | _by_item(tables["states"], "state", "conceded_precondition")


def _numbers(tables: dict[str, dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """What is a number in each world."""
    found = {"end_round": tables["runs"]["end_round"].astype(float)}
    found |= _by_item(tables["issues"], "issue", "level") | _by_item(tables["states"], "state", "weariness")
    return found | _ties(tables["ties"], "commitment_end") | _ties(tables["ties"], "lowest")


def _distance_to_median(values: np.ndarray) -> np.ndarray:
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    spread = high - low if high > low else np.abs(values - middle).max()
    return np.abs(values - middle) / spread if spread > 0 else np.zeros(len(values))


def _how(scenario: Any, tables: dict[str, dict[str, np.ndarray]], world: int, worlds: int) -> str:
    """How the world was chosen, and how common its main answers are."""
    words, runs, alliances = Wording(scenario), tables["runs"], tables["alliances"]
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
        f"World {world} is the most typical of {worlds}: nearest to their medians and commonest outcomes in how and when "
        f"the talks end, which stages and levels are settled, commitments, support, blame and weariness. In it "
        f"{'; '.join(parts)}."
    )


def _of(column: np.ndarray, answer: Any) -> str:
    """The share of worlds with the same answer."""
    return per_cent(float(np.mean(column == answer)))
