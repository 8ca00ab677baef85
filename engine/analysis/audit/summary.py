"""The audit in short: a row for each demand worth telling, the best wedge of each divider, and sentences."""

from typing import Any

from wedge.engine.analysis.audit import Audit
from wedge.engine.analysis.audit.demands import GRID, NAMED
from wedge.engine.analysis.audit.wedges import CHEAPEST, STRONGEST
from wedge.engine.analysis.sentences import CONDITIONAL, percent

MOST_ROWS = 24
LEAST_TOLD = 0.0005  # of commitment a week


def stage_table(audit: Audit, stage: str) -> Any:
    """A row for each demand told: the share of worlds in which each state would sign it if another proposed it.

    Columns: demand, label, for each state its shares at the moments as a list, agreed (at most, over proposers and
    moments), the tie it strains most, by how much a week, when, and who is blamed then.
    """
    import pandas as pd

    names, told = audit.scenario.names, told_demands(audit, stage)
    labels = audit.demands.set_index("demand")["label"]
    signers = audit.signers[(audit.signers["stage"] == stage) & (audit.signers["proposer"] != audit.signers["state"])]
    shares = signers.groupby(["demand", "state", "moment"], sort=False)["signs"].mean()
    rows = []
    for demand in told:
        row: dict[str, Any] = {"demand": demand, "label": labels[demand]}
        for state in names.states:
            row[state] = [float(shares.get((demand, state, moment), float("nan"))) for moment in audit.tried.when]
        rows.append(row | _worst(audit, stage, demand))
    return pd.DataFrame(rows)


def told_demands(audit: Audit, stage: str) -> list[int]:
    """The demands of a stage that are told: all of them if they are few, else ideals, named levels and wedges."""
    mine = audit.demands[audit.demands["stage"] == stage]
    if len(mine) <= MOST_ROWS:
        ordered = mine.assign(first=mine["levels"].map(lambda levels: next(iter(levels.values()))))
        ideals = ordered[ordered["kind"] == "ideal"]
        rest = ordered[ordered["kind"] != "ideal"].sort_values("first", kind="stable")
        return [*ideals["demand"], *rest["demand"]]
    wedges = (
        audit.wedges[(audit.wedges["stage"] == stage) & audit.wedges["weakest"]]["demand"] if len(audit.wedges) else []
    )
    agreed = audit.proposals[audit.proposals["stage"] == stage].groupby("demand")["agreed"].max()
    best = agreed.sort_values(ascending=False, kind="stable").index[:3]
    ideals = mine[~mine["kind"].isin([GRID, NAMED])]["demand"]
    return list(dict.fromkeys(int(d) for d in (*ideals, *wedges, *best)))[:MOST_ROWS]


def _worst(audit: Audit, stage: str, demand: int) -> dict[str, Any]:
    """The tie a demand strains most, whoever puts it and whenever."""
    mine = audit.proposals[(audit.proposals["stage"] == stage) & (audit.proposals["demand"] == demand)]
    row: dict[str, Any] = {"agreed": float(mine["agreed"].max())}
    strains = audit.strains[(audit.strains["stage"] == stage) & (audit.strains["demand"] == demand)]
    if not len(strains) or not strains["strain"].max() >= LEAST_TOLD:
        return row | {"source": "", "target": "", "strain": 0.0, "moment": "", "by": "", "blamed": ""}
    worst = strains.loc[strains["strain"].idxmax()]
    put = mine[(mine["proposer"] == worst["proposer"]) & (mine["moment"] == worst["moment"])].iloc[0]
    return row | {
        **{key: worst[key] for key in ("source", "target", "moment")},
        "strain": float(worst["strain"]),
        "by": worst["proposer"],
        "blamed": put["blamed"],
    }


def best_wedges(audit: Audit) -> Any:
    """The strongest and the cheapest wedge of every divider on every tie, over all stages and moments."""
    if not len(audit.wedges):
        return audit.wedges
    strong = audit.wedges[(audit.wedges["which"] == STRONGEST) & (audit.wedges["strain"] >= LEAST_TOLD)]
    best = strong.loc[strong.groupby(["divider", "source", "target"], sort=False)["strain"].idxmax()]
    keys = ["divider", "source", "target", "stage", "moment"]
    cheap = audit.wedges[audit.wedges["which"] == CHEAPEST].merge(best[keys], on=keys)
    cheap = cheap[~cheap["demand"].isin(best["demand"])]
    import pandas as pd

    both = pd.concat([best, cheap]) if len(cheap) else best
    return both.sort_values(
        ["divider", "weakest", "strain"], ascending=[True, False, False], kind="stable", ignore_index=True
    )


def sentences_of(audit: Audit) -> list[str]:
    """What the audit comes to, in sentences."""
    names = audit.scenario.names
    titles = dict(zip(names.states, names.state_titles, strict=True))
    said = []
    best = best_wedges(audit)
    for row in best[(best["which"] == STRONGEST) & best["weakest"]].to_dict("records") if len(best) else ():
        tie = f"{titles[row['source']]} → {titles[row['target']]}"
        said.append(
            f"{titles[row['divider']]}'s strongest wedge on the weakest tie between its adversaries ({tie}) is to put "
            f"'{row['label']}' on the table at '{row['stage']}', {row['moment']}: {row['strain']:.3f} of commitment a week, "
            f"{weeks(row['weeks_left'])}; it divides them in {percent(row['divides'], 0)} of worlds "
            f"({titles[row['source']]} signs in {percent(row['source_signs'], 0)}, {titles[row['target']]} in "
            f"{percent(row['target_signs'], 0)}) and costs {titles[row['divider']]} {row['cost']:.2f}."
        )
    if not len(best):
        said.append("No state could divide two of its adversaries with a demand it gains by itself.")
    said += _on_replies(audit)
    return [*said, f"{audit.assumption} {CONDITIONAL}"]


def weeks(left: float) -> str:
    """How long a tie would last at that rate."""
    return (
        "at which the tie would last" if left == float("inf") else f"at which the tie breaks in about {left:,.0f} weeks"
    )


def _on_replies(audit: Audit) -> list[str]:
    if audit.replies is None:
        return []
    said = []
    titles = dict(zip(audit.scenario.names.alliances, audit.scenario.names.alliance_titles, strict=True))
    for alliance, rows in audit.replies.groupby("alliance", sort=False):
        written = rows[rows["reply"] == "as written"].iloc[0]
        for column, which in (("best_but_front", "best answer"), ("best", "best answer of all")):
            one = rows[rows[column]].iloc[0]
            if column == "best" and (one["best_but_front"] or one["reply"] == "as written"):
                continue
            apart = "told apart" if one["told_apart"] else "not told apart"
            if one["reply"] == "as written":
                said.append(f"No reply tried serves {titles[alliance]} better than what is written.")
                continue
            said.append(
                f"The {which} of {titles[alliance]}: {one['reply']}. It fractures in {percent(one['fractured'])} of worlds "
                f"instead of {percent(written['fractured'])} ({apart} in {one['worlds']:,} paired worlds)"
                + (", in part by definition of a joint front." if "joint front" in one["reply"] else ".")
            )
    return said
