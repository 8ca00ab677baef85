"""When support is withheld and restored, when a tie fractures, and when an alliance has split."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, game, small

from wedge.engine.model import world as f
from wedge.engine.model.fracture import bound, connected, cross_thresholds, restore, withhold

IDEALS = {"patron": {"land": 0.5}, "client": {"land": 0.0}, "rival": {"land": 1.0}}
TIES = {
    ("patron", "client"): {"commitment": 0.6, "suspends_below": 0.35, "breaks_below": 0.3, "support": 0.4},
    ("client", "patron"): {"commitment": 0.8, "suspends_below": 0.35, "breaks_below": 0.3},
}
FIVE = ("amber", "birch", "cedar", "dune", "ember")


def board(*sets: str, **rest: object) -> Board:
    """A patron, its client, and their rival."""
    return Board(game(small(IDEALS, TIES, **rest), *sets))


class TestThresholds:
    """Below one commitment support is withheld, below another the tie has fractured."""

    @pytest.mark.parametrize(
        ("commitment", "suspended", "fractured"),
        [(0.6, False, False), (0.35, False, False), (0.349, True, False), (0.3, True, False), (0.299, False, True)],
    )
    def test_are_crossed_from_above(self, commitment, suspended, fractured):
        """At the threshold itself nothing happens yet."""
        b = board()
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", commitment)
        cross_thresholds(*b.all, 4, 0)
        assert suspended == (b.tie(f.SUSPENDED, "patron", "client") == 1.0)
        assert fractured == (b.tie(f.FRACTURE_ROUND, "patron", "client") == 4.0)

    @pytest.mark.parametrize(("commitment", "suspended"), [(0.36, True), (0.39, True), (0.41, False)])
    def test_support_returns_above_the_threshold_by_a_margin_only(self, commitment, suspended):
        """So that it does not flicker: 0.35 and 0.05 more."""
        b = board("strain.restore_margin=0.05")
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.34)
        cross_thresholds(*b.all, 2, 0)
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", commitment)
        cross_thresholds(*b.all, 3, 0)
        assert suspended == (b.tie(f.SUSPENDED, "patron", "client") == 1.0)
        assert (-1.0 if suspended else 3.0) == b.tie(f.RESTORED_ROUND, "patron", "client")

    def test_count_the_rounds_in_which_support_was_withheld(self):
        """Three rounds below, one above: the first round and the number are kept."""
        b = board("strain.restore_margin=0")
        for n, commitment in enumerate((0.34, 0.33, 0.34, 0.5)):
            b.put_tie(f.COMMITMENT_NOW, "patron", "client", commitment)
            cross_thresholds(*b.all, n, 0)
        assert 3.0 == b.tie(f.WITHHELD_ROUNDS, "patron", "client")
        assert [0.0, 0.0] == [b.tie(field, "patron", "client") for field in (f.WITHHELD_ROUND, f.SUSPENDED_ROUND)]

    def test_a_fracture_is_for_good(self):
        """However high a commitment might climb afterwards, the tie is out."""
        b = board()
        for n, commitment in enumerate((0.2, 0.9)):
            b.put_tie(f.COMMITMENT_NOW, "patron", "client", commitment)
            cross_thresholds(*b.all, n, 0)
        assert 0.0 == b.tie(f.FRACTURE_ROUND, "patron", "client")

    def test_no_tie_is_broken_that_was_never_declared(self):
        """Strangers have nothing to lose, though their commitment is 0."""
        b = board()
        cross_thresholds(*b.all, 0, 0)
        assert -1.0 == b.tie(f.FRACTURE_ROUND, "rival", "client")


class TestHeart:
    """What losing support does at once."""

    def test_a_client_loses_heart_when_support_is_withheld(self):
        """A tenth of the 0.4 that flowed."""
        b = board("strain.withdrawal=0.1")
        withhold(*b.all, b.i("patron"), b.i("client"), 0, 0, f.HELD_BACK)
        assert 0.04 == pytest.approx(b.state(f.WEARINESS_NOW, "client"))

    def test_it_loses_heart_once_however_often_support_is_withheld(self):
        """For two reasons, and by a fracture on top: it was gone already."""
        b = board("strain.withdrawal=0.1", "strain.shock=0")
        withhold(*b.all, b.i("patron"), b.i("client"), 0, 0, f.HELD_BACK)
        withhold(*b.all, b.i("patron"), b.i("client"), 1, 0, f.SUSPENDED)
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.1)
        cross_thresholds(*b.all, 2, 0)
        assert 0.04 == pytest.approx(b.state(f.WEARINESS_NOW, "client"))

    def test_it_loses_heart_when_the_tie_breaks_at_once(self):
        """From full support to nothing in a round."""
        b = board("strain.withdrawal=0.1")
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.1)
        cross_thresholds(*b.all, 2, 0)
        assert 0.04 == pytest.approx(b.state(f.WEARINESS_NOW, "client"))

    def test_nobody_is_wearier_than_can_be(self):
        """Weariness ends at 1."""
        b = board("strain.withdrawal=9")
        withhold(*b.all, b.i("patron"), b.i("client"), 0, 0, f.HELD_BACK)
        assert 1.0 == b.state(f.WEARINESS_NOW, "client")


class TestTwoReasons:
    """Support may be withheld by low commitment and by an event; both must go."""

    def test_flows_again_when_the_last_reason_is_gone(self):
        """The event is over, but the commitment is still low."""
        b = board()
        patron, client = b.i("patron"), b.i("client")
        withhold(*b.all, patron, client, 0, 0, f.HELD_BACK)
        withhold(*b.all, patron, client, 1, 0, f.SUSPENDED)
        restore(b.s, b.w, patron, client, 2, 0, f.HELD_BACK)
        assert -1.0 == b.tie(f.RESTORED_ROUND, "patron", "client")
        restore(b.s, b.w, patron, client, 3, 0, f.SUSPENDED)
        assert 3.0 == b.tie(f.RESTORED_ROUND, "patron", "client")

    def test_what_was_not_withheld_is_not_restored(self):
        """There is nothing to restore."""
        b = board()
        restore(b.s, b.w, b.i("patron"), b.i("client"), 2, 0, f.HELD_BACK)
        assert -1.0 == b.tie(f.RESTORED_ROUND, "patron", "client")

    def test_a_broken_tie_can_neither_be_withheld_nor_restored(self):
        """It is out."""
        b = board("strain.withdrawal=0.1")
        patron, client = b.i("patron"), b.i("client")
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 1.0)
        withhold(*b.all, patron, client, 2, 0, f.HELD_BACK)
        assert [0.0, -1.0] == [b.tie(field, "patron", "client") for field in (f.HELD_BACK, f.WITHHELD_ROUND)]
        assert 0.0 == b.state(f.WEARINESS_NOW, "client")


class TestCascade:
    """A fracture is a shock to the ties next to it."""

    @staticmethod
    def ring(commitment: float, shock: float) -> Board:
        """Five allies in a ring, each tied to the next, the first tie below its threshold."""
        ties = {
            (a, b): {"commitment": commitment, "breaks_below": 0.3}
            for a, b in zip(FIVE, (*FIVE[1:], FIVE[0]), strict=True)
        }
        b = Board(game(small({name: {"land": n / 4} for n, name in enumerate(FIVE)}, ties), f"strain.shock={shock}"))
        b.put_tie(f.COMMITMENT_NOW, "amber", "birch", 0.1)
        cross_thresholds(*b.all, 0, 0)
        return b

    @staticmethod
    def broken(b: Board) -> int:
        """How many ties have fractured."""
        return int((b.w.tie[f.FRACTURE_ROUND] >= 0).sum())

    @pytest.mark.parametrize(("wanted", "commitment", "shock"), [(1, 0.5, 0.1), (5, 0.35, 0.1), (1, 0.35, 0.0)])
    def test_runs_as_far_as_the_shocks_carry_it(self, wanted, commitment, shock):
        """Weak ties fall like dominoes within the round, strong ones hold; without shocks each stands alone."""
        assert wanted == self.broken(self.ring(commitment, shock))

    def test_shocks_the_neighbours_alone(self):
        """Of five ties in a ring, the two that touch the one that broke."""
        b = self.ring(0.6, 0.05)
        assert 2 == int((b.w.books != 0).sum())
        assert {"shock": -0.05} == b.books("birch", "cedar") == b.books("ember", "amber")

    def test_shakes_a_tie_once_a_round_however_many_break_beside_it(self):
        """Two of its neighbours break at once; the next round's fractures shake it anew."""
        ties = {pair: {"commitment": 0.9, "breaks_below": 0.3} for pair in (FIVE[:2], FIVE[1:3], FIVE[2:4], FIVE[3:])}
        sides = {name: {"land": n / 4} for n, name in enumerate(FIVE)}
        b = Board(game(small(sides, ties), "strain.shock=0.1"))
        for n, broken in enumerate((("amber", "birch"), ("cedar", "dune"))):
            b.put_tie(f.COMMITMENT_NOW, *broken, 0.1)
            if n == 0:
                b.put_tie(f.COMMITMENT_NOW, "dune", "ember", 0.1)
            cross_thresholds(*b.all, n, 0)
        # cedar -> dune is next to dune -> ember in round 0; birch -> cedar next to two in rounds 0 and 1
        assert -0.2 == pytest.approx(b.books("birch", "cedar")["shock"])

    @given(
        st.lists(st.floats(0.3, 1), min_size=20, max_size=20),
        st.floats(0, 0.5),
        st.integers(0, 19),
        st.randoms(use_true_random=False),
    )
    def test_always_comes_to_an_end_and_leaves_no_tie_below_its_threshold(self, commitments, shock, first, dice):
        """A tie breaks once, so there is an end; then every tie that holds is above its threshold."""
        pairs = [(a, b) for a in FIVE for b in FIVE if a != b]
        ties = {
            pair: {"commitment": round(c, 3), "breaks_below": 0.3} for pair, c in zip(pairs, commitments, strict=True)
        }
        b = Board(
            game(small({name: {"land": n / 4} for n, name in enumerate(FIVE)}, ties), f"strain.shock={shock:.3f}")
        )
        b.put_tie(f.COMMITMENT_NOW, *pairs[first], dice.random() * 0.3)
        cross_thresholds(*b.all, 0, 0)
        holds = (b.s.tie == 1) & (b.w.tie[f.FRACTURE_ROUND, :, :, 0] < 0)
        assert (b.w.tie[f.COMMITMENT_NOW, :, :, 0][holds] >= 0.3).all()
        assert 1 <= self.broken(b)


