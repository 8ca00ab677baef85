"""From YAML to a tree with places, without YAML's surprises.

The events of PyYAML's parsers are built into nodes here, so that depth, size, tags, aliases and duplicate keys are
looked at before they can do harm. The parser in C is many times as fast; where it finds something wrong, or a text
holds what the two read differently, the pure one has the word, so that messages and places are always its own.
"""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from wedge.engine.scenario.decoding import check_characters, text_of
from wedge.engine.scenario.problems import ERROR, Place, Problem, ScenarioError, excerpt_of, refusal, shown
from wedge.engine.scenario.scalars import ScalarRefused, resolved
from wedge.engine.scenario.syntax import told_plainly
from wedge.engine.scenario.tree import Node

DEEPEST = 50
MOST_VALUES = 50_000
MOST_PROBLEMS = 50
FAST = getattr(yaml, "CSafeLoader", None)
# Tabs, tags, rare line ends, a '?' that ends no word, a key without a value in brackets, a comment right behind '|' or '>'.
READ_DIFFERENTLY = re.compile(r"[\t\r!\x85\u2028\u2029]|(?<!\w)\?|:\s*[,}\]]|[|>][-+0-9]*#")


class Document(NamedTuple):
    """A file that has been read: its tree, its lines to quote from, and what is wrong in its YAML but did not hinder reading."""

    root: Node
    lines: list[str]
    problems: list[Problem]


def read_file(path: Path, name: str) -> Document:
    """The tree of a scenario file. Raises ScenarioError where reading cannot go on."""
    return read_text(text_of(path, name), name)


def read_text(text: str, name: str) -> Document:
    """The tree of a YAML text, whose top must be a mapping. Raises ScenarioError where reading cannot go on."""
    lines = text.splitlines()
    root, problems = read_value(text, name, lines)
    if root is None:
        raise refusal(Place(name), "the file is empty", "`wedge new NAME` writes a scenario to start from")
    if not isinstance(root.value, dict):
        kind = "a list" if isinstance(root.value, list) else shown(root.value)
        excerpt = excerpt_of(lines, root.place.line, root.place.column)
        message = f"a scenario is a mapping of keys to values, and this file holds {kind}"
        raise refusal(root.place, message, "start with `name: ...`", excerpt)
    return Document(root, lines, problems)


def read_value(text: str, name: str, lines: list[str]) -> tuple[Node | None, list[Problem]]:
    """The tree of any YAML text, or None if there is nothing in it; and what is wrong in it."""
    check_characters(text, name)
    if FAST is not None and is_read_alike(text, lines):
        with contextlib.suppress(yaml.YAMLError, ScenarioError):
            swift = Builder(text, name, lines, FAST)
            root = swift.document()
            if not swift.problems:
                return root, []
    builder = Builder(text, name, lines, yaml.SafeLoader)
    try:
        root = builder.document()
    except yaml.MarkedYAMLError as error:
        raise ScenarioError([*builder.problems, *told_plainly(error, name, lines).problems]) from None
    return root, builder.problems


def is_read_alike(text: str, lines: list[str]) -> bool:
    """Whether both parsers read a text alike, as far as a glance can tell."""
    asks_in_brackets = any("?" in line and ("[" in line or "{" in line) for line in lines)
    return not asks_in_brackets and not READ_DIFFERENTLY.search(text)


