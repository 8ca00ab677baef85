"""Policies in Python files: reading them, and saying where they went wrong."""

import importlib.util
import sys
from pathlib import Path

from wedge.agents.seat import Policy


class PolicyError(Exception):
    """A policy from outside failed or answered what cannot be understood. Its text names the file and the place."""

    help = "a policy is a subclass of wedge.agents.seat.Policy; docs/how-to/your-own-policy.md shows some"


def load_policy(file: Path | str, name: str) -> Policy:
    """The policy of that name in a Python file. Raises PolicyError with the place of what is wrong."""
    file = Path(file)
    spec = importlib.util.spec_from_file_location(f"wedge_policy_{file.stem}_{abs(hash(file.resolve()))}", file)
    if spec is None or spec.loader is None:
        raise PolicyError(f"{file}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where an error's place, and anyone who asks a class for its file, looks
    try:
        spec.loader.exec_module(module)
    except OSError as error:
        raise PolicyError(f"{file}: {error.strerror}") from error
    except (Exception, SystemExit) as error:
        raise PolicyError(f"{file}:{_line_of(error, file)}: {type(error).__name__}: {error}") from error
    found = getattr(module, name, None)
    if found is None:
        known = sorted(
            k for k, v in vars(module).items() if isinstance(v, type) and issubclass(v, Policy) and v is not Policy
        )
        raise PolicyError(f"{file}: there is no {name!r} in it" + (f"; it has {', '.join(known)}" if known else ""))
    try:
        made = found() if isinstance(found, type) else found
    except (Exception, SystemExit) as error:
        raise PolicyError(f"{file}:{_line_of(error, file)}: {type(error).__name__}: {error}") from error
    if not isinstance(made, Policy):
        raise PolicyError(f"{file}: {name!r} is no subclass of wedge.agents.seat.Policy")
    return made


def _line_of(error: BaseException, file: Path) -> int:
    trace = error.__traceback__
    line = getattr(error, "lineno", None) or 1
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line)


def place_of(error: BaseException, policy: Policy) -> str:
    """The file of a policy and the last line in it that an error passed; the name alone of one made elsewhere."""
    file = getattr(sys.modules.get(type(policy).__module__), "__file__", None)
    return f"{file}:{_line_of(error, Path(file))}" if file else type(policy).__name__
