"""A debrief in sentences: what happened, where it stands among the runs, what the predictions and the moves came to."""

from typing import Any

import numpy as np

from wedge.engine.classroom.debrief.debriefing import Debrief
from wedge.engine.classroom.debrief.places import ONWARD, SAME, WHOLE
from wedge.engine.classroom.debrief.regret import BETTER
from wedge.engine.report.wording import capital, listed, number_word, points
from wedge.engine.scenario.problems import escaped

RUNS = {SAME: "runs from the same start", WHOLE: "worlds of the scenario"}


def percent(count: float, n: float) -> str:
    """A share in whole per cent that never says none or all where there are some.

    >>> percent(0, 10), percent(1, 1000), percent(880, 1000), percent(999, 1000)
    ('0 %', 'less than 1 %', '88 %', 'more than 99 %')
    """
    exact = 100 * count / n if n else float("nan")
    if 0 < exact < 1:
        return "less than 1 %"
    if 99 < exact < 100:
        return "more than 99 %"
    return f"{exact:.0f} %"


def with_interval(row: Any) -> str:
    """Such as 73.4 % (71.4 to 75.3 %); of none or all, what can be ruled out."""
    if row["count"] == 0:
        return f"0 % (at most {100 * row['high']:.2g} %)"
    if row["count"] == row["n"]:
        return f"100 % (at least {_just_below_all(row['low'])} %)"
    return f"{100 * row['share']:.1f} % ({100 * row['low']:.1f} to {100 * row['high']:.1f} %)"


def _just_below_all(low: float) -> str:
    """A share in per cent with as many digits as tell it from all.

    >>> _just_below_all(0.99962), _just_below_all(0.51)
    ('99.96', '51')
    """
    return next(text for digits in range(12) if (text := f"{100 * low:.{digits}f}") != f"{100:.{digits}f}")


def signed(value: float) -> str:
    """Points with their sign; a nought has none.

    >>> signed(0.0124), signed(-0.0001)
    ('+1.2', '0.0')
    """
    text = f"{100 * value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text


def difference(row: Any, family: str) -> str:
    """A difference with its interval, such as +5.2 (+3.2 to +7.1)."""
    middle, low, high = (row[name] for name in (family, f"{family}_low", f"{family}_high"))
    if middle == low == high == 0.0:
        return "none"
    if {signed(middle), signed(low), signed(high)} == {"0.0"}:
        return "less than 0.1"
    return signed(middle) if low == high else f"{signed(middle)} ({signed(low)} to {signed(high)})"


# What happened.


def happened(told: Debrief) -> list[str]:
    """What happened, in about three sentences."""
    if not told.about["over"]:
        return [
            _open(told),
            *(_fracture_place(told, row) for row in _places(told, ".fracture_round", SAME)),
            _onward(told),
        ]
    return [
        told.story.conclusion,
        *(_fracture_place(told, row) for row in _places(told, ".fracture_round", SAME)),
        _payoff_places(told),
    ]


def _open(told: Debrief) -> str:
    rounds = told.about["rounds"]
    played = (
        f"its first {rounds} rounds"
        if rounds > 1
        else "its first round"
        if rounds
        else "the time before its first round"
    )
    broke = [told.words.alliance_titles[a] for a in np.flatnonzero(told.outcome.fractured >= 0)]
    so_far = (
        f"{listed(broke)} {'has' if len(broke) == 1 else 'have'} fractured"
        if broke
        else "no alliance has fractured so far"
    )
    return f"The game has not reached its end: what follows is of {played}, and {so_far}."


def _onward(told: Debrief) -> str:
    """What becomes of a game that stopped, played on."""
    rows = told.shares[told.shares["runs"] == ONWARD].set_index("observable")
    names, parts = told.words.names, []
    for a, alliance in enumerate(names.alliances):
        if told.outcome.fractured[a] < 0:
            row = rows.loc[f"alliances.{alliance}.fractured"]
            parts.append(f"{told.words.alliance_titles[a]} fractures in {with_interval(row)}")
    parts.append(f"everything is settled in {with_interval(rows.loc['talks.settled'])}")
    return f"Played on from there {told.about['runs']:,} times, with all seats played by their policies: {listed(parts)} of the runs."


def _places(told: Debrief, ending: str, runs: str) -> list[dict[str, Any]]:
    some = told.places[told.places["observable"].str.endswith(ending) & (told.places["runs"] == runs)]
    found: list[dict[str, Any]] = some.to_dict("records")
    return found


def _fracture_place(told: Debrief, row: dict[str, Any]) -> str:
    """Where the round of a fracture stands, ties and runs that never broke said apart."""
    names, n = told.words.names, row["n"]
    title = capital(told.words.alliance_titles[names.alliances.index(row["observable"].split(".")[1])])
    of = f"Of {n:,} {RUNS[row['runs']]}, with all seats played by their policies,"
    if np.isnan(row["value"]):
        return (
            f"{title} held. {of} it held in {percent(row['never'], n)} and fractured in {percent(n - row['never'], n)}."
        )
    later = row["above"] - row["never"]
    return (
        f"{title} fractured in round {int(row['value'])}: earlier than in {percent(row['above'], n)} of the runs. {of} "
        f"{percent(row['below'], n)} broke in an earlier round, {percent(row['equal'], n)} in the same round, "
        f"{percent(later, n)} later, and {percent(row['never'], n)} never."
    )


