"""Stand-ins for what is badly written in a scenario, so that everything else in it can be checked all the same.

A wrong number gives way to a number, a misspelt key to the one it means, a missing part to an empty one. A node that
stands in is marked, and nothing is told of it: whoever wrote the file has been told what was there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from wedge.engine.scenario.fields import NAME_PATTERN
from wedge.engine.scenario.problems import ERROR, escaped
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.translating import Finding, findings, made_name, misspelt_form, tell
from wedge.engine.scenario.tree import Node, Path, changed, plain, walk

MOST_ROUNDS = 30  # a stand-in may need stand-ins in it, a level deeper in each round
STAND_IN = "stand_in_"
DECLARED_AT = 2  # how deep names are declared: states, issues, alliances, orders, events
EMPTY: dict[str, Any] = {
    "dict_type": {},
    "model_type": {},
    "list_type": [],
    "bool_type": False,
    "date_wanted": "2000-01-01",
    "no_date": "2000-01-01",
    "int_type": 1,
    "int_from_float": 1,
}
FORMS_FOR = {
    "kind_of": {"fighting": True},
    "kind_of_effect": {"deadline": {"round": 1}},
    "form_of_floor": {"random": [0]},
}
BOUNDS = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}


def sound_file(report: Reporter) -> ScenarioFile:
    """The scenario file of the report's tree, which is mended where it is wrong, and that is told to the report."""
    take_out_empty(report)
    for _ in range(MOST_ROUNDS):
        try:
            return ScenarioFile.model_validate(plain(report.root))
        except ValidationError as error:
            mend(findings(error, report), report)
    raise AssertionError(f"not mended after {MOST_ROUNDS} rounds: {[problem.told() for problem in report.errors]}")


def take_out_empty(report: Reporter) -> None:
    """Take keys without a value out of the report's tree, which remembers them; what is declared keeps a stand-in."""
    report.empty = nothing_given(report.root)
    for path in report.empty:
        if len(path) <= DECLARED_AT:
            report.root = changed(report.root, path, stand_in(0))
        else:
            report.root = changed(report.root, path[:-1], without_key(str(path[-1])))


def tell_empty(report: Reporter) -> None:
    """Tell of keys without a value, unless they stand in something that is wrong itself, and may be there to remove."""
    for path in report.empty:
        if not any(wrong == path[: len(wrong)] for wrong in report.wrong):
            message = f"`{escaped(str(path[-1]))}` has no value"
            report.add(path, message, "write a value, or remove the line", ERROR, at_key=True)


def nothing_given(node: Node, path: Path = ()) -> list[Path]:
    """The paths of keys without a value, which YAML reads as null."""
    if isinstance(node.value, list):
        return [found for place, item in enumerate(node.value) for found in nothing_given(item, (*path, place))]
    found = [(*path, key) for key, below in node.mapping.items() if below.value is None]
    return found + [deeper for key, below in node.mapping.items() for deeper in nothing_given(below, (*path, key))]


def mend(found: list[Finding], report: Reporter) -> None:
    """Tell what was found and put something sound in its place. What stands deeper comes first: keys above it may change."""
    report.renamed |= dict(new_names(found, report))
    for one in found:
        if not (one.kind == "string_pattern_mismatch" and one.details["input"] in report.renamed):
            tell(one, report)
    for one in sorted(found, key=lambda one: (-len(one.path), one.kind in ("bad_name", "bad_key"))):
        if one.kind in ("bad_name", "bad_key", "extra_forbidden") or one.meant:
            mend_key(one, report)
        elif one.kind == "missing":
            report.root = changed(report.root, one.path[:-1], with_entry(str(one.path[-1])))
        else:
            report.root = changed(report.root, one.path, sound_value(one, report))


def new_names(found: list[Finding], report: Reporter) -> Iterator[tuple[str, str]]:
    """What stands in for each name that cannot be a name: the nearest that can, if it is free."""
    for one in found:
        name = str(one.path[-1]) if one.path else ""
        if one.kind == "bad_name" and name not in report.renamed:
            made = made_name(name)
            is_free = re.fullmatch(NAME_PATTERN, made) and made not in walk(report.root, one.path[:-1])[0].mapping
            yield name, made if is_free else free_name(report, name)


