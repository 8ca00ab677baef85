"""Every round of the first worlds, kept by either driver."""

import numpy as np
import pytest

from wedge.engine.experiment.rounds import told_rounds, told_whole
from wedge.engine.experiment.store import ROUNDS
from wedge.engine.scenario import load

WORLDS = [0, 3, 4]


@pytest.fixture(scope="module")
def first_steps():
    """A small war, with an event, noise and a policy of every kind."""
    return load("tutorial/first_steps")


def same(one, other):
    """Whether two tables are equal to the bit, column by column."""
    return list(one) == list(other) and all(
        np.array_equal(one[name], other[name]) and one[name].dtype == other[name].dtype for name in one
    )


def test_both_drivers_keep_the_same_rounds(first_steps):
    """Of worlds told one after another by hand, or kept by the kernel on its way."""
    by_hand, by_batch = (told_rounds(first_steps, 7, WORLDS, driver) for driver in ("traced", "batch"))
    assert set(ROUNDS) == set(by_hand) == set(by_batch)
    assert all(same(by_hand[name], by_batch[name]) for name in ROUNDS)


def test_both_tell_how_the_worlds_end(first_steps):
    """Ends, rounds and sums of strain from playing them once."""
    by_hand, by_batch = (told_whole(first_steps, 7, WORLDS, driver) for driver in ("traced", "batch"))
    assert np.array_equal(by_hand.outcomes.sums, by_batch.outcomes.sums)
    for name, table in by_hand.outcomes.tables.items():
        for column, values in table.items():
            assert np.array_equal(values, by_batch.outcomes.tables[name][column], equal_nan=values.dtype.kind == "f")


def test_no_worlds_make_empty_tables(first_steps):
    """With all their columns."""
    for driver in ("traced", "batch"):
        tables = told_rounds(first_steps, 7, [], driver)
        assert all(len(column) == 0 for table in tables.values() for column in table.values())
        assert all("world" in table for table in tables.values())
