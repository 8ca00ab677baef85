"""Assignments of the rules, as C."""

import ast
from collections.abc import Iterator
from typing import Any

from benchmarks.in_c.expressions import OPERATORS, Expressions, Term, c_name
from benchmarks.in_c.kinds import F64, I64, Array, Kind, Results, joined
from benchmarks.in_c.refusing import Refused

Lines = Iterator[str]


class Assignments(Expressions):
    """Translates assignments to names, elements and slices, and keeps the kind of every name."""

    def __init__(self, program: Any, names: dict[str, Any], parameters: dict[str, Kind]) -> None:
        super().__init__(program, names)
        self.parameters = parameters
        self.declared: dict[str, Kind] = {}
        self.result: Kind | None = None
        self.hidden = 0

    def _hide(self, name: str) -> str:
        self.hidden += 1
        return f"{name}_{self.hidden}"

    def _annassign(self, node: ast.AnnAssign) -> Lines:
        if node.value is not None:
            yield from self._set(node.target, node.value)

    def _assign(self, node: ast.Assign) -> Lines:
        for target in node.targets:
            yield from self._set(target, node.value)

    def _augassign(self, node: ast.AugAssign) -> Lines:
        if isinstance(node.target, ast.Name) or type(node.op) not in OPERATORS or isinstance(node.op, ast.Div):
            yield from self._set(node.target, ast.BinOp(_as_read(node.target), node.op, node.value))
            return
        target, value = self.term(node.target), self.term(node.value)
        if joined(target.kind, value.kind) != target.kind:
            raise Refused("a whole number would become a float", node)
        yield f"{target.text} {OPERATORS[type(node.op)]}= {value.text};"

    def _set(self, target: ast.expr, value: ast.expr) -> Lines:
        if isinstance(target, ast.Tuple):
            yield from self._set_several(target, value)
        elif isinstance(target, ast.Name):
            yield f"{self._name_for(target.id, self.term(value))};"
        elif isinstance(target, ast.Subscript):
            yield from self._set_element(target, value)
        else:
            raise Refused("no translation", target)

    def _name_for(self, name: str, value: Term) -> str:
        kind = self.parameters.get(name) or self.declared.get(name)
        self.locals[name] = joined(kind, value.kind)
        if name in self.parameters and self.locals[name] != kind:
            raise Refused(f"{name} would become another kind of thing")
        if name not in self.parameters:
            self.declared[name] = self.locals[name]
        return f"{c_name(name)} = {value.text}"

    def _set_several(self, target: ast.Tuple, value: ast.expr) -> Lines:
        if isinstance(value, ast.IfExp) and isinstance(value.body, ast.Tuple) and isinstance(value.orelse, ast.Tuple):
            both = zip(value.body.elts, value.orelse.elts, strict=True)
            value = ast.Tuple([ast.IfExp(value.test, yes, no) for yes, no in both], ast.Load())
        if isinstance(value, ast.Tuple):
            yield from self._set_each(target.elts, value.elts)
        elif isinstance(value, ast.Call) and ast.unparse(value.func) == "math.frexp":
            power = self._hide("power")
            yield f"int {power};"
            mantissa, exponent = (each.id for each in target.elts if isinstance(each, ast.Name))
            yield f"{self._name_for(mantissa, Term(f'frexp({self.term(value.args[0]).text}, &{power})', F64))};"
            yield f"{self._name_for(exponent, Term(power, I64))};"
        else:
            found = self.term(value)
            if not isinstance(found.kind, Results):
                raise Refused("no translation", value)
            results = self._hide("found")
            yield f"const {found.kind.c} {results} = {found.text};"
            for number, (each, kind) in enumerate(zip(target.elts, found.kind.parts, strict=True)):
                if not isinstance(each, ast.Name):
                    raise Refused("no translation", target)
                yield f"{self._name_for(each.id, Term(f'{results}.part{number}', kind))};"

    def _set_each(self, targets: list[ast.expr], values: list[ast.expr]) -> Lines:
        written = {each.id for each in targets if isinstance(each, ast.Name)}
        read = {each.id for value in values for each in ast.walk(value) if isinstance(each, ast.Name)}
        if not written & read:
            for each, value in zip(targets, values, strict=True):
                yield from self._set(each, value)
            return
        terms = [self.term(value) for value in values]
        kept = [Term(self._hide("kept"), term.kind) for term in terms]
        for term, keep in zip(terms, kept, strict=True):
            yield f"const {keep.kind.c} {keep.text} = {term.text};"
        for each, keep in zip(targets, kept, strict=True):
            if not isinstance(each, ast.Name):
                raise Refused("no translation", each)
            yield f"{self._name_for(each.id, keep)};"

    def _set_element(self, target: ast.Subscript, value: ast.expr) -> Lines:
        indices = target.slice.elts if isinstance(target.slice, ast.Tuple) else [target.slice]
        if not any(isinstance(index, ast.Slice) for index in indices):
            yield f"{self.term(target).text} = {self.term(value).text};"
            return
        owner = self.term(target.value)
        loops = [self._hide("at") for index in indices if isinstance(index, ast.Slice)]
        axes = [axis for axis, index in enumerate(indices) if isinstance(index, ast.Slice)]
        for depth, (loop, axis) in enumerate(zip(loops, axes, strict=True)):
            yield f"{'    ' * depth}for (int64_t {loop} = 0; {loop} < {owner.text}.n[{axis}]; {loop}++)"
        yield f"{'    ' * len(loops)}{self._along(target, loops).text} = {self._along(value, loops).text};"

    def _along(self, node: ast.expr, loops: list[str]) -> Term:
        """An expression in which each slice stands for the counter of its loop."""
        if not isinstance(node, ast.Subscript):
            return self.term(node)
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        counters = iter(loops)
        terms = []
        for index in indices:
            if isinstance(index, ast.Slice) and ast.unparse(index) != ":":
                raise Refused("only whole axes", node)
            terms.append(Term(next(counters), I64) if isinstance(index, ast.Slice) else self.term(index))
        if isinstance((found := self.element(node, terms)).kind, Array):
            raise Refused("only elements are set", node)
        return found


def _as_read(node: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(node), mode="eval").body
