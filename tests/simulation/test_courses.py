"""Truths about every course, over generated scenarios: the books balance, and nobody does what it cannot."""

import itertools
import math

import numpy as np
import pytest
from generated_games import Tree, many, scenario_trees
from hypothesis import given
from small_games import Played, game, merged, small

from wedge.engine.model import world as f
from wedge.engine.model.numbers import BREAKS_BELOW, COMMITMENT_0, ENDS_WAR_AT, RED_LINE, RESTORE_MARGIN, SUSPENDS_BELOW
from wedge.engine.model.words import (
    ABSENT,
    ACCEPT,
    BOUGHT,
    CONCEDE,
    DONE,
    GOING,
    OPEN,
    PROPOSE,
    REASONS,
    REJECT,
    SETTLED,
)  # fmt: skip
from wedge.engine.simulation.runs import Moment

CONSENT = (ACCEPT, CONCEDE)


def consenting(moment: Moment, i: int) -> bool:
    """Whether a state signed in that round."""
    return int(moment.state[f.STANCE, i]) in CONSENT


def proposals(run: Played) -> list[Moment]:
    """The rounds in which something was proposed."""
    return [m for m in run.moments if m.lane[f.MOVE] == PROPOSE and m.lane[f.ON_TABLE] >= 0]


def pairs(run: Played) -> list[tuple[int, int]]:
    """The declared ties."""
    return [(int(i), int(j)) for i, j in np.argwhere(run.scenario.setting.tie == 1)]


class TestBooks:
    """Every change of a commitment is booked to a channel."""

    @many(60)
    @given(scenario_trees())
    def test_add_up_to_the_change_of_every_commitment(self, tree):
        """Over the course, and in every round of it."""
        run = Played(game(tree))
        world = run.run.world
        for i, j in pairs(run):
            start = run.run.numbers.tie[COMMITMENT_0, i, j, 0]
            moved = world.tie[f.COMMITMENT_NOW, i, j, 0] - start
            assert math.fsum(world.books[:, i, j, 0]) == pytest.approx(moved, abs=1e-12)
            for moment in run.moments:
                change = moment.tie[f.COMMITMENT_NOW, i, j] - moment.before[i, j]
                assert math.fsum(moment.strain[:, i, j]) == pytest.approx(change, abs=1e-12)
            by_round = [math.fsum(m.strain[c, i, j] for m in run.moments) for c in range(8)]
            assert by_round == pytest.approx(list(world.books[:, i, j, 0]), abs=1e-12)

    @many(40)
    @given(scenario_trees())
    def test_hold_nothing_between_states_without_a_tie(self, tree):
        """Strangers have no account."""
        run = Played(game(tree))
        assert not run.run.world.books[:, run.scenario.setting.tie == 0].any()

    @many(40)
    @given(scenario_trees())
    def test_share_the_blame_for_every_refusal_and_for_nothing_else(self, tree):
        """Shares sum to one over the refusers and the proposer, or there is nobody to blame."""
        run = Played(game(tree))
        for m in run.moments:
            total = math.fsum(m.state[f.BLAME])
            refused = m.lane[f.MOVE] == PROPOSE and m.lane[f.ON_TABLE] >= 0 and m.lane[f.PASSED] == 0.0
            assert total == pytest.approx(0.0) or (refused and total == pytest.approx(1.0, abs=1e-12))

    @many(40)
    @given(scenario_trees())
    def test_of_payments_balance_and_no_purse_is_overdrawn(self, tree):
        """What one state pays another gets; nobody pays more than its purse or its gain; nobody is paid for refusing."""
        run = Played(game(tree))
        for m in run.moments:
            paid = m.state[f.PAYMENT]
            assert math.fsum(paid) == pytest.approx(0.0, abs=1e-12)
            assert (m.state[f.PURSE_LEFT] >= -1e-12).all()
            for i, amount in enumerate(paid):
                if amount > 1e-12:  # what was given back may leave the last bit of a sum
                    assert BOUGHT == m.state[f.REASON, i] or not consenting(m, i)
                if amount < 0.0:
                    assert -amount <= m.state[f.SURPLUS, i] + 1e-12
                if m.state[f.REASON, i] == BOUGHT:
                    assert amount >= 0.0

    @many(40)
    @given(scenario_trees())
    def test_of_moves_add_up(self, tree):
        """Proposals are agreed or refused; each that has the floor proposes, passes or consults."""
        run = Played(game(tree))
        last = run.moments[-1]
        made = len(proposals(run))
        assert (
            made
            == last.lane[f.REFUSED] + last.lane[f.AGREED]
            == last.state[f.PROPOSED].sum()
            == last.stage[f.PROPOSALS].sum()
        )
        held = sum(1 for m in run.moments if m.lane[f.FLOOR] >= 0)
        assert held == sum(last.state[field].sum() for field in (f.PROPOSED, f.PASSES, f.CONSULTATIONS))
        answered = sum(
            (m.state[f.STANCE] != ABSENT).sum() - 1
            for m in proposals(run)
            if m.state[f.STANCE, int(m.lane[f.FLOOR])] != ABSENT
        )
        assert answered == sum(last.state[field].sum() for field in (f.ACCEPTED, f.CONCEDED, f.REJECTED))


