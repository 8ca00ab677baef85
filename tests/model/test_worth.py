"""What a proposal is worth: the spatial model, leverage, outlooks, war cost to come, and one's own best."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, Played, game, small

from wedge.engine.model import world as f
from wedge.engine.model.numbers import STATUS_QUO
from wedge.engine.model.worth import (
    fought_quo,
    held_out_for,
    hope_left,
    leverage,
    outlook,
    share_used,
    stages_to_go,
    war_to_come,
    worth_of,
    worth_of_leaving,
    worth_of_stage,
)
from wedge.engine.simulation.phases.floor import take_the_floor

SHARES = st.floats(0.0, 1.0)
TWO_STAGES = [{"stage": "first", "issues": ["land"]}, {"stage": "second", "issues": ["peace"], "after": "first"}]
SIDES = {
    "low": {"land": 0.0, "peace": {"ideal": 0.8, "salience": 2}},
    "high": {"land": 1.0, "peace": {"ideal": 0.4, "salience": 1}},
}


def board(*sets: str, war: str | None = "peace", rounds: int = 6, **rest: object) -> Board:
    """Two states over land and peace; land must be settled before peace."""
    return Board(game(small(SIDES, war=war, rounds=rounds, **{"agenda": TWO_STAGES, **rest}), *sets))


class TestWorthOfALevel:
    """The spatial model of politics."""

    @given(SHARES, st.floats(0.3, 3))
    def test_nothing_is_worth_more_than_the_ideal(self, ideal, curvature):
        """There it is 1."""
        assert 1.0 == worth_of(ideal, ideal, curvature)

    @given(SHARES, SHARES)
    def test_a_linear_position_loses_the_distance(self, level, ideal):
        """No power is taken where the curvature is 1."""
        assert 1.0 - abs(level - ideal) == worth_of(level, ideal, 1.0)

    def test_a_curved_position_forgives_small_steps(self):
        """Curvature 2: half the way costs a quarter."""
        assert 0.75 == pytest.approx(worth_of(0.5, 1.0, 2.0))
        assert 0.0 == worth_of(0.0, 1.0, 2.0)

    @given(SHARES, SHARES, SHARES, st.floats(0.3, 3))
    def test_closer_is_never_worse(self, ideal, a, b, curvature):
        """Positions are single-peaked."""
        near, far = sorted((a, b), key=lambda level: abs(level - ideal))
        assert worth_of(far, ideal, curvature) <= worth_of(near, ideal, curvature) + 1e-12


class TestLeverage:
    """Bargaining weight."""

    @given(st.floats(0, 3), SHARES, st.floats(0, 2), SHARES)
    def test_a_twentieth_of_the_power_is_always_left(self, power, weariness, war_cost, left):
        """Exhausted states still count a little."""
        assert 0.05 * power <= leverage(power, weariness, war_cost, 1.0, left) <= power

    def test_is_worn_down_by_war_that_was_and_war_to_come(self):
        """Power 2, a tenth worn off, war cost 0.4, half the talks to come: 2 x (1 - 0.1 - 0.2)."""
        assert 1.4 == pytest.approx(leverage(2.0, 0.1, 0.4, 1.0, 0.5))

    def test_peace_leaves_what_was_worn_off(self):
        """With the war over only past weariness counts."""
        assert 1.8 == leverage(2.0, 0.1, 0.4, 0.0, 0.5)


class TestTheCalendar:
    """The share of the talks used, and the hope it leaves."""

    def test_runs_from_0_to_1(self):
        """0 in the first round, 1 in the last."""
        assert [0.0, 0.25, 0.5, 0.75, 1.0] == [share_used(n, 5.0) for n in range(5)]

    @pytest.mark.parametrize("rounds", [1.0, 0.5])
    def test_a_single_round_is_the_last(self, rounds):
        """Nothing is held out for where there is one round only."""
        assert 1.0 == share_used(0, rounds)

    def test_stays_at_1_after_a_deadline_that_was_moved_forward(self):
        """A round past the end is not more than the end."""
        assert 1.0 == share_used(9, 5.0)

    def test_life_goes_on_after_the_deadline(self):
        """With a full after_hope the calendar takes nothing; without one hope dies with the talks."""
        assert [1.0, 1.0, 1.0] == [hope_left(left, 1.0) for left in (1.0, 0.5, 0.0)]
        assert [1.0, 0.5, 0.0] == [hope_left(left, 0.0) for left in (1.0, 0.5, 0.0)]


class TestOutlook:
    """What a state expects of an issue that is not settled."""

    def test_without_stages_to_go_it_is_the_compromise(self):
        """What has been settled is certain, as far as the calendar allows."""
        assert 0.7 == pytest.approx(outlook(0.2, 0.7, 0.5, 0, 1.0))

    @pytest.mark.parametrize(("wanted", "stages"), [(0.45, 1), (0.325, 2), (0.2625, 3)])
    def test_each_stage_to_go_halves_it_for_a_state_that_gives_each_a_half(self, wanted, stages):
        """From a status quo of 0.2 on the way to 0.7."""
        assert wanted == pytest.approx(outlook(0.2, 0.7, 0.5, stages, 1.0))

    @given(SHARES, SHARES, SHARES, st.integers(0, 3), SHARES)
    def test_lies_between_status_quo_and_compromise(self, quo, compromise, hope, stages, calendar):
        """Never beyond either."""
        low, high = sorted((quo, compromise))
        assert low - 1e-12 <= outlook(quo, compromise, hope, stages, calendar) <= high + 1e-12

    @given(SHARES, SHARES, SHARES, st.integers(0, 3))
    def test_more_stages_leave_it_nearer_to_the_status_quo(self, quo, compromise, hope, stages):
        """That is what makes a precondition cost something."""
        near, far = (abs(outlook(quo, compromise, hope, n, 1.0) - quo) for n in (stages + 1, stages))
        assert near <= far + 1e-12


class TestWarCostToCome:
    """What the war will still cost on a branch."""

    def test_runs_over_the_talks_and_what_comes_after(self):
        """A cost of 0.2 over the whole talks, half of them left, one and a half more after."""
        assert 0.4 == pytest.approx(war_to_come(0.2, 0.5, 1.5, 0.0))

    def test_is_lowered_by_the_peace_that_is_foreseen(self):
        """A quarter of the way to peace is a quarter of the cost; beyond 1 nothing more."""
        assert 0.3 == pytest.approx(war_to_come(0.2, 0.5, 1.5, 0.25))
        assert 0.0 == war_to_come(0.2, 0.5, 1.5, 1.4)
        assert 0.4 == pytest.approx(war_to_come(0.2, 0.5, 1.5, -0.3))

    def test_gives_a_precondition_the_value_of_peace(self):
        """A state at war gains more from settling the precondition if it foresees the peace behind it."""
        gains = []
        for foreseen in (0, 1):
            b = board("states.low.war_cost=0.4", "states.high.war_cost=0.4", f"assumptions.peace_foreseen={foreseen}")
            take_the_floor(*b.all, 0, 0)
            gains.append(b.state(f.BASE_ACCEPT, "low") - b.state(f.BASE_REFUSE, "low"))
        assert gains[0] < gains[1]

    def test_is_at_risk_of_relapse_while_stages_stay_open_after_the_ceasefire(self):
        """Signing the ceasefire first leaves the relapse; signing it last leaves nothing."""
        first = [{"stage": "first", "issues": ["peace"]}, {"stage": "second", "issues": ["land"], "after": "first"}]
        relapse = []
        for share in (0.0, 0.5):
            b = board("states.low.war_cost=0.4", f"states.low.relapse={share}", "states.low.after=1", agenda=first)
            take_the_floor(*b.all, 0, 0)
            relapse.append(b.state(f.BASE_ACCEPT, "low"))
        assert 0.5 * 0.4 * (1.0 + 1.0) == pytest.approx(relapse[0] - relapse[1])


class TestOwnBest:
    """The most that the stage on the table can bring."""

    @given(
        st.fixed_dictionaries({"land": SHARES, "peace": SHARES}),
        st.fixed_dictionaries({"land": st.floats(0.1, 5), "peace": st.floats(0.1, 5)}),
        st.sampled_from((0.5, 1.0, 2.0)),
        SHARES,
    )
    def test_no_levels_on_a_grid_are_worth_more(self, ideals, weights, curvature, at):
        """The largest surplus over the levels at which the stage can settle, looked for one by one."""
        agenda = [{"stage": "first", "issues": ["land", "peace"]}]
        mine = {k: {"ideal": ideals[k], "salience": weights[k], "curvature": curvature} for k in ideals}
        tree = small({"low": mine, "high": {"land": 1.0, "peace": 0.4}}, war="peace", agenda=agenda)
        tree["issues"]["peace"]["ends_war"]["at"] = at
        b = Board(game(tree))
        take_the_floor(*b.all, 0, 0)
        base = b.state(f.BASE_ACCEPT, "low") - b.state(f.BASE_REFUSE, "low")
        found = []
        grids = {"land": np.linspace(0, 1, 9), "peace": np.linspace(at, 1, 9)}
        grids = {issue: [*grid, max(ideals[issue], grid[0])] for issue, grid in grids.items()}
        for land, peace in itertools.product(grids["land"], grids["peace"]):
            b.propose(land=land, peace=peace)
            found.append(base + worth_of_stage(*b.all, b.i("low"), b.i("low"), 0, 0, f.PROPOSAL))
        assert max(found) == pytest.approx(b.state(f.OWN_BEST, "low"), abs=1e-12)

    def test_a_stage_that_holds_the_end_of_the_war_cannot_settle_below_it(self):
        """A state that wants no ceasefire at all gets no better than the least that is one."""
        b = Board(game(small({"low": {"peace": 0.0}, "high": {"peace": 1.0}}, war="peace")))
        take_the_floor(*b.all, 0, 0)
        base = b.state(f.BASE_ACCEPT, "low") - b.state(f.BASE_REFUSE, "low")
        assert 0.5 == pytest.approx(b.state(f.OWN_BEST, "low") - base)

    @given(st.floats(-1, 1), SHARES)
    def test_nobody_holds_out_for_a_loss(self, own_best, share):
        """Where a stage can only hurt, the demand is nothing."""
        assert max(0.0, own_best) * share == held_out_for(own_best, share)


class TestStagesToGo:
    """How many stages must still succeed."""

    agenda = (
        {"stage": "one", "issues": ["land"], "rounds": 2},
        {"stage": "two", "issues": ["peace"], "after": "one", "rounds": 2},
        {"stage": "three", "issues": ["trade"], "after": "two"},
    )

    def opened(self) -> Board:
        """Three stages in a row."""
        sides = {"low": {"land": 0.0, "peace": 0.0, "trade": 0.0}, "high": {"land": 1.0, "peace": 1.0, "trade": 1.0}}
        return Board(game(small(sides, agenda=list(self.agenda))))

    def test_counts_a_stage_and_all_before_it(self):
        """The third of three needs all three."""
        b = self.opened()
        assert [1, 2, 3] == [stages_to_go(b.s, b.w, g, 0) for g in range(3)]

    def test_counts_no_stage_that_is_settled(self):
        """With the first settled, each has one less to go."""
        b = self.opened()
        b.w.stage[f.STANDING, 0, 0] = 1
        assert [0, 1, 2] == [stages_to_go(b.s, b.w, g, 0) for g in range(3)]

    def test_gives_up_behind_a_stage_that_has_lapsed(self):
        """What cannot be settled any more stays at its status quo."""
        b = self.opened()
        b.w.stage[f.STANDING, 1, 0] = 2
        assert [1, -1, -1] == [stages_to_go(b.s, b.w, g, 0) for g in range(3)]


class TestCompromise:
    """What an issue would come to: positions weighted by leverage and salience (van den Bos 1991)."""

    def test_lies_at_the_weighted_mean(self):
        """Powers 1 and 3, equal weights, ideals 0 and 1: three quarters of the way."""
        b = Board(game(small({"low": {"land": 0.0}, "high": {"land": 1.0}}), "states.high.power=3"))
        take_the_floor(*b.all, 0, 0)
        assert 0.75 == b.w.issue[f.COMPROMISE, 0, 0]

    def test_of_an_issue_nobody_cares_for_is_the_status_quo(self):
        """There is nothing to weigh."""
        tree = small({"low": {"land": 0.0, "moon": 0.0}, "high": {"land": 1.0}})
        tree["states"]["low"]["positions"]["moon"]["salience"] = 0
        b = Board(game(tree))
        take_the_floor(*b.all, 0, 0)
        assert 0.5 == b.w.issue[f.COMPROMISE, b.k("moon"), 0]

    def test_shifts_to_those_whom_peace_relieves(self):
        """A state the war wears down weighs more once it is over."""
        b = board("states.low.war_cost=0.5", "states.high.war_cost=0")
        take_the_floor(*b.all, 0, 0)
        k = b.k("land")
        assert b.w.issue[f.COMPROMISE_IN_PEACE, k, 0] < b.w.issue[f.COMPROMISE, k, 0]


class TestFightingOn:
    """Where fighting on is expected to move an issue that is fought over (Powell 2006)."""

    def moved(self, drift: float, **rest: object) -> Board:
        """Low is winning land, which it wants none of, or high is, which wants all."""
        b = board(
            f"issues.land.battlefield.drift={drift}",
            "states.high.power=2",
            "talks.after_hope=0",
            issues={"land": {"battlefield": {"between": ["high", "low"]}}},
            **rest,
        )
        take_the_floor(*b.all, 0, 0)
        return b

    def test_makes_refusing_worth_more_to_the_side_that_is_rising(self):
        """Every day of war brings high nearer to what it wants, and low further from it."""
        still, rising = self.moved(0.0), self.moved(0.001)
        assert rising.state(f.BASE_REFUSE, "high") > still.state(f.BASE_REFUSE, "high")
        assert rising.state(f.BASE_REFUSE, "low") < still.state(f.BASE_REFUSE, "low")

    def test_changes_nothing_where_nothing_is_fought_over(self):
        """Without a drift a battlefield is a field."""
        still, plain = self.moved(0.0), board("states.high.power=2", "talks.after_hope=0")
        take_the_floor(*plain.all, 0, 0)
        for name in SIDES:
            assert plain.state(f.BASE_REFUSE, name) == still.state(f.BASE_REFUSE, name)

    def test_ends_with_the_war(self):
        """In peace the line stays where it is."""
        b = self.moved(0.001)
        assert b.x.issue[STATUS_QUO, b.k("land"), 0] == fought_quo(*b.all, b.k("land"), 0, 1.0, 0.0)
        assert b.x.issue[STATUS_QUO, b.k("land"), 0] < fought_quo(*b.all, b.k("land"), 0, 1.0, 1.0) <= 1.0


class TestLeaving:
    """Worth of the status quo going on for good."""

    def test_is_the_status_quo_less_the_war(self):
        """Worth of both issues where they stand, less a war cost that runs through the talks and after."""
        b = board("states.low.war_cost=0.2", "states.low.after=1")
        status_quo = (1 * (1 - 0.5) + 2 * (1 - 0.8)) / 3
        assert status_quo - 0.2 * (1.0 + 1.0) == pytest.approx(worth_of_leaving(*b.all, b.i("low"), 0, 1.0))

    def test_counts_the_relapse_after_a_ceasefire_that_leaves_stages_open(self):
        """A ceasefire that may break is not worth a peace."""
        b = board("states.low.war_cost=0.2", "states.low.after=1", "states.low.relapse=0.5")
        b.w.lane[f.FIGHTING_NOW, 0] = 0.0
        at_risk = worth_of_leaving(*b.all, b.i("low"), 0, 1.0)
        b.w.stage[f.STANDING, :, 0] = 1
        assert 0.5 * 0.2 * 2.0 == pytest.approx(worth_of_leaving(*b.all, b.i("low"), 0, 1.0) - at_risk)


class TestChangedMinds:
    """An event may change what a state wants."""

    def played(self, **change: object) -> Played:
        """High asks for all of the land; low wanted none of it until the first morning."""
        floor = {"stage": "talks", "issues": ["land"], "floor": {"rotation": ["high"]}}
        event = {"at": "2030-01-01", "effects": [change]}
        tree = small({"low": {"land": 0.0}, "high": {"land": 1.0}}, agenda=[floor], events={"coup": event}, rounds=2)
        return Played(game(tree))

    def test_after_its_ideal_has_changed_a_state_weighs_proposals_by_the_new_one(self):
        """A state that has come to want all of the land signs when it is offered all of it."""
        run = self.played(change="states.low.positions.land.ideal", to=1)
        assert 0.0 < run.at(0, f.SURPLUS, "low")
        assert "accept" == run.stances(1)["low"]

    def test_the_others_see_that_its_ideal_has_changed(self):
        """Without misperception everybody knows where it now stands."""
        run = self.played(change="states.low.positions.land.ideal", to=1)
        assert {1.0} == set(run.run.world.seen[:, :, 0, 0].flatten())

    def test_who_comes_to_see_less_clearly_sees_the_others_wrongly(self):
        """A state's pictures of the others follow a change of its misperception; of itself it stays sure."""
        scenario = self.played(change="states.low.misperception", to=0.2).scenario
        seen = [Played(scenario, world=world).run.world.seen[:, :, 0, 0] for world in range(6, 12)]
        high, low = 0, 1
        assert any(picture[low, high] < 1.0 for picture in seen)
        assert all([1.0, 0.0, 0.0] == [p[high, high], p[low, low], p[high, low]] for p in seen)

    def test_after_a_curvature_has_changed_concessions_take_fine_steps(self):
        """Whether all positions are linear is not a matter of the first morning alone."""
        run = self.played(change="states.low.positions.land.curvature", to=2)
        assert 0.0 == run.lane(0, f.PLAIN)
