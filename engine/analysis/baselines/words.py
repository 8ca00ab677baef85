"""What the simple models come to, in sentences, with what cannot be known."""

from collections.abc import Iterator
from typing import Any

from wedge.engine.analysis.baselines.sides import MOST_STATES
from wedge.engine.analysis.sentences import number, percent, worlds

NOT_KNOWN = (
    "A scenario records no outcome, so these runs cannot say which model is better, only how far they differ; "
    "agreeing with a simple model is no proof of being right, and differing none of being wrong."
)
NOTHING_SETTLED = "The agent model settles nothing in these worlds, so it has no levels to set beside the averages."
STOPPED = "The number of worlds was found by looking at the results; the intervals of distances and differences do not allow for that."
TOO_MANY = f"Landscape theory is left out: there are more than {MOST_STATES} states."


def sentences(levels: Any, sides: Any, played: Any, states: int, stopped: bool = False) -> list[str]:
    """How far from the weighted mean, against chance and against never yielding, and what nobody can know from it.

    ``stopped`` where the number of worlds was found by looking at the results.
    """
    told = [*_of_mean(levels), *_of_nash(levels), *_of_sides(sides, states), *_of_played(played)]
    return [*told, *([STOPPED] if stopped else []), NOT_KNOWN]


def _of_mean(levels: Any) -> Iterator[str]:
    rows = [row for row in levels[levels["model"] == "weighted_mean"].to_dict("records") if row["settled"]]
    if not rows:
        yield NOTHING_SETTLED
    for row in rows:
        interval = f" ({number(row['distance_low'])} to {number(row['distance_high'])})" if row["settled"] > 1 else ""
        yield (
            f"{row['title']}: where the agent model settles it ({row['settled']:,} of {worlds(row['n'])}), it ends "
            f"{number(row['distance'])}{interval} from the weighted mean on average, on a scale from 0 to 1."
        )


def _of_nash(levels: Any) -> Iterator[str]:
    rows = levels[levels["model"] == "nash"]
    if len(rows) and int(rows["n"].max()) < int(rows["of"].max()):
        yield (
            f"In {int(rows['of'].max() - rows['n'].max()):,} of {worlds(rows['of'].max())} no agreement gives everybody "
            "who must sign something over what it has without one, so there is no Nash solution there."
        )


def _of_sides(sides: Any, states: int) -> Iterator[str]:
    """The two allies that landscape theory parts most often, and the tie that fractures most often."""
    if states > MOST_STATES:
        yield TOO_MANY
    if not len(sides):
        return
    rows = sides.to_dict("records")
    apart, broken = (max(rows, key=lambda row: row[key]) for key in ("opposite", "fractured"))
    said = f"Landscape theory parts no two allies in any of {worlds(apart['n'])}"
    if apart["opposite"]:
        said = (
            f"Of all allies, landscape theory parts {apart['title']} most often: in {percent(apart['opposite'])} of "
            f"{worlds(apart['n'])}, and their tie fractures in {percent(apart['fractured'])}"
        )
    if not broken["fractured"]:
        yield f"{said}; no tie fractures in them."
    else:
        yield f"{said}; the tie that fractures most often, {broken['title']}, does so in {percent(broken['fractured'])}."


def _of_played(played: Any) -> Iterator[str]:
    rows = played.to_dict("records")
    of_alliances = [
        r for r in rows if r["observable"].startswith("alliances.") and r["observable"].endswith(".fractured")
    ]
    for row in of_alliances or [r for r in rows if r["observable"] == "talks.settled"]:
        verdict = "told apart" if row["told_apart"] else "not told apart"
        yield (
            f"{row['title']} in {percent(row['share_a'])} under the agent model and in {percent(row['share_b'])} under "
            f"the {_named(row)}: a difference of {100 * row['difference']:+.1f} points "
            f"({100 * row['low']:+.1f} to {100 * row['high']:+.1f}), {verdict}."
        )


def _named(row: dict[str, Any]) -> str:
    return "null model" if row["model"] == "null" else "model in which nobody concedes"