class TestNumbers:
    """Everything stays where it belongs."""

    @many(60)
    @given(scenario_trees())
    def test_shares_stay_shares(self, tree):
        """Commitments, weariness, levels and hopes lie between 0 and 1, and there is no number that is none."""
        run = Played(game(tree))
        for m in run.moments:
            for part in (m.lane, m.state, m.tie, m.issue, m.stage, m.event, m.alliance, m.strain):
                assert np.isfinite(part).all()
            for values in (
                m.tie[f.COMMITMENT_NOW],
                m.state[f.WEARINESS_NOW],
                m.issue[f.LEVEL_NOW],
                m.state[f.SHARE_HELD],
            ):
                assert (values >= 0.0).all()
                assert (values <= 1.0).all()
            assert (m.state[f.HELD_OUT_FOR] >= 0.0).all()

    @many(40)
    @given(scenario_trees())
    def test_every_proposal_is_on_the_scale(self, tree):
        """And high enough to end the war, where that is on the table."""
        run = Played(game(tree))
        s = run.scenario.setting
        for m in proposals(run):
            for k in np.flatnonzero(s.stage_of == int(m.lane[f.ON_TABLE])):
                lowest = run.run.numbers.issue[ENDS_WAR_AT, k, 0] if k == s.war_issue else 0.0
                assert lowest - 1e-12 <= m.issue[f.PROPOSAL, k] <= 1.0

    @many(40)
    @given(scenario_trees(events=False))
    def test_nobody_signs_past_a_red_line(self, tree):
        """Neither what it is offered nor what it offers."""
        run = Played(game(tree))
        s = run.scenario.setting
        for m in proposals(run):
            for i, k in np.argwhere(s.red_side != 0):
                if s.stage_of[k] == m.lane[f.ON_TABLE] and consenting(m, int(i)):
                    side, line = s.red_side[i, k], run.run.numbers.position[RED_LINE, i, k, 0]
                    assert side * m.issue[f.PROPOSAL, k] <= side * line + 1e-9

    @many(40)
    @given(scenario_trees())
    def test_who_accepts_has_its_demand_met_and_who_concedes_has_not(self, tree):
        """The words of the table of results mean what they say, whatever reason stands beside them."""
        run = Played(game(tree))
        for m in proposals(run):
            for i in range(len(run.names.states)):
                reason = REASONS[int(m.state[f.REASON, i])]
                meets = m.state[f.SURPLUS, i] >= m.state[f.HELD_OUT_FOR, i]
                if reason not in ("proposed_it", "bought"):
                    assert m.state[f.STANCE, i] != ACCEPT or meets
                    assert m.state[f.STANCE, i] != CONCEDE or not meets


