"""Figures of scenarios whose names are as long and as odd as a file may have them: nothing overlaps, nothing is cut."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crowding import faults_of

from wedge.engine.analysis import Comparison, compare
from wedge.engine.experiment import Experiment, run
from wedge.engine.report.drawing import Drawn, finish, style
from wedge.engine.report.figures import figures_of, sides_for
from wedge.engine.report.figures_of_course import course_figure
from wedge.engine.report.figures_of_fracture import rates_figure
from wedge.engine.report.lettering import LettersMissing
from wedge.engine.report.page.figures import drawn_for, figures_of_the_page
from wedge.engine.report.page.sides import subject_of
from wedge.engine.scenario import load

LONG = (
    "The long agenda in which the question of the border strip and all that hangs on it is put before any ceasefire, as "
    "was proposed in the {} of the second year by mediators from three capitals"
)
NAMES = [
    LONG.format("winter"), LONG.format("spring"), "和平谈判：领土优先于停火，直到边界问题得到全面解决为止", "$x_1$ и переговоры о территории прежде всего",
    "<script>alert(1)</script>", "=HYPERLINK(1)", "الأرض أولا ثم وقف إطلاق النار", "Donaudampfschifffahrtsgesellschaft" * 5,
]  # fmt: skip
TITLES = [
    "states.patron.title='The Grand Federation of the United and Associated Northern Provinces, with all its dependencies'",
    "states.client.title='乌克兰共和国与其他国家联盟'",
    "states.challenger.title='$x_1$ <b>Challenger</b> из очень далёкой страны за семью морями'",
    "issues.border.title='The border strip along the river, with the bridges, three villages and the old fortress on the hill'",
    "alliances.pact.title='The pact of mutual assistance, friendship and perpetual alliance between the northern powers'",
]


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Eight scenarios with such names, few worlds each."""
    folder: Path = tmp_path_factory.mktemp("long")
    labels = [f"s{n}" for n in range(len(NAMES))]
    played: list[Experiment] = []
    for n, name in enumerate(NAMES):
        stake = f"ties.patron.client.commitment={0.35 + 0.05 * n:.2f}"
        scenario: Any = load("tutorial/first_steps", sets=[*TITLES, f"name='{name}'", stake])
        played.append(run(scenario, 8, 3, folder / labels[n], driver="traced", rounds_of=6))
    return compare(played, labels)


@pytest.fixture(params=[1, 2, 8])
def subject(request: pytest.FixtureRequest, eight: Comparison) -> Any:
    """One of them, two, or all."""
    count: int = request.param
    few = {1: eight.experiments[0], 8: eight}
    return few[count] if count in few else compare(eight.experiments[:count], eight.labels[:count])


def drawn(subject: Any) -> list[Drawn]:
    """Every figure, finished."""
    drawings: list[Callable[[], Drawn | None]] = [*figures_of(subject), *figures_of_the_page(subject)]
    found = [figure for figure in (draw() for draw in drawings) if figure is not None]
    for each in found:
        finish(each.figure)
    return found


def test_nothing_overlaps_and_nothing_is_cut(subject: Any) -> None:
    """In any figure; and the drawing library has nothing to warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", LettersMissing)
        with style():
            told = {each.name: faults_of(each.figure) for each in drawn(subject)}
    assert not {name: faults for name, faults in told.items() if faults}


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("letters", [8, 16, 24, 34])
def test_legends_have_room_for_names_of_any_length(eight: Comparison, count: int, letters: int) -> None:
    """Side by side where they fit, else one below the other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LettersMissing)
        with style():
            sides = [side._replace(short=f"{side.marker}{'n' * (letters - 1)}") for side in sides_for(eight)[:count]]
            for draw in (rates_figure, course_figure):
                drawn = draw(sides)
                assert drawn is not None
                finish(drawn.figure)
                assert not faults_of(drawn.figure)


def test_the_alternative_text_says_each_name_whole(eight: Comparison) -> None:
    """For the figure has no room for it."""
    pair = compare(eight.experiments[:2], eight.labels[:2])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LettersMissing)
        with style():
            for each in drawn(pair):
                assert NAMES[0] in each.alt, each.name
                assert NAMES[1] in each.alt, each.name


def test_the_page_has_the_titles_whole(eight: Comparison) -> None:
    """Nothing of them is taken for markup, and dollar signs have no strokes before them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LettersMissing)
        figures = drawn_for(subject_of([each.folder for each in eight.experiments[3:5]]))
    assert all(r"\$" not in figure.title + figure.alt for figure in figures)
    assert any(NAMES[4] in figure.alt for figure in figures)
    assert not any("<script>" in figure.svg for figure in figures)
