"""What a scenario file means: schema, loading with line numbers, extending, checks, lowering to arrays."""

from typing import TYPE_CHECKING, Any

from wedge.engine.scenario.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from wedge.engine.scenario.loading import Scenario, diff, load
    from wedge.engine.scenario.lowering import Names

__all__ = ["Names", "Problem", "Scenario", "ScenarioError", "diff", "load"]


def __getattr__(name: str) -> Any:
    """Import the loader only when it is asked for: it brings pydantic and NumPy with it."""
    if name in ("Scenario", "diff", "load"):
        from wedge.engine.scenario import loading

        return getattr(loading, name)
    if name == "Names":
        from wedge.engine.scenario.lowering import Names

        return Names
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
