"""Whether two scenarios have enough in common for their worlds to be pairs."""

from collections.abc import Sequence

from wedge.engine.experiment.results import Experiment

FEWEST_STATES, FEWEST_ISSUES = 2, 1  # in common, below which worlds are hardly pairs


def caution(first: Experiment, second: Experiment, a: str, b: str) -> str:
    """What to say of two scenarios in which hardly any draw has the same name; nothing where they are about one matter."""
    states = [name for name in first.names.states if name in second.names.states]
    issues = [name for name in first.names.issues if name in second.names.issues]
    if len(states) >= FEWEST_STATES and len(issues) >= FEWEST_ISSUES:
        return ""
    return (
        f"{a} and {b} have {_listed('state', states)} and {_listed('issue', issues)} in common; luck belongs to states, "
        "ties, issues and numbers by name, so the same worlds share hardly more than the draws of numbers that both have "
        "(such as strain.daylight), and pairing them means little: take the two as separate samples"
    )


def _listed(kind: str, names: Sequence[str]) -> str:
    if not names:
        return f"no {kind}"
    return f"{len(names)} {kind}{'s' if len(names) > 1 else ''} ({', '.join(names)})"
