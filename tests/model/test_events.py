"""Events: at a date, at a random time, or when a condition first holds; and what each effect does."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import START, Board, Played, game, small

from wedge.engine.model import world as f
from wedge.engine.model.events import take_effect
from wedge.engine.model.numbers import WAR_COST
from wedge.engine.simulation.many import play_many

IDEALS = {"patron": {"land": 0.5}, "client": {"land": 0.0}, "rival": {"land": 1.0}}
TIES = {("patron", "client"): {"commitment": 0.6, "support": 0.4}, ("client", "patron"): {}}


def day(n: int) -> str:
    """The n-th day of the talks, as a date."""
    return (START + datetime.timedelta(days=n)).isoformat()


def played(*sets: str, rounds: int = 8, world: int = 0, **events: dict) -> Played:
    """Three states that never agree, and what happens meanwhile."""
    tree = small(IDEALS, TIES, rounds=rounds, events=events)
    tree["agenda"][0]["possible_when"] = {"round": {"above": 1000}}
    return Played(game(tree, *sets), world=world)


class TestDates:
    """Events that are due on a day."""

    @pytest.mark.parametrize(("due", "first"), [(0, 0), (1, 0), (6, 0), (7, 1), (8, 1), (55, 7)])
    def test_happen_in_the_round_whose_days_contain_theirs(self, due, first):
        """Once, and the day they were due is kept."""
        run = played(summit={"at": day(due)})
        assert [first] == run.happened("summit")
        assert due == run.moments[-1].event[f.EVENT_DAY_NOW, 0]

    def test_after_the_last_round_never_happen(self):
        """The last of eight weekly rounds ends with day 55."""
        assert [] == played(summit={"at": day(56)}).happened("summit")

    def test_of_one_round_happen_in_the_order_of_their_days(self):
        """Whatever their names; those of one day by their names. The later one sees the earlier one, not the reverse."""
        to = {name: [{"change": "states.client.war_cost", "to": value}] for name, value in (("a", 0.1), ("z", 0.2))}
        run = played(a={"at": day(9), "effects": to["a"]}, z={"at": day(8), "effects": to["z"]})
        assert [[1], [1]] == [run.happened(name) for name in "az"]
        assert 0.1 == run.run.numbers.state[WAR_COST, run.names.states.index("client"), 0]
        run = played(
            a={"at": day(9), "unless": {"event": "z"}},
            m={"at": day(8), "unless": {"event": "b"}},
            b={"at": day(8)},
            z={"at": day(8), "unless": {"event": "a"}},
        )
        assert [[], [1], [], [1]] == [run.happened(name) for name in "abmz"]

    def test_two_days_of_neighbouring_weeks_fall_into_two_rounds(self):
        """A Friday and the Monday after it, in weeks that begin on a Monday."""
        run = played(friday={"at": day(11)}, monday={"at": day(14)})
        assert [[1], [2]] == [run.happened(name) for name in ("friday", "monday")]

    @pytest.mark.parametrize("due", [-1, -30])
    def test_before_the_first_day_never_happen(self, due):
        """The loader warns that they cannot; then they must not."""
        assert [] == played(summit={"at": day(due)}).happened("summit")

    def test_happen_once_even_if_they_may_repeat(self):
        """A date comes once."""
        assert [2] == played(summit={"at": day(14), "repeats": True}).happened("summit")

    def test_do_not_happen_while_their_unless_holds(self):
        """It is looked at on the day, and the day does not come again."""
        barred = {"at": day(14), "unless": {"round": {"below": 3}}}
        free = {"at": day(28), "unless": {"round": {"below": 3}}}
        run = played(barred=barred, free=free)
        assert [[], [4]] == [run.happened(name) for name in ("barred", "free")]


class TestConditions:
    """Events that wait for something."""

    def test_happen_when_it_first_holds_and_only_then(self):
        """From round 3 on it holds; it happens once."""
        assert [3] == played(crisis={"when": {"round": {"above": 3}}}).happened("crisis")

    def test_happen_in_every_round_in_which_it_holds_if_they_repeat(self):
        """Rounds 3 to 7."""
        assert [3, 4, 5, 6, 7] == played(crisis={"when": {"round": {"above": 3}}, "repeats": True}).happened("crisis")

    def test_see_what_happened_before_them_in_the_same_round(self):
        """Dated events come first, so all see them at once; then by name: what b sets off, c sees at once and a did not."""
        run = played(
            z={"at": day(7)}, a={"when": {"event": "b"}}, b={"when": {"event": "z"}}, c={"when": {"event": "b"}}
        )
        assert [[2], [1], [1], [1]] == [run.happened(name) for name in "abcz"]

    def test_wait_while_their_unless_holds(self):
        """It is not lost, as on a date: it comes when nothing speaks against it any more."""
        event = {"when": {"round": {"above": 2}}, "unless": {"round": {"below": 5}}}
        assert [5] == played(crisis=event).happened("crisis")


class TestChance:
    """Events that may fail to happen."""

    @pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
    def test_happen_in_as_many_worlds_as_their_chance_says(self, chance):
        """Within five standard errors in 400 worlds."""
        tree = small(IDEALS, rounds=2, events={"coup": {"at": day(7), "chance": chance}})
        table = play_many(game(tree), 1, range(400), driver="traced").tables["events"]
        assert chance == pytest.approx(table["happened"].mean(), abs=5 * 0.5 / 20)

    def test_that_failed_once_do_not_come_again(self):
        """A condition that holds for long gives one chance."""
        for world in range(20):
            run = played(coup={"when": {"round": {"above": 2}}, "chance": 0.5}, world=world)
            assert run.happened("coup") in ([], [2])

    def test_that_repeat_have_a_chance_each_time(self):
        """In some worlds some of the times."""
        counts = {
            len(
                played(coup={"when": {"round": {"above": 0}}, "repeats": True, "chance": 0.5}, world=world).happened(
                    "coup"
                )
            )
            for world in range(20)
        }
        assert len(counts) > 2
        assert 0 < max(counts) <= 8


class TestRandomTimes:
    """Events that come at random, so many a year."""

    def test_come_as_often_as_their_rate_says(self):
        """Four a year over a year of weeks, in 300 worlds: a mean of 4 within five standard errors."""
        tree = small(IDEALS, rounds=53, events={"raid": {"rate": 4, "repeats": True}})
        tree["agenda"][0]["possible_when"] = {"round": {"above": 1000}}
        times = play_many(game(tree), 1, range(300), driver="traced").tables["events"]["times"]
        weeks = 53 * 7 / 365.25
        assert 4 * weeks == pytest.approx(times.mean(), abs=5 * 2 / np.sqrt(300))
        assert 4 * weeks == pytest.approx(times.var(), rel=0.5)

    def test_come_as_often_even_if_more_than_once_a_round(self):
        """Forty a year in rounds of thirty days: more than three a round, and none is lost."""
        tree = small(IDEALS, rounds=13, days=30, events={"raid": {"rate": 40, "repeats": True}})
        tree["agenda"][0]["possible_when"] = {"round": {"above": 1000}}
        times = play_many(game(tree), 1, range(100), driver="traced").tables["events"]["times"]
        assert 40 * 390 / 365.25 == pytest.approx(times.mean(), abs=5 * np.sqrt(40) / 10)

    def test_without_repeats_come_once(self):
        """At the first of their times."""
        for world in range(10):
            first = played(raid={"rate": 50}, world=world).happened("raid")
            again = played(raid={"rate": 50, "repeats": True}, world=world).happened("raid")
            assert first == again[:1]

    def test_with_a_rate_of_nothing_never_come(self):
        """Not in a hundred years."""
        assert [] == played(raid={"rate": 0}).happened("raid")

    def test_are_the_same_in_two_scenarios_that_share_the_event(self):
        """Its time belongs to its name, not to what else there is."""
        alone = [played(raid={"rate": 10}, world=world).happened("raid") for world in range(8)]
        among = [played(raid={"rate": 10}, alarm={"rate": 10}, world=world).happened("raid") for world in range(8)]
        assert alone == among


class TestEffects:
    """What an event does."""

    @pytest.mark.parametrize(
        ("wanted", "effect"),
        [(0.5, {"to": 0.5}), (0.3, {"by": 0.1}), (0.0, {"by": -0.9}), (0.4, {"times": 2})],
    )
    def test_change_a_number_to_by_or_times_something(self, wanted, effect):
        """From 0.2, and never past its bounds."""
        run = played(
            "states.rival.war_cost=0.2", boom={"at": day(0), "effects": [{"change": "states.rival.war_cost", **effect}]}
        )
        place = run.names.numbers.index("states.rival.war_cost")
        assert wanted == pytest.approx(run.run.numbers.flat[place, 0])

    @given(st.floats(-5, 5), st.sampled_from(("to", "by", "times")))
    def test_never_leave_the_bounds_of_a_number(self, amount, way):
        """Hope is a probability, whatever happens."""
        said = {way: round(min(1.0, abs(amount)) if way == "to" else amount, 3)}
        events = {"boom": {"at": day(0), "effects": [{"change": "states.rival.hope", **said}]}}
        b = Board(game(small(IDEALS, events=events)))
        take_effect(*b.all, 0, 0, 0)
        assert 0.0 <= b.x.flat[b.place("states.rival.hope"), 0] <= 1.0

    def test_shock_a_tie(self):
        """Booked to its channel."""
        run = played(insult={"at": day(7), "effects": [{"shock": {"from": "patron", "to": "client"}, "by": -0.1}]})
        assert {} == run.strain(0, "patron", "client")
        assert {"shock": -0.1} == run.strain(1, "patron", "client")

    def test_leave_a_broken_tie_alone(self):
        """A fractured tie cannot be shocked any more."""
        event = {
            "when": {"round": {"above": 0}},
            "repeats": True,
            "effects": [{"shock": {"from": "patron", "to": "client"}, "by": -0.4}],
        }
        run = played("strain.shock=0", insult=event)
        assert [pytest.approx(0.2)] * 8 == run.commitments("patron", "client")

    def test_withhold_and_restore_support(self):
        """From round 1 to round 3; the weariness it costs stays."""
        pair = {"from": "patron", "to": "client"}
        run = played(
            pause={"at": day(7), "effects": [{"withhold": pair}]},
            resumption={"at": day(28), "effects": [{"restore": pair}]},
        )
        assert [0, 1, 1, 1, 0, 0, 0, 0] == [int(run.tie(n, f.HELD_BACK, "patron", "client")) for n in range(8)]
        assert [1, 4, 3] == [
            run.tie(7, field, "patron", "client") for field in (f.WITHHELD_ROUND, f.RESTORED_ROUND, f.WITHHELD_ROUNDS)
        ]
        assert 0.0 < run.at(7, f.WEARINESS_NOW, "client")

    @pytest.mark.parametrize(
        ("deadline", "ended"), [({"round": 5}, 4), (day(35), 4), (day(36), 5), ({"round": 99}, 7), ({"round": 1}, 2)]
    )
    def test_move_the_deadline(self, deadline, ended):
        """The last round is the fifth; a date ends the talks with the last round that begins before it; never in the past."""
        run = played(ultimatum={"at": day(14), "effects": [{"deadline": deadline}]})
        assert ended == run.lane(7, f.END_ROUND)

    def test_come_in_the_order_they_are_declared(self):
        """Doubled and then raised is more than raised and then doubled."""
        found = []
        for ways in (({"times": 2}, {"by": 0.1}), ({"by": 0.1}, {"times": 2})):
            effects = [{"change": "states.rival.war_cost", **way} for way in ways]
            run = played("states.rival.war_cost=0.2", boom={"at": day(0), "effects": effects})
            found.append(run.run.numbers.flat[run.names.numbers.index("states.rival.war_cost"), 0])
        assert [0.5, 0.6] == pytest.approx(found)

    def test_may_be_uncertain(self):
        """How much an event changes is drawn, world by world."""
        event = {
            "at": day(0),
            "effects": [{"shock": {"from": "patron", "to": "client"}, "by": {"uniform": [-0.2, -0.1]}}],
        }
        found = {played(insult=event, world=world).strain(0, "patron", "client")["shock"] for world in range(10)}
        assert 10 == len(found)
        assert all(-0.2 <= change <= -0.1 for change in found)

    def test_a_changed_status_quo_is_the_level_of_an_issue_that_is_not_settled(self):
        """Where it stands: the agreed level, else the status quo."""
        run = played(offensive={"at": day(7), "effects": [{"change": "issues.land.status_quo", "to": 0.8}]})
        assert [0.5, 0.8, 0.8] == [run.issue(n, f.LEVEL_NOW, "land") for n in range(3)]
