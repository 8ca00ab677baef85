"""The contract itself: it catches what it is there to catch, and a student's own policy can be put to it."""

import pytest

from wedge.agents.contract import (
    AnsweringContract,
    CourtingContract,
    DemandContract,
    PolicyContract,
    SeatContract,
    answers,
    demand,
    shares,
    view,
)
from wedge.agents.seat import CONSENT, REFUSE, Policy
from wedge.engine.model import world as f
from wedge.engine.model.words import ACCEPT, CONCEDE, DEMAND_MET, RED_LINE, REJECT, STOOD_FIRM


class Bargainer(Policy):
    """A student's policy: asks for its ideal, yields evenly, and signs what is worth something."""

    def demand(self, table):
        return 1.0 - table.used

    def offer(self, table):
        return {issue: table.ideals[issue] for issue in table.issues}

    def answer(self, table):
        return CONSENT if table.view.surplus > 0.0 else REFUSE


class TestBargainer(SeatContract):
    """A policy of one's own keeps to the contract."""

    policy = Bargainer


class TestPolicyThatLeavesEverythingOpen(SeatContract):
    """The base class does: every question goes to the state's own tactics."""

    policy = Policy


def breaks(contract: type, test: str, **said: object) -> None:
    """The test of the contract fails for a policy."""
    case = type("Case", (contract,), said)()
    with pytest.raises((AssertionError, KeyError)):
        getattr(case, test)()


class TestWhatIsCaught:
    """A policy that breaks a rule does not pass."""

    def test_no_source(self):
        """A docstring without a citation, or with one that is nowhere listed."""

        def uncited(view):
            """Refuse."""

        def misquoted(view):
            """Refuse.

            Names:
              - Nobody knows: [Unknown1900]_
            """

        breaks(PolicyContract, "test_cites_a_source", policy=staticmethod(uncited))
        breaks(PolicyContract, "test_cites_a_source", policy=staticmethod(misquoted))
        breaks(PolicyContract, "test_is_a_rule", policy=staticmethod(uncited))

    def test_a_source_of_ones_own_will_do(self):
        """The contract takes another list of sources."""

        def cited(view):
            """Refuse.

            Names:
              - A classic: [Own2030]_
            """

        case = type("Case", (PolicyContract,), {"policy": staticmethod(cited), "sources": {"Own2030": "Own (2030)."}})()
        case.test_cites_a_source()
        case.test_says_what_it_does()

    def test_a_reason_that_does_not_fit(self):
        """Refusing because the demand was met."""
        breaks(AnsweringContract, "test_reason_fits_its_move", policy=staticmethod(lambda view: (REJECT, DEMAND_MET)))
        breaks(AnsweringContract, "test_reason_fits_its_move", policy=staticmethod(lambda view: (REJECT, STOOD_FIRM)))

    def test_consent_past_a_red_line(self):
        """However good the deal."""
        breaks(
            AnsweringContract,
            "test_never_consents_past_a_red_line",
            policy=staticmethod(lambda view: (ACCEPT, DEMAND_MET)),
        )

    def test_the_wrong_word_for_consent(self):
        """Conceding what meets the demand."""
        test = "test_accepts_when_its_demand_is_met_and_concedes_when_it_is_not"
        breaks(AnsweringContract, test, policy=staticmethod(lambda view: (CONCEDE, RED_LINE)))

    def test_no_stance_at_all(self):
        """Nothing that is a word of the model."""
        breaks(
            AnsweringContract,
            "test_takes_a_stance_and_gives_a_reason",
            policy=staticmethod(lambda view: (7, DEMAND_MET)),
        )

    def test_a_demand_beyond_everything(self):
        """More than all of its own best."""
        breaks(
            DemandContract,
            "test_holds_out_for_a_share_of_its_own_best",
            policy=staticmethod(lambda view: 1.0 + view.used),
        )

    def test_a_proposal_off_the_scale_or_off_the_table(self):
        """A level of 2, and a level for an issue of another stage."""

        def wild(s, x, w, p, g, lane):
            w.issue[f.PROPOSAL, :, lane] = 2.0
            return False

        breaks(CourtingContract, "test_proposes_levels_at_which_the_stage_can_settle", policy=staticmethod(wild))
        breaks(CourtingContract, "test_leaves_the_issues_of_other_stages_alone", policy=staticmethod(wild))

    def test_a_proposal_past_a_courted_states_red_line(self):
        """All the way out, while courting everybody."""

        def blind(s, x, w, p, g, lane):
            for k in range(s.issue_id.shape[0]):
                if s.stage_of[k] == g:
                    w.issue[f.PROPOSAL, k, lane] = 1.0
            w.state[f.COURTED, :, lane] = 1.0
            return False

        breaks(CourtingContract, "test_goes_past_no_red_line_of_those_it_courts", policy=staticmethod(blind))

    def test_a_proposer_that_remembers(self):
        """What is not in the world is not known in another driver."""
        calls = iter(range(10**9))

        def forgetful(s, x, w, p, g, lane):
            w.issue[f.PROPOSAL, 0, lane] = 0.5 + 0.5 / (1 + next(calls))
            return False

        breaks(CourtingContract, "test_asks_the_same_whenever_it_is_asked", policy=staticmethod(forgetful))

    def test_words_that_a_seat_does_not_know(self):
        """A share of two, a level for the moon, an answer of maybe."""

        class Odd(Policy):
            def demand(self, table):
                return 2.0

            def offer(self, table):
                return {"moon": 0.5}

            def answer(self, table):
                return "maybe"

        for test in (
            "test_demands_a_share_or_nothing",
            "test_offers_levels_of_the_issues_on_the_table",
            "test_answers_with_a_word_or_nothing",
        ):
            breaks(SeatContract, test, policy=Odd)


class TestShortGames:
    """The helpers with which a game fits on one line."""

    def test_a_view_adds_up(self):
        """The score is the sum of its parts, unless it is given."""
        assert 0.5 == pytest.approx(
            view(surplus=0.4, held_out_for=0.1, pressure=0.3, loyalty=0.05, audience=0.05).score
        )
        assert 9.0 == view(surplus=0.4, score=9.0).score

    def test_lists_are_played_side_by_side(self):
        """Two lists go together, row by row; a single value is an answer by itself."""

        def signs(seen):
            return (ACCEPT if seen.surplus > seen.held_out_for else REJECT), DEMAND_MET

        assert [ACCEPT, REJECT] == answers(signs, surplus=[0.2, 0.2], held_out_for=[0.1, 0.3])
        assert ACCEPT == answers(signs, surplus=0.2)
        assert 0.25 == shares(lambda seen: seen.used, used=0.25)
        assert 1.0 == demand().number_a
