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


def test_a_state_without_a_seat_only_would_refuse(told: Round) -> None:
    """It has no vote, so nothing hangs on it."""
    answer = answer_with(told, reason=REASONS.index("stood_firm"), stance=REJECT, has_seat=False)
    said = Grounds(told, Wording(told.run.scenario), answer).fill(sentence_for(answer.reason, answer.stance))
    assert "would refuse" in said


def test_the_sum_behind_an_answer_is_the_score(told: Round) -> None:
    """Surplus less demand plus pressure less loyalty and audience plus chance is what the state decided on."""
    words = Wording(told.run.scenario)
    for answer in told.answers:
        total = answer.surplus - answer.held_out_for + answer.pressure - answer.loyalty - answer.audience + answer.whim
        assert answer.score == pytest.approx(total, abs=1e-12)
        assert f"= {100 * answer.score:.1f} points".replace("-0.0 ", "0.0 ") in sum_in_words(words, answer)


def test_sentences_are_about_stances_that_exist() -> None:
    """Each special sentence belongs to a reason and a stance of the model."""
    assert all(reason < len(REASONS) and stance < len(STANCES) for reason, stance in SENTENCES)
