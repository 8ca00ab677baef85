"""What ``wedge explain`` and ``wedge fork`` are given: a scenario or results, a seed and a world, or a code of all three."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from wedge.engine.cli.common import Refused, load_scenario, refuse_missing_results, say_problems

if TYPE_CHECKING:
    from wedge.engine.experiment import Experiment

SUBJECT = "SCENARIO|RESULTS|CODE"


class Named(NamedTuple):
    """A scenario that can be played, and which of its worlds is meant."""

    scenario: Any
    seed: int
    world: int
    moves: str  # as in a code; an empty text for none
    stored: "Experiment | None"  # the results that hold it, where results were named
    exact: bool  # whether a code named the world


def named_world(
    said: str, world: int | None, seed: int | None, sets: Sequence[str] = (), policies: Sequence[str] = ()
) -> Named:
    """The world that is meant. Raises Refused for what contradicts itself, and what loading raises."""
    from wedge.engine.analysis.notation import before_the_talks
    from wedge.engine.experiment import is_experiment
    from wedge.engine.report.codes import full_name, read_code

    code = read_code(said)
    exact = code.seed is not None
    if exact and (world is not None or seed is not None):
        raise Refused("the code says seed and world already", "leave out --seed and --world")
    seed, world = (code.seed, code.world) if exact else (seed, world)
    changes, moves = before_the_talks(code.moves)
    if is_experiment(code.scenario):
        if sets or policies or changes:
            raise Refused("results are told as they were played", _with_changes(code.scenario))
        return _stored(code.scenario, world, seed, moves, exact)
    refuse_missing_results(code.scenario)
    loaded = load_scenario(full_name(code.scenario), sets, policies, changes)
    return Named(loaded, seed or 0, world or 0, moves, None, exact)


def _stored(folder: str, world: int | None, seed: int | None, moves: str, exact: bool) -> Named:
    """A world of stored results, whose scenario is loaded with what was put over it then."""
    from wedge.engine.analysis.replaying import scenario_of
    from wedge.engine.experiment import open_experiment

    stored = open_experiment(folder)
    if seed is not None and seed != stored.seed:
        raise Refused(f"{folder} is of seed {stored.seed}, not {seed}", f"write {stored.seed}, or name the scenario")
    if world is not None and world >= stored.plan.worlds:
        last = stored.plan.worlds - 1
        raise Refused(
            f"world {world:,} is not among those of {folder}", f"they go from 0 to {last:,}; or name the scenario"
        )
    scenario = scenario_of(stored)
    say_problems(scenario.warnings)
    return Named(scenario, stored.seed, world or 0, moves, stored, exact)


def _with_changes(folder: str) -> str:
    """What to name instead of results, so that more can be put over the scenario."""
    import shlex

    from wedge.engine.experiment import open_experiment
    from wedge.engine.scenario.changes import as_options

    stored = open_experiment(folder)
    return f"to change more, name the scenario: {shlex.join([stored.called, *as_options(stored.changes)])}"
