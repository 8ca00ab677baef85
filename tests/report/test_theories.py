"""Decision theories on the page: every number computed again from the stored runs, and nothing of other scenarios."""

import re
import shlex
from pathlib import Path

import pytest

from wedge.engine.cli.main import main
from wedge.engine.report.page import page_of
from wedge.engine.report.page.sides import subject_of
from wedge.engine.report.page.theories import call_theories

SCENARIOS = Path(__file__).parents[1] / "experiment"
FEW = ["--worlds", "50", "--no-figures", "--quiet"]
HEADING = ">Under other decision theories<"


def call(*words: object) -> int:
    """Call ``wedge`` with these words; the exit code comes back."""
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return int(left.value.code or 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A comparison, and what theories make of it, kept where its own report says."""
    folder = tmp_path_factory.mktemp("theories") / "both"
    scenarios = SCENARIOS / "small.yaml", SCENARIOS / "turned.yaml"
    assert 0 == call("compare", *scenarios, "--seed", 5, "--out", folder, *FEW)
    told = call_theories(subject_of([folder]))
    assert shlex.join(told) in page_of(subject_of([folder])).replace("&#39;", "'")
    assert HEADING not in page_of(subject_of([folder]))
    assert 0 == call(*told[1:], *FEW)
    return folder


def test_every_number_is_computed_again_from_the_runs(folder) -> None:
    """Shares, differences and the split of the variance, with their intervals, by other code."""
    from recounting import Recount

    subject = subject_of([folder])
    recount = Recount({side.label: side.experiment.folder for side in subject.sides})
    told = re.findall(r'<data value="([^"]+)" data-of="([^"]+)">', page_of(subject))
    ours = {of: float(value) for value, of in told if "/structure." in of}
    assert {of: recount.number(of) for of in ours} == pytest.approx(ours, rel=1e-9, abs=1e-12)
    assert 4 * 3 * 3 + 4 * 3 == len(ours)


def test_it_says_whether_the_conclusion_survives(folder) -> None:
    """In the sentence of the command."""
    text = page_of(subject_of([folder]))
    assert HEADING in text
    assert "theories" in text.partition(HEADING)[2].partition("</section>")[0]
    assert re.search(r"survive|can these worlds tell", text)


def test_one_scenario_of_the_two_is_not_told_apart_from_the_other(folder) -> None:
    """A report on one alone has no theories beside it."""
    assert HEADING not in page_of(subject_of([folder / "small"]))


def test_of_other_scenarios_nothing_is_shown(folder, tmp_path) -> None:
    """It is said, with the call that plays these."""
    other = tmp_path / "both"
    scenarios = SCENARIOS / "small.yaml", SCENARIOS / "turned.yaml"
    assert 0 == call("compare", *scenarios, "--seed", 6, "--out", other, *FEW)
    (other / "theories").mkdir()
    (other / "theories/structure.json").write_bytes((folder / "theories/structure.json").read_bytes())
    text = page_of(subject_of([other]))
    assert "is of other scenarios, another seed or other rules" in text
    assert "/structure." not in text


def test_the_same_comparison_goes_on(folder) -> None:
    """What is kept in its folder is no stranger to it."""
    scenarios = SCENARIOS / "small.yaml", SCENARIOS / "turned.yaml"
    assert 0 == call("compare", *scenarios, "--seed", 5, "--out", folder, *FEW)
