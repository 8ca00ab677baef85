"""Heat maps of tournaments: dots stand on best answers, open ones where nothing tells them from the next."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crowding import faults_of

from wedge.engine.analysis.tournament import WHOLE, Report, report_of, tournament
from wedge.engine.report.drawing import finish, style
from wedge.engine.report.figures_of_tournament import FILLED, OPEN, best_replies, figures_of

SMALL = str(Path(__file__).parents[1] / "cli" / "small.yaml")


@pytest.fixture(scope="module")
def report() -> Report:
    """Three policies each of an ally and a rival."""
    return report_of(
        tournament(SMALL, ["carl", "anna"], ["firm", "boulware", "conceder"], worlds=12, seed=3, driver="traced")
    )


@pytest.mark.parametrize("state", ["carl", "anna"])
def test_dots_stand_where_the_table_of_answers_has_the_best(report: Report, state: str) -> None:
    """Filled where it is told apart from whatever differs, with those that come to the same; else open and alone."""
    t = report.tournament
    player, (other,) = t.choices.states.index(state), [one for one in t.choices.states if one != state]
    marks: Any = best_replies(t, state, WHOLE, tuple(map(len, t.choices.policies)))
    answers = report.answers[(report.answers["state"] == state) & (report.answers["measure"] == WHOLE)]
    for row in answers.to_dict("records"):
        place = t.choices.policies[1 - player].index(row[other])
        line = marks[:, place] if player == 0 else marks[place]
        dotted = {t.choices.policies[player][int(choice)] for choice in np.flatnonzero(line)}
        wanted = {row["best"]} if row["as_good"] else {row["best"], *row["same"]}
        assert wanted == dotted
        assert {OPEN if row["as_good"] else FILLED} == set(line[line > 0])


def test_the_notes_say_where_to_look(report: Report) -> None:
    """In columns for the state in rows, in rows for the one in columns; shares have no dots."""
    with style():
        notes = {drawn.name: str(drawn.figure._supxlabel.get_text()).replace("\n", " ") for drawn in figures_of(report)}
    assert "what pays Carl best in each column" in notes["payoff_carl"]
    assert "what pays Anna best in each row" in notes["payoff_anna"]
    assert "Dots" not in notes["fractures_pact"]


def test_nothing_overlaps_and_nothing_is_cut(report: Report) -> None:
    """In any map."""
    with style():
        for drawn in figures_of(report):
            finish(drawn.figure)
            assert not faults_of(drawn.figure), drawn.name