def _payoff_places(told: Debrief) -> str:
    parts = []
    for row in _places(told, ".payoff", SAME):
        i = told.words.names.states.index(row["observable"].split(".")[1])
        parts.append(f"{told.words.state(i)} got {points(row['value'])} points, {_more_than(row)}")
    return f"{capital('; '.join(parts))}."


def _more_than(row: dict[str, Any]) -> str:
    said = f"more than in {percent(row['below'], row['n'])} of the runs"
    return f"{said} (the same in {percent(row['equal'], row['n'])})" if row["equal"] else said


def course(told: Debrief) -> list[str]:
    """The course among the runs in words: what was not said of it above."""
    said = [_end_place(row) for row in _places(told, "talks.end_round", SAME)]
    said += [_settled_place(row) for row in _places(told, "talks.stages_settled", SAME)]
    if not told.about["over"]:
        said.append("Payoffs, and the end of the talks, can be placed only of a game that reached its end.")
    return [*said, _whole(told)]


def _end_place(row: dict[str, Any]) -> str:
    n = row["n"]
    if np.isnan(row["value"]):
        return f"The talks never ended; so it was in {percent(row['never'], n)} of the runs."
    return (
        f"The talks ended in round {int(row['value'])}: {percent(row['below'], n)} of the runs ended earlier, "
        f"{percent(row['equal'], n)} in the same round, {percent(row['above'], n)} later or never."
    )


def _settled_place(row: dict[str, Any]) -> str:
    count, n = int(row["value"]), row["n"]
    if count == 0:
        return f"No stage was settled: so it was in {percent(row['equal'], n)} of the runs, and {percent(row['above'], n)} settled some."
    stages = "one stage was" if count == 1 else f"{number_word(count)} stages were"
    return (
        f"{capital(stages)} settled: {percent(row['below'], n)} of the runs settled fewer, {percent(row['equal'], n)} "
        f"as many, {percent(row['above'], n)} more."
    )


def _whole(told: Debrief) -> str:
    """How often it happens where the opening numbers are drawn anew as well."""
    same, whole = (_share_of_runs(told, runs) for runs in (SAME, WHOLE))
    what = alliance_in_words(told)
    return (
        f"{capital(what)} fractures in {with_interval(same)} of the runs from the same start, and in {with_interval(whole)} of "
        f"the worlds of the scenario, whose opening numbers are drawn anew. How far the two lie apart is what this start did."
    )


def _share_of_runs(told: Debrief, runs: str) -> Any:
    """How often the alliance that the predictions are about fractures in these runs."""
    return told.shares.set_index(["observable", "runs"]).loc[("fracture", runs)]


def alliance_in_words(told: Debrief) -> str:
    """The alliance whose fracture is counted."""
    names, named = told.words.names, told.about["alliance"]
    if named:
        return told.words.alliance_titles[names.alliances.index(named)]
    return told.words.alliance_titles[0] if len(names.alliances) == 1 else "an alliance"


# Predictions.


def of_predictions(told: Debrief) -> list[str]:
    """Who was nearest to the runs, and what one game can say of a probability."""
    said = []
    near = told.predictions[told.predictions["nearest"]]
    if len(near):
        names = listed([escaped(name) for name in near["name"]])
        row = near.iloc[0]
        said.append(
            f"Nearest to the runs from the same start: {names}, {100 * abs(row['away']):.1f} percentage points from their "
            f"share of {with_interval(_share_of_runs(told, SAME))}."
        )
    outcome = told.outcome.broke(_watched(told))
    if outcome is None:
        said.append("The game has not reached its end, so that no prediction has a score.")
    else:
        said.append(
            f"The alliance {'fractured' if outcome else 'held'}. A Brier score is the square of how far a prediction lay from "
            "that (0 is best, 1 is worst)."
        )
    return [
        *said,
        "One game does not prove a probability wrong: what somebody called unlikely happens now and then, and a low score "
        "in a single game may be luck. The runs are no truth either: they are what policies do under the scenario's assumptions, "
        "and people play otherwise.",
    ]


def _watched(told: Debrief) -> list[int]:
    names, named = told.words.names.alliances, told.about["alliance"]
    return [names.index(named)] if named else list(range(len(names)))


# Moves.


