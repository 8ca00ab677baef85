"""Checks of events and conditions: the names, ties and numbers they speak of."""

from collections.abc import Collection, Sequence

from wedge.engine.model import setting as s
from wedge.engine.scenario.blueprint import Blueprint
from wedge.engine.scenario.checks.alliances import ties_meant
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster, Unread
from wedge.engine.scenario.rows import Row
from wedge.engine.scenario.tree import Path

# The keys under which a row's names stand.
ROW_KEYS = {
    s.EVENT: ("event",),
    s.STAGE_SETTLED: ("settled",),
    s.WALKED: ("walked_out",),
    s.WEARINESS: ("weariness",),
    s.LEVEL: ("level",),
    s.REFUSALS: ("refusals",),
    s.COMMITMENT: ("commitment", "from", "to"),
    s.WITHHELD: ("withheld", "from", "to"),
    s.FRACTURED: ("fractured", "from", "to"),
    s.BELIEF: ("belief", "of", "in"),
}
OF_TIES = (s.COMMITMENT, s.WITHHELD, s.FRACTURED)
LONGEST_CONDITION = 60  # rows; the rules keep one bit for each in a word


def check_conditions(plan: Blueprint, known: Roster, report: Reporter) -> None:
    """The names in conditions."""
    ties = ties_meant(plan.file, known, report)
    for rows in [*plan.possible.values(), *plan.triggers.values()]:
        if len(rows) > LONGEST_CONDITION:
            message = f"this condition has {len(rows)} parts, {LONGEST_CONDITION} at most"
            report.error(rows[-1].where, message, "split it over several events")
        for row in rows:
            check_row(row, known, ties, report)


def check_row(row: Row, known: Roster, ties: Collection[tuple[str, str]], report: Reporter) -> None:
    """The names in one row."""
    keys = ROW_KEYS.get(row.test)
    if keys is None:
        return
    lists = {
        s.EVENT: ("event", known.events),
        s.STAGE_SETTLED: ("stage", known.stages),
        s.LEVEL: ("issue", known.issues),
    }
    kind, names = lists.get(row.test, ("state", known.states))
    where: Path = (*row.where[:-1], keys[0])
    if len(keys) == 1:
        if row.a not in names:
            report.unknown(where, kind, str(row.a), names)
        return
    pair_known(where, keys[1:], (str(row.a), str(row.b)), known, report, ties if row.test in OF_TIES else None)


def pair_known(
    where: Path,
    keys: Sequence[str],
    pair: tuple[str, str],
    known: Roster,
    report: Reporter,
    ties: Collection[tuple[str, str]] | None,
) -> None:
    """Both states of a pair are declared, and so is the tie between them if one is meant."""
    strangers = [place for place, name in enumerate(pair) if name not in known.states]
    for place in strangers:
        report.unknown((*where, keys[place]), "state", pair[place], known.states)
    if strangers:
        return
    if ties is None:
        if pair[0] == pair[1]:
            report.error((*where, keys[1]), f"{pair[0]} is named twice", "name two states")
    elif pair not in ties:
        cure = (
            f"there is one from {pair[1]} to {pair[0]}" if (pair[1], pair[0]) in ties else "declare it in an alliance"
        )
        report.error(where, f"no tie from {pair[0]} to {pair[1]} is declared", cure)


def check_effects(plan: Blueprint, known: Roster, report: Reporter) -> None:
    """The ties and numbers that events change."""
    ties = ties_meant(plan.file, known, report)
    entries = {entry.path: entry for entry in plan.entries}
    for row in plan.effects:
        where = row.where[:4]
        if isinstance(row.target, tuple):
            key = {s.TIE_SHOCK: "shock", s.WITHHOLD: "withhold", s.RESTORE: "restore"}[row.kind]
            pair_known((*where, key), ("from", "to"), row.target, known, report, ties)
        elif row.target is not None:
            check_changed(row.target, (*where, "change"), entries, known, report)


def check_changed(path: str, where: Path, numbers: Collection[str], known: Roster, report: Reporter) -> None:
    """The path of a number that an event changes."""
    if path not in numbers:
        near = [name for name in numbers if name.split(".")[0] == path.split(".")[0]] or list(numbers)
        cure = meant(path, near) or "docs/scenario-format.md lists all paths"
        if not hangs_on_what_is_wrong(path.split("."), known, report):
            report.error(where, f"there is no number {shown(path)}", cure)
    elif path.endswith(".salience"):
        report.error(where, "a salience cannot be changed by an event", "saliences are scaled once, at the start")
    elif path.startswith("ties.") and path.endswith(".commitment"):
        _, source, target, _ = path.split(".")
        report.error(where, "a commitment is changed by a shock", f"write `shock: {{from: {source}, to: {target}}}`")


def hangs_on_what_is_wrong(steps: Sequence[str], known: Roster, report: Reporter) -> bool:
    """Whether a number may be missing only because what it belongs to is wrong, and told of."""
    named = {"states": (known.states, known.issues), "ties": (known.states,), "stakes": (known.alliances, known.states)}
    named |= {"issues": (known.issues,), "events": (known.events,), "agenda": (known.stages,)}
    if any(step in report.renamed for step in steps):
        return True
    if any(isinstance(names, Unread) for names in named.get(steps[0], ())):
        return True
    if steps[0] == "agenda":
        return not report.is_sound(("agenda",))
    is_told_by_its_form = steps[0] in ("states", "events") and steps[2:3] and steps[2] != "positions"
    return bool(is_told_by_its_form) and not report.is_sound(tuple(steps[:3]))
