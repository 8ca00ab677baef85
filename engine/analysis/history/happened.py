"""The five observables of the codings, as they are seen in a run of an episode's scenario."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from wedge.engine.analysis.history.facts import Facts
from wedge.engine.analysis.history.protocol import YIELDED, status_quo, threat_events

OBSERVABLES = ("order_changed", "precondition_conceded", "support_withheld", "fractured", "threat_carried_out")
TABLES = ("alliances", "ties", "states", "issues", "events")  # of a run's outcomes, those that are read here
FLOWS = {"support_to_holdout": ("courted", "holdout"), "support_to_courted": ("holdout", "courted")}


def happened(facts: Facts, tables: Mapping[str, Mapping[str, np.ndarray]], worlds: int) -> dict[str, np.ndarray]:
    """Whether each observable happened, ``[W]`` true or false, in the outcomes of so many worlds.

    * ``order_changed``: the courted ally first would rather have the allies' order, and later the divider's;
    * ``precondition_conceded``: the demand is settled, with the holdout's signature, at or above ``conceded_from``;
    * ``support_withheld``: support that flowed between the allies beforehand is withheld for a time, whatever the cause;
    * ``fractured``: a tie between the allies fractures;
    * ``threat_carried_out``: a penalty that was announced is imposed.
    """
    courted = _of(tables["states"], state="courted")
    demand = _of(tables["issues"], issue="demand")
    withheld = np.zeros(worlds, dtype=bool)
    for fact, (source, target) in FLOWS.items():
        if facts[fact] != "none":
            withheld |= _of(tables["ties"], source=source, target=target)["withheld"].astype(bool)
    penalty = np.zeros(worlds, dtype=bool)
    for event in threat_events(facts):
        penalty |= _of(tables["events"], event=event)["happened"].astype(bool)
    return {
        "order_changed": (courted["first_order"] == "allies_first") & (courted["order_changes"] > 0),
        "precondition_conceded": demand["settled"].astype(bool) & (demand["level"] >= conceded_from(facts) - 1e-9),
        "support_withheld": withheld,
        "fractured": _of(tables["alliances"], alliance="allies")["fractured"].astype(bool),
        "threat_carried_out": penalty,
    }


def conceded_from(facts: Facts) -> float:
    """The level of the demand from which on its signature gives the holdout's case away.

    Where the divider has in hand what it demands, to sign the status quo is to concede it.
    """
    return status_quo(facts) + (0.0 if facts["held_by"] == "divider" else YIELDED)


def _of(table: Mapping[str, np.ndarray], **keys: Any) -> dict[str, np.ndarray]:
    """The rows of a table with these keys: one for each world, in their order."""
    rows = np.logical_and.reduce([table[key] == value for key, value in keys.items()])
    return {column: values[rows] for column, values in table.items()}
