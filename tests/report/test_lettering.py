"""Names in figures: as long as there is room for, told apart, in letters that can be drawn."""

import warnings

import pytest

from wedge.engine.report import lettering
from wedge.engine.report.drawing import finish, new_figure, style
from wedge.engine.report.lettering import MISSING, LettersMissing, distinct, shortened, width_of, wrapped

LONG = "The long agenda in which the border and all that hangs on it is put before any ceasefire, as the mediators wish"
UNKNOWN = "\u0378"  # no letter, so no font has it


class TestNames:
    """Wrapped and shortened."""

    @pytest.mark.parametrize("name", [LONG, "和平谈判" * 20, "Donaudampfschifffahrtsgesellschaft" * 4, "a"])
    def test_no_line_is_wider_and_no_more_lines_are_made(self, name: str) -> None:
        """Whatever the words are."""
        lines = wrapped(name, 20, 3).split("\n")
        assert len(lines) <= 3
        assert all(width_of(line) <= 20 for line in lines)

    def test_a_short_name_stays_as_it_is(self) -> None:
        """And so does a long one that has room."""
        assert shortened("Territory first") == "Territory first"
        assert "".join(LONG.split()) == "".join(wrapped(LONG, 20).split())

    def test_beginning_and_end_stay(self) -> None:
        """What tells long names apart stands at either end."""
        cut = shortened(LONG, 30)
        assert width_of(cut) <= 30
        assert cut.startswith("The long")
        assert cut.endswith("wish")

    def test_names_that_are_shortened_alike_are_numbered(self) -> None:
        """Two scenarios never have one name."""
        names = distinct([LONG, LONG.replace("hangs", "depends"), "Territory first"], 30)
        assert len(set(names)) == 3
        assert names[0].startswith("1. ")
        assert names[2] == "Territory first"
        assert all(width_of(name) <= 30 for name in names)


class TestLetters:
    """Letters that no font has."""

    def drawn(self, title: str) -> tuple[list[str], list[warnings.WarningMessage]]:
        """The texts of a figure with that title in three places, and what was warned of."""
        with warnings.catch_warnings(record=True) as warned, style():
            warnings.simplefilter("always")
            figure, (axes,) = new_figure(3)
            axes.set_title(title)
            axes.set_yticks([0, 1], [title, "other"])
            axes.annotate(title, (0.5, 0.5))
            finish(figure)
            figure.canvas.draw()
            texts = [axes.get_title("left"), axes.get_yticklabels()[0].get_text(), axes.texts[0].get_text()]
        return texts, warned

    def test_they_are_drawn_as_squares(self) -> None:
        """In every kind of text, the other letters as they are."""
        texts, _ = self.drawn(f"a{UNKNOWN}b")
        assert texts == [f"a{MISSING}b"] * 3

    def test_one_warning_of_our_own_names_them(self) -> None:
        """And the drawing library says nothing."""
        _, warned = self.drawn(f"a{UNKNOWN}b")
        assert [each.category for each in warned] == [LettersMissing]
        assert UNKNOWN in str(warned[0].message)

    @pytest.mark.parametrize("title", ["$x_1$", "Кто первый", "أولا", "<script>", "→"])
    def test_others_are_drawn_as_they_are(self, title: str) -> None:
        """Formulas, Cyrillic and Arabic among them."""
        texts, warned = self.drawn(title)
        assert texts == [title] * 3
        assert not warned

    def test_a_font_on_the_machine_is_taken_where_it_has_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that has them all, and no other."""
        monkeypatch.setattr(lettering, "FAMILY", "cmr10")  # without arrows
        monkeypatch.setattr(lettering, "FALLBACKS", ("No such font", "cmsy10", "DejaVu Sans"))
        lettering._drawable.cache_clear()
        lettering._fonts_for.cache_clear()
        drawable, fonts, lacking = lettering._drawable("a ⇄ b")
        lettering._drawable.cache_clear()
        lettering._fonts_for.cache_clear()
        assert (drawable, fonts, lacking) == ("a ⇄ b", ("cmr10", "DejaVu Sans"), frozenset())


def test_a_number_and_its_per_cent_stay_together():
    """At the end of a line."""
    assert "it makes\n40.3 %, and\nmore" == wrapped("it makes 40.3 %, and more", 13)
