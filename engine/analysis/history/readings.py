"""How the protocol reads each fact: which number of a scenario it sets, to what in each class, and why.

The numbers are those of the scenarios that were there before (where such a fact stands there), or cut
the range between them evenly. They were written down before any episode was played by them.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Reading(NamedTuple):
    """What a fact sets, in each of its classes, as it stands in a scenario file."""

    sets: str
    classes: Mapping[str, str]
    why: str


POWER = {"weak": "{uniform: [0.3, 0.7]}", "medium": "{uniform: [0.7, 1.1]}", "strong": "{uniform: [1.1, 1.5]}"}
WAR_COST = {
    "none": "0",
    "low": "{uniform: [0.02, 0.08]}",
    "medium": "{uniform: [0.08, 0.16]}",
    "high": "{uniform: [0.16, 0.32]}",
}
DEPENDENCE = {"weak": "{uniform: [0, 0.2]}", "medium": "{uniform: [0.2, 0.4]}", "strong": "{uniform: [0.4, 0.6]}"}
SUPPORT = {"none": "0", "some": "{uniform: [0.1, 0.3]}", "much": "{uniform: [0.3, 0.45]}"}
MARGIN = "{margin: {uniform: [0.01, 0.04]}}"
HELD = "{consult: {margin: {uniform: [0.01, 0.04]}, below: {uniform: [0.4, 0.5]}}}"

READINGS: Mapping[str, Reading] = {
    **{
        f"power_{role}": Reading(f"states.{role}.power", POWER, "bargaining weight at that table, in three equal steps")
        for role in ("divider", "courted", "holdout")
    },
    **{
        f"war_cost_{role}": Reading(
            f"states.{role}.war_cost", WAR_COST, "what the war costs, where the talks can end one; each step doubles"
        )
        for role in ("divider", "courted", "holdout")
    },
    "held_by": Reading(
        "issues.demand.status_quo",
        {"holdout": "0.2", "contested": "0.5", "divider": "0.7"},
        "who has in hand what is demanded; asking for what one holds asks little",
    ),
    "in_force": Reading(
        "issues.settlement.status_quo", {"no": "0", "yes": "0.5"}, "part of the settlement may be there already"
    ),
    "means": Reading(
        "states.divider.policy.courts",
        {
            "inducement": "{wedge: {patron: courted, client: holdout, margin: {uniform: [0.01, 0.04]}}}",
            "pressure": "nobody",
            "neither": f"{{sincere: {MARGIN}}}",
        },
        "selective accommodation is a wedge, and uniform pressure is none (Crawford 2011); who presses offers nothing",
    ),
    "agenda": Reading(
        "states.divider.positions.settlement.ideal",
        {"demand_first": "{uniform: [0, 0.3]}", "package": "{uniform: [0.4, 0.8]}", "separate_deal": "1"},
        "what comes first is wanted; a settlement held back until the demand is met is a price, not a wish",
    ),
    "reward": Reading(
        "states.courted.positions.settlement.salience",
        {
            "weak": "{triangular: [1, 2, 3]}",
            "medium": "{triangular: [3, 4, 5]}",
            "strong": "{triangular: [5, 6, 7]}",
        },
        "how much the courted ally wants what only the divider can give (Izumikawa 2013)",
    ),
    "courted_on_demand": Reading(
        "states.courted.positions.demand.ideal",
        {"holdout": "{uniform: [0, 0.3]}", "between": "{uniform: [0.3, 0.6]}", "divider": "{uniform: [0.6, 0.9]}"},
        "whose view of the demand the courted ally was nearer to beforehand",
    ),
    "holdout_on_settlement": Reading(
        "states.holdout.positions.settlement.ideal",
        {"against": "{uniform: [0, 0.3]}", "mixed": "{uniform: [0.3, 0.7]}", "for": "{uniform: [0.7, 1]}"},
        "whether the holdout wants the settlement for itself",
    ),
    "dependence_of_holdout": Reading(
        "ties.holdout.courted.dependence", DEPENDENCE, "symmetric or not decides what accommodation does (Huang 2020)"
    ),
    "dependence_of_courted": Reading(
        "ties.courted.holdout.dependence", DEPENDENCE, "symmetric or not decides what accommodation does (Huang 2020)"
    ),
    "support_to_holdout": Reading("ties.courted.holdout.support", SUPPORT, "arms or money that flow beforehand"),
    "support_to_courted": Reading("ties.holdout.courted.support", SUPPORT, "arms or money that flow beforehand"),
    "rival_patron": Reading(
        "states.holdout.pressure",
        {"no": "{uniform: [0.7, 1.3]}", "yes": "{uniform: [0.4, 1]}"},
        "who can turn to another patron is pressed less (Snyder 1984)",
    ),
    "haste": Reading(
        "states.courted.policy.demands",
        {"no": "{boulware: {e: {uniform: [0.5, 0.9]}}}", "yes": "{conceder: {e: {uniform: [1.2, 1.8]}}}"},
        "an election, a promise or a war about to begin makes one yield early",
    ),
    "consults": Reading(
        "states.{courted,holdout}.policy.courts",
        {"no": f"{{sincere: {MARGIN}}}", "yes": HELD},
        "allies whose practice it is to answer together mend weak ties and stand by each other's red lines",
    ),
}
AGENDAS = tuple(READINGS["agenda"].classes)
