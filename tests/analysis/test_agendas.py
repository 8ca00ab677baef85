"""Every order of the stages of one scenario, made by the loader, ranked in the same worlds."""

from pathlib import Path

import pytest

from wedge.engine.analysis.agendas import any_fracture, orders_of, ranked, sentences_of
from wedge.engine.experiment import ExperimentError
from wedge.engine.scenario import load

SMALL = str(Path(__file__).parents[1] / "experiment" / "small.yaml")


def test_three_stages_have_six_orders_the_written_one_first():
    """Each a chain; the order as written is the scenario itself, another is the other packaged scenario."""
    orders = orders_of("alaska_2025/territory_first")
    assert ("territory", "ceasefire", "terms") == orders[0].stages
    assert 6 == len({order.scenario.sha256 for order in orders})
    by_label = {order.label: order.scenario.sha256 for order in orders}
    for name, label in (("territory_first", orders[0].label), ("ceasefire_first", "ceasefire → territory → terms")):
        assert load(f"alaska_2025/{name}").sha256 == by_label[label]


def test_an_order_can_be_made_again_from_its_setting():
    """The --set it names gives the same scenario."""
    for order in orders_of(SMALL):
        assert load(SMALL, sets=[order.setting]).sha256 == order.scenario.sha256


def test_kept_preconditions_leave_the_orders_that_obey_them():
    """The ceasefire waits for the border, so one order is left; with the border free of it, two."""
    assert ["border → ceasefire"] == [order.label for order in orders_of(SMALL, keep=True)]
    free = orders_of(SMALL, sets=["agenda.ceasefire.after=null"], keep=True)
    assert ["border → ceasefire", "ceasefire → border"] == [order.label for order in free]
    assert free[0].scenario.sha256 != load(SMALL).sha256


def test_too_many_orders_are_refused_with_a_cure():
    """Rather than played for a day."""
    with pytest.raises(ExperimentError, match="6 orders of 3 stages are too many: at most 4") as refused:
        orders_of("alaska_2025/territory_first", most=4)
    assert "--most" in refused.value.help
    with pytest.raises(ExperimentError, match="one stage"):
        orders_of("alaska_2025/package")


def test_the_order_that_fractures_least_comes_first(pair):
    """With payoffs, and with its neighbour compared world by world."""
    found = ranked(orders_of(SMALL), pair)
    assert list(found.ranking["share"]) == sorted(found.ranking["share"])
    counts = [int(any_fracture(experiment).sum()) for experiment in found.experiments]
    assert counts == list(found.ranking["count"])
    (row,) = found.neighbours.to_dict("records")
    assert counts[1] - counts[0] == row["only_a"] - row["only_b"]
    assert {"payoff.patron", "payoff.client", "payoff.challenger"} <= set(found.ranking.columns)
    assert "is number" in sentences_of(found)[-1]
    assert found.as_json()["orders"][0]["set"].startswith("agenda=[")