class Builder:
    """Builds one document's tree from the parser's events."""

    def __init__(self, text: str, name: str, lines: list[str], loader: Any) -> None:
        self.name, self.lines = name, lines
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
        self.anchors: dict[str, Node | None] = {}
        self.problems: list[Problem] = []
        self.values = 0

    def document(self) -> Node | None:
        """The only document of the text, or None if it is empty."""
        root = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                cure = "keep one scenario a file; remove the line with '---'"
                raise self.error(event.start_mark, "a second document starts here", cure)
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        is_empty = root is not None and root.value is None and not "".join(self.lines[: root.place.line]).strip("- \t")
        return None if is_empty else root

    def node(self, event: yaml.NodeEvent, depth: int) -> Node:
        """The node that starts with that event."""
        if depth > DEEPEST:
            raise self.error(event.start_mark, f"nested more than {DEEPEST} deep", "a scenario needs less than 10")
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        self.count(1, event)
        if getattr(event, "tag", None) is not None:
            self.complain(event.start_mark, f"the tag {shown(event.tag)} is not understood", "remove it: no tags are")
        if event.anchor:
            self.anchors[event.anchor] = None
        node = self.collection(event, depth) if isinstance(event, yaml.CollectionStartEvent) else self.scalar(event)
        node.stands_in |= getattr(event, "tag", None) is not None
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: yaml.AliasEvent) -> Node:
        """What an alias such as ``*name`` stands for."""
        if event.anchor not in self.anchors:
            raise self.error(event.start_mark, f"*{event.anchor} has no anchor &{event.anchor} before it")
        node = self.anchors[event.anchor]
        if node is None:
            raise self.error(event.start_mark, f"*{event.anchor} stands inside what it refers to", "write it out")
        self.count(node.size, event)
        return node

    def collection(self, event: yaml.CollectionStartEvent, depth: int) -> Node:
        """A mapping or a list."""
        node = Node({}, self.place(event.start_mark))
        before = self.values
        if isinstance(event, yaml.MappingStartEvent):
            self.fill_mapping(node, depth)
        else:
            node.value = [self.node(item, depth + 1) for item in self.until(yaml.SequenceEndEvent)]
        node.size = 1 + self.values - before
        return node

    def fill_mapping(self, node: Node, depth: int) -> None:
        """Read the entries of a mapping into the node."""
        entries: dict[str, Node] = {}
        node.value = entries
        for event in self.until(yaml.MappingEndEvent):
            key = self.key(event)
            node.stands_in |= (
                isinstance(event, yaml.ScalarEvent) and event.value == "<<"
            )  # what it lacks may come from there
            value = self.node(next(self.events), depth + 1)
            if key is None:
                continue
            if key in entries:
                first = node.keys[key][0]
                message = f"the key {shown(key)} stands here twice; first in line {first.line}"
                self.complain(event.start_mark, message, "remove one of them", len(key))
                continue
            entries[key] = value
            node.keys[key] = (self.place(event.start_mark), width_of(event))

    def key(self, event: yaml.Event) -> str | None:
        """The text of a key; None, with a problem noted, if it cannot be one."""
        if isinstance(event, yaml.ScalarEvent) and event.value != "<<" and event.tag is None and not event.anchor:
            if event.value or event.style:
                self.count(1, event)
                return str(event.value)
            self.complain(event.start_mark, "a key without a name", "write a name before the ':'")
            return None
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<":
            cure = "to build on another file write `extends: base.yaml`; within a file write the values out"
            self.complain(event.start_mark, "the merge key '<<' is not supported", cure)
            return None
        raise self.error(
            event.start_mark, "a key must be a plain word", "quote it if it holds brackets, '*', '&' or '!'"
        )

    def scalar(self, event: yaml.ScalarEvent) -> Node:
        """A single value."""
        place, width = self.place(event.start_mark), width_of(event)
        if event.style:
            return Node(event.value, place, width)
        try:
            return Node(resolved(event.value), place, width)
        except ScalarRefused as refused:
            self.complain(event.start_mark, str(refused), refused.cure, width)
            return Node(0, place, width, stands_in=True)

    def until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        """The events up to the end of a collection."""
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def count(self, values: int, event: yaml.Event) -> None:
        """Note that so many values more are to be built."""
        self.values += values
        if self.values > MOST_VALUES:
            cure = "a scenario needs far fewer; aliases (*name) count as often as they are used"
            raise self.error(event.start_mark, f"more than {MOST_VALUES:,} values", cure)

    def place(self, mark: yaml.Mark) -> Place:
        """The place of a mark of PyYAML's, which counts from 0."""
        return Place(self.name, mark.line + 1, mark.column + 1)

    def problem(self, mark: yaml.Mark, message: str, cure: str = "", width: int = 1) -> Problem:
        """A problem at that mark."""
        place = self.place(mark)
        return Problem(*place, message, cure, ERROR, excerpt_of(self.lines, place.line, place.column, width))

    def complain(self, mark: yaml.Mark, message: str, cure: str = "", width: int = 1) -> None:
        """Note a problem and read on, so that all are told at once."""
        self.problems.append(self.problem(mark, message, cure, width))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ScenarioError(self.problems)

    def error(self, mark: yaml.Mark, message: str, cure: str = "") -> ScenarioError:
        """All problems so far and this one, after which nothing can be read."""
        return ScenarioError([*self.problems, self.problem(mark, message, cure)])


def width_of(event: yaml.Event) -> int:
    """How many columns of its line a value takes."""
    if event.start_mark.line != event.end_mark.line:
        return 1
    return max(1, event.end_mark.column - event.start_mark.column)
