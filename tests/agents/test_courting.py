"""Whom a proposal is made to please: the tactics of the slot ``courting``."""

from typing import Any, ClassVar

import pytest
from small_games import Board, Played, Tree, game, small

from wedge.agents.contract import CourtingContract
from wedge.agents.courting import consult as consult_file
from wedge.agents.courting import sincere as sincere_file
from wedge.agents.courting import wedge as wedge_file
from wedge.agents.courting.consult import ally_to_consult, consult
from wedge.agents.courting.lots import lots
from wedge.agents.courting.nobody import nobody
from wedge.agents.courting.sincere import sincere
from wedge.agents.courting.wedge import issues_of, wedge
from wedge.engine.model import world as f
from wedge.engine.model.offers import see_the_others
from wedge.engine.simulation.phases.floor import take_the_floor

SPLIT = {
    "rival": {"border": {"ideal": 1.0, "salience": 5}, "trade": {"ideal": 0.0, "salience": 1}},
    "patron": {"border": {"ideal": 0.6, "salience": 1}, "trade": {"ideal": 1.0, "salience": 6}},
    "client": {"border": {"ideal": 0.0, "salience": 8}, "trade": {"ideal": 0.5, "salience": 1}},
}
TIES = {("patron", "client"): {"commitment": 0.6}, ("client", "patron"): {"commitment": 0.7, "dependence": 0.4}}


def talks(courts: Any, answers: str = "quantal", ideals: Tree | None = None, rounds: int = 6, **rest: Any) -> Played:
    """Talks in which the rival has the floor throughout and courts as it is told."""
    policy = {"demands": "concession", "courts": courts, "answers": answers}
    tree = small(ideals or SPLIT, TIES, rounds=rounds, states={"rival": {"policy": policy}}, **rest)
    tree["agenda"][0]["floor"] = {"rotation": ["rival"]}
    return Played(game(tree))


class TestNobody(CourtingContract):
    """An ultimatum."""

    policy = staticmethod(nobody)

    def test_proposes_its_own_best_every_time(self):
        """Whoever may sign it."""
        run = talks("nobody")
        assert [{"border": 1.0, "trade": 0.0}] * 6 == [run.proposed(n) for n in range(6)]


class TestSincere(CourtingContract):
    """Logrolling for everybody whose consent is needed."""

    policy = staticmethod(sincere)
    parameters = sincere_file.PARAMETERS

    def test_comes_nearer_round_by_round(self):
        """As its demand falls, what it asks for on the border falls with it."""
        asked = [talks("sincere").proposed(n)["border"] for n in range(6)]
        assert sorted(asked, reverse=True) == asked
        assert asked[-1] < asked[0]

    def test_gives_first_what_it_minds_least(self):
        """In the second round it has given on trade and nothing on the border."""
        run = talks("sincere")
        assert (1.0, 0.0) != (run.proposed(1)["border"], run.proposed(1)["trade"])
        assert 0.0 < run.proposed(1)["trade"]
        assert 1.0 == run.proposed(1)["border"]

    def test_asks_nothing_of_those_it_does_not_need(self):
        """With the client out of the room it bargains with the patron alone."""
        run = talks(
            "sincere", agenda=[{"stage": "talks", "issues": ["border", "trade"], "consent": ["rival", "patron"]}]
        )
        assert 0.0 == run.at(0, f.COURTED, "client")


class TestWedge(CourtingContract):
    """The patron gets what the client must refuse."""

    policy = staticmethod(wedge)
    parameters = wedge_file.PARAMETERS
    courts: ClassVar[Tree] = {"wedge": {"patron": "patron", "client": "client"}}

    def divided(self, courts: Any) -> list[int]:
        """The rounds in which the patron signed what its client refused."""
        run = talks(courts, rounds=10)
        said = [run.stances(n) for n in range(10)]
        return [n for n, s in enumerate(said) if s["patron"] != "reject" == s["client"]]

    def test_divides_patron_and_client_sooner_than_a_sincere_proposer(self):
        """And in more rounds."""
        wedged, sincerely = self.divided(self.courts), self.divided("sincere")
        assert wedged[0] < sincerely[0]
        assert len(wedged) > len(sincerely)

    def test_asks_for_more_of_what_divides_the_two_while_it_is_driven(self):
        """Only the patron's consent has to be bought, and the border is nothing to the patron."""
        wedged, sincerely = talks(self.courts, rounds=10), talks("sincere", rounds=10)
        driven = [n for n in range(10) if wedged.at(n, f.COURTED, "client") == 0.0]
        assert driven
        assert all(wedged.proposed(n)["border"] > sincerely.proposed(n)["border"] for n in driven)

    def test_is_driven_only_while_its_own_demand_is_met(self):
        """What it gives the patron it can afford."""
        run = talks(self.courts, rounds=10)
        driven = [n for n in range(10) if run.at(n, f.COURTED, "client") == 0.0]
        assert all(run.at(n, f.SURPLUS, "rival") >= run.at(n, f.HELD_OUT_FOR, "rival") - 1e-9 for n in driven)

    def test_costs_the_patrons_tie_to_its_client(self):
        """Daylight: the patron would have signed."""
        run = talks(self.courts, rounds=10)
        assert any("daylight" in run.strain(n, "patron", "client") for n in range(10))

    def test_counts_the_issues_of_a_stage(self):
        """With one issue there is nothing to trade."""
        agenda = [{"stage": "first", "issues": ["trade"]}, {"stage": "second", "issues": ["border"]}]
        b = Board(game(small(SPLIT, agenda=agenda)))
        assert [1, 1, 0] == [issues_of(b.s, g) for g in range(3)]


