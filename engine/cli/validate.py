"""``wedge validate``: check scenario files."""

from collections.abc import Sequence
from typing import Any

import click

from wedge.engine.cli.common import BAD, DONE, SCENARIO, json_option, out, out_json, say, say_problems, set_options
from wedge.engine.scenario.problems import ERROR, Problem, ScenarioError, escaped


@click.command(epilog="\b\nExample:\n  wedge validate my_scenario.yaml alaska_2025/package")
@click.argument("files", nargs=-1, required=True, type=SCENARIO, metavar="SCENARIO...")
@set_options
@json_option
def validate(files: Sequence[str], sets: Sequence[str], policies: Sequence[str], as_json: bool) -> int:
    """Check scenarios, by file or packaged name, and say what is wrong where, and what would mend it.

    All errors are told at once, those of the files it extends and of the options with them. A policy from a Python
    file is read, which runs the file. Warnings are about what is legal but hardly meant. A number without a source
    counts as a judgement.
    Exits with 2 if anything is wrong.
    """
    found = [examined(file, sets, policies) for file in files]
    if as_json:
        out_json({"scenarios": found})
    else:
        for one in found:
            report(one)
        if len(found) > 1:
            say(f"{sum(one['ok'] for one in found)} of {len(found)} scenarios are sound")
    return DONE if all(one["ok"] for one in found) else BAD


def examined(file: str, sets: Sequence[str], policies: Sequence[str]) -> dict[str, Any]:
    """What there is to say about one scenario, as plain data."""
    from wedge.engine.scenario import examine
    from wedge.engine.scenario.meaning import hash_of

    try:
        scenario = examine(file, sets=sets, policies=policies)
    except ScenarioError as error:
        return {"scenario": file, "ok": False, "problems": [problem._asdict() for problem in error.problems]}
    roster = scenario.plan.roster
    return {
        "scenario": file,
        "ok": True,
        "problems": [problem._asdict() for problem in scenario.warnings],
        "name": scenario.plan.file.name,
        "sha256": hash_of(scenario.meaning),
        "counts": {
            "states": len(roster.states),
            "issues": len(roster.issues),
            "stages": len(roster.stages),
            "alliances": len(roster.alliances),
            "events": len(roster.events),
            "numbers": len(scenario.given),
            "judgements": len(scenario.judgements),
            "defaults": len(scenario.defaults),
        },
    }


def report(one: dict[str, Any]) -> None:
    """Print what was found: problems to stderr, one line a sound scenario to stdout."""
    say_problems(Problem(**problem) for problem in one["problems"])
    if not one["ok"]:
        errors = sum(problem["severity"] == ERROR for problem in one["problems"])
        say(f"{escaped(one['scenario'])}: {counted(errors, 'error')}")
        return
    counts = one["counts"]
    parts = ", ".join(counted(counts[f"{thing}s"], thing) for thing in ("state", "issue", "stage", "alliance", "event"))
    judged = f"{counted(counts['numbers'], 'number')} given, {counts['judgements']} of them judgements"
    out(f"{escaped(one['scenario'])}: ok ({parts}; {judged}; {counts['defaults']} left at their defaults)")


def counted(count: int, thing: str) -> str:
    """``1 state``, ``2 states``."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
