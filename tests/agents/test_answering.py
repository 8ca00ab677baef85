"""How a state answers: the tactics of the slot ``answering``."""

from hypothesis import given
from hypothesis import strategies as st

from wedge.agents.answering import lots as lots_file
from wedge.agents.answering.firm import firm
from wedge.agents.answering.follow import follow
from wedge.agents.answering.lots import lots
from wedge.agents.answering.quantal import quantal
from wedge.agents.answering.solidarity import solidarity
from wedge.agents.contract import AnsweringContract, answers, reasons, view
from wedge.engine.model.theories import PROSPECT, RECIPROCITY
from wedge.engine.model.words import (
    ACCEPT,
    ALLYS_RED_LINE,
    AT_RANDOM,
    CONCEDE,
    DEMAND_MET,
    FEARED_A_LOSS,
    GAINED_ENOUGH,
    LOYAL_TO_AN_ALLY,
    ON_A_DOUBT,
    ON_A_WHIM,
    RED_LINE,
    REJECT,
    RETURNED_GOOD,
    RETURNED_ILL,
    SAID_TOO_MUCH,
    STOOD_FIRM,
    UNDER_PRESSURE,
    WORSE_THAN_NOTHING,
)  # fmt: skip


class TestFirm(AnsweringContract):
    """Consent only when the demand is met."""

    policy = staticmethod(firm)

    def test_signs_what_meets_its_demand(self):
        """Exactly that is enough."""
        assert [ACCEPT, ACCEPT, REJECT] == answers(firm, surplus=[0.3, 0.2, 0.19], held_out_for=0.2)

    def test_does_not_yield_under_pressure(self):
        """Pressure moves conceders; a hardliner answers as if there were none."""
        assert [REJECT, REJECT] == answers(firm, surplus=0.1, held_out_for=0.2, pressure=[0.0, 5.0])

    def test_does_not_mind_loyalty_audience_or_whim(self):
        """Its demand is met, and nothing else counts."""
        assert [ACCEPT] * 3 == answers(
            firm,
            surplus=0.3,
            held_out_for=0.2,
            loyalty=[9.0, 0.0, 0.0],
            audience=[0.0, 9.0, 0.0],
            whim=[0.0, 0.0, -9.0],
        )

    def test_signs_nothing_that_is_worth_nothing(self):
        """Not even at the deadline, when it holds out for nothing any more."""
        assert [REJECT, REJECT, ACCEPT] == answers(firm, surplus=[-0.1, 0.0, 0.01], held_out_for=0.0)

    def test_tells_a_small_gain_from_a_loss(self):
        """It stood firm, or it was worse than nothing."""
        assert [STOOD_FIRM, WORSE_THAN_NOTHING] == reasons(firm, surplus=[0.1, -0.1], held_out_for=0.2)


