"""From a rule, and what it is called with, to one C file that holds it and every rule it calls."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from benchmarks.in_c.expressions import Term, c_name, literal
from benchmarks.in_c.kinds import F64, NOTHING, OF_DTYPE, OF_HINT, Array, Kind, Record, Results, as_parameter, joined
from benchmarks.in_c.refusing import Refused
from benchmarks.in_c.statements import Statements
from wedge.engine.model.compiling import _stand_ins, compiled_form_of, every_rule

Rule = Callable[..., Any]

HEAD = """\
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static inline double min_of(double a, double b) { return b < a ? b : a; }
static inline double max_of(double a, double b) { return b > a ? b : a; }
static inline int64_t min_int(int64_t a, int64_t b) { return b < a ? b : a; }
static inline int64_t max_int(int64_t a, int64_t b) { return b > a ? b : a; }
static inline int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
static inline int64_t floor_mod(int64_t a, int64_t b) { return a - b * floor_div(a, b); }
"""


@dataclass(eq=False)
class Routine:
    """One rule for one choice of kinds of arguments."""

    name: str
    parameters: dict[str, Kind]
    result: Kind = NOTHING
    lines: list[str] = field(default_factory=list)
    about: str = ""
    needs: list["Routine"] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The function in C."""
        inside = "".join(f"    {line}\n" for line in self.lines)
        return f"// {self.about}\nstatic inline {self.head(self.name)} {{\n{inside}}}\n"

    def head(self, name: str) -> str:
        """Its first line under some name."""
        taken = ", ".join(spelled(kind, c_name(parameter)) for parameter, kind in self.parameters.items())
        return spelled(self.result, f"{name}({taken or 'void'})")


def spelled(kind: Kind, name: str) -> str:
    """A name with its kind before it."""
    return f"{kind.c}{'' if kind.c.endswith('*') else ' '}{name}"


