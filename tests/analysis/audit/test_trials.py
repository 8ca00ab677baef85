"""Demands tried before any run: what they would do is what the same proposal does in a run."""

import numpy as np
import pytest
from quarrels import quarrel
from small_games import game, small

from wedge.engine.analysis.audit.demands import AT_COMPROMISE, GRID, IDEAL, NAMED, demands_of, moments_of
from wedge.engine.analysis.audit.tables import label_of, levels_of, signers_table, strains_table
from wedge.engine.analysis.audit.trying import try_demands
from wedge.engine.model import world as f
from wedge.engine.model.words import PROPOSE
from wedge.engine.simulation.forcing import FORCE_LEVEL, FORCE_MOVE, Forced
from wedge.engine.simulation.traced import play


@pytest.fixture(scope="module")
def tried():
    """Every demand of the quarrel, in one world."""
    return try_demands(quarrel(), 1, 5, interpreted=True)


def test_compiled_and_interpreted_trials_are_the_same_to_the_bit(tried):
    """Every sum over every demand, state and tie."""
    compiled = try_demands(quarrel(), 1, 5, interpreted=False)
    for mine, theirs in zip(tried.sums, compiled.sums, strict=True):
        assert np.array_equal(mine, theirs)


def row_of(tried, kind, levels, proposer):
    """Where a demand by a proposer stands."""
    names = tried.scenario.names
    for r, (place, p) in enumerate(tried.rows):
        one = tried.demands[place]
        if one.kind == kind and levels_of(tried, place) == levels and names.states[p] == proposer:
            return r
    raise AssertionError(levels)


@pytest.mark.parametrize(("n", "moment", "level"), [(0, 0, 0.1), (0, 0, 0.3), (2, 1, 0.7), (2, 1, 0.9)])
def test_a_trial_does_what_the_proposal_does_in_a_run(tried, n, moment, level):
    """Surplus, blame and the strain of every tie, as in a run where everybody passed until then; days are weeks here."""
    scenario = tried.scenario
    proposer = int(scenario.setting.floor_list[0, n % 3])
    border = scenario.names.issues.index("border")
    silence = [Forced(before, FORCE_MOVE, value=0.0) for before in range(n)]
    moves = [*silence, Forced(n, FORCE_MOVE, value=PROPOSE), Forced(n, FORCE_LEVEL, what=border, value=level)]
    played = play(scenario, 5, 0, moves).moments[n]
    r = row_of(tried, GRID, {"border": level}, scenario.names.states[proposer])
    for note, field in (("surplus", f.SURPLUS), ("held_out_for", f.HELD_OUT_FOR), ("blame", f.BLAME)):
        assert list(played.state[field]) == pytest.approx(list(tried.mean(note)[moment, r]))
    others = [i for i in range(3) if i != proposer]
    assert [played.state[f.STANCE, i] in (1, 2) for i in others] == [
        tried.mean("signs")[moment, r, i] == 1 for i in others
    ]
    for note, channel in (("daylight", 0), ("rally", 3)):
        assert -played.strain[channel] == pytest.approx(tried.mean(note)[moment, r])


def test_what_its_maker_would_not_stand_by_comes_to_nothing(tried):
    """The client past its own red line: the others would sign, but nobody is blamed and no tie is strained."""
    r = row_of(tried, GRID, {"border": 0.9}, "client")
    client, rival = (tried.scenario.names.states.index(name) for name in ("client", "rival"))
    assert 0.0 == tried.mean("signs")[2, r, client]
    assert 1.0 == tried.mean("signs")[2, r, rival]
    assert (
        0.0 == tried.sums.passed[:, r].max() == tried.mean("blame")[:, r].max() == abs(tried.mean("strain")[:, r]).max()
    )


def test_shares_of_blame_add_up_to_one_or_nothing(tried):
    """Nothing where the demand is agreed."""
    blame = tried.mean("blame").sum(axis=2)
    assert np.all(np.isclose(blame, 1.0) | np.isclose(blame, 0.0))
    assert np.allclose(0.0, blame[tried.sums.passed > 0])


def test_a_red_line_is_seen_and_never_signed(tried):
    """Past 0.8 the client refuses at every moment."""
    signers = signers_table(tried)
    past = signers[(signers["state"] == "client") & (signers["red_line"] == 1) & (signers["proposer"] != "client")]
    assert len(past)
    assert 0.0 == past["signs"].max()


def test_what_comes_before_is_taken_as_settled():
    """The truce is tried although the border, its precondition, is open."""
    found = try_demands(quarrel(), 1, 5, stages=[1], interpreted=True)
    assert {1} == set(found.stages)
    assert 1.0 == found.mean("signs")[-1].max()
    assert 0.0 < found.mean("own_best").min(axis=(0, 1))[found.scenario.names.states.index("client")]


def test_no_trial_leaves_a_trace():
    """The same demand tried alone or among all others comes to the same."""
    everything = try_demands(quarrel(), 2, 5, interpreted=True)
    alone = try_demands(quarrel(), 2, 5, stages=[1], interpreted=True)
    mine = everything.stages == 1
    assert np.array_equal(alone.sums.states, everything.sums.states[:, mine])
    assert np.array_equal(alone.sums.ties, everything.sums.ties[:, mine])


def test_weeks_left_are_room_over_strain(tried):
    """At that rate the tie would break in so many weeks."""
    strains = strains_table(tried)
    worn = strains[strains["strain"] > 1e-4]
    assert list(worn["weeks_left"]) == pytest.approx(list(worn["room"] / worn["strain"]))


class TestDemands:
    def test_one_issue_is_tried_in_tenths_and_by_name(self):
        """Eleven levels in all, of which the ends have names, and three ideals."""
        kinds = [one.kind for one in demands_of(quarrel(), 0)]
        assert {IDEAL: 3, NAMED: 2, GRID: 9} == {kind: kinds.count(kind) for kind in (IDEAL, NAMED, GRID)}

    def test_no_level_is_tried_below_that_at_which_the_war_ends(self):
        """The truce settles at one half or above."""
        assert all(level >= 0.5 or level < 0 for one in demands_of(quarrel(), 1) for level in one.levels[1:])

    def test_a_package_is_bounded(self):
        """Two issues by a grid of at most sixteen: four levels each, but for those below a truce."""
        whole = quarrel(agenda=[{"stage": "both", "issues": ["border", "truce"]}])
        grid = [one for one in demands_of(whole, 0, most=16) if one.kind == GRID]
        assert 4 * 2 == len(grid)
        named = [one for one in demands_of(whole, 0, most=16) if one.kind == NAMED]
        assert all(AT_COMPROMISE in one.levels for one in named)

    def test_many_issues_are_tried_by_a_quasi_random_design(self):
        """Fourteen issues: no grid fits into 256 demands."""
        many = game(small({state: {f"issue_{n:02d}": 0.5 for n in range(14)} for state in ("ann", "bob")}))
        assert 256 == len([one for one in demands_of(many, 0) if one.kind == GRID])

    def test_short_talks_have_fewer_moments(self):
        """One round is opening and deadline at once."""
        assert [[0], [0, 1], [0, 2, 5]] == [moments_of(quarrel(f"calendar.rounds={n}")) for n in (1, 2, 6)]

    def test_a_demand_is_told_in_words(self, tried):
        """By whose ideal it is, or by its level and what that is called."""
        labels = [label_of(tried, place) for place in range(len(tried.demands))]
        assert "what Rival wants" in labels
        assert "Border 1 (all)" in labels
