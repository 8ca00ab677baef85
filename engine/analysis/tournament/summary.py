"""What a tournament comes to, in sentences; and plainly so where runs cannot tell two policies apart."""

from typing import Any

from wedge.engine.analysis.sentences import CONDITIONAL
from wedge.engine.analysis.tournament import OWN, Report
from wedge.engine.analysis.variants import in_words

MOST_NAMED = 3


def sentences_of(report: Report) -> list[str]:
    """Best answers to the policies as written, equilibria, where best replies lead, on what it is conditional."""
    t = report.tournament
    said = [best_in_words(report, state, measure) for state in t.choices.states for measure in t.measures_of(state)]
    for measure in t.measures:
        said += equilibria_in_words(report, measure)
    if len(t.choices.states) != 2:
        said += [paths_in_words(report, measure) for measure in t.measures]
    said += [f"Left out: {reason}." for reason in t.choices.left_out]
    return [*said, f"Payoffs are means over {t.worlds:,} worlds, the same for every combination. {CONDITIONAL}"]


def answer_to_own(report: Report, state: str, measure: str) -> dict[str, Any]:
    """The row of a state's best answer to the others' policies as written."""
    rows = report.answers[(report.answers["state"] == state) & (report.answers["measure"] == measure)]
    for other in report.tournament.choices.states:
        if other != state:
            rows = rows[rows[other] == OWN]
    found: dict[str, Any] = rows.iloc[0].to_dict()
    return found


def best_in_words(report: Report, state: str, measure: str) -> str:
    """Such as: Russia's best answer by payoff is firm (0.41); told apart from the second, wedge, by 0.05 (0.03 to 0.07)."""
    t = report.tournament
    row = answer_to_own(report, state, measure)
    title = t.scenario.names.state_titles[t.place(state)]
    others = "the policies as written" if len(t.choices.states) > 1 else "the rest as written"
    said = f"{title}'s best answer to {others}, by {measure}, is {named(row['best'])} ({row['mean']:+.3f})"
    if row["same"]:
        same = [named(one) for one in row["same"]]
        told = in_words(same) if len(same) <= MOST_NAMED else f"{len(same)} others"
        said += f", which comes to the same in every world as {told}"
    if not row["second"]:
        return f"{said}; nothing else was tried that differs."
    gap = f"{row['difference']:.3f} (95 % interval {row['low']:+.3f} to {row['high']:+.3f})"
    if row["told_apart"]:
        said = f"{said}, told apart from all others; the second, {named(row['second'])}, is {gap} behind."
    else:
        many = len(row["as_good"]) > MOST_NAMED
        good = f"{len(row['as_good'])} others" if many else in_words([named(one) for one in row["as_good"]])
        said = f"{said}; these worlds cannot tell it from {good}: the second, {named(row['second'])}, is {gap} behind."
    regret = report.regrets
    mine = regret[(regret["state"] == state) & (regret["measure"] == measure) & (regret["policy"] == OWN)].iloc[0]
    return f"{said} As written it forgoes {mine['regret_own']:.3f} ({mine['regret_own_low']:+.3f} to {mine['regret_own_high']:+.3f})."


def named(policy: str) -> str:
    """A policy in a sentence."""
    return "its own as written" if policy == OWN else policy.replace("_", " ")


def equilibria_in_words(report: Report, measure: str) -> list[str]:
    """A sentence for each equilibrium, after one that says how they were found."""
    method = report.methods[measure]
    rows = [row for row in report.equilibria if row["measure"] == measure]
    all_of_them = "all of them" if method["complete"] else "there may be more"
    head = f"Equilibria by {measure}: {len(rows)} found by {method['method']} ({all_of_them})."
    return [head, *(f"  {mixture_in_words(report, row)}" for row in rows[:8])]


def mixture_in_words(report: Report, row: dict[str, Any]) -> str:
    """Who plays what, how often, what it brings, and how surely it is an equilibrium."""
    t = report.tournament
    parts = []
    for state, played in row["played"].items():
        title = t.scenario.names.state_titles[t.place(state)]
        mix = " or ".join(
            policy.replace("_", " ") if share > 1 - 1e-6 else f"{policy.replace('_', ' ')} ({100 * share:.0f} %)"
            for policy, share in played.items()
        )
        parts.append(f"{title}: {mix} ({row['payoffs'][state]:+.3f})")
    holds = (
        f"; an equilibrium in {100 * row['holds']:.0f} % of resampled sets of worlds"
        if row["holds"] is not None
        else ""
    )
    return f"{'; '.join(parts)}{holds}"


def paths_in_words(report: Report, measure: str) -> str:
    """Where best replies lead from the policies as written."""
    rows = report.paths[report.paths["measure"] == measure].to_dict("records")
    mine = next(row for row in rows if row["from_own"])
    ends = in_words([", ".join(f"{s} {p}" for s, p in profile.items()) for profile in mine["profiles"][:3]])
    settled = sum(row["from"] for row in rows if row["settles"])
    way = "come to rest at" if mine["settles"] else "go round and round among"
    return f"Best replies by {measure}, from the policies as written, {way} {ends}; from {settled} of {mine['of']} combinations they come to rest."
