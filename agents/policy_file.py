"""A user's policy: reading it from its Python file, which is to run the file, and saying where that failed."""

import ast
import difflib
import importlib.util
import sys
from pathlib import Path
from typing import Any, NamedTuple

from wedge.agents.seat import Policy

FAILS = "this line fails when the file is read"
CLASS = "a policy is a subclass of wedge.agents.seat.Policy; docs/how-to/your-own-policy.md shows some"


class PolicyError(Exception):
    """A policy from outside failed or answered what cannot be understood. Its text names the file and the place."""

    help = CLASS


class Fault(NamedTuple):
    """What is wrong with a policy's file. ``line`` and ``column`` count from 1; line 0: no line of it, but how it is named."""

    file: str
    line: int
    column: int
    message: str
    cure: str

    def told(self) -> str:
        """In one line, with its place."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class PolicyFileError(PolicyError):
    """A policy that cannot be read from its file. ``fault`` says why."""

    fault: Fault


def _refusal(file: Path, message: str, cure: str = CLASS, line: int = 0, column: int = 1) -> PolicyFileError:
    fault = Fault(str(file), line, column, message, cure)
    error = PolicyFileError(fault.told())
    error.fault, error.help = fault, cure
    return error


def load_policy(file: Path | str, name: str) -> Policy:
    """The policy of that name in a Python file. Raises PolicyFileError with the place of what is wrong."""
    file = Path(file)
    module = _module_in(file)
    found = getattr(module, name, None)
    if found is None:
        raise _no_such_policy(file, name, module)
    try:
        made = found() if isinstance(found, type) else found
    except (Exception, SystemExit) as error:
        line = _line_in(error, file)
        where = (line, 1) if line else place_in(file, name, "")
        raise _refusal(file, words_of(error), "a policy is made without arguments", *where) from error
    if not isinstance(made, Policy):
        raise _refusal(file, f"'{name}' is no subclass of wedge.agents.seat.Policy", CLASS, *place_in(file, name, ""))
    return made


def place_of(error: BaseException, policy: Policy) -> str:
    """The file of a policy and the last line in it that an error passed; the name alone of one made elsewhere."""
    file = getattr(sys.modules.get(type(policy).__module__), "__file__", None)
    return f"{file}:{_line_in(error, Path(file)) or 1}" if file else type(policy).__name__


def place_of_method(policy: Policy, method: str) -> str:
    """Where a policy's method is written, as ``file:line: ``; nothing for one made elsewhere."""
    file = getattr(sys.modules.get(type(policy).__module__), "__file__", None)
    return f"{file}:{place_in(Path(file), type(policy).__name__, method)[0]}: " if file else ""


def words_of(error: BaseException) -> str:
    """An error by its kind and in its own words, and the attribute that was meant where one is misspelt."""
    said = f"{type(error).__name__}: {error}"
    if not isinstance(error, AttributeError) or not isinstance(error.name, str):
        return said
    known = [name for name in dir(error.obj) if not name.startswith("_")]
    near = difflib.get_close_matches(error.name, known, n=1, cutoff=0.6)
    return f"{said}; did you mean '{near[0]}'?" if near else said


def _module_in(file: Path) -> Any:
    """What the file defines, run anew."""
    spec = importlib.util.spec_from_file_location(f"wedge_policy_{file.stem}_{abs(hash(file.resolve()))}", file)
    if spec is None or spec.loader is None:
        raise _refusal(file, "not a Python file", "name a .py file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where an error's place, and anyone who asks a class for its file, looks
    try:
        spec.loader.exec_module(module)
    except OSError as error:
        if _line_in(error, file):
            raise _refusal(file, words_of(error), FAILS, _line_in(error, file)) from error
        raise _refusal(file, str(error.strerror).lower()) from error
    except SyntaxError as error:
        here = error.filename == str(file.absolute())
        line, column = (error.lineno or 1, error.offset or 1) if here else (_line_in(error, file) or 1, 1)
        raise _refusal(file, f"SyntaxError: {error.msg}", "mend the Python of this line", line, column) from error
    except (Exception, SystemExit) as error:
        cure = FAILS
        if isinstance(error, ModuleNotFoundError):
            cure = "mend the name, or install the module where Wedge is installed"
        raise _refusal(file, words_of(error), cure, _line_in(error, file) or 1) from error
    return module


def _line_in(error: BaseException, file: Path) -> int:
    """The last line of a file that an error passed; 0 if it passed none."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == file.absolute():
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _no_such_policy(file: Path, name: str, module: Any) -> PolicyFileError:
    known = sorted(
        key
        for key, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Policy) and value.__module__ == module.__name__
    )
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    said = f"; it has {', '.join(known)}" if known else ""
    return _refusal(file, f"there is no '{name}' in it{said}", f"did you mean '{near[0]}'?" if near else CLASS)


def _tree(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ast.Module([], [])


def place_in(file: Path, kind: str, member: str) -> tuple[int, int]:
    """Line and column of a class, or of a member of it, by name; of the first line where it is made in another way."""
    found = (1, 1)
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.ClassDef) and node.name == kind:
            found = (node.lineno, node.col_offset + len("class ") + 1)
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name == member:
                    start = "def " if isinstance(part, ast.FunctionDef) else "async def "
                    return part.lineno, part.col_offset + len(start) + 1
                names = [target.id for target in getattr(part, "targets", ()) if isinstance(target, ast.Name)]
                if member in names:
                    return part.lineno, part.col_offset + 1
        elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == kind for t in node.targets):
            found = (node.lineno, node.col_offset + 1)
    return found
