"""Simple models on the page: every number computed again from the files, and nothing of other worlds."""

import html
import re
import shutil
from pathlib import Path

import pytest

from wedge.engine.analysis.baselines import baselines_of, save_baselines
from wedge.engine.analysis.baselines.words import NOT_KNOWN
from wedge.engine.analysis.variants import Source
from wedge.engine.experiment import run
from wedge.engine.report.page import page_of
from wedge.engine.report.page.sides import Subject, subject_of

HERE = Path(__file__).parent
NAME = "tutorial/first_steps"
HEADING = "Simple models beside it"


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """Sixty worlds of the tutorial, with simple models beside them."""
    played = run(NAME, 60, 7, tmp_path_factory.mktemp("beside") / "results", driver="traced", rounds_of=20)
    save_baselines(baselines_of(Source(NAME), played, driver="traced"), played.folder)
    return subject_of([played.folder])


@pytest.fixture(scope="module")
def text(subject: Subject) -> str:
    """Their report."""
    return page_of(subject)


def test_every_number_is_computed_again_from_the_files(text, subject, monkeypatch) -> None:
    """By other code; the Nash solution, which is searched for, to half a thousandth."""
    monkeypatch.syspath_prepend(HERE)
    from recounting import Recount

    recount = Recount({side.label: side.experiment.folder for side in subject.sides})
    told = {of: float(value) for value, of in re.findall(r'<data value="([^"]+)" data-of="([^"]+)">', text)}
    ours = {of: value for of, value in told.items() if "/baselines." in of}
    assert {"levels", "sides", "played"} == {of.partition("/baselines.")[2].partition(".")[0] for of in ours}
    searched = {of: value for of, value in ours.items() if ".nash." in of}
    exact = {of: value for of, value in ours.items() if of not in searched}
    assert {of: recount.number(of) for of in exact} == pytest.approx(exact, rel=1e-9, abs=1e-12)
    assert {of: recount.number(of) for of in searched} == pytest.approx(searched, abs=5e-4)
    assert len(searched) >= 8
    assert len(exact) >= 40


def test_it_says_what_cannot_be_known(text) -> None:
    """Beside the tables."""
    assert html.escape(NOT_KNOWN) in text


def test_models_of_fewer_worlds_are_not_shown(subject, tmp_path) -> None:
    """They are named, with the call that brings them up to date."""
    folder = tmp_path / "results"
    shutil.copytree(subject.sides[0].experiment.folder, folder)
    run(NAME, 70, 7, folder, driver="traced")
    told = page_of(subject_of([folder]))
    assert HEADING in told
    assert "/baselines." not in told
    assert f"wedge run {NAME} --worlds 70 --seed 7 --out {folder} --baselines" in told


def test_where_there_are_none_the_call_is_told(experiment) -> None:
    """And no heading stands there."""
    told = page_of(subject_of([experiment.folder]))
    assert f">{HEADING}<" not in told
    call = f"wedge run {NAME} --worlds 60 --seed 7 --out {experiment.folder} --baselines"
    assert call in told
