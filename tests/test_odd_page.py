"""The ODD page names modules that exist, and every module of the rules; its tables are those of the code."""

import re
from pathlib import Path

import pytest

from wedge.engine.cli import format_odd

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/odd.md").read_text(encoding="utf-8")
BY_HAND = re.sub(r"<!-- generated: [a-z ]+ -->.*?<!-- end -->", "", TEXT, flags=re.DOTALL)
NAMED = re.compile(r"`((?:engine|agents|scenarios|tools)/[\w/.]*)`")
RULES = [
    file.relative_to(ROOT).as_posix()
    for room in ("engine/model", "engine/simulation/phases")
    for file in sorted((ROOT / room).glob("*.py"))
    if file.name != "__init__.py"
]
ELEMENTS = (
    "1. Purpose and patterns",
    "2. Entities, state variables and scales",
    "3. Process overview and scheduling",
    "4. Design concepts",
    "5. Initialization",
    "6. Input data",
    "7. Submodels",
)
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)


def test_elements_stand_in_the_order_of_the_protocol():
    """Seven elements, and all eleven design concepts."""
    assert list(ELEMENTS) == [title for title in re.findall(r"^## (.+)$", TEXT, re.M) if title[0].isdigit()]
    assert list(CONCEPTS) == [title for title in re.findall(r"^### (.+)$", TEXT, re.M) if title in CONCEPTS]


@pytest.mark.parametrize("path", sorted(set(NAMED.findall(TEXT))))
def test_a_file_that_is_named_exists(path):
    """A module that was renamed or moved is renamed or moved on the page too."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", RULES)
def test_every_module_of_the_rules_is_named(path):
    """In the sentences and the list of submodels, which are written by hand."""
    assert path in NAMED.findall(BY_HAND)


def test_the_tables_are_those_of_the_code():
    """Else run ``make docs``."""
    assert TEXT == format_odd.odd_page()


def test_every_table_has_its_place():
    """Each once, and none is empty or has a variable without a meaning."""
    assert sorted(format_odd.TABLES) == sorted(re.findall(r"<!-- generated: ([a-z ]+) -->", TEXT))
    assert all(table().count("\n") > 5 for table in format_odd.TABLES.values())
    assert "|  |\n" not in format_odd.variables()


def test_a_stale_table_is_made_anew():
    """And the sentences around it are left alone."""
    old = TEXT.replace("bargaining weight before weariness", "size")
    assert old != TEXT
    assert format_odd.filled(old) == TEXT
