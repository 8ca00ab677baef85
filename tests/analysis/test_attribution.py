"""Through which channels ties were lost: the books end with the fracture and add up."""

import pytest
from pandas.testing import assert_series_equal
from small_games import game, small

from wedge.engine.analysis.attribution import losses, mean_losses
from wedge.engine.analysis.causes import causes
from wedge.engine.model.words import CHANNELS
from wedge.engine.simulation.many import play_many
from wedge.engine.simulation.traced import play

SIDES = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.7}}
TIES = {("crane", "anvil"): {"commitment": 0.5}, ("anvil", "crane"): {"commitment": 0.45}}


@pytest.fixture(scope="module")
def brittle():
    """Talks in which ties break often, by daylight, chance and an event, and mend a little."""
    insult = {"at": "2030-01-15", "effects": [{"shock": {"from": "crane", "to": "anvil"}, "by": -0.1}]}
    strain = {"noise": 0.02, "daylight": 2.0, "repair": 0.01}
    return game(small(SIDES, TIES, rounds=8, strain=strain, events={"insult": insult}))


@pytest.fixture(scope="module")
def lost(brittle):
    """The losses of its fractured ties in forty worlds."""
    import pandas as pd

    return losses(pd.DataFrame(play_many(brittle, 3, range(40), driver="traced").tables["ties"]))


def test_the_changes_of_a_tie_add_up_to_what_it_lost(lost):
    """From where it began to where it broke."""
    ties = lost.groupby(["world", "source", "target"])
    assert len(ties) > 20
    assert_series_equal(ties["change"].sum(), -ties["loss"].first(), check_names=False, rtol=0, atol=1e-12)
    assert_series_equal(ties["share"].sum(), ties["loss"].first() * 0 + 1.0, check_names=False, rtol=0, atol=1e-9)


def test_nothing_is_booked_after_the_fracture(brittle, lost):
    """So the books at the end of the run are those of the moment at which the tie broke."""
    one = lost[lost["fracture_round"] < 7].iloc[0]
    world, n = int(one["world"]), int(one["fracture_round"])
    run = play(brittle, 3, world)
    i, j = (brittle.names.states.index(one[end]) for end in ("source", "target"))
    until = {c: sum(float(run.moments[m].strain[k, i, j]) for m in range(n + 1)) for k, c in enumerate(CHANNELS)}
    mine = lost[(lost["world"] == world) & (lost["source"] == one["source"]) & (lost["target"] == one["target"])]
    assert until == pytest.approx(dict(zip(mine["channel"], mine["change"], strict=True)), abs=1e-12)


def test_means_add_up_and_lie_in_their_intervals(lost):
    """The shares of the mean loss are those of one whole."""
    means = mean_losses(lost)
    for _, tie in means.groupby(["source", "target"]):
        assert 1.0 == pytest.approx(tie["share"].sum(), abs=1e-9)
        assert tie["change"].sum() == pytest.approx(-tie["loss"].iloc[0], abs=1e-12)
        assert ((tie["share_low"] <= tie["share"]) & (tie["share"] <= tie["share_high"])).all()


def test_the_interval_of_a_share_is_that_of_a_ratio_of_means():
    """Two worlds that lose 0.1 and 0.3, all of it by daylight: the share is one, beyond doubt."""
    import pandas as pd

    rows = [
        {"world": w, "source": "a", "target": "b", "fractured": True, "fracture_round": 1, "commitment_start": 0.5}
        | {"commitment_end": 0.5 - loss} | dict.fromkeys(CHANNELS, 0.0) | {"daylight": -loss}
        for w, loss in enumerate((0.1, 0.3))
    ]  # fmt: skip
    daylight = mean_losses(losses(pd.DataFrame(rows))).set_index("channel").loc["daylight"]
    assert [1.0, 1.0, 1.0] == pytest.approx([daylight[c] for c in ("share", "share_low", "share_high")])


def test_where_nothing_fractured_there_is_nothing_to_attribute():
    """Empty tables with their columns."""
    scenario = game(small(SIDES, TIES, rounds=2, strain={"daylight": 0.0}))
    found = causes(scenario, 2, 1)
    assert 0 == len(found.losses) == len(found.channels) == len(found.fractures) == len(found.kinds)
    assert "share" in found.channels.columns
