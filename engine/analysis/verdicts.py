"""What a comparison comes to, in sentences; and plainly so where the runs cannot tell two scenarios apart."""

from typing import Any

from wedge.engine.analysis.comparison import Comparison
from wedge.engine.analysis.estimates import LEVEL
from wedge.engine.analysis.sentences import CONDITIONAL, percent, worlds

WORTH = 1.1  # times as many separate worlds, from which on it is worth a sentence


def verdicts(comparison: Comparison) -> list[str]:
    """A sentence or two on each pair: on the fracture of each alliance, or on settling where there is none."""
    return [sentence for a, b in comparison.pairs for sentence in _on_pair(comparison, a, b)]


def assumptions_of_all(comparison: Comparison) -> str:
    """On what the comparison is conditional, and how many numbers of each scenario are judgements."""
    counts = ", ".join(
        f"{len(experiment.scenario['judgements']):,} of {experiment.scenario['given']:,} in {label}"
        for label, experiment in zip(comparison.labels, comparison.experiments, strict=True)
    )
    return f"{CONDITIONAL} Numbers that are judgements without a source: {counts}."


def _on_pair(comparison: Comparison, a: str, b: str) -> list[str]:
    shares = comparison.of_pair("shares", a, b)
    names = shares["observable"]
    headline = shares[names.str.fullmatch(r"alliances\.[^.]+\.fractured")]
    if not len(headline):
        headline = shares[names == "talks.settled"]
    family = len(shares) + len(comparison.of_pair("means", a, b))
    return [_in_words(row, a, b, family) for row in headline.to_dict("records")]


def _in_words(row: dict[str, Any], a: str, b: str, family: int) -> str:
    """Such as: Western alliance fractures in 21.5 % of worlds under a and 0.4 % under b: …"""
    said = f"{row['title']} in {percent(row['share_a'])} of worlds under {a} and {percent(row['share_b'])} under {b}"
    return f"{said}{_told_apart(row, a, b, family) if row['told_apart'] else _not_told_apart(row)}"


def points(row: dict[str, Any]) -> str:
    """A difference with its interval: +21.1 points (95 % interval +19.3 to +22.9; p < 0.001)."""
    low, high = 100 * row["low"], 100 * row["high"]
    p = "< 0.001" if row["p"] < 0.001 else f"{row['p']:.3f}"
    return f"{100 * row['difference']:+.1f} points (95 % interval {low:+.1f} to {high:+.1f}; p {p})"


def _told_apart(row: dict[str, Any], a: str, b: str, family: int) -> str:
    after = (
        f"{'told apart' if row['told_apart_holm'] else 'no longer told apart'} after Holm over {family:,} observables"
    )
    if not row["paired"]:
        return f": {points(row)}; {after}."
    alone = f"{row['only_a']:,.0f} under {a} alone, {row['only_b']:,.0f} under {b} alone"
    return f": {points(row)}, in the same {worlds(row['n_a'])}, {alone}; {after}.{_saved(row)}"


def _saved(row: dict[str, Any]) -> str:
    """What playing the same worlds was worth, where it was worth something."""
    if row["pairing"] is None or not row["pairing"] > WORTH:
        return ""
    return f" Separate worlds would have had to be about {row['worlds_unpaired']:,.0f} for each to tell as much."


def _not_told_apart(row: dict[str, Any]) -> str:
    """What the runs leave open, and about how many worlds would close it."""
    if row["paired"] and row["only_a"] + row["only_b"] == 0:
        return f": it went the same way in each of {worlds(row['n_a'])}; a difference beyond {_beyond(row)} points is ruled out."
    said = f". These runs cannot tell the two apart: {points(row)}{_at_odds(row)}"
    if row["worlds_needed"] == row["worlds_needed"] and row["worlds_needed"] is not None:
        return f"{said}; about {worlds(row['worlds_needed'])} would, if the difference is as seen."
    return f"{said}."


def _at_odds(row: dict[str, Any]) -> str:
    """Where interval and test disagree, as they can while few worlds differ: that it takes both."""
    leaves_out_zero = row["low"] > 0 or row["high"] < 0
    if leaves_out_zero == (row["p"] < 1 - LEVEL):
        return ""
    odds = (
        ("leaves out zero", "the test cannot tell")
        if leaves_out_zero
        else ("holds zero", "the test would tell them apart")
    )
    return f", where the interval {odds[0]} but {odds[1]}; so few worlds differ that both must agree"


def _beyond(row: dict[str, Any]) -> str:
    return f"{100 * max(abs(row['low']), abs(row['high'])):.1f}"