class TestTies:
    """How ties hold and break."""

    @many(60)
    @given(scenario_trees(rounds=14))
    def test_are_above_their_threshold_or_broken_for_good(self, tree):
        """After every round; and a broken one does not move any more."""
        run = Played(game(tree))
        x = run.run.numbers
        for i, j in pairs(run):
            broke = None
            for m in run.moments:
                commitment = m.tie[f.COMMITMENT_NOW, i, j]
                if broke is None and m.tie[f.FRACTURE_ROUND, i, j] >= 0:
                    broke = commitment
                    assert commitment < x.tie[BREAKS_BELOW, i, j, 0]
                elif broke is None:
                    assert commitment >= x.tie[BREAKS_BELOW, i, j, 0]
                else:
                    assert commitment == broke

    @many(60)
    @given(scenario_trees(rounds=14))
    def test_are_suspended_below_their_threshold_and_until_well_above_it(self, tree):
        """Between the threshold and its margin a tie stays as it was."""
        run = Played(game(tree))
        x = run.run.numbers
        margin = x.common[RESTORE_MARGIN, 0]
        for i, j in pairs(run):
            limit, before = x.tie[SUSPENDS_BELOW, i, j, 0], 0.0
            for m in run.moments:
                if m.tie[f.FRACTURE_ROUND, i, j] >= 0:
                    break
                commitment, now = m.tie[f.COMMITMENT_NOW, i, j], m.tie[f.SUSPENDED, i, j]
                assert now == (1.0 if commitment < limit else 0.0 if commitment > limit + margin else before)
                before = now

    @many(60)
    @given(scenario_trees(rounds=14, events=False))
    def test_never_fracture_where_nothing_strains_them(self, tree):
        """Without daylight, abandonment, burden, noise and shocks no course breaks an alliance."""
        calm = dict.fromkeys(("daylight", "abandonment", "burden", "noise", "shock"), 0)
        run = Played(game(merged(tree, {"strain": calm})))
        assert (run.run.world.tie[f.FRACTURE_ROUND] < 0).all()
        assert (run.run.world.alliance[f.ALLIANCE_FRACTURED] < 0).all()

    @many(60)
    @given(scenario_trees())
    def test_inside_a_joint_front_show_no_daylight(self, tree):
        """Its members sign together or not at all, in every refused proposal."""
        run = Played(game(tree))
        s = run.scenario.setting
        for a in np.flatnonzero(s.joint_front == 1):
            members = np.flatnonzero(s.member[a])
            for m in proposals(run):
                seated = [i for i in members if s.seat[int(m.lane[f.ON_TABLE]), i] == 1]
                if any(m.state[f.STANCE, i] == REJECT for i in seated):
                    assert not any(consenting(m, int(i)) for i in members)

    @many(40)
    @given(scenario_trees())
    def test_fracture_their_alliance_and_split_it_when_it_falls_apart(self, tree):
        """An alliance fractures with the first tie inside it, and never splits before."""
        run = Played(game(tree))
        s, w = run.scenario.setting, run.run.world
        for a in range(len(s.member)):
            inside = [w.tie[f.FRACTURE_ROUND, i, j, 0] for i, j in pairs(run) if s.member[a, i] and s.member[a, j]]
            broken = [n for n in inside if n >= 0]
            fractured, split = w.alliance[f.ALLIANCE_FRACTURED, a, 0], w.alliance[f.ALLIANCE_SPLIT, a, 0]
            assert fractured == (min(broken) if broken else -1.0)
            assert split == -1.0 or 0.0 <= fractured <= split


class TestConsent:
    """What is agreed and what is not."""

    @many(60)
    @given(scenario_trees())
    def test_is_counted_by_the_rule_of_the_stage(self, tree):
        """A quota of the seats, and no veto holder among the others."""
        run = Played(game(tree))
        s = run.scenario.setting
        for m in proposals(run):
            g = int(m.lane[f.ON_TABLE])
            signed = [i for i in range(len(run.names.states)) if consenting(m, i)]
            enough = sum(s.seat[g, i] for i in signed) >= s.quota[g]
            no_veto = all(i in signed for i in np.flatnonzero(s.veto[g]))
            assert (m.lane[f.PASSED] == 1.0) == (enough and no_veto)

    @many(40)
    @given(scenario_trees())
    def test_settles_the_issues_of_the_stage_at_the_levels_on_the_table(self, tree):
        """And nothing else settles anything."""
        run = Played(game(tree))
        s = run.scenario.setting
        before = np.zeros(len(run.names.issues))
        for m in run.moments:
            settled = m.issue[f.IS_SETTLED]
            for k in range(len(settled)):
                if settled[k] > before[k]:
                    assert m.lane[f.PASSED] == 1.0
                    assert s.stage_of[k] == m.lane[f.ON_TABLE]
                    assert m.issue[f.LEVEL_NOW, k] == m.issue[f.PROPOSAL, k]
            before = settled

    @many(40)
    @given(scenario_trees())
    def test_is_not_asked_of_states_that_have_left(self, tree):
        """They are absent from the round after on, and have the floor no more."""
        run = Played(game(tree))
        for before, m in zip(run.moments, run.moments[1:], strict=False):
            for i in np.flatnonzero(before.state[f.GONE]):
                assert m.state[f.STANCE, i] == ABSENT
                assert m.lane[f.FLOOR] != i
                assert m.state[f.GONE, i] == 1.0


