"""Seeing ahead by playing ahead: what is read off the phases, and what is refused."""

import numpy as np
import pytest

from wedge.engine.model.words import ACCEPT, PASS, PROPOSE
from wedge.engine.model.world import PAYOFF
from wedge.engine.scenario import load
from wedge.engine.simulation.forcing import FORCE_LEVEL, FORCE_MOVE, FORCE_STANCE, Forced
from wedge.engine.simulation.traced import play
from wedge.engine.theory.lookahead.backward import Backward
from wedge.engine.theory.lookahead.forever import Forever, fixed_point
from wedge.engine.theory.lookahead.imagined import Imagined, Try
from wedge.engine.theory.lookahead.junctures import NotSolved, junctures_of
from wedge.engine.theory.lookahead.private import Challenge, OneDemand
from wedge.engine.theory.playing import all_seats, played_by_all, played_often

OFFERS = "theory/alternating_offers"


class TestImagined:
    """Copies of a world, played on."""

    def test_a_world_that_is_played_on_is_the_world_that_would_be_played(self):
        """Two rounds passed and a proposal signed in the third come to what they come to in a run."""
        scenario = load(OFFERS, sets=["calendar.rounds=5", "states.a.discount=0.8"])
        ahead = Imagined(scenario.setting)
        moment = ahead.opening(7, 0)
        for one in (Try(None, False), Try(None, False), Try(np.array([0.3, 0.7]), True)):
            stage, floor = ahead.on_the_table(moment)
            moment = ahead.after(moment, floor, stage, [one])[0][0]
        forced = [Forced(n, FORCE_MOVE, value=PASS) for n in (0, 1)] + [Forced(2, FORCE_MOVE, value=PROPOSE)]
        forced += [Forced(2, FORCE_LEVEL, what=k, value=level) for k, level in enumerate((0.3, 0.7))]
        run = play(scenario, 7, 0, [*forced, Forced(2, FORCE_STANCE, who=1, value=ACCEPT)])
        assert not moment.going
        assert run.world.state[PAYOFF, :, 0].tolist() == ahead.at_the_end([moment])[0].tolist()
        assert run.world.state[PAYOFF, 0, 0] == pytest.approx(0.8**2 * 0.3)

    def test_interpreted_and_compiled_give_the_same_bits(self):
        """So the long tables may be gone through compiled."""
        scenario = load("theory/easy_first")
        moments = []
        for interpreted in (True, False):
            ahead = Imagined(scenario.setting, interpreted)
            tries = [Try(np.array([0.0, 0.0, 0.4, 0.6]), True), Try(np.array([0.0, 0.0, 0.4, 0.6]), False)]
            moments.append([*ahead.after(ahead.opening(7, 3), 0, 0, tries)[0]])
        for one, other in zip(*moments, strict=True):
            assert one.cells.tobytes() == other.cells.tobytes()
            assert one.numbers.tobytes() == other.numbers.tobytes()

    def test_the_lot_over_the_floor_falls_as_it_is_wanted(self):
        """For each who may have it, as often as it is listed."""
        scenario = load("theory/legislature")
        ahead = Imagined(scenario.setting)
        found = junctures_of(ahead, ahead.opening(7, 0))
        assert [(0, 1 / 3), (1, 1 / 3), (2, 1 / 3)] == [(at.floor, at.chance) for at in found]

    def test_a_breakdown_is_as_likely_as_the_events_of_the_round_leave_it(self):
        """With the difficult issue settled nothing can break down any more."""
        scenario = load("theory/difficult_first")
        ahead = Imagined(scenario.setting)
        opening = ahead.opening(7, 0)
        first = junctures_of(ahead, opening)[0]
        second = junctures_of(ahead, first.signed.then)[0]
        assert [[0.5, 0.5], [1.0]] == [[branch.chance for branch in at.refused] for at in (first, second)]
        assert [True, False] == [branch.then.going for branch in first.refused]