def free_name(report: Reporter, name: str) -> str:
    """A name that nothing has yet; it is noted as what stands in for another."""
    made = f"{STAND_IN}{len(report.renamed)}"
    report.renamed.setdefault(name, made)
    return report.renamed[name]


def mend_key(one: Finding, report: Reporter) -> None:
    """Give a key the name it means, or take it out."""
    where, key = one.path[:-1], str(one.path[-1]) if one.path else ""
    if one.kind == "union_tag_not_found":
        where, key = one.path, misspelt_form(one.details)[0]
    name = one.meant
    here = walk(report.root, where)[0].mapping
    if one.kind == "bad_name":
        name = report.renamed[key]
    elif one.kind == "bad_key":
        name = next(text for text in (f"0.{n}7" for n in range(1, 1000)) if text not in here)
    if name and name not in here:
        report.renames((*where, key), name)
        report.root = changed(report.root, where, with_key(key, name, one.kind == "bad_key"))
    else:
        report.root = changed(report.root, where, without_key(key))


def with_key(key: str, name: str, stands_in: bool) -> Callable[[Node], Node]:
    """A change that gives an entry of a mapping another key, at its old place."""

    def change(node: Node) -> Node:
        entries = {name if k == key else k: n for k, n in node.mapping.items()}
        if stands_in:
            entries[name] = replace(entries[name], stands_in=True)
        return replace(node, value=entries, keys={name if k == key else k: at for k, at in node.keys.items()})

    return change


def without_key(key: str) -> Callable[[Node], Node]:
    """A change that takes an entry out of a mapping."""
    return lambda node: replace(node, value={k: n for k, n in node.mapping.items() if k != key})


def with_entry(key: str) -> Callable[[Node], Node]:
    """A change that adds an entry to a mapping."""
    return lambda node: replace(node, value={**node.mapping, key: Node(0, node.place, stands_in=True)})


def stand_in(value: Any) -> Callable[[Node], Node]:
    """A change that puts a value in the place of what is there."""
    return lambda node: Node(tree_of(value, node), node.place, node.width, stands_in=True)


def tree_of(value: Any, at: Node) -> Any:
    """Plain data as the value of a node, everything in it at the place of another."""
    if isinstance(value, dict):
        return {key: Node(tree_of(below, at), at.place) for key, below in value.items()}
    return [Node(tree_of(below, at), at.place) for below in value] if isinstance(value, list) else value


def sound_value(one: Finding, report: Reporter) -> Callable[[Node], Node]:
    """The change that makes a value one that pydantic does not refuse for this reason."""
    kind, given, context = one.kind, one.details["input"], one.details.get("ctx", {})
    if kind == "string_pattern_mismatch" and given in report.renamed:
        return lambda node: replace(node, value=report.renamed[given])
    if kind in ("too_short", "too_long"):
        return of_length(context.get("min_length", context.get("max_length")), one.path)
    if kind in EMPTY:
        return stand_in(EMPTY[kind])
    if kind in BOUNDS:
        return stand_in(context[BOUNDS[kind]] + {"gt": 1, "lt": -1}.get(BOUNDS[kind], 0))
    if kind == "literal_error":
        return stand_in(context["expected"].split("'")[1])
    if kind == "union_tag_not_found":
        return stand_in(FORMS_FOR.get(context["discriminator"].strip("'").removesuffix("()"), 0))
    if kind in ("float_type", "finite_number"):
        return stand_in(0)
    return stand_in(free_name(report, f"{one.path}"))


def of_length(length: int, path: Path) -> Callable[[Node], Node]:
    """A change that adds to a list or a mapping what it lacks, or takes out what is too much."""

    def change(node: Node) -> Node:
        more = [Node(0, node.place, stands_in=True) for _ in range(length)]
        if isinstance(node.value, list):
            return replace(node, value=[*node.value, *more][: max(length, 0)])
        names = [f"0.{n}3" if path[-1] in ("levels", "choice") else f"{STAND_IN}{n}" for n in range(length)]
        entries = {**node.mapping, **dict(zip(names, more, strict=True))}
        return replace(node, value=dict(list(entries.items())[:length]))

    return change
