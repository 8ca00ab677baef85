"""The tables of ``docs/validation.md``, made of what was recorded in ``docs/validation.json``; see ``record_validation``."""

import json
import re
from functools import cache
from typing import Any

from wedge.engine.analysis.history.playing import Counts
from wedge.engine.analysis.history.report import History, markdown_of, scored
from wedge.engine.analysis.history.scoring import BASE, MODEL
from wedge.engine.analysis.propositions.judging import AS_PREDICTED, NOT_TRIED
from wedge.engine.analysis.propositions.report import COLUMNS, rows_of
from wedge.engine.cli.format_odd import MARKED, ROOT, expectations
from wedge.engine.cli.format_page import table
from wedge.engine.cli.record_validation import RECORD

FAILING = re.compile(r"^\d+\. \*(.+?)\.?\*", re.M)  # the headings of what the model fails, on the ODD page


@cache
def recorded() -> dict[str, Any]:
    """The record, as it was written."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


@cache
def history() -> History:
    """The benchmark of episodes, scored from the counts that were recorded."""
    found = recorded()["history"]
    counts = {name: Counts(found["worlds"], one["model"], one["null"]) for name, one in found["counts"].items()}
    return scored(counts, found["worlds"], recorded()["seed"])


def origin() -> str:
    """By which rules, in how many worlds and of which seed the numbers were made."""
    found = recorded()
    rows = [
        ("rules", f"`{found['inputs']['rules'][:16]}`"),
        ("seed", str(found["seed"])),
        *((f"worlds, {part}", f"{found[part]['worlds']:,}") for part in ("theory", "propositions", "history")),
    ]
    return table(("recorded", "by"), rows)


def criteria() -> str:
    """Each criterion with what came out."""
    checks, (met, all_met) = recorded()["theory"]["checks"], counted([met for _, _, met in expectations()])
    compared, failed = sum(one["compared"] for one in checks), sum(len(one["failed"]) for one in checks)
    signs, all_signs = counted([one["verdict"] == AS_PREDICTED for one in tried()])
    gap = gap_to_base_rate()
    rows = [
        ("C1", "rounds are played as solved games demand", "every comparison within its tolerance", f"{compared - failed:,} of {compared:,}", verdict(not failed)),
        ("C2", "the scenarios on 2025 behave as was expected before they were played", "every expectation met", f"{met} of {all_met}", verdict(met == all_met)),
        ("C3", "what the literature says of wedges follows from the rules", "every predicted sign found, at p < 0.01", f"{signs} of {all_signs} tried", verdict(signs == all_signs)),
        ("C4", "episodes of history are foretold better than by their base rate", "log score over the headline cells above that of the base rate", f"{gap:+.3f}", verdict(gap > 0.0)),
    ]  # fmt: skip
    return table(("", "requirement", "acceptability criterion", "found", "verdict"), rows)


def verdict(met: bool) -> str:
    """In words."""
    return "met" if met else "**not met**"


def counted(met: list[bool]) -> tuple[int, int]:
    """How many are, of how many."""
    return sum(met), len(met)


def tried() -> list[dict[str, Any]]:
    """The contrasts that were played."""
    return [one for one in recorded()["propositions"]["contrasts"] if one["verdict"] != NOT_TRIED]


def gap_to_base_rate() -> float:
    """How much more log score the model has than the base rate, over the headline cells."""
    scores = {score.forecaster: score.log for score in history().scores()}
    return scores[MODEL] - scores[BASE]


def theory() -> str:
    """A row for each check of theory."""
    rows = [
        (f"`{one['name']}`", one["title"], one["citation"], str(one["compared"]), str(len(one["failed"])), "FAIL" if one["failed"] else "pass")
        for one in recorded()["theory"]["checks"]
    ]  # fmt: skip
    return table(("check", "what is checked", "source", "compared", "failed", "verdict"), rows)


def comparisons() -> str:
    """For each quantity of each check the comparison that is furthest off."""
    rows = [
        (
            f"`{check['name']}`",
            one["quantity"],
            str(one["compared"]),
            one["case"],
            told(one["expected"]),
            told(one["found"]),
            "" if one["error"] is None else f"{one['error']:.1e}",
            "" if one["error"] is None else f"{one['tolerance']:.1e}",
            "pass" if one["passed"] else "FAIL",
        )
        for check in recorded()["theory"]["checks"]
        for one in check["quantities"]
    ]
    columns = ("check", "quantity", "compared", "furthest off", "expected", "found", "error", "allowed", "verdict")
    return table(columns, rows)


def told(value: float | str) -> str:
    """A number to six places, or words."""
    if isinstance(value, str):
        return value if len(value) <= 60 else f"{value[:20]}..."
    return f"{value + 0.0:.6f}".rstrip("0").rstrip(".")


def propositions() -> str:
    """Each proposition's sign, as predicted and as found."""
    found = recorded()["propositions"]["contrasts"]
    head, *columns = COLUMNS
    rows = [(row[0], one["in_words"], *row[1:]) for one, row in zip(found, rows_of(found), strict=True)]
    return table((head or "sign", "in words", *columns), rows)


def sources() -> str:
    """What each proposition says and who says it."""
    found = {
        one["contrast"][:-1]: (one["proposition"], one["source"]) for one in recorded()["propositions"]["contrasts"]
    }
    return table(("", "proposition", "source"), [(name, *said) for name, said in found.items()])


def episodes() -> str:
    """The scores of the episodes, as they fell."""
    return markdown_of(history())


def failures() -> str:
    """Everything that the behavioural model does not meet, each from where it is told."""
    rows = [
        ("expectation", f"{of}: {what}", "[behaviour](model-behaviour.md)")
        for of, what, met in expectations()
        if not met
    ]
    rows += [
        ("proposition", f"{one['contrast']}: {one['in_words']} (predicted: {one['predicted']}): {one['verdict']}", "[4.5](#45-results-validation)")
        for one in tried()
        if one["verdict"] != AS_PREDICTED
    ]  # fmt: skip
    if gap_to_base_rate() <= 0.0:
        what = f"the log score of the model is not above the base rate's ({gap_to_base_rate():+.3f})"
        rows.append(("history", what, "[history](how-to/check-against-history.md)"))
    pattern = (ROOT / "docs/odd.md").read_text(encoding="utf-8").partition("**What the model fails.**")[2]
    link = "[ODD, patterns](odd.md#1-purpose-and-patterns)"
    rows += [("pattern of the record", what, link) for what in FAILING.findall(pattern.partition("\n## ")[0])]
    return table(("", "kind", "what is not met", "told in"), [(str(n), *row) for n, row in enumerate(rows, 1)])


TABLES = {
    "origin": origin,
    "criteria": criteria,
    "theory": theory,
    "comparisons": comparisons,
    "sources": sources,
    "propositions": propositions,
    "episodes": episodes,
    "failures": failures,
}


def validation_page() -> str:
    """The page as it stands, its tables made anew from the record."""
    page = (ROOT / "docs/validation.md").read_text(encoding="utf-8")
    return MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", page)
