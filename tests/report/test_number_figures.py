"""Figures on numbers: what they show stands in their words and in their tables, and they come out the same every time."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from blows import BREAKS, POWER, TIE, by_rule, one_blow
from crowding import faults_of

from wedge.engine.analysis.discovery import discover
from wedge.engine.analysis.inputs import uncertain
from wedge.engine.analysis.levers import read_lever
from wedge.engine.analysis.sensitivity import sensitivity
from wedge.engine.analysis.solving import solve
from wedge.engine.analysis.structure import structure
from wedge.engine.analysis.sweep import read_axis, sweep
from wedge.engine.analysis.unstored import observables_of
from wedge.engine.analysis.wants import read_want
from wedge.engine.report.drawing import finish, style
from wedge.engine.report.figures import draw_all
from wedge.engine.report.figures_of_numbers import sensitivity_figure
from wedge.engine.report.figures_of_regions import region_figure, solution_figure
from wedge.engine.report.figures_of_structure import structure_figure
from wedge.engine.report.figures_of_sweep import sweep_figure
from wedge.engine.report.number_labels import labels_for


def asked(method: str) -> Callable[[Any], Any]:
    """A figure of that method."""
    return lambda s: sensitivity_figure(sensitivity(by_rule(s), uncertain(s), method, 40), labels_for(s))


def swept(*axes: str) -> Callable[[Any], Any]:
    """A figure of a sweep."""
    return lambda s: sweep_figure(sweep(by_rule(s), [read_axis(s, axis) for axis in axes], 40), labels_for(s))


def solved(*levers: str) -> Callable[[Any], Any]:
    """A figure of what it would take."""

    def draw(s: Any) -> Any:
        want = read_want("fracture(pact) < 10 %", observables_of(s))
        return solution_figure(solve(by_rule(s), [read_lever(s, lever) for lever in levers], want, 40), labels_for(s))

    return draw


def discovered(s: Any) -> Any:
    """A figure of the region."""
    return region_figure(discover(by_rule(s), uncertain(s), 400), labels_for(s))


def by_theory(s: Any) -> Any:
    """A figure of two scenarios under each decision theory."""
    sides = {"as_it_is": s, "stronger": one_blow(f"{TIE}=0.7")}
    found = {name: {theory: by_rule(side) for theory in ("quantal", "prospect")} for name, side in sides.items()}
    return structure_figure(structure(found, 40))


FIGURES = {
    "tornado": (asked("tornado"), "Anna's commitment to Bert at 0.42 gives 100.0 %"),
    "sobol": (asked("sobol"), "Anna's commitment to Bert: first"),
    "morris": (asked("morris"), "Anna's commitment to Bert: 1.5"),
    "structure": (by_theory, "as_it_is, uncertain numbers: 100 %; as_it_is, both together: 0 %"),
    "line": (swept(f"{TIE}=0.5,0.7"), "at 0.5 100.0 % (91.2 % to 100.0 %)"),
    "map": (swept(f"{TIE}=0.5,0.7", f"{BREAKS}=0.1,0.3"), "at 0.5 and 0.1 0.0 %"),
    "region": (discovered, "Region: Anna's commitment to Bert <= 0.6"),
    "solution": (solved(TIE), "Line over the change of Anna's commitment to Bert"),
}


def test_where_nothing_varies_the_figure_says_so():
    """An empty row looks like a fault."""
    said = [text.get_text() for axes in by_theory(one_blow()).figure.axes for text in axes.texts]
    assert ["nothing varies"] == said  # where nothing can break, not where something may


@pytest.mark.parametrize("kind", FIGURES)
def test_the_alternative_text_carries_the_numbers(kind: str, tmp_path: Path):
    """And the files come out the same twice."""
    draw, said = FIGURES[kind]
    drawn = []
    for folder in ("a", "b"):
        draw_all([lambda: drawn.append(draw(one_blow())) or drawn[-1]], tmp_path / folder)
    assert said in drawn[0].alt
    assert len(drawn[0].table)
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / f).iterdir()} for f in ("a", "b"))
    assert first == second


def test_several_levers_have_no_line():
    """There is nothing to draw over."""
    assert solved(TIE, POWER)(one_blow()) is None


@pytest.mark.parametrize(
    ("path", "label"),
    [
        (TIE, "Anna's commitment to Bert"),
        (BREAKS, "Anna's breaking point towards Bert"),
        (POWER, "Bert's bargaining weight"),
        ("strain.daylight", "strain: daylight"),
        ("states.anna.policy.demands.e", "Anna's demand tactic: e"),
        ("events.blow.effects.0", "events.blow.effects.0"),
    ],
)
def test_a_number_is_named_in_words(path: str, label: str):
    """Where there are words for it."""
    assert label == labels_for(one_blow())(path)


def test_the_answer_is_in_per_cent_like_what_is_wanted():
    """In the words below the figure and in those beside it."""
    drawn = solved(TIE)(one_blow())
    told = re.search(r"brings it to ([^,;]+)", drawn.alt)
    assert told is not None
    assert re.fullmatch(r"[0-9.]+ %", told[1])


def test_a_long_label_is_whole():
    """Over as many lines as it takes, with room for them."""
    long = "Anna's expectation of how long the war would go on after the talks have failed, and what it would cost"
    with style():
        drawn = sensitivity_figure(
            sensitivity(by_rule(one_blow()), uncertain(one_blow()), "morris", 40), lambda _: long
        )
        finish(drawn.figure)
        labels = [text.get_text().replace("\n", " ") for text in drawn.figure.axes[0].get_yticklabels()]
        assert {long} == set(labels)
        assert not faults_of(drawn.figure)