class TestQuantal(AnsweringContract):
    """Consent when all that speaks for it outweighs all that speaks against it."""

    policy = staticmethod(quantal)

    def test_accepts_what_meets_its_demand_with_something_to_spare(self):
        """Strictly above what it holds out for."""
        assert [REJECT, ACCEPT] == answers(quantal, surplus=[0.2, 0.21], held_out_for=0.2)

    def test_concedes_under_pressure(self):
        """It falls a tenth short of its demand and its patron weighs more than a tenth."""
        assert [REJECT, CONCEDE] == answers(quantal, surplus=0.1, held_out_for=0.2, pressure=[0.05, 0.15])
        assert [STOOD_FIRM, UNDER_PRESSURE] == reasons(quantal, surplus=0.1, held_out_for=0.2, pressure=[0.05, 0.15])

    def test_refuses_out_of_loyalty(self):
        """Its demand is met, but an ally is hurt by more."""
        assert [ACCEPT, REJECT] == answers(quantal, surplus=0.3, held_out_for=0.2, loyalty=[0.05, 0.15])
        assert LOYAL_TO_AN_ALLY == reasons(quantal, surplus=0.3, held_out_for=0.2, loyalty=0.15)

    def test_refuses_what_would_shame_it(self):
        """Its demand is met, but it has refused better in public."""
        assert SAID_TOO_MUCH == reasons(quantal, surplus=0.3, held_out_for=0.2, audience=0.15)

    def test_names_the_weightier_of_two_reasons_to_refuse(self):
        """Where loyalty and shame would each do."""
        assert [LOYAL_TO_AN_ALLY, SAID_TOO_MUCH] == reasons(
            quantal, surplus=0.3, held_out_for=0.2, loyalty=[0.3, 0.2], audience=[0.2, 0.3]
        )

    def test_names_the_weightier_of_two_reasons_that_do_it_only_together(self):
        """Neither alone would have kept it from signing; that it stood firm would be untrue: its demand is met."""
        assert [LOYAL_TO_AN_ALLY, SAID_TOO_MUCH] == reasons(
            quantal, surplus=0.5, held_out_for=0.2, loyalty=[0.25, 0.2], audience=[0.2, 0.25]
        )

    def test_owns_up_to_chance(self):
        """Without the random part it would have done the opposite."""
        assert [(ACCEPT, ON_A_WHIM), (CONCEDE, ON_A_WHIM), (REJECT, ON_A_DOUBT)] == [
            quantal(view(surplus=0.3, held_out_for=0.2, loyalty=0.2, whim=0.15)),
            quantal(view(surplus=0.1, held_out_for=0.2, whim=0.15)),
            quantal(view(surplus=0.3, held_out_for=0.2, whim=-0.15)),
        ]

    def test_owns_up_to_its_decision_theory(self):
        """Without what its theory adds it would have done the opposite; where it only helps, its demand is met."""
        assert [FEARED_A_LOSS, RETURNED_ILL] == reasons(
            quantal, surplus=0.3, held_out_for=0.2, tilt=-0.15, theory=[PROSPECT, RECIPROCITY]
        )
        assert (CONCEDE, RETURNED_GOOD) == quantal(view(surplus=0.1, held_out_for=0.2, tilt=0.15, theory=RECIPROCITY))
        assert (REJECT, RETURNED_ILL) == quantal(
            view(surplus=0.4, held_out_for=0.2, tilt=-0.25, whim=-0.3, theory=RECIPROCITY)
        )
        assert DEMAND_MET == reasons(quantal, surplus=0.3, held_out_for=0.2, tilt=0.15, theory=RECIPROCITY)

    def test_concedes_when_several_small_things_speak_for_it(self):
        """Neither pressure nor luck alone tipped it."""
        assert GAINED_ENOUGH == reasons(quantal, surplus=0.1, held_out_for=0.15, pressure=0.1, whim=0.1)

    @given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5))
    def test_never_signs_less_for_a_better_offer(self, surplus, held, loyalty, more):
        """What is accepted is accepted with more on top."""
        before, after = answers(quantal, surplus=[surplus, surplus + more], held_out_for=held, loyalty=loyalty)
        assert before == REJECT or after != REJECT


class TestLots(AnsweringContract):
    """The null model."""

    policy = staticmethod(lots)
    parameters = lots_file.PARAMETERS

    def test_consents_as_often_as_its_probability_says(self):
        """Whatever is offered: the lot decides."""
        assert [CONCEDE, REJECT] == answers(lots, surplus=-1.0, number_a=0.3, lot=[0.29, 0.3])

    def test_gives_no_other_reason_than_the_lot(self):
        """Nor does it need one."""
        assert [AT_RANDOM, AT_RANDOM] == reasons(lots, number_a=0.5, lot=[0.1, 0.9])


class TestFollow(AnsweringContract):
    """Take the patron's stance."""

    policy = staticmethod(follow)

    @given(st.floats(-1, 1), st.floats(0, 1), st.floats(-1, 1))
    def test_answers_for_itself_until_its_patron_has_spoken(self, surplus, held, whim):
        """Without a patron at the table it weighs like everybody else."""
        seen = view(surplus=surplus, held_out_for=held, whim=whim)
        assert quantal(seen) == follow(seen)


class TestSolidarity(AnsweringContract):
    """An ally's red line counts as one's own."""

    policy = staticmethod(solidarity)

    def test_refuses_what_is_past_an_allys_red_line(self):
        """However much it would gain."""
        assert (REJECT, ALLYS_RED_LINE) == solidarity(view(surplus=1.0, allys_red_line=1))

    def test_names_its_own_red_line_first(self):
        """Where both are crossed."""
        assert RED_LINE == reasons(solidarity, surplus=1.0, red_line=1, allys_red_line=1)

    @given(st.floats(-1, 1), st.floats(0, 1))
    def test_weighs_everything_else_as_quantal_does(self, surplus, held):
        """Short of the line there is nothing special about it."""
        seen = view(surplus=surplus, held_out_for=held)
        assert quantal(seen) == solidarity(seen)


def test_a_demand_that_is_met_says_so():
    """The plainest of reasons."""
    assert [DEMAND_MET, DEMAND_MET] == [reasons(tactic, surplus=0.5, held_out_for=0.2) for tactic in (firm, quantal)]
