"""Golden playthroughs: one told run a scenario, word for word what ``wedge explain`` prints.

After a change that is meant to move them: ``WEDGE_REWRITE=1 pytest tests/report/test_playthroughs.py``,
then read the difference before it is committed.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wedge.engine.report.printing import as_text
from wedge.engine.report.telling import tell

FOLDER = Path(__file__).parent.parent / "playthroughs"
RUNS = {
    "first_steps": ("tutorial/first_steps", 7, 0),
    "territory_first": ("alaska_2025/territory_first", 7, 17),
    "ceasefire_first": ("alaska_2025/ceasefire_first", 7, 17),
    "separate_peace_first": ("camp_david_1978/separate_peace_first", 7, 3),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_run_is_told_as_before(name: str, run_of: Callable[..., Any]) -> None:
    """The rules, the luck and the words are those of the stored text."""
    path = FOLDER / f"{name}.txt"
    text = as_text(tell(run_of(*RUNS[name])))
    if os.environ.get("WEDGE_REWRITE"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines() == text.splitlines()


def test_every_stored_playthrough_is_checked() -> None:
    """No text is left over from a scenario that is gone."""
    assert {f"{name}.txt" for name in RUNS} == {path.name for path in FOLDER.glob("*.txt")}
