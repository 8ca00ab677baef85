"""What a scenario file means: schema, loading with line numbers, extending, checks, lowering to arrays."""

from typing import TYPE_CHECKING, Any

from wedge.engine.scenario.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from wedge.engine.scenario.examining import Examined, examine
    from wedge.engine.scenario.loading import Scenario, diff, load
    from wedge.engine.scenario.titles import Names

__all__ = ["Examined", "Names", "Problem", "Scenario", "ScenarioError", "diff", "examine", "load"]


def __getattr__(name: str) -> Any:
    """Import what reads scenarios only when it is asked for: it brings pydantic, and the loader NumPy with it."""
    if name in ("Examined", "examine"):
        from wedge.engine.scenario import examining

        return getattr(examining, name)
    if name in ("Scenario", "diff", "load"):
        from wedge.engine.scenario import loading

        return getattr(loading, name)
    if name == "Names":
        from wedge.engine.scenario.titles import Names

        return Names
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
