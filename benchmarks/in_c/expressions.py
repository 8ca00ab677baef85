"""Expressions of the rules, as C."""

import ast
import math
from itertools import pairwise
from typing import Any, NamedTuple

from benchmarks.in_c.kinds import BOOL, F64, I64, U64, Array, Kind, Record, is_record_class, joined, record_of
from benchmarks.in_c.refusing import Refused

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>", ast.And: "&&", ast.Or: "||", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<",
    ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
FLOORED = {ast.FloorDiv: "floor_div", ast.Mod: "floor_mod"}
C_WORDS = """
    auto break case char const continue default do double else enum extern float for goto if inline int long register
    restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false
    j0 j1 jn y0 y1 yn floor sqrt fabs gamma main
"""
TAKEN = frozenset(C_WORDS.split())


class Term(NamedTuple):
    """A piece of C, what it is worth, and whether it binds tighter than any operator."""

    text: str
    kind: Kind
    whole: bool = True

    def inside(self) -> str:
        """The text as part of a larger expression."""
        return self.text if self.whole else f"({self.text})"


def c_name(name: str) -> str:
    """The name in C: the same, unless C has taken it."""
    return f"{name}_" if name in TAKEN else name


def literal(value: Any) -> Term:
    """A constant."""
    if isinstance(value, bool):
        return Term("true" if value else "false", BOOL)
    if isinstance(value, int):
        return Term(f"UINT64_C({value:#x})", U64) if value >= 2**63 else Term(str(value), I64, value >= 0)
    if isinstance(value, float):
        text = "INFINITY" if math.isinf(value) else repr(abs(value))
        return Term(text if value >= 0 else f"-{text}", F64, value >= 0)
    raise Refused(f"no constant for {value!r}")