def of_moves(told: Debrief) -> list[str]:
    """What the moves came to, and how many were looked at."""
    moves, options = told.moves, told.options
    if not len(moves):
        return ["Nobody has made a move yet."]
    compared = int((~options["made"].astype(bool)).sum())
    beaten = moves[(moves["verdict"] == BETTER) & ~moves["by_engine"].astype(bool)]
    mine = moves[~moves["by_engine"].astype(bool)]
    count = {0: "No move was", 1: "One move was"}.get(len(mine), f"{len(mine)} moves were")
    engine = len(moves) - len(mine)
    beside = f" and {engine} by the engine in their place" if engine else ""
    said = [
        f"{count} made by people{beside}, and {compared} other things that could have been said were played in their place, in the same "
        f"{told.about['futures']:,} futures. With so many comparisons some differ by luck, so only those are marked that stand when "
        "all of payoffs, or all of fractures, are allowed for (Holm). Even then the largest of many differences tends to be somewhat overstated."
    ]
    if len(beaten):
        worst = beaten.loc[beaten["regret"].idxmax()]
        of = "people's moves" if engine else "them"
        one = f"One of {of} was" if len(beaten) == 1 else f"{capital(number_word(len(beaten)))} of {of} were"
        said.append(
            f"{one} beaten: another move would have brought the state more. The dearest was that of {_who(told, worst['state'])} in round "
            f"{worst['round']} ({worst['made']}): to {worst['instead']} would have brought {points(worst['regret'])} points "
            f"more on average ({_interval(worst, 'gain')})."
        )
    elif len(mine):
        said.append(
            "No other move can be told to have been better by a tenth of a point or more than one that a person made."
        )
    return [*said, turned(told)]


def turned(told: Debrief) -> str:
    """The move that turned it, or that none stands out."""
    row, outcome = told.turned, told.outcome.broke(_watched(told))
    title = alliance_in_words(told)
    if row is None:
        way = {True: "raised", False: "lowered", None: "changed"}[outcome]
        return f"No single move from a seat that people play {way} the chance that {title} fractures by so much that it can be told from luck."
    way = "raised" if row["change"] > 0 else "lowered"
    return (
        f"The move that turned it: in round {int(row['round'])} {_mover(told, row)} chose to {row['made']}. Beside "
        f"the choice to {row['other']} it {way} the share of futures in which {title} fractures from {100 * row['share_other']:.1f} % to "
        f"{100 * row['share']:.1f} %, a difference of {100 * row['change']:+.1f} percentage points ({_interval(row, 'change')})."
    )


def _who(told: Debrief, state: str) -> str:
    return told.words.state(told.words.names.states.index(state))


def _mover(told: Debrief, row: Any) -> str:
    who = _who(told, row["state"])
    return f"the engine, in the place of {who}," if row["by_engine"] else who


def _interval(row: Any, family: str) -> str:
    return f"95 % interval {signed(row[f'{family}_low'])} to {signed(row[f'{family}_high'])}"


# The other agenda.


def of_agenda(told: Debrief) -> list[str]:
    """The same worlds under the other agenda, and whether the two can be told apart."""
    other = told.about["other"]
    if other is None:
        return [
            "No scenario was found that differs from this one in the order of its stages alone; one can be named with --other."
        ]
    said = [
        f"The other agenda: {escaped(other['name'])}. Both were played in the same {told.about['runs']:,} worlds, all seats by their policies."
    ]
    for row in told.agenda.to_dict("records"):
        apart = "" if row["told_apart"] else "; these worlds cannot tell the two apart"
        said.append(
            f"{capital(row['title'])} in {100 * row['share']:.1f} % under this agenda and in {100 * row['share_other']:.1f} % under the "
            f"other: a difference of {100 * row['difference']:+.1f} percentage points (95 % interval {signed(row['low'])} to "
            f"{signed(row['high'])}){apart}."
        )
    return said


# How it was computed.


def method(told: Debrief) -> list[str]:
    """How it was computed, and its limits."""
    about = told.about
    open_game = (
        [
            "The game has not reached its end. Rounds from the open question on do not count as having happened, and payoffs are not known. "
            "Where it is played on, what was said in the open round stands and the round keeps its luck; from the next round on luck is fresh, and "
            "the states' leanings stay what they were."
        ]
        if not about["over"]
        else []
    )
    return [
        *open_game,
        f"The runs from the same start: {about['runs']:,} runs with the opening numbers of this game's world. From the first round on luck and "
        "leanings are drawn anew, and all seats are played by their policies. Shares carry Wilson's 95 % interval; bands of commitments are of "
        f"the first {about['courses']:,} of these runs.",
        f"The worlds of the scenario: worlds 0 to {about['runs'] - 1:,} of seed {about['seed']}, in which everything is drawn anew.",
        f"Each move was played on in {about['futures']:,} futures, and so was each thing that could have been said instead: to an offer yes, no and, "
        "where there is something outside, leaving; with the floor what a sincere policy would have offered, and passing. Other offers were "
        "not tried. From there on all seats are played by their policies, the states' leanings stay what they were, and luck is fresh "
        "from the next round on; what chance did in the round itself is as it was. Differences are paired: future by future the luck is the same.",
        "Regret is the mean payoff of the best other move less that of the move made, and 0 where none is better on average. It measures a move against "
        "what policies would do with it later, not against what the people at the table would have done, and it knows the others' hidden numbers, "
        "which the players did not. A move with a regret was not for that reason a mistake. What differs by less than a tenth of a point counts as no "
        "better, a judgement.",
        "Payoffs are in points, hundredths of all that is at stake for a state. Points of different states cannot be compared.",
        "All of it is conditional on the scenario's assumptions; nothing here is a forecast.",
    ]
