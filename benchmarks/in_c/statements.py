"""Statements of the rules, as C."""

import ast

from benchmarks.in_c.assignments import Assignments, Lines
from benchmarks.in_c.expressions import Term, c_name
from benchmarks.in_c.kinds import I64, NOTHING, Kind, Results, joined
from benchmarks.in_c.refusing import Refused


class Statements(Assignments):
    """Translates the body of one function; the kinds of its names come to light as it is read, again and again."""

    def body(self, function: ast.FunctionDef) -> list[str]:
        """The lines of the function, once the kinds of its names stand still."""
        while True:
            before = dict(self.declared), self.result
            self.locals, self.hidden = self.declared | self.parameters, 0
            lines = list(self.block(function.body))
            if before == (self.declared, self.result):
                return [*self._declarations(), *lines]

    def _declarations(self) -> Lines:
        by_kind: dict[str, list[str]] = {}
        for name, kind in self.declared.items():
            by_kind.setdefault(kind.c, []).append(c_name(name))
        for c, names in by_kind.items():
            yield f"{c} {', '.join(names)};"

    def block(self, statements: list[ast.stmt]) -> Lines:
        """Some statements in a row."""
        for statement in statements:
            handler = getattr(self, f"_{type(statement).__name__.lower()}", None)
            if handler is None:
                raise Refused("no translation", statement)
            yield from handler(statement)

    def _inner(self, statements: list[ast.stmt]) -> Lines:
        for line in self.block(statements):
            yield f"    {line}"

    def _pass(self, node: ast.Pass) -> Lines:
        yield from ()

    def _break(self, node: ast.Break) -> Lines:
        yield "break;"

    def _continue(self, node: ast.Continue) -> Lines:
        yield "continue;"

    def _expr(self, node: ast.Expr) -> Lines:
        if not isinstance(node.value, ast.Constant):  # a docstring
            yield f"{self.term(node.value).text};"

    def _return(self, node: ast.Return) -> Lines:
        if node.value is None:
            self.result = joined(self.result, NOTHING)
            yield "return;"
        elif isinstance(node.value, ast.Tuple):
            terms = [self.term(each) for each in node.value.elts]
            before = self.result.parts if isinstance(self.result, Results) else [None] * len(terms)
            self.result = self.program.known(
                Results(tuple(joined(a, term.kind) for a, term in zip(before, terms, strict=True)))
            )
            yield f"return ({self.result.c}){{{', '.join(term.text for term in terms)}}};"
        else:
            term = self.term(node.value)
            self.result = joined(self.result, term.kind)
            yield f"return {term.text};"

    def _if(self, node: ast.If, word: str = "if") -> Lines:
        yield f"{word} ({self.term(node.test).text}) {{"
        yield from self._inner(node.body)
        rest = node.orelse
        if len(rest) == 1 and isinstance(rest[0], ast.If):
            yield from self._if(rest[0], "} else if")
            return
        if rest:
            yield "} else {"
            yield from self._inner(rest)
        yield "}"

    def _while(self, node: ast.While) -> Lines:
        if node.orelse:
            raise Refused("no translation for an else", node)
        yield f"while ({self.term(node.test).text}) {{"
        yield from self._inner(node.body)
        yield "}"

    def _for(self, node: ast.For) -> Lines:
        if node.orelse or not isinstance(node.target, ast.Name):
            raise Refused("no translation", node)
        if isinstance(node.iter, ast.Tuple):
            yield from self._for_each(node, node.target.id, node.iter)
        elif isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) in ("range", "prange"):
            yield from self._for_range(node, node.target.id, [self.term(each) for each in node.iter.args])
        else:
            raise Refused("no translation", node)

    def _for_range(self, node: ast.For, name: str, bounds: list[Term]) -> Lines:
        start, stop = (Term("0", I64), bounds[0]) if len(bounds) == 1 else bounds[:2]
        step = bounds[2].text if len(bounds) == 3 else "1"
        if not step.isdigit():
            raise Refused("only upward steps", node)
        i = self._hide("turn") if name == "_" or name in self.declared else c_name(name)
        end = ""
        if not stop.whole:  # it is found once, before the loop
            end = f", {i}_end = {stop.text}"
            stop = Term(f"{i}_end", I64)
        on = f"{i}++" if step == "1" else f"{i} += {step}"
        yield f"for (int64_t {i} = {start.text}{end}; {i} < {stop.inside()}; {on}) {{"
        yield from self._looped(node, name, i)
        yield "}"

    def _for_each(self, node: ast.For, name: str, values: ast.Tuple) -> Lines:
        terms = [self.term(each) for each in values.elts]
        kind = terms[0].kind
        these, i = self._hide("these"), self._hide("turn")
        yield "{"
        yield f"    const {kind.c} {these}[] = {{{', '.join(term.text for term in terms)}}};"
        yield f"    for (int64_t {i} = 0; {i} < {len(terms)}; {i}++) {{"
        for line in self._looped(node, name, f"{these}[{i}]", kind, declare=name not in self.declared):
            yield f"    {line}"
        yield "    }"
        yield "}"

    def _looped(self, node: ast.For, name: str, value: str, kind: Kind = I64, declare: bool = False) -> Lines:
        outer = self.locals.get(name)
        self.locals[name] = self.declared.get(name, kind)
        if name in self.declared:
            yield f"    {c_name(name)} = {value};"
        elif declare:
            yield f"    const {kind.c} {c_name(name)} = {value};"
        yield from self._inner(node.body)
        if outer is not None:
            self.locals[name] = outer
