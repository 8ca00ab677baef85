"""Pairs of worlds in which single numbers are taken over from one to the other."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.inputs import Input, drawn
from wedge.engine.analysis.trials import SIZE, Block, Trials, blocks_of


class Swapped(NamedTuple):
    """Outcomes of N pairs of worlds, 2 i and 2 i + 1."""

    first: np.ndarray  # [N] the first world as it is
    second: np.ndarray  # [N] the second as it is
    with_number: np.ndarray  # [K, N] the first with number k of the second
    with_luck: np.ndarray  # [N] the numbers of the first with everything else of the second


def swap(trials: Trials, inputs: Sequence[Input], pairs: int, title: str, luck: bool = True) -> Swapped:
    """Play that many pairs of worlds, each input swapped alone; ``luck`` says whether everything else is swapped too."""
    first, second = np.arange(pairs) * 2, np.arange(pairs) * 2 + 1
    of_first = drawn(trials.scenario, inputs, trials.seed, first)
    of_second = drawn(trials.scenario, inputs, trials.seed, second)
    groups: list[list[Block]] = [blocks_of(first), blocks_of(second)]
    for k, number in enumerate(inputs):
        groups.append(blocks_of(first, [number.place], of_second[:, [k]]))
    if luck:
        groups.append(blocks_of(second, [number.place for number in inputs], of_first))
    parts = trials.play(title, [block for group in groups for block in group])
    each = -(-pairs // SIZE)
    found = [np.concatenate(parts[g * each : (g + 1) * each]) for g in range(len(groups))]
    swapped = np.array(found[2 : 2 + len(inputs)]).reshape(len(inputs), pairs)
    return Swapped(found[0], found[1], swapped, found[-1] if luck else found[0])


def most_telling(found: Swapped, most: int) -> Any:
    """The places of the inputs whose swap changed the outcome most, the first declared first where they are even."""
    change = ((found.with_number - found.first) ** 2).mean(axis=1)
    return np.argsort(-change, kind="stable")[:most]