class Expressions:
    """Translates expressions; statements and whole functions are built on it."""

    def __init__(self, program: Any, names: dict[str, Any]) -> None:
        self.program = program
        self.globals = names
        self.locals: dict[str, Kind] = {}

    def term(self, node: ast.expr) -> Term:
        """The translation of an expression."""
        return getattr(self, f"_{type(node).__name__.lower()}", self._unknown)(node)

    def _unknown(self, node: ast.AST) -> Term:
        raise Refused("no translation", node)

    def _constant(self, node: ast.Constant) -> Term:
        return literal(node.value)

    def _name(self, node: ast.Name) -> Term:
        if node.id in self.locals:
            return Term(c_name(node.id), self.locals[node.id])
        if node.id not in self.globals:
            raise Refused("nothing is known of", node)
        value = literal(self.globals[node.id])
        return Term(self.program.constant(node.id, self.globals[node.id]), value.kind)

    def _attribute(self, node: ast.Attribute) -> Term:
        if isinstance(node.value, ast.Name) and self.globals.get(node.value.id) is math:
            return literal(getattr(math, node.attr))
        owner = self.term(node.value)
        if not isinstance(owner.kind, Record):
            raise Refused("no such field", node)
        return Term(f"{owner.text}{'->' if owner.kind.by_reference else '.'}{node.attr}", owner.kind.kind_of(node.attr))

    def _subscript(self, node: ast.Subscript) -> Term:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            owner = self.term(node.value.value)
            if isinstance(owner.kind, Array) and isinstance(node.slice, ast.Constant):
                return Term(f"{owner.text}.n[{node.slice.value!r}]", I64)
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return self.element(node, [self.term(index) for index in indices])

    def element(self, node: ast.Subscript, indices: list[Term]) -> Term:
        """An element of an array; with fewer indices than axes, the part of it that is left."""
        owner = self.term(node.value)
        if not isinstance(owner.kind, Array) or len(indices) > owner.kind.axes or any(i.kind == F64 for i in indices):
            raise Refused("no such element", node)
        place = indices[0]
        for axis in range(1, owner.kind.axes):
            step = f" + {indices[axis].inside()}" if axis < len(indices) else ""
            place = Term(f"{place.inside()} * {owner.text}.n[{axis}]{step}", I64, False)
        left = owner.kind.axes - len(indices)
        if left == 0:
            return Term(f"{owner.text}.at[{place.text}]", owner.kind.item)
        part = Array(owner.kind.item, left)
        shape = ", ".join(f"{owner.text}.n[{len(indices) + axis}]" for axis in range(left))
        return Term(f"({self.program.known(part).c}){{{owner.text}.at + {place.inside()}, {{{shape}}}}}", part)

    def _unaryop(self, node: ast.UnaryOp) -> Term:
        operand = self.term(node.operand)
        if isinstance(node.op, ast.Not):
            return Term(f"!{operand.inside()}", BOOL)
        if isinstance(node.op, ast.USub):
            return Term(f"-{operand.inside()}", joined(operand.kind, I64), False)
        raise Refused("no translation", node)

    def _binop(self, node: ast.BinOp) -> Term:
        left, right = self.term(node.left), self.term(node.right)
        kind = joined(joined(left.kind, right.kind), right.kind if U64 in (left.kind, right.kind) else I64)
        if type(node.op) in FLOORED:
            if kind != I64:
                raise Refused("only whole numbers are floored", node)
            return Term(f"{FLOORED[type(node.op)]}({left.text}, {right.text})", I64)
        if type(node.op) not in OPERATORS:
            raise Refused("no translation", node)
        first = left.inside()
        if isinstance(node.op, ast.Div):
            first, kind = (first if left.kind == F64 else f"(double){first}"), F64
        elif isinstance(node.op, ast.LShift):
            first = f"({kind.c}){first}"
        return Term(f"{first} {OPERATORS[type(node.op)]} {right.inside()}", kind, False)

    def _boolop(self, node: ast.BoolOp) -> Term:
        terms = [self.term(value) for value in node.values]
        if any(term.kind != BOOL for term in terms):
            raise Refused("and, or take truth values only", node)
        return Term(f" {OPERATORS[type(node.op)]} ".join(term.inside() for term in terms), BOOL, False)

    def _compare(self, node: ast.Compare) -> Term:
        terms = [self.term(each) for each in (node.left, *node.comparators)]
        if any(type(op) not in OPERATORS for op in node.ops):
            raise Refused("no translation", node)
        for a, b in pairwise(terms):
            joined(a.kind, b.kind)
        pairs = zip(terms, node.ops, terms[1:], strict=False)
        links = [f"{a.inside()} {OPERATORS[type(op)]} {b.inside()}" for a, op, b in pairs]
        return Term(links[0] if len(links) == 1 else "(" + ") && (".join(links) + ")", BOOL, False)

    def _ifexp(self, node: ast.IfExp) -> Term:
        test, yes, no = self.term(node.test), self.term(node.body), self.term(node.orelse)
        return Term(f"{test.inside()} ? {yes.inside()} : {no.inside()}", joined(yes.kind, no.kind), False)

    def _call(self, node: ast.Call) -> Term:
        if node.keywords:
            raise Refused("no translation for named arguments", node)
        arguments = [self.term(argument) for argument in node.args]
        if isinstance(node.func, ast.Attribute):
            return self._math(node, arguments)
        if not isinstance(node.func, ast.Name):
            raise Refused("no translation", node)
        called = self.globals.get(node.func.id)
        if called is None:
            return self._builtin(node, node.func.id, arguments)
        if is_record_class(called):
            record = self.program.known(record_of(called))
            return Term(f"({record.c}){{{', '.join(a.text for a in arguments)}}}", record)
        return self.program.call(called, arguments)

    def _math(self, node: ast.Call, arguments: list[Term]) -> Term:
        name = ast.unparse(node.func)
        texts = [argument.text for argument in arguments]
        if name == "math.sqrt":
            return Term(f"sqrt({texts[0]})", F64)
        if name == "math.floor":
            return Term(f"(int64_t)floor({texts[0]})", I64, False)
        if name == "math.ldexp":
            return Term(f"ldexp({texts[0]}, (int){arguments[1].inside()})", F64)
        raise Refused("no translation", node)

    def _builtin(self, node: ast.Call, name: str, arguments: list[Term]) -> Term:
        if name in ("int", "float", "bool") and len(arguments) == 1:
            kind = {"int": I64, "float": F64, "bool": BOOL}[name]
            return Term(f"({kind.c}){arguments[0].inside()}", kind, False)
        if name == "len" and isinstance(arguments[0].kind, Array):
            return Term(f"{arguments[0].text}.n[0]", I64)
        if name == "abs" and arguments[0].kind in (F64, I64):
            return Term(f"{'fabs' if arguments[0].kind == F64 else 'llabs'}({arguments[0].text})", arguments[0].kind)
        if name in ("min", "max") and len(arguments) > 1:
            best = arguments[0]
            for other in arguments[1:]:
                wider = joined(best.kind, other.kind)
                best = Term(f"{name}_{'of' if wider == F64 else 'int'}({best.text}, {other.text})", wider)
            return best
        raise Refused("no translation", node)
