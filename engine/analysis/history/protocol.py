"""From the facts of an episode to its scenario: one template and one reading of every fact, the same for all.

No episode is known here by name, and no outcome. See ``scenarios/history/protocol.md`` for the reasons.
"""

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from wedge.engine.analysis.history.facts import ROLES, Facts
from wedge.engine.analysis.history.readings import READINGS

ROUNDS = 36  # of every episode, whatever its length; the scenarios that were there before have 32 and 40
BONDS = {"loose": 0.5, "treaty": 0.6, "close": 0.7}  # mean commitment
WORN = 0.05  # what rapid worsening has taken from it (Yang 2026)
FIRST, OTHER, EQUAL = "{triangular: [3, 4, 5]}", "{triangular: [1, 2, 3]}", "{triangular: [2, 3, 4]}"
WEIGHTS: Mapping[str, Mapping[str, str]] = {  # what the divider's points go to: most to what it puts first
    "demand_first": {"demand": FIRST, "settlement": OTHER, "security": OTHER},
    "separate_deal": {"demand": OTHER, "settlement": FIRST, "security": OTHER},
    "package": {"demand": EQUAL, "settlement": EQUAL, "security": EQUAL},
}
PAYMENTS = {"none": ("", ""), "to_holdout": ("courted", "holdout"), "to_courted": ("holdout", "courted")}
YIELDED = 0.05  # above the status quo, from which on a demand counts as met
THREATS: Mapping[str, Mapping[str, str]] = {  # who is threatened: what for, and what comes of it
    "holdout": {
        "title": "The holdout is punished for refusing",
        "condition": "{level: demand, below: %(met)s}",
        "effect": "withhold: {from: courted, to: holdout}",
    },
    "courted": {
        "title": "The courted ally is punished for settling",
        "condition": "{level: settlement, above: 0.5}",
        "effect": "withhold: {from: holdout, to: courted}",
    },
    "divider": {
        "title": "The divider is punished for not settling",
        "condition": "{level: settlement, below: 0.5}",
        "effect": "{change: states.divider.war_cost, by: {uniform: [0.02, 0.06]}}",
    },
}


def scenario_text(episode: str, facts: Facts) -> str:
    """The scenario of an episode, as a scenario file, from its facts alone."""
    text: str = _template().render(_filled(episode, facts))
    return text


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("episode.yaml.j2")


def threat_events(facts: Facts) -> list[str]:
    """The events of a scenario in which an announced penalty is imposed."""
    return [f"penalty_on_{role}" for role in THREATS if facts[f"threat_to_{role}"] != "none"]


def status_quo(facts: Facts) -> float:
    """The level of the demand while nothing is agreed."""
    return float(READINGS["held_by"].classes[facts["held_by"]])


def _filled(episode: str, facts: Facts) -> dict[str, Any]:
    """What the template is filled with."""
    number = {fact: reading.classes[facts[fact]] for fact, reading in READINGS.items()}
    quo = status_quo(facts)
    number["red_line"] = f"{{uniform: [{quo + 0.1:.1f}, {quo + 0.3:.1f}]}}"
    payer, paid = PAYMENTS[facts["side_payments"]]
    return {
        "episode": episode,
        "fact": facts,
        "number": number,
        "roles": ROLES,
        "rounds": ROUNDS,
        "days": f"{_length(facts) / ROUNDS:.4f}",
        "weight": WEIGHTS[facts["agenda"]],
        "payer": payer,
        "paid": paid,
        "answers": "solidarity" if facts["consults"] == "yes" else "quantal",
        "commitment": _commitment(facts),
        "signers": "[divider, courted, holdout]" if facts["holdout_signs"] == "yes" else "[divider, courted]",
        "threats": _threats(facts, quo),
    }


def _length(facts: Facts) -> int:
    first, last = (datetime.date.fromisoformat(facts[day]) for day in ("start", "end"))
    return (last - first).days + 1


def _commitment(facts: Facts) -> str:
    """The strength of the tie at the start, either way: the bond, less what has worn off it."""
    mean = BONDS[facts["bond"]] - (WORN if facts["strained"] == "yes" else 0.0)
    return f"{{normal: [{mean:.2f}, 0.05], min: {mean - 0.09:.2f}, max: {mean + 0.15:.2f}}}"


def _threats(facts: Facts, quo: float) -> list[dict[str, str]]:
    """The penalties that were announced, each from its day on as long as its condition holds."""
    return [
        {
            "event": f"penalty_on_{role}",
            "title": threat["title"],
            "day": facts[f"threat_to_{role}"],
            "condition": threat["condition"] % {"met": f"{quo + YIELDED:.2f}"},
            "effect": threat["effect"],
        }
        for role, threat in THREATS.items()
        if facts[f"threat_to_{role}"] != "none"
    ]
