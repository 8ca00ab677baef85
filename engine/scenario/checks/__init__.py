"""Everything a scenario file is checked for before it is played."""

from collections.abc import Iterable

from wedge.engine.scenario.blueprint import Blueprint, blueprint_of
from wedge.engine.scenario.checks.agenda import check_agenda
from wedge.engine.scenario.checks.alliances import check_alliances
from wedge.engine.scenario.checks.choices import check_choices
from wedge.engine.scenario.checks.events import check_conditions, check_effects
from wedge.engine.scenario.checks.names import check_adversaries, check_orders, check_states
from wedge.engine.scenario.checks.own_policies import check_own_policies
from wedge.engine.scenario.checks.ranges import check_ranges
from wedge.engine.scenario.checks.reach import check_reach
from wedge.engine.scenario.checks.sense import Entries, check_sense
from wedge.engine.scenario.repairing import STAND_IN, sound_file, tell_empty
from wedge.engine.scenario.reporting import Reporter, has_stand_in
from wedge.engine.scenario.roster import Roster, Unread
from wedge.engine.scenario.tree import Node, walk


def check(report: Reporter) -> Blueprint:
    """The blueprint of the report's tree, with all that is wrong told to the report.

    Where something is badly written, something sound stands in for it, so that the rest is checked too.
    """
    file = sound_file(report)
    plan = blueprint_of(file, report)
    known = names_in(report.root)
    check_choices(file, (), report)
    check_states(file, known, report)
    check_alliances(file, known, report)
    check_adversaries(file, known, report)
    check_agenda(file, known, report)
    check_orders(file, known, report)
    check_conditions(plan, known, report)
    check_effects(plan, known, report)
    check_ranges(plan, report)
    check_sense(plan, Entries(plan, report), report)
    check_own_policies(plan, report)
    tell_empty(report)
    if not report.errors:
        assert not has_stand_in(report.root), "something was mended and not told of"
        check_reach(plan, report)
    return plan


def names_in(root: Node) -> Roster:
    """Every name that is declared, even where what is declared under it is wrong."""
    agenda = walk(root, ("agenda",))[0]
    stages = agenda.value if isinstance(agenda.value, list) else []
    named = [stage.mapping["stage"] for stage in stages if "stage" in stage.mapping]
    every = {key: declared(node.mapping.items(), node.stands_in) for key, node in root.mapping.items()}
    return Roster(
        states=every.get("states", []),
        issues=every.get("issues", []),
        stages=declared([(str(node.value), node) for node in named], agenda.stands_in or len(named) < len(stages)),
        alliances=every.get("alliances", []),
        orders=every.get("orders", []),
        events=every.get("events", []),
    )


def declared(entries: Iterable[tuple[str, Node]], is_unread: bool) -> list[str]:
    """The names among the keys of a part."""
    pairs = list(entries)
    names = [name for name, node in pairs if not name.startswith(STAND_IN)]
    return Unread(names) if is_unread or len(names) < len(pairs) else names
