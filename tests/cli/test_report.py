"""``wedge report``: one page from results."""

from pathlib import Path

import pytest

from wedge.engine.experiment.together import run_together
from wedge.engine.scenario import load

SMALL = Path(__file__).parents[1] / "experiment" / "small.yaml"


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """A small comparison."""
    folder = tmp_path_factory.mktemp("report") / "results"
    names = [str(SMALL), "tutorial/first_steps"]
    run_together([load(name) for name in names], 12, 1, folder, driver="traced", rounds_of=2)
    return folder


def test_it_writes_one_page_of_a_comparison(wedge, results):
    """Into its folder, and prints where."""
    code, out, _ = wedge("report", results)
    assert 0 == code
    assert f"{results / 'report.html'}\n" == out
    page = (results / "report.html").read_text(encoding="utf-8")
    assert 'id="differences"' in page
    assert 6 == page.count("<h4>")


def test_what_is_no_report_is_not_overwritten(wedge, results, tmp_path):
    """Exit code 2 and the way out."""
    (tmp_path / "mine.html").write_text("mine")
    code, _, err = wedge("report", results, "--out", tmp_path / "mine.html")
    assert 2 == code
    assert "--force" in err


def test_what_is_no_experiment_is_refused(wedge, tmp_path):
    """Exit code 2."""
    code, _, err = wedge("report", tmp_path)
    assert 2 == code
    assert "holds no experiment" in err
