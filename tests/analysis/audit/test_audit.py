"""The audit as a whole: wedges, what allies could do, and what can never happen."""

import json

import pytest
from quarrels import STAGES, source

from wedge.engine.analysis.audit import audit
from wedge.engine.analysis.audit.replies import Payoffs, better, orders_of
from wedge.engine.analysis.audit.summary import best_wedges, sentences_of, stage_table


def audited(name, **rest):
    """An audit in few worlds, without the search for replies."""
    return audit(source(name, **rest), 2, 4, 5, replies=False, driver="traced", interpreted=True)


@pytest.fixture(scope="module")
def plain():
    """The quarrel as it is."""
    return audited("plain")


def test_the_rival_finds_what_the_patron_signs_and_the_client_refuses(plain):
    """Its wedge on the weakest tie gains it something, and parts the two."""
    best = best_wedges(plain)
    mine = best[(best["divider"] == "rival") & best["weakest"]].iloc[0]
    assert ("patron", "client") == (mine["source"], mine["target"])
    assert mine["gain"] > 0 < mine["strain"]
    assert mine["divides"] > 0
    assert any("strongest wedge" in said for said in sentences_of(plain))


def test_the_cheapest_wedge_does_half_as_much_at_least(plain):
    """For no more than the strongest costs."""
    by = plain.wedges.pivot_table(
        index=["divider", "source", "target", "stage", "moment"], columns="which", values=["strain", "cost"]
    )
    assert (by["strain", "cheapest"] >= by["strain", "strongest"] / 2 - 1e-12).all()
    assert (by["cost", "cheapest"] <= by["cost", "strongest"] + 1e-12).all()


def test_allies_drive_no_wedges_against_themselves(plain):
    """Only who has allied adversaries can divide."""
    assert {"rival"} == set(plain.wedges["divider"])


def test_without_allies_there_is_nothing_to_divide():
    """And it is said."""
    found = audited("lonely", ties=None)
    assert 0 == len(found.wedges)
    assert any("No state could divide" in said for said in sentences_of(found))


def test_every_stage_has_a_row_for_each_demand_told(plain):
    """With the share that signs at each moment, for each state."""
    table = stage_table(plain, "border")
    assert 3 == len(table["client"].iloc[0])
    assert "what Rival wants" in set(table["label"])


def findings(found, kind):
    """What was found of a kind, in sentences."""
    return [row["said"] for row in found.findings.to_dict("records") if row["kind"] == kind]


def test_what_the_rival_wants_is_past_the_clients_red_line(plain):
    """In every world, since nothing is left to chance."""
    assert ["what rival wants at 'border' is past a red line of client in 100 % of worlds"] == findings(plain, "demand")


def test_an_event_that_never_comes_is_found_by_playing():
    """Its condition could hold, so that the file alone does not say so."""
    never = {"when": {"refusals": "client", "above": 5.5}, "effects": []}
    found = audited("quiet", events={"never": never})
    (row,) = [row for row in found.findings.to_dict("records") if row["kind"] == "event"]
    assert "the event 'never' never happens" == row["said"]
    assert "by playing: in none of 4 worlds" == row["how"]


def test_what_the_file_shows_is_not_told_twice():
    """An event after the last round is evident, so runs need not say it."""
    found = audited("late", events={"late": {"at": "2031-01-01", "effects": []}})
    (row,) = [row for row in found.findings.to_dict("records") if row["kind"] == "event"]
    assert "evident from the file" == row["how"]


def test_a_precondition_that_may_lapse_is_named():
    """What comes after it would never open."""
    stages = [{**STAGES[0], "rounds": 2}, STAGES[1]]
    assert ["the stage 'truce' never opens if 'border' lapses unsettled after 2 rounds on the table"] == findings(
        audited("lapsing", agenda=stages), "lapse"
    )


def test_a_seat_that_nothing_satisfies_is_named():
    """The rival wants no truce, the war costs it nothing, and it would have to sign one."""
    states = {"rival": {"positions": {"border": {"salience": 0.1}, "truce": {"ideal": 0, "salience": 9}}}}
    said = "rival must sign 'truce', and no settlement of it is worth signing to it at any moment"
    assert said in findings(audited("warlike", states=states), "seat")


def test_the_stages_can_be_taken_in_the_other_order():
    """Each after the one before it; the order as written is not tried again."""
    at = source("turned")
    assert ["order: truce, then border"] == [reply.name for reply in orders_of(at, at.load())]


def test_an_order_that_could_not_be_played_is_left_out():
    """A truce that needs the border settled first cannot come before it."""
    stages = [STAGES[0], {**STAGES[1], "possible_when": {"settled": "border"}}]
    at = source("locked", agenda=stages)
    assert [] == list(orders_of(at, at.load()))


def test_a_reply_is_better_only_where_the_runs_can_tell():
    """Fewer fractures first, then what the allies gain together; a chance lead counts for nothing."""
    import numpy as np

    never, often, one = np.zeros(40, bool), np.arange(40) % 2 == 0, np.arange(40) == 0
    flat = np.zeros(40)
    assert better(Payoffs(never, flat), Payoffs(often, flat))
    assert not better(Payoffs(often, flat + 1), Payoffs(never, flat))
    assert not better(Payoffs(never, flat), Payoffs(one, flat))
    assert better(Payoffs(never, flat + 0.1 + 0.001 * np.arange(40)), Payoffs(never, flat))


def test_replies_are_played_in_the_same_worlds(tmp_path):
    """The scenario as written is no distance from itself; a joint front is said to hold by definition."""
    found = audit(source("answered", agenda=[STAGES[0]]), 2, 3, 5, driver="traced", interpreted=True)
    written = found.replies[found.replies["reply"] == "as written"].iloc[0]
    assert (0.0, 0.0) == (written["difference"], written["client_gain"])
    assert 1 == found.replies["best"].sum() == found.replies["best_but_front"].sum()
    assert {"joint front", "all in solidarity"} <= set(found.replies["reply"])
    json.dumps(found.as_json(), allow_nan=False)
