"""Building one scenario on another: ``extends: base.yaml``."""

from dataclasses import replace
from pathlib import Path as FilePath
from typing import NamedTuple

from wedge.engine.scenario.decoding import is_file, is_folder, lies_in
from wedge.engine.scenario.finding import is_there, packaged
from wedge.engine.scenario.policies import SLOTS
from wedge.engine.scenario.problems import (
    ERROR,
    Place,
    Problem,
    ScenarioError,
    excerpt_of,
    in_order,
    meant,
    refusal,
    shown,
)
from wedge.engine.scenario.quantities import FORMS
from wedge.engine.scenario.reading import Document, read_file
from wedge.engine.scenario.tree import Node, Path

LONGEST_CHAIN = 8
# Mappings whose keys are names of the scenario's own, so that no word in them means anything special.
NAMED = ("issues", "states", "alliances", "events", "orders", "positions", "ties", "stakes", "levels")
# Values that are replaced whole, because half of one and half of another means nothing.
WHOLE = ("when", "unless", "choice")
SIDES = ("above", "below")
TRIGGERS = ("at", "rate", "when")


class Read(NamedTuple):
    """What has been read so far: the lines of every file, by name, and what is wrong but did not hinder reading."""

    lines: dict[str, list[str]]
    problems: list[Problem]


class Gathered(NamedTuple):
    """A scenario with all it builds on: the merged tree, and what was read for it."""

    root: Node
    lines: dict[str, list[str]]
    problems: list[Problem]


def gather(path: FilePath, name: str) -> Gathered:
    """Read a file and all it extends, and merge them. Raises ScenarioError where that cannot be done."""
    read = Read({}, [])
    try:
        root = gathered(path, name, [], read)
    except ScenarioError as error:
        raise ScenarioError(in_order([*read.problems, *error.problems])) from None
    return Gathered(root, *read)


def gathered(path: FilePath, name: str, chain: list[FilePath], read: Read) -> Node:
    """The merged tree of a file; ``chain`` are the files that extend it."""
    document = read_file(path, name)
    read.lines[name] = document.lines
    read.problems.extend(document.problems)
    extends = document.root.mapping.get("extends")
    own = without_key(document.root, "extends")
    if extends is None:
        return own
    target = base_path(path, document, extends, [*chain, path.resolve()])
    base = gathered(target, str(FilePath(name).parent / str(extends.value)), [*chain, path.resolve()], read)
    return merged(base, own, (), read)


def without_key(node: Node, key: str) -> Node:
    """A mapping without one of its keys."""
    kept = {name: value for name, value in node.mapping.items() if name != key}
    return replace(node, value=kept)


def base_path(path: FilePath, document: Document, extends: Node, chain: list[FilePath]) -> FilePath:
    """The file that is extended, which must lie in the same folder or below."""
    said = extends.value
    if not isinstance(said, str) or not said.strip() or "\0" in said:
        raise wrong(
            document, extends, f"`extends` names a file, and this is {shown(said)}", "write `extends: base.yaml`"
        )
    folder, target = path.parent, path.parent / said
    if FilePath(said).is_absolute() or not lies_in(target, folder):
        message = f"{shown(said)} leaves the scenario's folder"
        raise wrong(document, extends, message, "extend a file in the same folder or below")
    if not is_file(target):
        if is_folder(target):
            raise wrong(document, extends, f"{shown(said)} is a directory", "name a file in it")
        if is_there(target):
            raise wrong(document, extends, f"{shown(said)} is a pipe or a device", "save what it gives in a file")
        near = [file.name for file in folder.glob("*.y*ml")]
        cure = meant(said, near)
        if said in packaged():
            cure = f"it comes with Wedge: copy its folder, {packaged()[said].parent}, and extend the file there"
        raise wrong(document, extends, f"there is no file {shown(said)} beside this one", cure)
    resolved = target.resolve()
    if resolved in chain:
        names = " -> ".join(file.name for file in [*chain[chain.index(resolved) :], resolved])
        raise wrong(document, extends, f"files extend each other in a circle: {names}", "remove one `extends`")
    if len(chain) >= LONGEST_CHAIN:
        raise wrong(document, extends, f"more than {LONGEST_CHAIN} files extend each other", "merge some of them")
    return target


def wrong(document: Document, node: Node, message: str, cure: str) -> ScenarioError:
    """An error at an ``extends``."""
    excerpt = excerpt_of(document.lines, node.place.line, node.place.column, node.width)
    return refusal(node.place, message, cure, excerpt)


def merged(base: Node, over: Node, path: Path, read: Read) -> Node:
    """The base with what stands over it: mappings merge, all else is replaced, null removes."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    if replaces(base, over, path):
        return without_removed(base, over)
    entries, keys = dict(base.value), {**base.keys, **over.keys}
    for rival in rivals(base, over, path):
        del entries[rival]
    for key, value in over.value.items():
        below = (*path, key)
        if value.value is None:
            if key not in entries:
                read.problems.append(nothing_to_remove(key, entries, keys[key], read.lines))
            else:
                del entries[key]
        elif key in entries:
            entries[key] = merged(entries[key], value, below, read)
        else:
            entries[key] = value
    size, stands_in = base.size + over.size, base.stands_in or over.stands_in
    return Node(entries, over.place, over.width, size, keys, stands_in)


def without_removed(base: Node, over: Node) -> Node:
    """What takes the place of the base, without the nulls that remove a key of it."""
    kept = {key: value for key, value in over.mapping.items() if value.value is not None or key not in base.mapping}
    return replace(over, value=kept)


def nothing_to_remove(key: str, known: dict[str, Node], at: tuple[Place, int], lines: dict[str, list[str]]) -> Problem:
    """The problem of a null where the base has nothing."""
    place, width = at
    excerpt = excerpt_of(lines.get(place.file, []), place.line, place.column, width)
    cure = meant(key, known) or "remove the line, or write a value"
    return Problem(*place, f"{shown(key)} has no value, and there is none to remove", cure, ERROR, excerpt)


def replaces(base: Node, over: Node, path: Path) -> bool:
    """Whether one mapping takes the place of another instead of being merged into it."""
    last = str(path[-1]) if path else ""
    if not path or last in NAMED or (len(path) > 1 and path[-2] == "ties"):
        return False
    if last in WHOLE:
        return True
    if last in (*SLOTS, "decides"):
        return set(base.mapping) != set(over.mapping)
    if last == "policy":
        return policy_kind(base) != policy_kind(over)
    return is_given_anew(base, over)


def is_given_anew(base: Node, over: Node) -> bool:
    """Whether a number or the side of a red line is given anew: then its old source and bounds go with it."""
    return any(set(base.mapping) & set(words) and set(over.mapping) & set(words) for words in (FORMS, SIDES))


def policy_kind(node: Node) -> str:
    """What a policy is written as: a preset and which, a file, or slots."""
    if "preset" in node.mapping:
        return f"preset {node.mapping['preset'].value}"
    return "file" if "file" in node.mapping else "slots"


def rivals(base: Node, over: Node, path: Path) -> list[str]:
    """Keys of the base that a key over it rules out: an event has one trigger."""
    if len(path) == 2 and path[0] == "events" and set(over.mapping) & set(TRIGGERS):
        return [key for key in TRIGGERS if key in base.mapping and key not in over.mapping]
    return []
