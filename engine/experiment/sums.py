"""Strain summed over worlds, by round, tie and channel: part by part, always in the same order.

Adding floats in another order changes the last bits. So a part's sums are stored with it, and the
whole is folded part after part from the first, whoever played which.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wedge.engine.experiment.files import Table, column_in


def table_of_sums(sums: Any) -> Table:
    """A part's sums, ``[rounds, channels, S, S]``, as one column in C order."""
    return {"change": sums.ravel()}


def sums_of(scenario: Any, parts: Sequence[Path]) -> Table:
    """The parts' sums folded, as columns round, source, target, channel, change (summed over worlds)."""
    import numpy as np

    from wedge.engine.model.words import CHANNELS

    setting, names = scenario.setting, np.array(scenario.names.states, dtype=object)
    states = len(names)
    whole = np.zeros((setting.rounds, len(CHANNELS), states, states))
    for path in parts:
        whole += column_in(path, "change").reshape(whole.shape)
    ties = np.argwhere(setting.tie == 1)
    rounds, tie, channel = np.meshgrid(
        np.arange(setting.rounds), np.arange(len(ties)), np.arange(len(CHANNELS)), indexing="ij"
    )
    source, target = ties[tie.ravel(), 0], ties[tie.ravel(), 1]
    return {
        "round": rounds.ravel(),
        "source": names[source],
        "target": names[target],
        "channel": np.array(CHANNELS, dtype=object)[channel.ravel()],
        "change": whole[rounds.ravel(), channel.ravel(), source, target],
    }
