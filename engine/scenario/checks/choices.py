"""Checks of mappings that say exactly one of several keys: the trigger of an event, the side of a threshold."""

from typing import Any

from wedge.engine.scenario.fields import Strict
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.tree import Path


def check_choices(part: Any, path: Path, report: Reporter) -> None:
    """Report, in all of a file, what says none of the keys it must choose from, or two."""
    if isinstance(part, dict):
        for key, below in part.items():
            check_choices(below, (*path, key), report)
    elif isinstance(part, list):
        for place, below in enumerate(part):
            check_choices(below, (*path, place), report)
    elif isinstance(part, Strict):
        said = {field.alias or name: getattr(part, name) for name, field in type(part).model_fields.items()}
        if part.ONE_OF:
            check_choice([key for key in part.ONE_OF if said[key] is not None], part.ONE_OF, path, report)
        for key, below in said.items():
            check_choices(below, (*path, key), report)


def check_choice(said: list[str], known: tuple[str, ...], path: Path, report: Reporter) -> None:
    """Report a choice that is not made, or made twice. One whose value is wrong or not given counts as made."""
    sound = [key for key in said if not report.stands_in((*path, key))]
    if not said and not any((*path, key) in report.empty for key in known):
        words = ", ".join(f"`{key}`" for key in known)
        report.error(path, f"one of {words} is wanted", "add one of them")
    elif len(sound) > 1:
        words = " and ".join(f"`{key}`" for key in sound)
        report.error(path, f"{words} cannot stand together", "keep one of them")
