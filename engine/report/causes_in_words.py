"""What broke it in many worlds, in sentences: how often one move was enough, whose, on what, and when."""

from typing import Any

import numpy as np

from wedge.engine.analysis.causes import Causes
from wedge.engine.analysis.changes import CONSENT, CONSULTATION, EVENT, PROPOSAL, REFUSAL
from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.sentences import percent, with_interval
from wedge.engine.report.strains import in_words
from wedge.engine.report.wording import Wording, capital, listed, share

MOST_KINDS = 4
ENOUGH = 10  # worlds from which on the interval of a share of the loss says something
CAUTION = (
    "A cause here is exact within the model: all else, luck included, stays as it was. "
    "A fracture may have many such causes, so shares need not add up to 100 %."
)


def sentences_of(found: Causes, scenario: Any) -> list[str]:
    """The answer, an alliance at a time. There is none to give where nothing fractured."""
    words = Wording(scenario)
    said = []
    for a, alliance in enumerate(words.names.alliances):
        broke = found.fractures[found.fractures["alliance"] == alliance]
        if len(broke):
            said += _of_alliance(found, broke, words, a, alliance)
    return [*said, CAUTION] if said else []


def _of_alliance(found: Causes, broke: Any, words: Wording, a: int, alliance: str) -> list[str]:
    rate = share_of(len(broke), found.about["worlds"]).as_row()
    title = capital(words.alliance_titles[a])
    said = [f"{title} fractured in {len(broke):,} of {found.about['worlds']:,} worlds: {with_interval(rate)}."]
    said += [_sizes(broke, found.about["pairs"]), *_kinds(found, words, alliance), *_when(broke, words)]
    return [*said, *channels_in_words(found.channels, words)]


def _sizes(broke: Any, pairs: int) -> str:
    """In how many fractures one change, two, or none that was found would have saved it."""
    n = len(broke)
    one = share_of(int((broke["size"] == 1).sum()), n).as_row()
    said = (
        f"One move or event less would have saved it in {one['count']:,} of the {n:,} fractures: {with_interval(one)}"
    )
    two, lines = int((broke["size"] == 2).sum()), int(broke["only_past_red_line"].sum())
    none = int((broke["size"] == 0).sum())
    parts = [f"in {two:,} it took two" if two else ""]
    if none:
        tried = f", among all single ones and at most {pairs:,} pairs" if pairs else ", among all single ones"
        parts.append(f"in {none:,} none was found{tried}")
    if lines:
        parts.append(f"in {lines:,} of these consent past a red line would have")
    return "; ".join([said, *(part for part in parts if part)]) + "."


def _kinds(found: Causes, words: Wording, alliance: str) -> list[str]:
    """The commonest single causes, and the commonest last chances."""
    kinds = found.kinds[found.kinds["alliance"] == alliance]
    if not len(kinds):
        return []
    rows = kinds.head(MOST_KINDS).to_dict("records")
    told = "; ".join(f"{kind_in_words(row, words)}: {with_interval(row)}" for row in rows)
    said = [f"Enough by itself, by share of fractures: {told}."]
    last = kinds.sort_values("pivotal", ascending=False, kind="stable").head(2)
    late = [
        f"{kind_in_words(row, words)} in {percent(row['pivotal_share'], 0)}"
        for row in last.to_dict("records")
        if row["pivotal"]
    ]
    return [*said, f"The last chance, in the pivotal round, was most often {listed(late, 'or')} of fractures."]


def kind_in_words(row: Any, words: Wording) -> str:
    """A kind of change, such as: Ukraine accepting one offer on “Territory” that it refused."""
    names = words.names
    if row["kind"] == EVENT:
        return f"“{words.event_titles[names.events.index(row['event'])]}” not happening"
    who = words.state(names.states.index(row["state"]))
    stage = words.stage_titles[names.stages.index(row["stage"])]
    return {
        PROPOSAL: f"{who} not making one of its proposals on “{stage}”",
        CONSULTATION: f"{who} not consulting its ally once",
        CONSENT: f"{who} refusing one offer on “{stage}” that it consented to",
        REFUSAL: f"{who} accepting one offer on “{stage}” that it refused",
    }[str(row["kind"])]


def _when(broke: Any, words: Wording) -> list[str]:
    """How late the last chance comes."""
    known = broke[broke["size"] > 0]
    if not len(known):
        return []
    gap = (known["fracture_round"] - known["pivotal_round"]).to_numpy()
    same = share_of(int((gap == 0).sum()), len(gap)).as_row()
    middle = np.median(known["pivotal_round"]) + 1
    first = np.median(known["first_round"]) + 1
    said = f"The first chance came in round {first:g} in the median, the last in round {middle:g}"
    return [
        f"{said}; in {percent(same['share'], 0)} of fractures the last chance was in the very round in which the alliance broke."
    ]


def channels_in_words(channels: Any, words: Wording) -> list[str]:
    """What each channel took from each tie that fractured, until it did, with its share of the loss."""
    names, said = words.names, []
    for (source, target), tie in channels.groupby(["source", "target"], sort=True):
        first = tie.iloc[0]
        rows = [
            row for row in tie.sort_values("change", kind="stable").to_dict("records") if abs(row["change"]) >= 0.0005
        ]
        parts = [_channel(row) for row in rows]
        who = words.arrow(names.states.index(source), names.states.index(target))
        worlds = "1 world" if first["worlds"] == 1 else f"{first['worlds']:,} worlds"
        said.append(
            f"{who} broke in {worlds}; until then it lost {share(first['loss'], 3)} in the mean: {listed(parts)}."
        )
    return said


def _channel(row: Any) -> str:
    verb = "took" if row["change"] < 0 else "gave back"
    part = f"{percent(abs(row['share']), 0)}"
    if row["worlds"] >= ENOUGH:
        ends = sorted((abs(row["share_low"]), abs(row["share_high"])))
        low, high = ends if row["share_low"] * row["share_high"] > 0 else (row["share_low"], row["share_high"])
        part = f"{part}, {100 * low:.0f} to {100 * high:.0f} %"
    return f"{in_words(str(row['channel']))} {verb} {share(abs(row['change']), 3)} ({part})"
