"""The page on validation: its headings, its tables, and whether its record is that of the rules and inputs as they are.

Where the record is stale, ``make validation`` makes it anew.
"""

import re
from pathlib import Path

import pytest

from wedge.engine.analysis.propositions.report import play_arms
from wedge.engine.analysis.propositions.stated import arms_of, stated
from wedge.engine.cli import format_validation, record_validation
from wedge.engine.theory.checks import powell
from wedge.engine.theory.checks.check import How

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/validation.md").read_text(encoding="utf-8")
RECORD = format_validation.recorded()
HEADINGS = (
    "1. Problem statement",
    "2. M&S requirements and acceptability criteria",
    "3. M&S assumptions, capabilities, limitations and risks/impacts",
    "4. V&V methodology and task analysis",
    "5. V&V issues and recommendations",
    "6. Key participants",
    "7. V&V resources",
    "8. V&V lessons learned",
)


@pytest.mark.parametrize("of", ["rules", "theory", "history", "predictions", "arms"])
def test_the_record_is_of_what_is_here(of):
    """The hashes recorded are those of now; else run ``make validation``."""
    assert record_validation.inputs()[of] == RECORD["inputs"][of]


@pytest.mark.parametrize("arm", ["w1_pressure", "w4_symmetric_weaker", "w6_divided"])
def test_the_first_worlds_come_out_as_recorded(arm):
    """A small part is played again."""
    worlds = play_arms({arm: arms_of(stated())[arm]}, record_validation.AGAIN, RECORD["seed"])[arm]
    assert RECORD["propositions"]["fractured_first"][arm] == worlds.nonzero()[0].tolist()


def test_a_check_of_theory_comes_out_as_recorded():
    """One that is quick to play."""
    found = record_validation.check_record(powell.CHECK, How(worlds=RECORD["theory"]["worlds"], seed=RECORD["seed"]))
    assert found in RECORD["theory"]["checks"]


def test_the_tables_are_those_of_the_record():
    """Else run ``make docs``."""
    assert TEXT == format_validation.validation_page()


def test_headings_are_those_of_the_standard():
    """In its order."""
    assert list(HEADINGS) == [title for title in re.findall(r"^## (.+)$", TEXT, re.M) if title[0].isdigit()]


def test_every_table_has_its_place():
    """Each once, and none is empty."""
    assert sorted(format_validation.TABLES) == sorted(re.findall(r"<!-- generated: ([a-z ]+) -->", TEXT))
    assert all(table().count("\n") > 3 for table in format_validation.TABLES.values())


def test_no_failure_is_lost():
    """Every one of the ODD page's list, every sign that is not as predicted, and the score that is too low."""
    listed = format_validation.failures()
    told = (ROOT / "docs/odd.md").read_text(encoding="utf-8").partition("**What the model fails.**")[2]
    patterns = len(re.findall(r"^\d+\. ", told.partition("\n## ")[0], re.M))
    signs = [one for one in RECORD["propositions"]["contrasts"] if one["verdict"] in {"not found", "the reverse"}]
    assert patterns > 10
    assert patterns == listed.count("| pattern of the record |")
    assert len(signs) == listed.count("| proposition |")
    assert (format_validation.gap_to_base_rate() <= 0) == ("| history |" in listed)
