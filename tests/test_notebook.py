"""The notebook for classes runs from its beginning to its end, and is kept without outputs that could go stale."""

import json
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "classroom" / "notebook.ipynb"
NOTEBOOK = json.loads(PAGE.read_text("utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
FEW = 25


@pytest.fixture
def played(monkeypatch, tmp_path):
    """What the cells leave behind, played one after another in few worlds, and how many figures they drew."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", lambda: None)
    plt.switch_backend("Agg")
    left = {}
    for cell in CODE:
        exec(compile(cell.replace("WORLDS = 1000", f"WORLDS = {FEW}"), PAGE.name, "exec"), left)
    left["figures"] = len(plt.get_fignums())
    plt.close("all")
    return left


def test_every_cell_runs(played):
    """Each figure is drawn, and both agendas are there world by world."""
    assert (5, (FEW, 2)) == (played["figures"], played["wide"].shape)


def test_it_is_kept_without_outputs():
    """What it shows comes from running it."""
    assert not [cell for cell in NOTEBOOK["cells"] if cell.get("outputs") or cell.get("execution_count")]
