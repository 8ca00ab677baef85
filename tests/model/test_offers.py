"""How a proposal is built: logrolling as a fractional knapsack, red lines, and the wedge."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog
from small_games import Board, Played, Tree, game, small

from wedge.agents.courting.sincere import sincere
from wedge.agents.courting.wedge import wedge
from wedge.engine.model import world as f
from wedge.engine.model.numbers import IDEAL, RED_LINE, SALIENCE
from wedge.engine.model.offers import see_the_others
from wedge.engine.model.worth import worth_of_stage
from wedge.engine.simulation.phases.floor import take_the_floor
from wedge.engine.simulation.phases.proposing import find_surpluses

ISSUES = ("coast", "debt", "ports", "river")
LEVELS = st.integers(0, 20).map(lambda step: step / 20)
WEIGHTS = st.integers(1, 9).map(float)
CURVES = st.sampled_from((0.5, 1.0, 1.0, 2.0))


@st.composite
def bargains(draw, curved: bool = False, red_lines: bool = False) -> Tree:
    """A proposer and one to three others over one to four issues, on a single stage."""
    issues = ISSUES[: draw(st.integers(1, 4))]
    states = ["proposer", *["first", "second", "third"][: draw(st.integers(1, 3))]]
    ideals: dict = {}
    for state in states:
        ideals[state] = {}
        for issue in issues:
            said = {"ideal": draw(LEVELS), "salience": draw(WEIGHTS)}
            if curved:
                said["curvature"] = draw(CURVES)
            if red_lines and draw(st.booleans()):
                line = draw(LEVELS)
                assume(line != said["ideal"])
                said["red_line"] = {"above" if line > said["ideal"] else "below": line}
            ideals[state][issue] = said
    return small(ideals)


def at_the_table(tree: Tree, held: float, gives_enough: int = 1) -> tuple[Board, int]:
    """A board on which the proposer has the floor and holds out for a share of its own best."""
    b = Board(game(tree, f"assumptions.gives_enough={gives_enough}"))
    take_the_floor(*b.all, 0, 0)
    p = b.i("proposer")
    b.w.lane[f.FLOOR, 0] = p
    b.put(f.HELD_OUT_FOR, proposer=held * max(0.0, b.state(f.OWN_BEST, "proposer")))
    see_the_others(*b.all, p, 0, 0, 1.0)
    return b, p


def best_by_linear_programming(b: Board, p: int) -> float:
    """The most that those courted can gain together, in worth, within what the proposer's demand leaves.

    One variable a state and issue for the distance between level and ideal, one a level.
    """
    states, issues = b.s.red_side.shape
    budget = b.w.state[f.OWN_BEST, p, 0] - b.w.state[f.HELD_OUT_FOR, p, 0]
    count = issues + states * issues
    goal, rows, limits = np.zeros(count), [], []
    cost = np.zeros(count)
    for i in range(states):
        for k in range(issues):
            distance = issues + i * issues + k
            weight, ideal = b.x.position[SALIENCE, i, k, 0], b.x.position[IDEAL, i, k, 0]
            (cost if i == p else goal)[distance] = weight
            for sign in (1.0, -1.0):
                row = np.zeros(count)
                row[k], row[distance] = sign, -1.0
                rows.append(row)
                limits.append(sign * ideal)
    found = linprog(goal, A_ub=np.array([*rows, cost]), b_ub=np.array([*limits, budget]), bounds=[(0, 1)] * count)
    assert found.status == 0, found.message
    return -float(found.fun)


def gained(b: Board, p: int) -> float:
    """What those courted gain together from what is on the table, in the same measure."""
    total = 0.0
    for i, k in np.ndindex(*b.s.red_side.shape):
        if i != p:
            distance = abs(b.w.issue[f.PROPOSAL, k, 0] - b.x.position[IDEAL, i, k, 0])
            total -= b.x.position[SALIENCE, i, k, 0] * distance
    return float(total)


class TestLogrolling:
    """Concede first where those courted gain most for what it costs."""

    @given(bargains(), st.floats(0.0, 1.0))
    def test_is_the_exact_optimum_where_positions_are_linear(self, tree, held):
        """Linear programming finds nothing better for all who are courted together."""
        b, p = at_the_table(tree, held, gives_enough=0)
        assume(b.state(f.OWN_BEST, "proposer") >= 0.0)
        sincere(*b.all, p, 0, 0)
        assert gained(b, p) == pytest.approx(best_by_linear_programming(b, p), abs=1e-8)

    @given(bargains(curved=True), st.floats(0.0, 1.0), st.integers(0, 1))
    def test_never_gives_away_what_it_holds_out_for(self, tree, held, gives_enough):
        """Whatever the others' curves and its own, the proposal is worth its demand to the proposer."""
        b, p = at_the_table(tree, held, gives_enough)
        assume(b.state(f.OWN_BEST, "proposer") >= 0.0)
        sincere(*b.all, p, 0, 0)
        find_surpluses(*b.all, 0, 0)
        assert b.state(f.HELD_OUT_FOR, "proposer") - 1e-9 <= b.state(f.SURPLUS, "proposer")

    @given(bargains(curved=True, red_lines=True), st.floats(0.0, 1.0), st.integers(0, 1))
    def test_levels_stay_on_the_scale(self, tree, held, gives_enough):
        """A level is a number from 0 to 1, even where a stage can only hurt its proposer."""
        b, p = at_the_table(tree, held, gives_enough)
        b.put(f.OWN_BEST, proposer=b.state(f.OWN_BEST, "proposer") - 1.0)
        sincere(*b.all, p, 0, 0)
        assert all(0.0 <= level <= 1.0 for level in b.proposed().values())

    def test_a_proposer_that_can_only_lose_still_names_a_level(self):
        """What means nothing to it is free to give; that must not end in no number at all."""
        sides = {
            "proposer": {"river": 0.0, "coast": {"ideal": 0.5, "salience": 0}},
            "first": {"river": 1.0, "coast": 1.0},
        }
        b, p = at_the_table(small(sides), 0.0)
        b.put(f.OWN_BEST, proposer=-0.2)
        sincere(*b.all, p, 0, 0)
        assert 0.0 == b.proposed()["river"]
        assert 0.5 <= b.proposed()["coast"] <= 1.0

    @given(bargains(red_lines=True), st.floats(0.0, 1.0), st.integers(0, 1))
    def test_goes_past_no_red_line_of_those_it_courts(self, tree, held, gives_enough):
        """Not a step further out than where the proposer starts, on the side that is refused."""
        b, p = at_the_table(tree, held, gives_enough)
        sincere(*b.all, p, 0, 0)
        for i, k in np.ndindex(*b.s.red_side.shape):
            side, line = b.s.red_side[i, k], b.x.position[RED_LINE, i, k, 0]
            start = b.x.position[IDEAL, p, k, 0]
            level = b.w.issue[f.PROPOSAL, k, 0]
            if side != 0:
                assert side * level <= side * (max if side == 1 else min)(line, start) + 1e-12

    def test_trades_what_it_minds_less_for_what_it_minds_more(self):
        """With little to give it gives on the ports, which mean much to the other and little to itself."""
        sides = {
            "proposer": {"ports": {"ideal": 0.0, "salience": 1}, "river": {"ideal": 0.0, "salience": 4}},
            "first": {"ports": {"ideal": 1.0, "salience": 4}, "river": {"ideal": 1.0, "salience": 1}},
        }
        b, p = at_the_table(small(sides), 0.75, gives_enough=0)
        sincere(*b.all, p, 0, 0)
        assert 0.0 == b.proposed()["river"]
        assert 0.0 < b.proposed()["ports"] <= 1.0

    def test_stops_giving_once_all_are_expected_to_sign(self):
        """With much to give it gives no more than the other needs."""
        sides = {
            "proposer": {"ports": {"ideal": 0.0, "salience": 1}, "river": {"ideal": 0.0, "salience": 4}},
            "first": {"ports": {"ideal": 1.0, "salience": 4}, "river": {"ideal": 1.0, "salience": 1}},
        }
        given_away = []
        for gives_enough in (1, 0):
            b, p = at_the_table(small(sides), 0.0, gives_enough)
            b.put(f.SHARE_HELD, first=0.0)
            assert sincere(*b.all, p, 0, 0)
            given_away.append(sum(b.proposed().values()))
        assert 0.0 < given_away[0] < given_away[1]

    def test_with_nothing_to_give_it_asks_for_its_own_best(self):
        """Who holds out for everything concedes nothing."""
        b, p = at_the_table(small({"proposer": {"river": 0.3}, "first": {"river": 1.0}}), 1.0)
        sincere(*b.all, p, 0, 0)
        assert 0.3 == b.proposed()["river"]

    def test_courts_nobody_without_a_seat(self):
        """Who need not sign gets nothing."""
        sides = {"proposer": {"river": 0.0}, "first": {"river": 0.0}, "second": {"river": 1.0}}
        seats = [{"stage": "talks", "issues": ["river"], "consent": ["proposer", "first"]}]
        b, p = at_the_table(small(sides, agenda=seats), 0.0, gives_enough=0)
        sincere(*b.all, p, 0, 0)
        assert 0.0 == b.proposed()["river"]


