"""``wedge policies``: the catalogue of policies."""

from typing import Any

import click

from wedge.engine.cli.common import entry, json_option, out, out_json

HEADINGS = {
    "demands": "What it demands (policy: {demands: ...})",
    "courts": "Whom it courts (policy: {courts: ...})",
    "answers": "How it answers (policy: {answers: ...})",
}


@click.command(epilog="\b\nExample:\n  wedge policies --json")
@json_option
def policies(as_json: bool) -> None:
    """List the policies states can bargain by, with their parameters and sources.

    A policy is three slots: what it demands, whom it courts, how it answers. A preset names all
    three at once; in a scenario write `policy: boulware`, or `policy: {preset: boulware, e: 0.3}`,
    or the slots one by one. How it weighs a proposal is its decision theory: write `decides: prospect`
    for all states, or within one.
    """
    catalogue = as_data()
    if as_json:
        out_json(catalogue)
        return
    out("Presets (policy: NAME)")
    width = max(len(one["name"]) for one in catalogue["presets"])
    for one in catalogue["presets"]:
        slots = ", ".join(f"{room} {one[room]}" for room in HEADINGS)
        aliases = f" Also called {', '.join(one['aliases'])}." if one["aliases"] else ""
        out(indented(entry(one["name"], f"{one['meaning']}{aliases} ({slots})", width)))
    for room, heading in HEADINGS.items():
        out(f"\n{heading}")
        width = max(len(one["name"]) for one in catalogue[room])
        for one in catalogue[room]:
            out(indented(entry(one["name"], described(one), width)))
    out("\nBy which decision theory it weighs a proposal (decides: ...)")
    width = max(len(one["name"]) for one in catalogue["theories"])
    for one in catalogue["theories"]:
        out(indented(entry(one["name"], described(one), width)))
    out("\nSources")
    for source in catalogue["sources"]:
        out(indented(entry("-", source, 1)))


def indented(text: str) -> str:
    """The text, two columns to the right."""
    return "\n".join(f"  {line}" for line in text.split("\n"))


def described(one: dict[str, Any]) -> str:
    """A tactic in a paragraph: what it means, its parameters, whom it must be told."""
    parts = [one["meaning"]]
    for parameter in one["parameters"]:
        bounds = f"{parameter['low']:g} to {parameter['high']:g}"
        parts.append(f"{parameter['name']}: {parameter['meaning']} ({parameter['default']:g}; {bounds}).")
    if one["concerns"]:
        parts.append(f"Takes {' and '.join(one['concerns'])}.")
    return " ".join(parts)


def as_data() -> dict[str, Any]:
    """The catalogue as plain data."""
    from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS
    from wedge.agents.theories import THEORIES

    rooms = {"demands": DEMANDS, "courts": COURTS, "answers": ANSWERS}
    presets = [
        {
            "name": preset.name,
            "aliases": list(preset.names),
            "meaning": preset.meaning,
            **{room: getattr(preset, room)[0] for room in rooms},
            "sources": list(preset.sources),
        }
        for preset in PRESETS.values()
    ]
    slots = {room: [slot_data(slot) for _, slot in sorted(tactics.items())] for room, tactics in rooms.items()}
    theories = [slot_data(theory) for theory in THEORIES.values()]
    listed = [*slots.values(), theories]
    cited = {source for entries in listed for one in entries for source in one["sources"]}
    return {"presets": presets, **slots, "theories": theories, "sources": sorted(cited)}


def slot_data(slot: Any) -> dict[str, Any]:
    """One tactic or decision theory as plain data."""
    return {
        "name": slot.name,
        "meaning": slot.meaning,
        "parameters": [parameter._asdict() for parameter in slot.parameters],
        "concerns": list(getattr(slot, "concerns", ())),
        "sources": list(slot.sources),
    }
