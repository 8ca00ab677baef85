"""Figures: the same bytes each time, with words and numbers beside them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.analysis import Comparison
from wedge.engine.experiment import Experiment, run
from wedge.engine.model.words import ENDS
from wedge.engine.report.drawing import finish, plain, sides_of, style
from wedge.engine.report.figures import draw_figures
from wedge.engine.report.figures_of_course import ENDINGS, HATCHES
from wedge.engine.report.figures_of_ends import ends_figure
from wedge.engine.report.figures_of_flips import flips_figure
from wedge.engine.report.figures_of_fracture import rates_figure
from wedge.engine.report.figures_of_levels import COLUMN, HIGHEST, dots_of, places_of
from wedge.engine.report.figures_of_paths import paths_figure
from wedge.engine.report.figures_of_strain import CHANNEL_LINES, SIGNS
from wedge.engine.report.figures_of_strain import HATCHES as STRAIN_HATCHES
from wedge.engine.report.looks import COLOURS, GREYS, RC, WHITEGRID

NAMES = {"fractures", "course", "strain", "levels"}


@pytest.fixture(scope="module")
def drawn(experiment: Experiment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The figures of an experiment."""
    folder = tmp_path_factory.mktemp("figures")
    draw_figures(experiment, folder)
    return folder


@pytest.fixture(scope="module")
def compared(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The figures of a comparison."""
    folder = tmp_path_factory.mktemp("compared")
    draw_figures(comparison, folder)
    return folder


def told(folder: Path) -> list[dict[str, Any]]:
    """What is said of the figures of a folder."""
    data: list[dict[str, Any]] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return data


class TestFiles:
    """What lies in the folder."""

    def test_each_figure_is_there_as_svg_and_png(self, drawn: Path) -> None:
        """And no other picture is."""
        names = {name for figure in told(drawn) for name in figure["files"]}
        assert {path.name for path in drawn.iterdir() if path.suffix in (".svg", ".png")} == names
        assert {f"{name}.{ending}" for name in NAMES for ending in ("svg", "png")} <= names

    def test_each_figure_has_alternative_text_with_numbers(self, drawn: Path, compared: Path) -> None:
        """Who cannot see it learns the same."""
        for figure in [*told(drawn), *told(compared)]:
            assert any(character.isdigit() for character in figure["alt"]), figure["name"]
            assert figure["table"]["rows"], figure["name"]
            assert figure["title"]

    def test_the_words_lie_beside_the_pictures(self, compared: Path) -> None:
        """Every picture is shown in the page, with its text."""
        page = (compared / "README.md").read_text(encoding="utf-8")
        for figure in told(compared):
            assert f"({figure['name']}.png)" in page
            assert figure["alt"] in page

    def test_a_comparison_shows_the_worlds_that_flipped(self, compared: Path) -> None:
        """In how many it happened under both, one alone, neither: all worlds, each once."""
        flips = next(figure for figure in told(compared) if figure["name"] == "flips_patient_keen")
        columns = flips["table"]["columns"]
        for values in flips["table"]["rows"]:
            row = dict(zip(columns, values, strict=True))
            assert row["n_a"] == row["both"] + row["only_a"] + row["only_b"] + row["neither"]

    def test_pictures_of_an_earlier_call_are_removed(self, experiment: Experiment, tmp_path: Path) -> None:
        """But nothing else is, wherever the list of figures may point."""
        outside = tmp_path / "outside.png"
        outside.write_bytes(b"mine")
        folder = tmp_path / "figures"
        folder.mkdir()
        (folder / "old.png").write_bytes(b"old")
        (folder / "note.txt").write_text("mine")
        (folder / "figures.json").write_text(json.dumps([{"files": ["old.png", "../outside.png", "note.txt"]}]))
        draw_figures(experiment, folder)
        assert not (folder / "old.png").exists()
        assert outside.exists()
        assert (folder / "note.txt").exists()


class TestStrangers:
    """Scenarios that have no state in common."""

    def test_each_tie_is_named_by_a_scenario_that_has_it(self, tmp_path: Path) -> None:
        """Whichever comes first; each panel has its own dates, and the legend names both where no row has both."""
        how: Any = {"driver": "traced", "rounds_of": 2}
        names = ("tutorial/first_steps", "alaska_2025/package")
        sides = sides_of([run(name, 2, 7, tmp_path / name, **how) for name in names], ["steps", "package"])
        with style():
            for tie, title in ((("patron", "client"), "Patron → Client"), (("europe", "ukraine"), "Europe → Ukraine")):
                drawn = paths_figure(sides, tie)
                assert drawn is not None
                assert drawn.title.endswith(title)
            drawn = ends_figure(sides)
            assert drawn is not None
            first, second = ([label.get_text() for label in axes.get_xticklabels()] for axes in drawn.figure.axes)
            assert ("1 Jan", "24 Feb") == (first[0], second[0])
            drawn = rates_figure(sides)
            assert drawn is not None
            legend = drawn.figure.axes[0].get_legend()
            assert [side.short for side in sides] == [text.get_text() for text in legend.get_texts()]


class TestBytes:
    """The same results make the same files."""

    def test_drawn_again_they_are_the_same(self, comparison: Comparison, compared: Path, tmp_path: Path) -> None:
        """Every byte of every file."""
        for name in draw_figures(comparison, tmp_path):
            assert (compared / name).read_bytes() == (tmp_path / name).read_bytes(), name

    def test_another_process_draws_the_same(self, experiment: Experiment, drawn: Path, tmp_path: Path) -> None:
        """Whatever its hashes are seeded with."""
        code = (
            "import sys; from wedge.engine.experiment import open_experiment; "
            "from wedge.engine.report.figures import draw_figures; draw_figures(open_experiment(sys.argv[1]), sys.argv[2])"
        )
        environment = {**os.environ, "PYTHONHASHSEED": "17", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
        subprocess.run([sys.executable, "-c", code, experiment.folder, tmp_path], check=True, env=environment)
        for path in drawn.iterdir():
            assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name

    def test_no_date_is_written_into_them(self, drawn: Path) -> None:
        """Neither the day nor the program that drew them."""
        for path in drawn.glob("*.svg"):
            assert b"<dc:date>" not in path.read_bytes()


def test_every_ending_has_a_name_and_a_look() -> None:
    """A share of endings that is not drawn would be missing from the bar."""
    assert set(ENDINGS) == set(HATCHES) == set(ENDS)


def test_a_dollar_sign_in_a_title_is_no_formula() -> None:
    """Nor does a title steer the terminal that prints an error about it."""
    assert plain("$1 bn \x1b[31m$") == "$1 bn \\x1b[31m$"
    assert not RC["text.parse_math"]


def test_twenty_dots_stand_for_any_number_of_worlds() -> None:
    """Quantiles in order; few worlds are shown one by one."""
    assert [0.1, 0.2] == dots_of([0.2, 0.1])
    dots = dots_of([n / 1000 for n in range(1001)])
    assert len(dots) == 20
    assert dots == sorted(dots)
    assert dots[0] == pytest.approx(0.025)


@pytest.mark.parametrize("level", [0.0, 0.5, 0.5004, 1.0])
def test_dots_at_one_level_lie_side_by_side(level: float) -> None:
    """None on another, none far from its level or beyond the scale."""
    places = places_of([level] * 20)
    assert len(set(places)) == 20
    assert all(0 <= column * COLUMN <= 1 and abs(column * COLUMN - level) <= 0.06 for column, _ in places)
    assert max(height for _, height in places) == HIGHEST - 1


def test_lines_of_channels_are_told_apart_without_colour() -> None:
    """In a grey print each has a line and a sign of its own, each bar a hatch."""
    looks = [CHANNEL_LINES, SIGNS, STRAIN_HATCHES]
    for look in looks:
        assert len({str(each) for each in look.values()}) == len(look)


def test_many_scenarios_are_drawn_below_one_another(comparison: Comparison) -> None:
    """More than a row of panels holds, each with its dates below it or below the panel under it."""
    with style():
        drawn = ends_figure(sides_of([*comparison.experiments, *comparison.experiments], ["a", "b", "c", "d"]))
        assert drawn is not None
        finish(drawn.figure)
    assert 4 == sum(axes.get_visible() for axes in drawn.figure.axes)


def test_colours_and_style_are_those_of_seaborn() -> None:
    """They are written out, to spare importing it."""
    seaborn = pytest.importorskip("seaborn")
    from matplotlib.colors import to_hex

    assert [to_hex(colour) for colour in seaborn.color_palette("colorblind")] == list(COLOURS)
    assert [to_hex(colour) for colour in seaborn.color_palette("Greys", 6)] == list(GREYS)
    theirs = seaborn.axes_style("whitegrid") | seaborn.plotting_context("notebook")
    assert {key: theirs[key] for key in WHITEGRID} == WHITEGRID


def test_letters_are_nine_points_or_larger() -> None:
    """On paper a figure must be readable."""
    assert all(size >= 9 for key, size in RC.items() if "size" in key and isinstance(size, int | float))


def test_a_bar_of_all_worlds_does_not_touch_its_numbers(comparison: Comparison) -> None:
    """They stand beside the axes, which end a little after it."""
    names = {label: (label, label) for label in comparison.labels}
    with style():
        drawn = flips_figure(comparison, *comparison.labels, names)
        assert drawn is not None
        axes = drawn.figure.axes[0]
        longest = max(bar.get_x() + bar.get_width() for bar in axes.patches)
    assert longest == pytest.approx(1.0)
    assert axes.get_xlim()[1] > 1.03
