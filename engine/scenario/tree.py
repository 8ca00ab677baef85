"""A scenario file as a tree that remembers where each value stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wedge.engine.scenario.problems import Place

Scalar = str | int | float | bool | None
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value and its place. A mapping also knows where its keys stand; ``size`` counts the values in it.

    One that ``stands_in`` is no value of the file's: it keeps the place of what was wrong there and told of.
    """

    value: "dict[str, Node] | list[Node] | Scalar"
    place: Place
    width: int = 1
    size: int = 1
    keys: dict[str, tuple[Place, int]] = field(default_factory=dict)
    stands_in: bool = False

    @property
    def mapping(self) -> "dict[str, Node]":
        """Its entries, or none if it is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def child(self, step: str | int) -> "Node | None":
        """The value under a key or at a place in a list, or None."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None


def plain(node: Node) -> Any:
    """The tree as dictionaries, lists, texts and numbers, its places forgotten."""
    if isinstance(node.value, dict):
        return {key: plain(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [plain(below) for below in node.value]
    return node.value


def walk(root: Node, path: Sequence[str | int]) -> tuple[Node, Path]:
    """The deepest node on the path and the part of the path that leads to it."""
    node, reached = root, []
    for step in path:
        below = node.child(step)
        if below is None:
            break
        node = below
        reached.append(step)
    return node, tuple(reached)


def value_place(root: Node, path: Sequence[str | int]) -> tuple[Place, int]:
    """Where the value on that path stands, and how wide it is; the nearest that is there if it is not.

    A mapping or list that starts on a later line than its key is pointed at by its key.
    """
    node, reached = walk(root, path)
    is_scalar = not isinstance(node.value, dict | list)
    if reached and (len(reached) < len(path) or not is_scalar):
        key = key_place(root, reached)
        return key if key[0].line and (key[0].line < node.place.line or len(reached) < len(path)) else (node.place, 1)
    return node.place, node.width if is_scalar else 1


def key_place(root: Node, path: Sequence[str | int]) -> tuple[Place, int]:
    """Where the key at the end of that path stands; the place of the value if it stands in a list."""
    above, reached = walk(root, path[:-1])
    if len(reached) == len(path) - 1 and path and str(path[-1]) in above.keys:
        return above.keys[str(path[-1])]
    node, _ = walk(root, path)
    return node.place, node.width


def changed(node: Node, path: Sequence[str | int], change: Callable[[Node], Node]) -> Node:
    """The tree with the node on that path changed, which must be there; the tree that is given stays as it is."""
    if not path:
        return change(node)
    step, rest = path[0], path[1:]
    if isinstance(node.value, list):
        return replace(node, value=[changed(n, rest, change) if i == step else n for i, n in enumerate(node.value)])
    entries = {key: changed(n, rest, change) if key == str(step) else n for key, n in node.mapping.items()}
    return replace(node, value=entries)
