"""``wedge structure``: does a conclusion survive other decision theories?"""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.asking import OF, Asking, asking_options, keep, say_size, trials_for
from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    Refused,
    json_option,
    load_scenario,
    out,
    out_json,
    say_next,
    set_options,
)
from wedge.engine.scenario.changes import as_options

if TYPE_CHECKING:
    from wedge.engine.analysis.structure import Structure
    from wedge.engine.scenario import Scenario

EXAMPLES = """\b
Examples:
  wedge structure alaska_2025/territory_first --worlds 1000 --seed 7
  wedge structure alaska_2025/ceasefire_first alaska_2025/territory_first --worlds 1000 --seed 7 --out results/theories
"""


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO)
@click.argument("other", type=SCENARIO, required=False)
@OF
@asking_options("Worlds to play under each theory, twice each: 1000 if left out.")
@set_options
@json_option
def structure(
    scenario: str,
    other: str | None,
    of: str | None,
    how: Asking,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say whether a conclusion survives other decision theories, and how much of the variance they make.

    All states decide by one theory, then by the next (`wedge policies` lists them), in the same worlds. The
    variance of the outcome is split into what the theory, the scenario's uncertain numbers and chance make of
    it. With a second scenario, the difference of the two is told under each theory, and whether it has one
    sign under all of them and stands under each after Holm's correction.
    """
    from wedge.agents.theories import THEORIES
    from wedge.engine.analysis import structure as room
    from wedge.engine.analysis.unstored import observables_of
    from wedge.engine.analysis.variants import source_of
    from wedge.engine.analysis.wants import default_observable, observable_named

    named = [scenario, *([other] if other is not None else [])]
    loaded = [load_scenario(name, sets, policies) for name in named]
    if len({each.sha256 for each in loaded}) < len(loaded):
        raise Refused("the same scenario was given twice", "give another, or one alone")
    known = [observables_of(each) for each in loaded]
    observable = observable_named(of, known[0]) if of else default_observable(known[0])
    for others in known[1:]:
        if not of and observable.name not in others:
            missing = f"{observable.name} is looked at where --of says nothing, and {other} has no such thing"
            raise Refused(missing, "say what both have, such as --of talks.settled")
        observable_named(observable.name, others)  # that it is observed there too
    worlds = how.worlds or room.WORLDS
    rows = room.rows_needed(len(loaded), worlds)
    say_size(how, rows)
    with ExitStack() as stack:
        stack.enter_context(trials_for(loaded[0], observable, how, rows))  # the folder is this scenario's
        trials: dict[str, dict[str, Any]] = {}
        for each, name in zip(loaded, _labels(loaded), strict=True):
            for theory in THEORIES:
                variant = room.under(source_of(each.called, sets, policies), theory)
                inside = how.folder / "worlds" / f"{name.replace('/', '_')}_{theory}" if how.folder else None
                played = stack.enter_context(trials_for(variant, observable, how._replace(folder=inside), rows))
                trials.setdefault(name, {})[theory] = played
        found = room.structure(trials, worlds)
        tables = {"levels": found.levels, "parts": found.parts, "differences": found.differences, "runs": found.runs}
        told = found.as_json() | _origin(found, loaded)
        keep(how, "structure", told, tables, partial(_draw, found))
    if as_json:
        out_json(told)
    else:
        _tell(found)
        if not how.quiet:
            said = ("--set", "decides=aspiration", "--seed", found.seed, *as_options(loaded[-1].changes))
            say_next("wedge", "explain", loaded[-1].called, "--sums", *said)
    return DONE


def _labels(loaded: "Sequence[Scenario]") -> list[str]:
    """The short names of the scenarios; their codes where two have one name."""
    short = [each.code.rpartition("/")[2] for each in loaded]
    return short if len(set(short)) == len(short) else [each.code for each in loaded]


def _origin(found: "Structure", loaded: "Sequence[Scenario]") -> dict[str, Any]:
    """What a report must know to set it beside results: the rules, the scenarios' meaning, and what is said."""
    from wedge.engine.analysis.survival import verdict
    from wedge.engine.model.provenance import rules_hash

    hashes = dict(zip(found.scenarios, (each.sha256 for each in loaded), strict=True))
    said = verdict(found) if found.differences is not None else None
    return {"rules": rules_hash(), "sha256": hashes, "verdict": said}


def _draw(found: "Structure") -> Any:
    from wedge.engine.report.figures_of_structure import structure_figure

    return structure_figure(found)


def _tell(found: "Structure") -> None:
    from wedge.engine.analysis.survival import sentences_on_structure
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.cli.structure_tables import tables_of_structure

    console = tables_console()
    for each in tables_of_structure(found):
        console.print(each)
    for sentence in sentences_on_structure(found):
        out(sentence)