class TestSolutions:
    """Games with an end, and without."""

    def test_what_is_expected_is_what_play_brings(self):
        """In the finite game and in the one without an end."""
        scenario = load(OFFERS, sets=["states.a.discount=0.8"])
        for solved in (Backward(scenario), Forever(scenario)):
            end = played_by_all(scenario, solved.foresight)
            assert list(end.payoff.values()) == pytest.approx(solved.worth.tolist(), abs=1e-12)

    def test_one_world_and_many_are_played_alike(self):
        """The seat that is asked once for many worlds makes the moves of the one that is asked in each."""
        scenario = load("theory/legislature")
        solved = Forever(scenario)
        ends = played_often(scenario, all_seats(scenario, solved.foresight), 12)
        for world in range(12):
            end = played_by_all(scenario, solved.foresight, world=world)
            assert list(end.payoff.values()) == ends.state[PAYOFF, :, world].tolist()

    def test_a_deadline_far_away_is_none(self):
        """The finite game comes to the one without an end."""
        far = Backward(load(OFFERS, sets=["calendar.rounds=60", "states.a.discount=0.7", "states.b.discount=0.6"]))
        never = Forever(load(OFFERS, sets=["states.a.discount=0.7", "states.b.discount=0.6"]))
        assert far.worth.tolist() == pytest.approx(never.worth.tolist(), abs=1e-9)

    def test_worth_that_bends_is_refused(self):
        """Where a level is not worth twice as much as half of it."""
        with pytest.raises(NotSolved, match="not linear"):
            Backward(load(OFFERS, sets=["states.a.positions.share_of_a.curvature=2"]))

    def test_issues_that_are_no_shares_are_refused(self):
        """Two scales on one stage are more than is solved."""
        with pytest.raises(NotSolved, match="shares of one thing"):
            Backward(load("tutorial/first_steps", sets=["agenda=[{stage: all, issues: [border, ceasefire]}]"]))

    def test_a_game_that_changes_is_not_taken_for_one_without_an_end(self):
        """Where what is at stake is worth less when the round comes round again than discounting says."""
        change = "{change: states.a.discount, times: 0.5}"
        sets = [f"events={{fade: {{when: {{round: {{above: 1}}}}, repeats: true, effects: [{change}]}}}}"]
        with pytest.raises(NotSolved):
            Forever(load(OFFERS, sets=sets))

    def test_a_fixed_point_is_found_at_once_where_the_map_is_a_line(self):
        """However slowly mere repetition would get there."""
        calls = []

        def turn(x):
            calls.append(1)
            return 0.999 * x[::-1] + np.array([0.2, 0.1])

        found = fixed_point(turn, np.zeros(2))
        assert found.tolist() == pytest.approx(turn(found).tolist(), abs=1e-12)
        assert len(calls) < 30

    def test_a_map_without_a_fixed_point_is_told(self):
        """Instead of a number that means nothing."""
        with pytest.raises(NotSolved, match="no stationary equilibrium"):
            fixed_point(lambda x: np.where(x > 0.0, -1.0, 1.0), np.array([0.5]))


class TestSecrets:
    """Games in which a side alone knows its type."""

    def test_a_demand_is_better_than_those_beside_it(self):
        """What the demander expects falls off to both sides."""
        solved = OneDemand(load("theory/crisis"), "states.b.outside.value", "b")
        beside = [solved._worth(solved.step + step) for step in (-0.01, 0.01)]
        assert max(beside) < solved.worth

    def test_a_bluff_is_worth_nothing(self):
        """Resistance is just likely enough that types that would back down do not care whether they challenge."""
        solved = Challenge(load("theory/audience"), "states.a.outside.value", ("a", "b"))
        bluff = (1 - solved.resists) * solved.ends.conceded[0] + solved.resists * solved.ends.backed_down[0]
        assert bluff == pytest.approx(solved.ends.quiet[0])

    def test_where_nobody_would_bluff_there_is_no_such_equilibrium(self):
        """With a defender that would rather fight than concede."""
        with pytest.raises(NotSolved, match="bluffs"):
            Challenge(
                load("theory/audience", sets=["states.b.outside.value=-0.1"]), "states.a.outside.value", ("a", "b")
            )