class TestAlliances:
    """An alliance has fractured when a tie inside it has, and has split when it is no longer connected."""

    @given(
        st.sets(st.sampled_from([(a, b) for a in FIVE for b in FIVE if a != b]), min_size=1),
        st.data(),
    )
    def test_have_split_when_their_members_are_no_longer_connected(self, pairs, data):
        """Two states hold together while a tie is declared between them and none of theirs has fractured."""
        tree = small({name: {"land": n / 4} for n, name in enumerate(FIVE)}, {key: {} for key in pairs})
        b = Board(game(tree))
        gone = data.draw(st.sets(st.sampled_from(sorted(pairs))))
        for pair in gone:
            b.put_tie(f.FRACTURE_ROUND, *pair, 0.0)
        graph = nx.Graph()
        graph.add_nodes_from(b.i(name) for name in tree["alliances"]["pact"]["members"])
        graph.add_edges_from((b.i(x), b.i(y)) for x, y in pairs if not {(x, y), (y, x)} & gone)
        assert nx.is_connected(graph) == connected(b.s, b.w, 0, 0)
        assert all(bound(b.s, b.w, i, j, 0) == graph.has_edge(i, j) for i in range(5) for j in range(5) if i != j)

    def test_of_three_can_fracture_without_a_split(self):
        """In a triangle one quarrel leaves a way round."""
        ties = {("amber", "birch"): {}, ("birch", "cedar"): {}, ("cedar", "amber"): {}}
        b = Board(game(small({name: {"land": 0.5} for name in FIVE[:3]}, ties), "strain.shock=0"))
        for n, (source, target) in enumerate(list(ties)[:2]):
            b.put_tie(f.COMMITMENT_NOW, source, target, 0.1)
            cross_thresholds(*b.all, n, 0)
        assert 0.0 == b.w.alliance[f.ALLIANCE_FRACTURED, 0, 0]
        assert 1.0 == b.w.alliance[f.ALLIANCE_SPLIT, 0, 0]

    def test_do_not_mind_ties_outside(self):
        """The break of two states in another alliance is not theirs."""
        tree = small({name: {"land": 0.5} for name in FIVE[:3]}, {("amber", "birch"): {}})
        tree["alliances"]["other"] = {"members": ["birch", "cedar"], "ties": {"birch": {"cedar": {}}}}
        b = Board(game(tree))
        b.put_tie(f.COMMITMENT_NOW, "birch", "cedar", 0.1)
        cross_thresholds(*b.all, 0, 0)
        fractured = dict(zip(b.names.alliances, b.w.alliance[f.ALLIANCE_FRACTURED, :, 0], strict=True))
        assert {"other": 0.0, "pact": -1.0} == fractured

    def test_pay_their_stakes_once_when_they_fracture(self):
        """The divider who needs no deal: 0.3, discounted to the round; the client loses by it."""
        stakes = {"pact": {"stakes": {"rival": 0.3, "client": -0.5}}}
        b = board("states.rival.discount=0.9", alliances=stakes)
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.1)
        cross_thresholds(*b.all, 2, 0)
        b.put_tie(f.COMMITMENT_NOW, "client", "patron", 0.1)
        cross_thresholds(*b.all, 3, 0)
        for field in (f.STAKE_WON, f.PAYOFF):
            found = [b.state(field, name) for name in ("rival", "client", "patron")]
            assert [0.3 * 0.81, -0.5, 0.0] == pytest.approx(found)

    def test_without_a_tie_inside_never_fracture(self):
        """A club that binds nobody to anything."""
        tree = small(IDEALS)
        tree["alliances"] = {"club": {"members": ["patron", "client"]}}
        b = Board(game(tree))
        cross_thresholds(*b.all, 0, 0)
        assert not np.any(b.w.alliance >= 0)
