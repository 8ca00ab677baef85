"""The same worlds under each decision theory, where ``wedge structure`` has kept them beside the results."""

import shlex
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.structure import DIFFERENCE, stored_structure
from wedge.engine.analysis.survival import PART_NAMES
from wedge.engine.model.provenance import rules_hash
from wedge.engine.report.page.inputs import scenario_call
from wedge.engine.report.page.numbers import Sentence, in_points, interval, plain, share
from wedge.engine.report.page.sides import Subject
from wedge.engine.report.page.tables import Table
from wedge.engine.scenario.problems import escaped

FOLDER = "theories"  # inside the folder of the results


class Theories(NamedTuple):
    """What came out under each theory: what is said of it, and the tables."""

    said: list[str]
    tables: list[Table]


def theories_of(subject: Subject) -> Theories | None:
    """What is kept beside these results; None where nothing is."""
    stored = _stored(subject)
    if stored is None:
        return None
    labels = _labels(subject, stored)
    if labels is None:
        return Theories([_stale(subject)], [])
    names = {scenario: escaped(subject.name(label)) for scenario, label in labels.items()}
    pair = "~".join(labels.values())
    of = {scenario: f"{label}/structure" for scenario, label in labels.items()} | {DIFFERENCE: f"{pair}/structure"}
    tables = [_levels(stored, names, of), _parts(stored, names, of)]
    return Theories([escaped(stored["verdict"])] if stored["verdict"] else [], tables)


def _stale(subject: Subject) -> str:
    """Why what is kept is not shown, and what would help."""
    older = any(side.experiment.plan.rules != rules_hash() for side in subject.sides)
    first = ", once the results are played again by the rules of this version" if older else ""
    again = escaped(shlex.join(call_theories(subject)))
    return f"What is kept is of other scenarios, another seed or other rules than these results. {again} plays theirs{first}."


def where_theories(subject: Subject) -> str:
    """Where they are, or the call that keeps them beside the results."""
    if _stored(subject) is not None:
        return "above, under “Under other decision theories”"
    return f"not here: {escaped(shlex.join(call_theories(subject)))}"


def call_theories(subject: Subject) -> list[str]:
    """The call that plays the first one or two scenarios under every theory and keeps it where a report finds it."""
    called, changes = [side.experiment.called for side in subject.sides[:2]], scenario_call(subject.sides[0])[1:]
    seed, folder = subject.sides[0].experiment.seed, _folders(subject)[0]
    return ["wedge", "structure", *called, *changes, "--seed", str(seed), "--out", str(folder)]


def _folders(subject: Subject) -> list[Path]:
    """Where it may be kept: in the folder of one experiment, or of the comparison that holds several."""
    parents = list(dict.fromkeys(side.experiment.folder.parent for side in subject.sides))
    alone = [side.experiment.folder for side in subject.sides]
    return [folder / FOLDER for folder in ([*parents, *alone] if len(alone) > 1 else alone)]


def _stored(subject: Subject) -> dict[str, Any] | None:
    return next((found for folder in _folders(subject) if (found := stored_structure(folder)) is not None), None)


def _labels(subject: Subject, stored: dict[str, Any]) -> dict[str, str] | None:
    """The label of the experiment each scenario stands for; None where it is of others."""
    known = {(e.plan.scenario, e.plan.rules, e.seed): side.label for side in subject.sides for e in (side.experiment,)}
    found = {name: known.get((sha256, stored["rules"], stored["seed"])) for name, sha256 in stored["sha256"].items()}
    labels = {name: label for name, label in found.items() if label is not None}
    return labels if len(labels) == len(found) else None


def _levels(stored: dict[str, Any], names: dict[str, str], of: dict[str, str]) -> Table:
    """How often under each theory; of two scenarios the difference as well."""
    by = {(row["scenario"], row["theory"]): row for row in stored["levels"]}
    differences = {row["theory"]: row for row in stored["differences"] or ()}
    is_share = stored["kind"] == SHARE
    said = share if is_share else plain
    told: list[list[Sentence]] = []
    for theory in stored["theories"]:
        cells: list[Sentence] = [[theory]]
        for scenario in names:
            row, path = by[scenario, theory], f"{of[scenario]}.{theory}"
            cells.append([said(row["value"], f"{path}.value"), " ", *interval(row, path, said)])
        if theory in differences:
            row, path = differences[theory], f"{of[DIFFERENCE]}.{theory}"
            apart = in_points if is_share else plain
            cells.append([apart(row["difference"], f"{path}.difference"), " ", *interval(row, path, apart)])
            cells.append(["yes" if row["told_apart"] else "no"])
        told.append(cells)
    last = ["difference in points" if is_share else "difference", "told apart after Holm"] if differences else []
    title = f"{escaped(stored['title'])} in {stored['worlds']:,} worlds under each decision theory"
    return Table(title, ["all states decide by", *names.values(), *last], told)


def _parts(stored: dict[str, Any], names: dict[str, str], of: dict[str, str]) -> Table:
    """What the variance is made of."""
    whole = names | ({DIFFERENCE: "their difference"} if stored["differences"] else {})
    by = {(row["of"], row["part"]): row for row in stored["parts"]}
    told: list[list[Sentence]] = []
    for part, title in PART_NAMES.items():
        shares: list[Sentence] = [
            [share(max(0.0, by[name, part]["share"]), f"{of[name]}.parts.{part}")] for name in whole
        ]
        told.append([[title], *shares])
    return Table("What the variance of the outcome is made of", ["", *whole.values()], told)
