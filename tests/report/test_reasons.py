"""Every reason a state can have is told, with the numbers of that answer."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from wedge.engine.model.words import ACCEPT, CONCEDE, REASONS, REJECT, STANCES
from wedge.engine.report.answers import Grounds, sum_in_words
from wedge.engine.report.reasons import ANY_STANCE, SENTENCES, sentence_for
from wedge.engine.report.rounds import Answer, Round, rounds_of_run
from wedge.engine.report.wording import Wording

TAKEN = (ACCEPT, CONCEDE, REJECT)


@pytest.fixture(scope="module")
def told(run_of: Callable[..., Any]) -> Round:
    """A round with a proposal and answers."""
    return next(told for told in rounds_of_run(run_of("alaska_2025/territory_first", 7, 17)) if told.proposes)


def answer_with(told: Round, **changes: Any) -> Answer:
    """The round's second answer, changed."""
    return told.answers[1]._replace(**changes)


@pytest.mark.parametrize("reason", range(len(REASONS)), ids=REASONS)
def test_each_reason_code_has_a_sentence_of_its_own(reason: int) -> None:
    """No code is told by another's sentence."""
    assert reason in ANY_STANCE
    others = [text for other, texts in ANY_STANCE.items() if other != reason for text in texts]
    assert not set(ANY_STANCE[reason]) & set(others)


@pytest.mark.parametrize(("reason", "stance"), list(product(range(len(REASONS)), TAKEN)))
def test_each_sentence_can_be_filled(told: Round, reason: int, stance: int) -> None:
    """Whatever a policy answers, the narrator has all it needs, and no brace is left."""
    for turn in range(2):
        answer = answer_with(told, reason=reason, stance=stance)
        said = Grounds(told, Wording(told.run.scenario), answer).fill(sentence_for(reason, stance, turn))
        assert said[0].isupper()
        assert said.endswith(".")
        assert "{" not in said


def test_the_numbers_in_a_sentence_are_those_of_the_answer(told: Round) -> None:
    """Standing firm names what is offered and what is held out for, in points."""
    answer = answer_with(
        told,
        reason=REASONS.index("stood_firm"),
        stance=REJECT,
        surplus=0.123,
        held_out_for=0.456,
        loyalty=0.0,
        audience=0.0,
    )
    said = Grounds(told, Wording(told.run.scenario), answer).fill(sentence_for(answer.reason, answer.stance))
    assert "12.3" in said
    assert "45.6" in said


def said_of(told: Round, reason: str, stance: int, turn: int = 0, **numbers: float) -> str:
    """The sentence about an answer for a reason, with some of its numbers."""
    answer = answer_with(told, reason=REASONS.index(reason), stance=stance, **numbers)
    return Grounds(told, Wording(told.run.scenario), answer).fill(sentence_for(answer.reason, stance, turn))


def test_a_loss_is_told_against_what_is_still_hoped_for(told: Round) -> None:
    """What a surplus below nothing falls short of is not how things stand, but what the state hopes for without signing."""
    for turn in range(2):
        said = said_of(told, "worse_than_nothing", REJECT, turn, surplus=-0.073)
        assert "7.3 points" in said
        assert "still hopes for" in said
        assert "no deal" not in said
        assert "as things stand" not in said


@pytest.mark.parametrize("turn", [0, 1])
def test_pressure_is_named_beside_a_leaning_that_tipped_the_scale(told: Round, turn: int) -> None:
    """A leaning of two hundredths of a point signs nothing by itself; with digits enough to see it."""
    numbers = {"surplus": 0.05, "held_out_for": 0.15, "loyalty": 0.0, "audience": 0.0, "whim": 0.0002}
    said = said_of(told, "on_a_whim", CONCEDE, turn, pressure=0.1, score=0.0002, **numbers)
    assert "(10.0) and a leaning of its own on this matter (0.02) tip it" in said
    alone = said_of(told, "on_a_whim", CONCEDE, turn, pressure=0.0, score=0.02, **numbers | {"whim": 0.12})
    assert "a leaning of its own on this matter (12.0) tips it" in alone
    assert "the wish of" not in alone


def test_a_lasting_leaning_is_no_whim_and_no_chance(told: Round) -> None:
    """Whatever the answer, the words are those of a leaning."""
    for reason, stance, turn in product(("on_a_whim", "on_a_doubt"), TAKEN, range(2)):
        said = said_of(told, reason, stance, turn, whim=0.01 if reason == "on_a_whim" else -0.01)
        assert "leaning" in said
        assert not {"whim", "doubt", "chance"} & set(said.replace(",", "").split())
    assert "leaning = " in sum_in_words(Wording(told.run.scenario), told.answers[1])


def test_a_state_without_a_seat_only_would_refuse(told: Round) -> None:
    """It has no vote, so nothing hangs on it."""
    answer = answer_with(told, reason=REASONS.index("stood_firm"), stance=REJECT, has_seat=False)
    said = Grounds(told, Wording(told.run.scenario), answer).fill(sentence_for(answer.reason, answer.stance))
    assert "would refuse" in said


def test_the_sum_behind_an_answer_is_the_score(told: Round) -> None:
    """Surplus less demand plus pressure less loyalty and audience plus leaning is what the state decided on."""
    words = Wording(told.run.scenario)
    for answer in told.answers:
        total = answer.surplus - answer.held_out_for + answer.pressure - answer.loyalty - answer.audience + answer.whim
        assert answer.score == pytest.approx(total, abs=1e-12)
        assert f"= {100 * answer.score:.1f} points".replace("-0.0 ", "0.0 ") in sum_in_words(words, answer)


def test_sentences_are_about_stances_that_exist() -> None:
    """Each special sentence belongs to a reason and a stance of the model."""
    assert all(reason < len(REASONS) and stance < len(STANCES) for reason, stance in SENTENCES)
