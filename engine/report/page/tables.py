"""Tables of the report: the scenarios side by side, what differs between them, and paired differences."""

from typing import Any, NamedTuple

from wedge.engine.report.page.numbers import Part, Sentence, codes, count, in_points, interval, plain, with_interval
from wedge.engine.report.page.sides import Side, Subject, codes_behind, pair, rows
from wedge.engine.scenario.problems import escaped

ALWAYS = ("alliances.", "talks.", "stages.")
TWICE = "issues."  # an issue is settled with its stage
TOLD_MEANS = (".days_held", ".commitment_end", ".payoff", "talks.days", "talks.war_days", "talks.stages_settled")


class Table(NamedTuple):
    """A table: a caption, heads, and rows whose cells are sentences."""

    caption: str
    heads: list[str]
    rows: list[list[Sentence]]


def tables_of(subject: Subject) -> list[Table]:
    """Every share that is not 0 everywhere, and means, side by side."""
    return [_shares(subject), _means(subject)]


def _shares(subject: Subject) -> Table:
    sides = subject.sides
    found = {side.label: {row["observable"]: row for row in rows(side.summary.shares)} for side in sides}
    told = []
    for name, title in _titles(subject, "shares"):
        there = [found[side.label].get(name) for side in sides]
        if name.startswith(TWICE) or not (name.startswith(ALWAYS) or any(row and row["count"] for row in there)):
            continue
        cells: list[Sentence] = [[title]]
        shown: list[str] = []
        for side, row in zip(sides, there, strict=True):
            cells.append(with_interval(row, side.of(f"shares.{name}")) if row else ["–"])
            shown += codes_behind(side, name, 1) if row and row["count"] else []
        told.append([*cells, codes(shown)])
    heads = ["", *(side.name for side in sides), "a run in which it happens"]
    return Table("Share of worlds in which it happens, with its 95 % interval", heads, told)


def _means(subject: Subject) -> Table:
    found = {side.label: {row["observable"]: row for row in rows(side.summary.means)} for side in subject.sides}
    told = []
    for name, title in _titles(subject, "means"):
        if not name.endswith(TOLD_MEANS):
            continue
        cells: list[Sentence] = [[title]]
        for side in subject.sides:
            row = found[side.label].get(name)
            cells.append(_mean(side, name, row) if row else ["–"])
        told.append(cells)
    heads = ["", *(side.name for side in subject.sides)]
    return Table("Means over worlds, with their 95 % intervals", heads, told)


def _mean(side: Side, name: str, row: dict[str, Any]) -> Sentence:
    of = side.of(f"means.{name}")
    return [plain(row["mean"], f"{of}.mean"), " ", *interval(row, of, plain)]


def _titles(subject: Subject, table: str) -> list[tuple[str, str]]:
    """Every observable of any side, in order, with its title."""
    found: dict[str, str] = {}
    for side in subject.sides:
        for row in rows(getattr(side.summary, table)):
            found.setdefault(row["observable"], escaped(row["title"]))
    return list(found.items())


def meanings_of(subject: Subject) -> list[Table]:
    """What differs in meaning between each pair."""
    if subject.comparison is None:
        return []
    told = []
    for a, b in subject.comparison.pairs:
        found = rows(subject.comparison.of_pair("meaning", a, b))
        cells: list[list[Sentence]] = [[[_cell(row[key])] for key in ("path", "value_a", "value_b")] for row in found]
        first, second = subject.name(a), subject.name(b)
        nothing: list[list[Sentence]] = [[["nothing"], ["–"], ["–"]]]
        told.append(Table(f"What differs between “{first}” and “{second}”", ["", first, second], cells or nothing))
    return told


def _cell(value: Any) -> Part:
    return escaped(value) if isinstance(value, str) else "–"


def differences_of(subject: Subject) -> list[Table]:
    """Differences of each pair: fractures always, others where they can be told from none after Holm."""
    if subject.comparison is None:
        return []
    return [_differences(subject, a, b) for a, b in subject.comparison.pairs]


def _differences(subject: Subject, a: str, b: str) -> Table:
    assert subject.comparison is not None
    first, second = subject.name(a), subject.name(b)
    flipped = subject.comparison.of_pair("flipped", a, b)
    told: list[list[Sentence]] = []
    for row in rows(subject.comparison.of_pair("shares", a, b)):
        name = row["observable"]
        if name.startswith(("events.", TWICE)) or not (row["told_apart_holm"] or name.startswith("alliances.")):
            continue
        of = f"{pair(a, b)}/shares.{name}"
        cells: list[Sentence] = [[escaped(row["title"])]]
        for cell in ("both", "only_a", "only_b", "neither"):
            cells.append([count(row[cell], f"{of}.{cell}")] if row["paired"] else ["–"])
        difference: Sentence = [in_points(row["difference"], f"{of}.difference"), " ", *interval(row, of, in_points)]
        shown = flipped[flipped["observable"] == name]["world"][:1] if len(flipped) else []
        told.append([*cells, difference, codes(shown)])
    how = "in the same worlds" if told and told[0][1] != ["–"] else "in separate samples"
    heads = ["", "both", f"only {first}", f"only {second}", "neither", "difference in points", "a run that differs"]
    return Table(f"“{first}” less “{second}”, {how}", heads, told)
