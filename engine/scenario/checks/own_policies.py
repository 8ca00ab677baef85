"""Checks of policies from Python files: what can be seen in them before they are played."""

import contextlib
import sys

from wedge.engine.scenario.blueprint import Blueprint
from wedge.engine.scenario.problems import Place
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.tree import Path, value_place


def check_own_policies(plan: Blueprint, report: Reporter) -> None:
    """Report what is wrong with policies from files: at their line, saying where the scenario names them.

    Their files are run. A policy that several states bargain by is told of once.
    """
    states: dict[tuple[str, str], list[str]] = {}
    for state, seat in plan.seats.items():
        if seat.outsider is not None and report.is_sound(("states", state, "policy")):
            states.setdefault(seat.outsider, []).append(state)
    for (file, name), seated in states.items():
        check_policy(file, name, seated, report)


def check_policy(file: str, name: str, states: list[str], report: Reporter) -> None:
    """Report what is wrong with one policy. What its file prints is no answer of Wedge's, so it goes to stderr."""
    from wedge.agents.policy_faults import faults_in

    wheres: list[Path] = [("states", state, "policy", "name") for state in states]
    with contextlib.redirect_stdout(sys.stderr):
        faults = faults_in(file, name)
    for fault in faults:
        if not fault.line:
            for where in wheres:
                report.error(where, f"{fault.file}: {fault.message}", fault.cure)
            continue
        report.read(fault.file)
        places = [
            f"{state} in {place.file}:{place.line}" for state, place in zip(states, named(wheres, report), strict=True)
        ]
        message = f"{fault.message} (named for {', '.join(places)})"
        report.add_at(Place(fault.file, fault.line, fault.column), 1, message, fault.cure)


def named(wheres: list[Path], report: Reporter) -> list[Place]:
    """Where the policies are named in the scenario."""
    return [value_place(report.root, where)[0] for where in wheres]
