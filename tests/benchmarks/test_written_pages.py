"""What the benchmarks have written is what they would write again from the numbers they kept."""

import json

from benchmarks import draws_battery, page
from benchmarks.__main__ import FIGURES, KEPT, PAGE
from benchmarks.draws import verdicts


def test_page_on_performance_is_current():
    """No number on the page was changed by hand, and none measured since is missing from it."""
    assert page.page(json.loads(KEPT.read_text(encoding="utf-8"))) == PAGE.read_text(encoding="utf-8")


def test_figures_of_the_page_are_there():
    """Every picture the page shows."""
    text = PAGE.read_text(encoding="utf-8")
    shown = {part.partition(")")[0] for part in text.split("](figures/")[1:]}
    assert shown == {path.name for path in FIGURES.glob("performance-*.svg")}


def test_tables_of_the_battery_are_current():
    """The note on the battery holds what was found."""
    text = draws_battery.NOTE.read_text(encoding="utf-8")
    assert draws_battery.with_findings(text, verdicts.kept()) == text


def test_no_named_draw_has_failed():
    """And the batteries can see: the bad generator fails in nearly every form it is given."""
    findings = verdicts.kept()
    assert not [each for each in findings if each.failed and each.stream != "bad"]
    assert [each for each in findings if each.failed and each.stream == "bad"]
