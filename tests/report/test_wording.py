"""Names, levels and dates in words."""

from collections.abc import Callable

import pytest

from wedge.engine.report.wording import Wording, number_word, with_article
from wedge.engine.scenario import load


@pytest.fixture(scope="module")
def words() -> Wording:
    """The words of the Alaska scenarios."""
    return Wording(load("alaska_2025/territory_first"))


def donbas(words: Wording) -> Callable[[float], str]:
    """Levels of the Donbas in words."""
    issue = words.names.issues.index("donbas")
    return lambda level: words.level(issue, level)


class TestLevels:
    """A level is told by the named levels around it."""

    def test_a_named_level_is_told_by_its_name(self, words: Wording) -> None:
        """What has a name goes by it."""
        assert donbas(words)(0.6) == "“line of contact” (0.60)"

    def test_between_two_named_levels_it_says_which_is_nearer(self, words: Wording) -> None:
        """The reader learns between what, and where."""
        said = "0.67, between “line of contact” (0.60) and “Ukraine leaves all of Donetsk” (0.80), nearer the first"
        assert donbas(words)(0.67) == said

    def test_a_level_close_to_a_named_one_names_that_one_alone(self, words: Wording) -> None:
        """Ninety-eight hundredths of a cession is as good as one."""
        assert donbas(words)(0.98) == "0.98, close to “ceded and recognised” (1.00)"

    def test_half_way_is_half_way(self, words: Wording) -> None:
        """The middle belongs to neither side."""
        assert donbas(words)(0.3) == "0.30, halfway between “restored to Ukraine” (0.00) and “line of contact” (0.60)"

    def test_every_level_of_every_issue_can_be_told(self, words: Wording) -> None:
        """From one end of the scale to the other, ends included."""
        for issue in range(len(words.names.issues)):
            for step in range(101):
                assert words.level(issue, step / 100)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("United States", "the United States"),
        ("Ukraine", "Ukraine"),
        ("PLO", "the PLO"),
        ("The pact", "the pact"),
        ("Saudi Arabia", "Saudi Arabia"),
        ("Arab League", "the Arab League"),
    ],
)
def test_states_that_take_an_article_get_one(title: str, said: str) -> None:
    """Leagues, unions and united states do; countries do not."""
    assert said == with_article(title)


def test_a_round_is_told_by_its_week(words: Wording) -> None:
    """The second round of weekly talks that begin on 24 February 2025."""
    assert words.when(1) == "week of 3 March 2025"


def test_small_numbers_are_words() -> None:
    """Up to twelve."""
    assert ["two", "twelve", "13"] == [number_word(count) for count in (2, 12, 13)]