class TestConsult(CourtingContract):
    """Mend a weak tie first."""

    policy = staticmethod(consult)
    parameters = consult_file.PARAMETERS

    def board(self, ours: float = 0.55, theirs: float = 0.7) -> Board:
        """A patron that minds ties below 0.65, its client, and a rival; the ties began at 0.6 and 0.7."""
        policy = {"courts": {"consult": {"below": 0.65}}}
        b = Board(game(small(SPLIT, TIES, states={"patron": {"policy": policy}})))
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", ours)
        b.put_tie(f.COMMITMENT_NOW, "client", "patron", theirs)
        return b

    def test_turns_to_the_ally_to_which_a_tie_has_grown_weak(self):
        """Its own tie to the client, or the client's to it."""
        for b in (self.board(ours=0.55), self.board(ours=0.6, theirs=0.5)):
            assert b.i("client") == ally_to_consult(*b.all, b.i("patron"), 0)

    def test_leaves_a_tie_alone_that_never_was_stronger(self):
        """At 0.6 it is below the limit, but where it began: there is nothing to mend."""
        b = self.board(ours=0.6)
        assert -1 == ally_to_consult(*b.all, b.i("patron"), 0)

    @pytest.mark.parametrize("change", ["strong", "gone", "broken"])
    def test_turns_to_nobody_where_nothing_can_be_mended(self, change):
        """Ties are strong, or the ally has left, or both ties are broken for good."""
        b = self.board(ours=0.66 if change == "strong" else 0.55)
        if change == "gone":
            b.put(f.GONE, client=1.0)
        if change == "broken":
            b.w.tie[f.FRACTURE_ROUND] = 0.0
        assert -1 == ally_to_consult(*b.all, b.i("patron"), 0)

    def test_spends_every_second_floor_on_it_until_it_is_mended(self):
        """Half of what is lost each time; then it proposes."""
        policy = {"courts": {"consult": {"below": 0.58}}}
        tree = small(
            SPLIT,
            TIES,
            rounds=12,
            states={"patron": {"policy": policy}},
            strain={"consultation": 0.5, "daylight": 0, "rally": 0, "abandonment": 0},
        )
        tree["agenda"][0] |= {"floor": {"rotation": ["patron"]}, "consent": ["patron", "client", "rival"]}
        tree["events"] = {
            "insult": {"at": "2030-01-01", "effects": [{"shock": {"from": "patron", "to": "client"}, "by": -0.2}]}
        }
        run = Played(game(tree))
        consulted = [n for n, move in enumerate(run.moves()) if move == "consult"]
        assert [0, 2, 4, 6] == consulted
        assert [0.5, 0.55, 0.575, 0.5875] == pytest.approx([run.commitments("patron", "client")[n] for n in consulted])
        assert 4.0 == run.at(11, f.CONSULTATIONS, "patron")

    def test_proposes_nothing_that_an_ally_must_refuse(self):
        """Where a sincere patron would meet the rival half-way, it speaks for its client first."""
        levels = []
        for courts in ("consult", "sincere"):
            tree = small(SPLIT, TIES, rounds=6, states={"patron": {"policy": {"courts": courts}}})
            tree["agenda"][0]["floor"] = {"rotation": ["patron"]}
            run = Played(game(tree))
            levels.append([run.proposed(n)["border"] for n in range(6) if run.moves()[n] == "propose"])
        assert levels[0]
        assert all(mine <= theirs + 1e-9 for mine, theirs in zip(*levels, strict=True))

    def consulted(self, land: float, **client: Any) -> Board:
        """A patron in the middle that can give a quarter of the way, towards whoever lacks most; the client wants ``land``."""
        ideals = {"rival": {"land": 1.0}, "patron": {"land": 0.5}, "client": {"land": {"ideal": land, **client}}}
        b = Board(game(small(ideals, TIES, states={"patron": {"policy": {"courts": "consult"}}})))
        take_the_floor(*b.all, 0, 0)
        p = b.i("patron")
        b.put(f.SHARE_HELD, patron=0.0, client=1.0, rival=1.0)
        b.put(f.HELD_OUT_FOR, patron=0.0)
        b.put(f.OWN_BEST, patron=0.25)
        see_the_others(*b.all, p, 0, 0, 0.5)
        consult(*b.all, p, 0, 0)
        return b

    def test_does_not_speak_for_an_ally_that_gains_and_merely_holds_out_for_more(self):
        """The client would be better off than without a deal; the patron courts the rival as well."""
        b = self.consulted(0.8)
        assert 0.0 < b.state(f.SEEN_SURPLUS, "client") < b.state(f.SEEN_BEST, "client")
        assert 1.0 == b.state(f.COURTED, "rival")

    @pytest.mark.parametrize(("land", "client"), [(0.3, {}), (0.8, {"red_line": {"below": 0.79}})])
    def test_speaks_for_an_ally_that_would_lose_or_whose_red_line_is_crossed(self, land, client):
        """It courts its ally alone."""
        assert 0.0 == self.consulted(land, **client).state(f.COURTED, "rival")


class TestLots(CourtingContract):
    """The null model."""

    policy = staticmethod(lots)
    heeds_red_lines = False

    def test_draws_new_levels_for_every_proposal(self):
        """And not the same ones in another world."""
        policy = {"demands": "lots", "courts": "lots", "answers": "lots"}
        scenario = game(small(SPLIT, states={"rival": {"policy": policy}}))
        levels = set()
        for world in range(3):
            b = Board(scenario, world=world)
            for proposals in range(3):
                b.w.stage[f.PROPOSALS, 0, 0] = proposals
                lots(*b.all, b.i("rival"), 0, 0)
                levels.add(tuple(b.proposed().values()))
        assert 9 == len(levels)