class Program:
    """Everything that one C file holds."""

    def __init__(self) -> None:
        self.routines: dict[tuple[Rule, tuple[Kind, ...]], Routine] = {}
        self.kinds: dict[str, Kind] = {}
        self.values: dict[str, Any] = {}
        self.writing: list[Routine] = []
        self.open: set[tuple[Rule, tuple[Kind, ...]]] = set()
        self.rules = set(every_rule())

    def known(self, kind: Any) -> Any:
        """The kind itself, noted as one that the file must define, with those it is made of before it."""
        for _, each in kind.fields if isinstance(kind, Record) else ():
            self.known(each)
        name = kind.name if isinstance(kind, Record) else kind.c
        if self.kinds.setdefault(name, kind) != kind:
            raise Refused(f"two kinds of {name}")
        return kind

    def constant(self, name: str, value: Any) -> str:
        """The name in C of a constant; modules that use one name for two values get two names."""
        base, number = c_name(name), 1
        found = base
        while repr(self.values.setdefault(found, value)) != repr(value):
            number += 1
            found = f"{base}_{number}"
        return found

    def call(self, called: Any, arguments: list[Term]) -> Term:
        """A call of a rule, which is translated when it is first met."""
        if called in _stand_ins:
            kind = OF_DTYPE[_stand_ins[called]]
            if len(arguments) == 1 and arguments[0].text.startswith("UINT64_C"):
                return arguments[0]
            return Term(f"({kind.c}){arguments[0].inside()}", kind, False)
        routine = self.routine(called, [argument.kind for argument in arguments])
        if self.writing and routine not in self.writing[-1].needs:
            self.writing[-1].needs.append(routine)
        return Term(f"{routine.name}({', '.join(argument.text for argument in arguments)})", routine.result)

    def routine(self, called: Any, given: list[Kind]) -> Routine:
        """The translation of a rule for arguments of these kinds."""
        called = compiled_form_of(called)
        if called not in self.rules:
            raise Refused(f"{getattr(called, '__name__', called)} is no rule")
        hints = get_type_hints(called)
        names = list(inspect.signature(called).parameters)
        kinds = [as_parameter(hints.get(name), kind) for name, kind in zip(names, given, strict=True)]
        key = called, tuple(kinds)
        if key in self.open:
            raise Refused(f"{called.__name__} calls itself")
        if key not in self.routines:
            self.open.add(key)
            routine = Routine(self._free_name(called), dict(zip(names, (self.known(k) for k in kinds), strict=True)))
            self._write(routine, called, hints.get("return"))
            self.routines[key] = routine
            self.open.remove(key)
        return self.routines[key]

    def _write(self, routine: Routine, called: Any, hint: Any) -> None:
        self.writing.append(routine)
        tree = ast.parse(textwrap.dedent(inspect.getsource(called))).body[0]
        assert isinstance(tree, ast.FunctionDef)
        statements = Statements(self, called.__globals__ | _closed_over(called), routine.parameters)
        try:
            routine.lines = statements.body(tree)
        except Refused as refusal:
            raise Refused(f"{called.__module__}.{called.__qualname__}: {refusal}") from None
        routine.result = statements.result or NOTHING
        if hint in OF_HINT and routine.result != NOTHING and OF_HINT[hint] == F64:
            routine.result = joined(F64, routine.result)
        routine.about = (inspect.getdoc(called) or called.__module__).partition("\n")[0]
        self.writing.pop()

    def _free_name(self, called: Any) -> str:
        taken = {routine.name for routine in (*self.routines.values(), *self.writing)}
        name = c_name(called.__name__)
        if name in taken:
            name = f"{called.__module__.split('.')[-2:][0]}_{called.__name__}"
        base, number = name, 1
        while name in taken:
            number += 1
            name = f"{base}_{number}"
        return name

    def text(self, entry: Routine) -> str:
        """The whole file, with a way in for ``entry``."""
        return f"{self.library([entry])}\n{self._way_in(entry)}"

    def library(self, entries: list[Routine]) -> str:
        """The given routines, what they need, and nothing else."""
        needed: list[Routine] = []
        for entry in entries:
            _gather(entry, needed)
        functions = "\n".join(routine.text() for routine in needed)
        used = set(re.findall(r"\w+", functions))
        return "\n".join([HEAD, *self._definitions(used), self._constants(used), functions])

    def _definitions(self, used: set[str]) -> list[str]:
        """Definitions of arrays, records and results, those that others are made of first."""
        texts = []
        order = sorted(self.kinds.items(), key=lambda each: isinstance(each[1], Record | Results))
        for name, kind in order:
            if isinstance(kind, Array):
                texts.append(f"typedef struct {{ {kind.item.c} *at; int64_t n[{kind.axes}]; }} {name};")
            elif isinstance(kind, Results) and name in used:
                parts = " ".join(f"{part.c} part{number};" for number, part in enumerate(kind.parts))
                texts.append(f"typedef struct {{ {parts} }} {name};")
            elif isinstance(kind, Record):
                fields = "\n".join(f"    {spelled(each, field)};" for field, each in kind.fields)
                texts.append(f"\ntypedef struct {{\n{fields}\n}} {name};")
        return texts

    def _constants(self, used: set[str]) -> str:
        lines = []
        for name, value in self.values.items():
            term = literal(value)
            if name in used and term.kind == F64:
                lines.append(f"static const double {name} = {term.text};")
            elif name in used and isinstance(value, int) and abs(value) < 2**31:
                lines.append(f"enum {{ {name} = {int(value)} }};")
            elif name in used:
                lines.append(f"static const {term.kind.c} {name} = {term.text};")
        return "\n" + "\n".join(lines) + "\n"

    def _way_in(self, entry: Routine) -> str:
        """A function for callers from outside, which takes arrays by reference."""
        taken, passed = [], []
        for name, kind in entry.parameters.items():
            by_star = isinstance(kind, Array) or (isinstance(kind, Record) and not kind.by_reference)
            taken.append(f"{kind.c} *{name}" if by_star else spelled(kind, name))
            passed.append(f"*{name}" if by_star else name)
        back = "" if entry.result == NOTHING else "return "
        head = spelled(entry.result, f"way_in({', '.join(taken) or 'void'})")
        return f"{head} {{\n    {back}{entry.name}({', '.join(passed)});\n}}\n"


def _gather(routine: Routine, into: list[Routine]) -> None:
    for needed in routine.needs:
        _gather(needed, into)
    if routine not in into:
        into.append(routine)


def _closed_over(called: Any) -> dict[str, Any]:
    return dict(inspect.getclosurevars(called).nonlocals)


def translated(function: Rule, given: list[Kind]) -> tuple[str, Routine]:
    """The C file for one rule called with arguments of these kinds, and the way into it."""
    program = Program()
    entry = program.routine(function, given)
    return program.text(entry), entry
