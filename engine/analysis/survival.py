"""Whether a conclusion survives all decision theories, in sentences."""

from typing import Any

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.sentences import CONDITIONAL, number, percent
from wedge.engine.analysis.structure import DIFFERENCE, Structure
from wedge.engine.analysis.variants import in_words

FEW = 10  # worlds in which something happens, below which a split of its variance says little
PART_NAMES = {
    "theory": "decision theory",
    "parameters": "uncertain numbers",
    "both": "both together",
    "chance": "chance",
}


def sentences_on_structure(found: Structure) -> list[str]:
    """What the theories make of the outcome, and of the difference between two scenarios."""
    said = [_range_of(found, scenario) for scenario in found.scenarios]
    said += [_variance_of(found, name) for name in dict.fromkeys(found.parts["of"])]
    if found.differences is not None:
        said.append(verdict(found))
    return [*said, CONDITIONAL]


def verdict(found: Structure) -> str:
    """Whether the difference of the two scenarios has one sign under all theories and stands under each."""
    first, second = found.scenarios
    rows = found.differences.to_dict("records")
    stands = [row for row in rows if row["told_apart"]]
    open_ = [row["theory"] for row in rows if not row["told_apart"]]
    signs = {row["difference"] > 0 for row in stands}
    title = found.observable.title
    if not stands:
        return f"{title}: under none of the {len(rows)} theories can these worlds tell {first} from {second}."
    span = _span([row["difference"] for row in stands], found)
    if len(signs) == 2:
        more = in_words([row["theory"] for row in stands if row["difference"] > 0])
        less = in_words([row["theory"] for row in stands if row["difference"] < 0])
        rest = f"; {in_words(open_)} cannot tell" if open_ else ""
        return f"{title}: the conclusion does not survive: {first} has more of it than {second} under {more}, less under {less}{rest}."
    word = "more" if signs == {True} else "less"
    if found.survives:
        return f"{title}: the conclusion survives all {len(rows)} theories: {word} of it under {first} than under {second}, by {span}, told apart under each after Holm."
    return (
        f"{title}: the conclusion is not shown to survive all {len(rows)} theories: {word} of it under {first} than under {second} by "
        f"{in_words([row['theory'] for row in stands])} ({span}), but by {in_words(open_)} these worlds cannot tell the two apart after Holm; more worlds may."
    )


def part_ends(row: dict[str, Any]) -> str:
    """The interval of a part's share, such as 3 to 9 %."""
    return f"{100 * max(0.0, row['low']):.0f} to {percent(max(0.0, row['high']), 0)}"


def _range_of(found: Structure, scenario: str) -> str:
    rows = found.levels[found.levels["scenario"] == scenario].sort_values("value", kind="stable").to_dict("records")
    least, most = rows[0], rows[-1]
    if least["value"] == most["value"]:
        return f"{scenario}: {found.observable.title} {_level(least, found)} by every theory."
    return (
        f"{scenario}: {found.observable.title} from {_level(least, found)} by {least['theory']} to {_level(most, found)} "
        f"by {most['theory']}."
    )


def _variance_of(found: Structure, name: str) -> str:
    rows = found.parts[found.parts["of"] == name].to_dict("records")
    of = f"the difference between {in_words(found.scenarios)}" if name == DIFFERENCE else name
    if not any(row["share"] > 0 for row in rows):
        return f"In {of} nothing varies."
    told = in_words([f"{percent(max(0.0, row['share']), 0)} {PART_NAMES[row['part']]}" for row in rows])
    few = " So few worlds differ that the split says little." if _hardly_varies(found, name) else ""
    return f"Of the variance in {of}: {told}.{few}"


def _hardly_varies(found: Structure, name: str) -> bool:
    """Whether a share is near nothing, or near all, under every theory."""
    if found.observable.kind != SHARE or name == DIFFERENCE:
        return False
    cases = found.levels[found.levels["scenario"] == name].eval("value * n")
    return bool((cases < FEW).all() or (cases > found.worlds - FEW).all())


def _level(row: dict[str, Any], found: Structure) -> str:
    if found.observable.kind == SHARE:
        return f"{percent(row['value'])} ({100 * row['low']:.1f} to {percent(row['high'])})"
    return f"{number(row['value'])} ({number(row['low'])} to {number(row['high'])})"


def _span(differences: list[float], found: Structure) -> str:
    least, most = min(map(abs, differences)), max(map(abs, differences))
    if found.observable.kind == SHARE:
        said, unit = [f"{100 * end:.1f}" for end in (least, most)], " points"
    else:
        said, unit = [number(end) for end in (least, most)], f" {found.observable.unit}".rstrip()
    return f"{said[0]}{unit}" if said[0] == said[1] else f"{said[0]} to {said[1]}{unit}"