class TestEnding:
    """How talks end."""

    @many(60)
    @given(scenario_trees(rounds=14))
    def test_is_said_as_it_is(self, tree):
        """Settled means that every stage is; and whoever walked out has left."""
        run = Played(game(tree))
        last = run.moments[-1]
        assert last.lane[f.TALKS] != GOING
        assert last.lane[f.END_ROUND] >= 0
        if last.lane[f.BREACHES] == 0:
            assert (last.lane[f.TALKS] == SETTLED) == bool((last.stage[f.STANDING] == DONE).all())
        if run.ending() == "walked_out":
            assert last.state[f.GONE, int(last.lane[f.WALKER])] == 1.0

    @many(40)
    @given(scenario_trees(rounds=14))
    def test_is_the_end_of_proposals(self, tree):
        """After it nobody has the floor, though the war and the ties go on; only a breach opens the talks again."""
        run = Played(game(tree))
        for before, m in zip(run.moments, run.moments[1:], strict=False):
            if before.lane[f.TALKS] != GOING:
                assert m.lane[f.FLOOR] == -1.0
                assert (m.state[f.STANCE] == ABSENT).all()

    @many(40)
    @given(scenario_trees(rounds=14))
    def test_leaves_no_round_of_settling_on_a_stage_that_is_open(self, tree):
        """What a breach has undone is not settled any more."""
        run = Played(game(tree))
        for m in run.moments:
            assert ((m.stage[f.STANDING] == DONE) == (m.stage[f.SETTLED_ROUND] >= 0)).all()
            assert ((m.issue[f.IS_SETTLED] == 1) == (m.issue[f.ISSUE_ROUND] >= 0)).all()
            open_ones = m.stage[f.STANDING] == OPEN
            limit = run.scenario.setting.stage_rounds
            assert (m.stage[f.ROUNDS_USED][open_ones & (limit > 0)] <= limit[open_ones & (limit > 0)]).all()


class TestPeace:
    """The war goes on until the issue that ends it is settled."""

    @many(40)
    @given(scenario_trees(rounds=14))
    def test_is_when_the_issue_that_ends_the_war_is_settled(self, tree):
        """Not before, and until a breach."""
        run = Played(game(tree))
        s = run.scenario.setting
        for m in run.moments:
            settled = s.war_issue >= 0 and m.issue[f.IS_SETTLED, s.war_issue] == 1.0
            assert m.lane[f.FIGHTING_NOW] == (0.0 if s.war_issue < 0 or settled else 1.0)

    @many(40)
    @given(scenario_trees(rounds=14, events=False))
    def test_wears_nobody_off(self, tree):
        """Unless support is withheld or a tie breaks, which costs heart in peace too."""
        run = Played(game(tree))
        losses = [f.HELD_BACK, f.SUSPENDED, f.FRACTURE_ROUND]
        for before, m in itertools.pairwise(run.moments):
            at_peace = before.lane[f.FIGHTING_NOW] == m.lane[f.FIGHTING_NOW] == 0.0
            if at_peace and not (m.tie[losses] > before.tie[losses]).any():
                assert (m.state[f.WEARINESS_NOW] == before.state[f.WEARINESS_NOW]).all()


def still(tree: Tree) -> Tree:
    """The same scenario in which nothing may be signed: every stage waits for what cannot come."""
    agenda = [{**stage, "possible_when": {"round": {"above": 1000}}} for stage in tree["agenda"]]
    return {**tree, "agenda": agenda}


@many(30)
@given(scenario_trees(events=False))
def test_where_nothing_is_ever_on_the_table_nothing_is_said(tree):
    """Ties only wear, mend and waver."""
    run = Played(game(still(tree)))
    said = run.run.world.books[[0, 1, 3]]  # daylight, abandonment, rally
    assert not said.any()
    assert {"pass"} == set(run.moves())


def test_small_games_are_played_as_told():
    """A check of the tests' own tools: names, moves and levels are found where they should be."""
    run = Played(game(small({"a": {"land": 0.0}, "b": {"land": 1.0}})))
    assert ["a", "b"] == run.floor()[:2]
    assert ["talks"] * 2 == run.table()[:2]
    assert 0.0 == run.proposed(0)["land"]
