"""The numbers of a scenario in words, for sentences about what an event changed."""

from wedge.engine.model.numbers import COMMON, STATE
from wedge.engine.report.numbers_then import Change
from wedge.engine.report.wording import Wording, capital, points
from wedge.engine.scenario.problems import escaped

STATE_WORDS = {
    "power": "bargaining weight",
    "war_cost": "cost of the war",
    "after": "expectation of how long the war would go on after failed talks",
    "hope": "hope that talks succeed",
    "relapse": "fear of a relapse into war",
    "loyalty": "loyalty to its allies",
    "pressure": "openness to pressure",
    "audience_cost": "cost of taking less than it has refused",
    "whim": "leanings",
    "outside.value": "gain from leaving the talks",
    "outside.patience": "patience",
    "ratification.needs": "hurdle of ratification",
}
IN_POINTS = ("war_cost", "outside.value", "ratification.needs")  # what is utility is told in points
POSITION_WORDS = {"ideal": "wish", "red_line": "red line", "curvature": "loss by distance"}
TIE_WORDS = {
    "suspends_below": "threshold of suspension",
    "breaks_below": "breaking point",
    "support": "support",
    "dependence": "dependence",
}
MEANINGS = {number.name: number.meaning for number in (*COMMON, *STATE)}


def change_in_words(words: Wording, change: Change) -> str:
    """What an event did to a number: Russia's cost of the war rises from 0.09 to 0.13."""
    path = words.names.numbers[change.place]
    what, unit = capital(number_in_words(words, path)), ""
    before, after = _plain(change.before), _plain(change.after)
    if path.startswith("states.") and ".".join(path.split(".")[2:]) in IN_POINTS:
        before, after, unit = points(change.before), points(change.after), " points"
    if before == after:
        return f"{what} stays at {after}{unit}, where it is."
    way = "rises" if change.after > change.before else "falls"
    return f"{what} {way} from {before} to {after}{unit}."


def number_in_words(words: Wording, path: str) -> str:
    """What the number at a path is."""
    parts = path.split(".")
    names = words.names
    if parts[0] == "states" and parts[1] in names.states:
        i, key = names.states.index(parts[1]), ".".join(parts[2:])
        if parts[2] == "positions":
            issue = words.issue_titles[names.issues.index(parts[3])]
            return f"{words.whose(i)} {POSITION_WORDS.get(parts[4], parts[4])} on {issue}"
        return f"{words.whose(i)} {STATE_WORDS.get(key, escaped(key))}"
    if parts[0] == "ties":
        i, j = names.states.index(parts[1]), names.states.index(parts[2])
        return f"{words.whose(i)} {TIE_WORDS.get(parts[3], escaped(parts[3]))} towards {words.state(j)}"
    if parts[0] == "issues":
        return f"{capital(words.issue_titles[names.issues.index(parts[1])])}: {escaped(' '.join(parts[2:]).replace('_', ' '))}"
    if parts[0] in ("strain", "talks", "assumptions"):
        return f"{escaped(path)} ({MEANINGS.get(parts[-1], '')})"
    return escaped(path)


def _plain(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:.6g}"
