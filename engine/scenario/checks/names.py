"""Checks of names: everything that states and orders name must be declared, and once.

In all these checks ``known`` holds every name that is declared.
"""

from collections.abc import Iterable, Sequence

from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.tree import Path


def each_known(names: Iterable[str], kind: str, known: Sequence[str], where: Path, report: Reporter) -> None:
    """Report the names in a list that are declared nowhere, or stand in it twice."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name not in known:
            report.unknown((*where, place), kind, name, known)
        elif name in seen:
            report.error((*where, place), f"'{name}' stands in this list twice", "remove one of them")
        seen.add(name)


def check_states(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Issues that states have positions on, states they may pay, states that fight."""
    for name, state in file.states.items():
        for issue in state.positions:
            if issue not in known.issues:
                report.unknown(("states", name, "positions", issue), "issue", issue, known.issues, at_key=True)
        if state.purse is not None:
            where: Path = ("states", name, "purse", "pays")
            each_known(state.purse.pays, "state", known.states, where, report)
            if name in state.purse.pays:
                report.error((*where, state.purse.pays.index(name)), f"{name} cannot pay itself", "name another state")
    for name, contested in file.issues.items():
        if contested.battlefield is not None:
            where = ("issues", name, "battlefield", "between")
            each_known(contested.battlefield.between, "state", known.states, where, report)


def check_adversaries(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Pairs of adversaries: two different states each."""
    for place, pair in enumerate(file.adversaries or []):
        where: Path = ("adversaries", place)
        if len(pair) != 2:
            report.error(where, f"a pair has two states, and this has {len(pair)}", "write [a, b]")
        each_known(pair, "state", known.states, where, report)


def check_orders(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Declared orders: groups of issues, each issue once."""
    for name, groups in file.orders.items():
        seen: set[str] = set()
        if not groups or not all(groups):
            report.error(
                ("orders", name), f"the order '{name}' has an empty group", "write groups such as [[a], [b, c]]"
            )
        for place, group in enumerate(groups):
            for at, issue in enumerate(group):
                where: Path = ("orders", name, place, at)
                if issue not in known.issues:
                    report.unknown(where, "issue", issue, known.issues)
                elif issue in seen:
                    report.error(where, f"the issue '{issue}' stands in this order twice", "remove one of them")
                seen.add(issue)