SPLIT = {
    "proposer": {"border": {"ideal": 1.0, "salience": 5}, "trade": {"ideal": 0.0, "salience": 1}},
    "patron": {"border": {"ideal": 0.6, "salience": 1}, "trade": {"ideal": 1.0, "salience": 6}},
    "client": {"border": {"ideal": 0.0, "salience": 8}, "trade": {"ideal": 0.5, "salience": 1}},
}
TIES = {("patron", "client"): {"support": 0.4}, ("client", "patron"): {"dependence": 0.4}}
DIVIDER = {"demands": {"boulware": {"e": 0.4}}, "courts": {"wedge": {"patron": "patron", "client": "client"}}}


class TestWedge:
    """Selective accommodation: give the patron what the client must refuse (Crawford 2011)."""

    def test_gives_the_patron_what_it_needs_and_the_client_nothing(self):
        """On trade, which the proposer minds least, until the patron is expected to sign; never on the border."""
        b, p = at_the_table(small(SPLIT, TIES, states={"proposer": {"policy": DIVIDER}}), 0.2)
        wedge(*b.all, p, 0, 0)
        find_surpluses(*b.all, 0, 0)
        assert 1.0 == b.proposed()["border"]
        assert 0.0 < b.proposed()["trade"] <= 1.0
        assert b.state(f.SURPLUS, "patron") > 0.0 > b.state(f.SURPLUS, "client")

    def test_is_not_played_where_the_client_would_sign(self):
        """No ally is isolated by a proposal it likes; then it bargains as everybody does."""
        friendly = {**SPLIT, "client": SPLIT["proposer"]}
        levels = []
        for rule in (wedge, sincere):
            b, p = at_the_table(small(friendly, TIES, states={"proposer": {"policy": DIVIDER}}), 0.2)
            rule(*b.all, p, 0, 0)
            levels.append(b.proposed())
        assert levels[0] == levels[1]

    def test_is_played_blindly_where_the_scenario_assumes_no_checks(self):
        """Without its checks it courts the patron alone even if the client likes it too."""
        friendly = {**SPLIT, "client": SPLIT["proposer"]}
        tree = small(friendly, TIES, states={"proposer": {"policy": DIVIDER}}, assumptions={"wedge_checks": 0})
        b, p = at_the_table(tree, 0.2)
        wedge(*b.all, p, 0, 0)
        assert [0.0, 1.0, 0.0] == [b.state(f.COURTED, name) for name in ("client", "patron", "proposer")]

    def test_without_its_patron_at_the_table_it_bargains_sincerely(self):
        """There is nobody to win over."""
        b, p = at_the_table(small(SPLIT, TIES, states={"proposer": {"policy": DIVIDER}}), 0.2)
        b.put(f.GONE, patron=1.0)
        wedge(*b.all, p, 0, 0)
        assert 1.0 == b.state(f.COURTED, "client")

    @pytest.mark.parametrize("stages", [[["border"], ["trade"]], [["trade"], ["border"]]])
    def test_equals_sincere_on_stages_with_a_single_issue(self, stages):
        """With nothing to trade a whole course is the same to the last bit, whatever else goes on."""
        agenda = [{"stage": f"stage_{n}", "issues": issues} for n, issues in enumerate(stages)]
        runs = []
        for courts in (DIVIDER["courts"], "sincere"):
            policy = {"demands": DIVIDER["demands"], "courts": courts}
            states = {name: {"whim": 0.05, "misperception": 0.05} for name in SPLIT}
            states["proposer"]["policy"] = policy
            tree = small(SPLIT, TIES, agenda=agenda, rounds=12, states=states, strain={"noise": 0.01})
            runs.append([Played(game(tree), world=world).run for world in range(8)])
        for first, second in zip(*runs, strict=True):
            for mine, theirs in zip(first.world, second.world, strict=True):
                if mine is first.world.flat:
                    continue  # the same cells again
                if mine is first.world.state:
                    mine, theirs = (np.delete(part, [f.COURTS, f.COURT_WEIGHT], axis=0) for part in (mine, theirs))
                assert np.array_equal(mine, theirs)


@given(bargains(), st.floats(0.0, 1.0))
def test_the_proposer_never_courts_itself(tree, held):
    """Its own consent is given by proposing."""
    b, p = at_the_table(tree, held)
    sincere(*b.all, p, 0, 0)
    assert 0.0 == b.w.state[f.COURTED, p, 0]


@given(bargains(curved=True))
def test_the_worth_of_a_proposal_is_the_same_to_whoever_computes_it(tree):
    """Without misperception what others see of a state's worth is what it sees itself."""
    b, p = at_the_table(tree, 0.5)
    sincere(*b.all, p, 0, 0)
    for j in range(len(b.names.states)):
        assert worth_of_stage(*b.all, p, j, 0, 0, f.PROPOSAL) == worth_of_stage(*b.all, j, j, 0, 0, f.PROPOSAL)
