"""Many futures from a fork, in sentences."""

from typing import Any

from wedge.engine.analysis.forks import Futures
from wedge.engine.analysis.sentences import percent
from wedge.engine.analysis.verdicts import points

CONDITIONAL = "These are shares of futures within the model, given everything up to this round; they are no forecast."


def answer_of(found: Futures) -> list[str]:
    """How often each alliance fractures from here, as it was and changed; how often all is settled where there is none."""
    rows = found.shares
    headline = rows[rows["observable"].str.fullmatch(r"alliances\.[^.]+\.fractured")]
    if not len(headline):
        headline = rows[rows["observable"] == "talks.settled"]
    return [*(_in_words(row, found) for row in headline.to_dict("records")), CONDITIONAL]


def _share(row: dict[str, Any], label: str) -> str:
    low, high = row[f"low_{label}"], row[f"high_{label}"]
    return f"{percent(row[f'share_{label}'])} ({100 * low:.1f} to {percent(high)})"


def _in_words(row: dict[str, Any], found: Futures) -> str:
    said = f"From round {found.round + 1} on, {row['title']} in {_share(row, 'was')} of {row['n']:,} futures"
    if "share_changed" not in row:
        return f"{said}."
    said += f" as it was, and in {_share(row, 'changed')} of the same futures with the change"
    if not row["told_apart"]:
        return f"{said}. These futures cannot tell the two apart: {points(row)}."
    return f"{said}: {points(row)}."
