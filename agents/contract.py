"""What every policy keeps to: classes to inherit in a test, for the policies of this room and for your own.

    from wedge.agents.contract import AnsweringContract, answers
    from wedge.engine.model.words import REJECT

    class TestFirm(AnsweringContract):
        policy = staticmethod(firm)

        def test_does_not_yield_under_pressure(self):
            \"\"\"Pressure moves conceders; a hardliner answers as if there were none.\"\"\"
            assert [REJECT, REJECT] == answers(firm, surplus=0.1, held_out_for=0.2, pressure=[0.0, 5.0])

The class brings tests of its own, over many generated cases: a tactic cites where it comes from, plays
the same interpreted and compiled, and keeps within what its slot may do. Needs pytest and Hypothesis
(``pip install wedge-wargame[dev]``).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wedge.agents.parameters import Parameter
from wedge.agents.seat import CONSENT, PASS_THE_FLOOR, REFUSE, Policy, Table
from wedge.agents.sources import SOURCES
from wedge.engine.model import numbers as n
from wedge.engine.model import words
from wedge.engine.model import world as f
from wedge.engine.model.compiling import boxed, compiled, every_rule
from wedge.engine.model.consent import QUANTAL, appraise
from wedge.engine.model.layout import count, views
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.offers import see_the_others
from wedge.engine.model.setting import Setting
from wedge.engine.model.views import Demand, View
from wedge.engine.model.words import ACCEPT, CONCEDE, REJECT
from wedge.engine.model.world import World, new_world
from wedge.engine.model.worth import best_of_stage, expect_compromise, lowest_level, worth_without

Cases = Callable[..., None]
SHARES = st.floats(0.0, 1.0)
WORTH = st.floats(-1.0, 1.0)


def over(cases: st.SearchStrategy[Any], examples: int, check: Cases) -> None:
    """Check a property over generated cases."""
    settings(max_examples=examples, deadline=None)(given(cases)(check))()


# What a tactic is shown.


def view(**values: float) -> View:
    """What a state sees when it must answer: nothing speaks for or against, unless said otherwise.

    Its score is the sum of what is said, unless that is given too.
    """
    fields: dict[str, Any] = dict.fromkeys(View._fields, 0.0) | {"red_line": 0, "allys_red_line": 0, "lot": 0.5}
    fields |= values
    if "score" not in values:
        parts = ("surplus", "held_out_for", "pressure", "loyalty", "audience", "whim")
        fields["score"] = appraise(QUANTAL, *(fields[part] for part in parts))
    return View(**fields)


def demand(**values: float) -> Demand:
    """What a state sees when it sets its demand: the opening, and no concession so far, unless said otherwise."""
    return Demand(**(dict.fromkeys(Demand._fields, 0.0) | {"lot": 0.5, "number_a": 1.0} | values))


def answers(tactic: Callable[[View], tuple[int, int]], **values: Any) -> Any:
    """The stance a tactic takes; a list of stances where one of the values is a list."""
    return _each(lambda case: tactic(view(**case))[0], values)


def reasons(tactic: Callable[[View], tuple[int, int]], **values: Any) -> Any:
    """The reason a tactic gives; a list of reasons where one of the values is a list."""
    return _each(lambda case: tactic(view(**case))[1], values)


def shares(tactic: Callable[[Demand], float], **values: Any) -> Any:
    """The share of its own best a tactic holds out for; a list of shares where one of the values is a list."""
    return _each(lambda case: tactic(demand(**case)), values)


def _each(answer: Callable[[dict[str, Any]], Any], values: dict[str, Any]) -> Any:
    listed = [name for name, value in values.items() if isinstance(value, list)]
    if not listed:
        return answer(values)
    rows = zip(*(values[name] for name in listed), strict=True)
    return [answer(values | dict(zip(listed, row, strict=True))) for row in rows]


# What a stance and its reason must have in common: the stances it can stand for, and what must be seen.
Fit = tuple[tuple[int, ...], Callable[[View], bool]]
FITS: dict[int, Fit] = {
    words.DEMAND_MET: ((ACCEPT,), lambda v: v.surplus >= v.held_out_for),
    words.GAINED_ENOUGH: ((CONCEDE,), lambda v: v.score > 0.0),
    words.UNDER_PRESSURE: ((CONCEDE,), lambda v: v.pressure > 0.0 and v.score - v.pressure <= 0.0),
    words.ON_A_WHIM: ((ACCEPT, CONCEDE), lambda v: v.score - v.whim <= 0.0 < v.score),
    words.RED_LINE: ((REJECT,), lambda v: v.red_line == 1),
    words.STOOD_FIRM: ((REJECT,), lambda v: 0.0 < v.surplus <= v.held_out_for),
    words.WORSE_THAN_NOTHING: ((REJECT,), lambda v: v.surplus <= 0.0),
    words.LOYAL_TO_AN_ALLY: ((REJECT,), lambda v: v.loyalty > 0.0),
    words.SAID_TOO_MUCH: ((REJECT,), lambda v: v.audience > 0.0),
    words.ON_A_DOUBT: ((REJECT,), lambda v: v.score <= 0.0 < v.score - v.whim),
    words.ALLYS_RED_LINE: ((REJECT,), lambda v: v.allys_red_line == 1),
    words.AT_RANDOM: ((ACCEPT, CONCEDE, REJECT), lambda v: True),
    words.OWN_COUNSEL: ((ACCEPT, CONCEDE, REJECT), lambda v: True),
    words.WENT_OUTSIDE: ((REJECT,), lambda v: True),
}


class PolicyContract:
    """What holds for every tactic. Inherit one of the classes below, and set ``policy``."""

    policy: ClassVar[Any]
    parameters: ClassVar[tuple[Parameter, ...]] = ()  # those the tactic takes, with their bounds
    sources: ClassVar[Mapping[str, str]] = SOURCES  # where its citations are found

    def test_cites_a_source(self) -> None:
        """The docstring names a work, as ``[Key]_``, that is in the list of sources."""
        keys = re.findall(r"\[(\w+)\]_", self.policy.__doc__ or "")
        assert keys, "cite a source: `Names:` and `- What it is called: [Key]_`"
        assert set() == set(keys) - set(self.sources)

    def test_says_what_it_does(self) -> None:
        """The docstring begins with a sentence, before the names it goes by."""
        said = (self.policy.__doc__ or "").partition("Names:")[0].strip()
        assert said.endswith(".")

    def test_is_a_rule(self) -> None:
        """It is marked with ``@rule``, so that the batch driver can compile it."""
        assert self.policy in every_rule()

    @classmethod
    def numbers(cls) -> st.SearchStrategy[tuple[float, float]]:
        """Values for its two parameters, within their bounds; anything for those it does not have."""
        bounds = [(p.low, p.high) for p in cls.parameters] + [(-1.0, 1.0)] * 2
        return st.tuples(st.floats(*bounds[0]), st.floats(*bounds[1]))


class DemandContract(PolicyContract):
    """What holds for every tactic in ``demands``."""

    def demands(self) -> st.SearchStrategy[Demand]:
        """Any situation in which a demand is set."""
        return st.builds(lambda u, c, lot, ab: Demand(u, c, lot, *ab), SHARES, SHARES, SHARES, self.numbers())

    def test_holds_out_for_a_share_of_its_own_best(self) -> None:
        """Between nothing and everything."""

        def check(seen: Demand) -> None:
            assert 0.0 <= self.policy(seen) <= 1.0

        over(self.demands(), 200, check)

    def test_compiled_and_interpreted_agree(self) -> None:
        """To the last bit."""
        twin = compiled(self.policy)

        def check(seen: Demand) -> None:
            assert self.policy(seen) == twin(seen)

        over(self.demands(), 200, check)


class AnsweringContract(PolicyContract):
    """What holds for every tactic in ``answering``."""

    def views(self) -> st.SearchStrategy[View]:
        """Any situation in which an answer is due; the score is the sum of its parts."""
        some = st.floats(0.0, 1.0)
        flag = st.integers(0, 1)

        def build(worth: Any, lines: Any, used: float, lot: float, ab: tuple[float, float]) -> View:
            surplus, held, pressure, loyalty, audience, whim = worth
            return view(
                surplus=surplus, held_out_for=held, pressure=pressure, loyalty=loyalty, audience=audience, whim=whim,
                red_line=lines[0], allys_red_line=lines[1], used=used, lot=lot, number_a=ab[0], number_b=ab[1],
            )  # fmt: skip

        worth = st.tuples(WORTH, some, some, some, some, WORTH)
        return st.builds(build, worth, st.tuples(flag, flag), SHARES, SHARES, self.numbers())

    def test_takes_a_stance_and_gives_a_reason(self) -> None:
        """It accepts, concedes or rejects, for a reason that has a name."""

        def check(seen: View) -> None:
            stance, reason = self.policy(seen)
            assert stance in (ACCEPT, CONCEDE, REJECT)
            assert reason in FITS

        over(self.views(), 200, check)

    def test_reason_fits_its_move(self) -> None:
        """Nobody concedes because its demand was met, or refuses out of loyalty to an ally that gains."""

        def check(seen: View) -> None:
            stance, reason = self.policy(seen)
            stances, fits = FITS[reason]
            assert stance in stances
            assert fits(seen), f"{words.REASONS[reason]} does not fit {seen}"

        over(self.views(), 500, check)

    def test_accepts_when_its_demand_is_met_and_concedes_when_it_is_not(self) -> None:
        """The two words for consent."""

        def check(seen: View) -> None:
            stance, _ = self.policy(seen)
            assert stance == REJECT or stance == (ACCEPT if seen.surplus >= seen.held_out_for else CONCEDE)

        over(self.views(), 200, check)

    def test_never_consents_past_a_red_line(self) -> None:
        """Whatever speaks for it."""

        def check(seen: View) -> None:
            assert (REJECT, words.RED_LINE) == tuple(self.policy(seen._replace(red_line=1)))

        over(self.views(), 200, check)

    def test_compiled_and_interpreted_agree(self) -> None:
        """In stance and reason."""
        twin = compiled(self.policy)

        def check(seen: View) -> None:
            assert tuple(self.policy(seen)) == tuple(twin(seen))

        over(self.views(), 200, check)


class Room(NamedTuple):
    """A table at which the first state has the floor over stage 0; the last issue is on another stage."""

    s: Setting
    x: Numbers
    w: World


def room(states: int, issues: int, luck: int, parameters: tuple[float, float]) -> Room:
    """A table with positions, red lines, ties and demands drawn by lot."""
    dice = np.random.default_rng(luck)
    s = _setting(states, issues, dice)
    x = views(np.zeros((count(states, issues, 1, 0, 0, 0), 1)), states, issues, 1, 0, 0, 0)
    w = new_world(states, issues, 2, 0, 1, 1)
    for number, low, high in ((n.POWER, 0.5, 2.0), (n.HOPE, 0.0, 1.0), (n.LOYALTY, 0.0, 1.0), (n.AUDIENCE, 0.0, 0.5)):
        x.state[number, :, 0] = dice.uniform(low, high, states)
    x.state[n.WAR_COST, :, 0] = dice.uniform(0.0, 0.3, states)
    x.state[n.COURT_A, :, 0], x.state[n.COURT_B, :, 0] = parameters
    x.position[n.IDEAL, :, :, 0] = dice.uniform(size=(states, issues))
    x.position[n.SALIENCE, :, :, 0] = dice.dirichlet(np.ones(issues), states)
    x.position[n.CURVATURE, :, :, 0] = dice.choice((1.0, 0.5, 2.0), p=(0.6, 0.2, 0.2), size=(states, issues))
    x.position[n.RED_LINE, :, :, 0] = dice.uniform(size=(states, issues))
    x.issue[n.STATUS_QUO, :, 0] = dice.uniform(size=issues)
    x.issue[n.ENDS_WAR_AT, :, 0] = 0.4
    for switch in (n.PEACE_FORESEEN, n.RED_LINES_KNOWN, n.AFTER_HOPE):
        x.common[switch, 0] = 1.0
    for switch in (n.GIVES_ENOUGH, n.WEDGE_CHECKS):
        x.common[switch, 0] = dice.integers(2)
    _open(Room(s, x, w), dice)
    return Room(s, x, w)


# The shape of every array of a setting: S states, K issues, two stages, one alliance, and -1 for "none".
_SHAPES = {
    "state_id": "S", "issue_id": "K", "event_id": "0", "number_id": "0", "stage_of": "K", "share_of": "K", "red_side": "SK", "fought_by": "K2",
    "needs": "22", "precondition": "2", "stage_rounds": "2", "seat": "2S", "quota": "2", "veto": "2S", "floor_kind": "2",
    "floor_list": "2S", "floor_count": "2", "answers": "2", "possible_when": "22", "order_group": "0K", "tie": "SS",
    "member": "1S", "joint_front": "1", "adversary": "SS", "substitutes": "SS", "demands": "S", "courts": "S",
    "answer_rule": "S", "theory": "S", "patron": "S", "client": "S", "has_outside": "S", "outside_paid": "S", "ratifies": "S", "pays": "SS",
    "drawn": "0", "shape": "05", "bounds": "02", "mixture": "02", "event_day": "0", "event_turn": "0", "event_poisson": "0", "event_when": "02",
    "event_repeats": "0", "effect_event": "0", "effect_kind": "0", "effect_a": "0", "effect_b": "0",
    "test": "0", "test_a": "0", "test_b": "0", "test_side": "0",
}  # fmt: skip
_NONE = ("fought_by", "possible_when", "share_of")


def _setting(states: int, issues: int, dice: np.random.Generator) -> Setting:
    sizes = {"S": states, "K": issues}
    fields: dict[str, Any] = {}
    for name in Setting._fields:
        shape = tuple(sizes.get(letter) or int(letter) for letter in _SHAPES.get(name, "88"))
        kind = np.float64 if name in ("shape", "bounds", "mixture") else np.uint64 if name.endswith("_id") else np.int64
        fields[name] = np.full(shape, -1 if name in _NONE else 0, kind)
    stage_of = fields["stage_of"]
    stage_of[1:][-1:] = 1  # with a single issue, that one is on the table
    fields["seat"][0] = dice.integers(0, 2, states)
    strangers = 1 - np.eye(states, dtype=np.int64)
    fields |= {
        "state_id": np.arange(1, states + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
        "issue_id": np.arange(1, issues + 1, dtype=np.uint64) * np.uint64(0xBF58476D1CE4E5B9),
        "rounds": 10,
        "days": 7.0,
        "war_issue": int(dice.integers(-1, issues)),
        "red_side": dice.choice((0, 0, 1, -1), size=(states, issues)),
        "needs": np.array([[0, 0], [1, 0]]),
        "quota": fields["seat"].sum(axis=1),
        "veto": fields["seat"].copy(),
        "tie": strangers * dice.integers(0, 2, (states, states)),
        "member": np.ones((1, states), np.int64),
        "patron": np.ones(states, np.int64),
        "client": np.full(states, states - 1),
    }
    return Setting(**fields)


def _open(at: Room, dice: np.random.Generator) -> None:
    s, x, w = at
    states = len(s.state_id)
    w.key[0] = dice.integers(2**63)
    w.lane[f.PLAIN, 0] = float((x.position[n.CURVATURE] == 1.0).all())
    w.lane[f.FIGHTING_NOW, 0] = float(s.war_issue >= 0)
    w.seen[..., 0] = np.clip(x.position[n.IDEAL, :, :, 0] + dice.normal(0, 0.05, (states, *s.red_side.shape)), 0, 1)
    for i in range(states):
        w.seen[i, i] = x.position[n.IDEAL, i]
    w.tie[f.FRACTURE_ROUND, :, :, 0] = dice.choice((-1.0, -1.0, 2.0), size=(states, states))
    w.tie[f.COMMITMENT_NOW, :, :, 0] = dice.uniform(size=(states, states))
    w.offer[:] = dice.choice((-1e9, 0.5), size=w.offer.shape)
    w.state[f.SHARE_HELD, :, 0] = dice.uniform(size=states)
    expect_compromise(s, x, w, 0, 0.5)
    for i in range(states):
        base = worth_without(s, x, w, i, i, 0, 0.5, 0, True) - worth_without(s, x, w, i, i, 0, 0.5, 0, False)
        w.state[f.OWN_BEST, i, 0] = base + best_of_stage(s, x, w, i, i, 0, 0)
    w.state[f.HELD_OUT_FOR, :, 0] = np.maximum(0.0, w.state[f.OWN_BEST, :, 0]) * w.state[f.SHARE_HELD, :, 0]
    see_the_others(s, x, w, 0, 0, 0, 0.5)


class CourtingContract(PolicyContract):
    """What holds for every tactic in ``courting``."""

    heeds_red_lines: ClassVar[bool] = True  # whether it goes no further past others' red lines than its own best does

    def rooms(self) -> st.SearchStrategy[Room]:
        """Tables of two to five states and one to four issues."""
        return st.builds(room, st.integers(2, 5), st.integers(1, 4), st.integers(0, 2**32), self.numbers())

    def propose(self, at: Room) -> dict[int, float]:
        """The levels the tactic puts on the table, by issue of the stage."""
        self.policy(*at, 0, 0, 0)
        return {k: float(at.w.issue[f.PROPOSAL, k, 0]) for k in range(len(at.s.issue_id)) if at.s.stage_of[k] == 0}

    def test_proposes_levels_at_which_the_stage_can_settle(self) -> None:
        """On the scale, and for the issue that ends the war high enough to end it."""

        def check(at: Room) -> None:
            for k, level in self.propose(at).items():
                assert lowest_level(at.s, at.x, k, 0) <= level <= 1.0

        over(self.rooms(), 150, check)

    def test_leaves_the_issues_of_other_stages_alone(self) -> None:
        """They are not on the table."""

        def check(at: Room) -> None:
            assume(at.s.stage_of[-1] == 1)
            at.w.issue[f.PROPOSAL, -1, 0] = 0.123
            self.propose(at)
            assert 0.123 == at.w.issue[f.PROPOSAL, -1, 0]

        over(self.rooms(), 50, check)

    def test_asks_the_same_whenever_it_is_asked(self) -> None:
        """It carries nothing from one call to the next but what stands in the world."""

        def check(at: Room) -> None:
            assert self.propose(at) == self.propose(at)

        over(self.rooms(), 50, check)

    def test_goes_past_no_red_line_of_those_it_courts(self) -> None:
        """No further than where its own best lies."""

        def check(at: Room) -> None:
            assume(self.heeds_red_lines)
            levels = self.propose(at)
            for j, k in np.ndindex(*at.s.red_side.shape):
                side = at.s.red_side[j, k]
                if k in levels and side != 0 and at.w.state[f.COURTED, j, 0] == 1.0:
                    start = max(float(at.x.position[n.IDEAL, 0, k, 0]), lowest_level(at.s, at.x, k, 0))
                    line = max(side * at.x.position[n.RED_LINE, j, k, 0], side * start)
                    assert side * levels[k] <= line + 1e-9

        if self.heeds_red_lines:
            over(self.rooms(), 150, check)

    def test_compiled_and_interpreted_agree(self) -> None:
        """To the last bit, in every level."""
        twin = compiled(self.policy)

        def check(at: Room) -> None:
            other = Room(Setting(*map(_copy, at.s)), Numbers(*map(_copy, at.x)), World(*map(_copy, at.w)))
            said = self.policy(*at, 0, 0, 0)
            assert said == twin(*(boxed(part) for part in other), 0, 0, 0)
            assert np.array_equal(at.w.issue, other.w.issue)

        over(self.rooms(), 60, check)


def _copy(field: Any) -> Any:
    return field.copy() if isinstance(field, np.ndarray) else field


class SeatContract:
    """What holds for every policy that takes a whole seat from outside: a subclass of ``Policy``."""

    policy: ClassVar[type[Policy]]
    table: ClassVar[Mapping[str, Any]] = {}  # what its table must have, beyond a single issue called land

    def tables(self) -> st.SearchStrategy[Table]:
        """Any situation in which it may be asked."""
        levels = st.fixed_dictionaries({"land": SHARES})

        def build(
            n: int, lot: float, own: dict[str, float], theirs: dict[str, float], offer: dict[str, float], worth: float
        ) -> Table:
            return Table(**{
                "state": "me", "round": n, "rounds": 10, "used": n / 9, "stage": "talks", "issues": ("land",),
                "proposal": offer, "proposer": "you", "ideals": own, "salience": {"land": 1.0},
                "seen_ideals": {"me": own, "you": theirs}, "own_best": 0.5, "commitment": {},
                "lot": lot, "view": view(surplus=worth, lot=lot), **self.table,
            })  # fmt: skip

        return st.builds(build, st.integers(0, 9), SHARES, levels, levels, levels, WORTH)

    def test_demands_a_share_or_nothing(self) -> None:
        """A number from 0 to 1, or None."""

        def check(table: Table) -> None:
            share = self.policy().demand(table)
            assert share is None or 0.0 <= share <= 1.0

        over(self.tables(), 100, check)

    def test_offers_levels_of_the_issues_on_the_table(self) -> None:
        """Levels from 0 to 1 by issue, a pass, or None."""

        def check(table: Table) -> None:
            offer = self.policy().offer(table)
            if isinstance(offer, Mapping):
                assert set() == set(offer) - set(table.issues)
                assert all(0.0 <= level <= 1.0 for level in offer.values())
            else:
                assert offer in (None, PASS_THE_FLOOR)

        over(self.tables(), 100, check)

    def test_answers_with_a_word_or_nothing(self) -> None:
        """It consents, refuses, or leaves the answer to the state's own tactic."""

        def check(table: Table) -> None:
            assert self.policy().answer(table) in (CONSENT, REFUSE, None)

        over(self.tables(), 100, check)
