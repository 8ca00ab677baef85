"""The manual of the rules names functions that are there."""

import re
from pathlib import Path

from wedge.engine.model.compiling import every_rule
from wedge.engine.simulation import batch  # noqa: F401  with it every rule of the model is known

PAGE = Path(__file__).parents[1] / "docs" / "model.md"
NAMED = re.compile(r"`([a-z_]+)\.([a-z_]\w*)`")


def test_rules_are_named_where_they_are():
    """Every `module.function` of a line that says where something is in code."""
    known: dict[str, set[str]] = {}
    for function in every_rule():
        known.setdefault(function.__module__.rpartition(".")[2], set()).add(function.__name__)
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("*In code:*")]
    named = [pair for line in lines for pair in NAMED.findall(line)]
    assert len(named) > 60
    assert [] == [f"{module}.{name}" for module, name in named if module in known and name not in known[module]]
    assert [] == [f"{module}.{name}" for module, name in named if module in ("phases", "outside")]
