"""Where a game stands among runs: how many broke earlier, ended later, or paid a seat less."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.estimates import share_of
from wedge.engine.classroom.debrief.runs import Runs

SAME, WHOLE = "same start", "whole scenario"
ONWARD = "from where it stopped"
NEVER = -1


class Outcome(NamedTuple):
    """What is known of how a game came out. Rounds count from 0."""

    over: bool
    until: int  # rounds that were played
    fractured: np.ndarray  # [A] the round in which each alliance fractured, or -1; later rounds do not count
    end: int  # the round in which the talks ended, or -1
    settled: bool
    stages: int  # stages settled
    payoff: np.ndarray  # [S] in utility units; nan while the game is not over

    def broke(self, alliances: Sequence[int]) -> bool | None:
        """Whether any of these alliances fractured; None while that is open."""
        if (self.fractured[list(alliances)] >= 0).any():
            return True
        return False if self.over else None


def outcome_of(run: Any, over: bool, until: int) -> Outcome:
    """The outcome of a game, from its run, of which the first ``until`` rounds count."""
    from wedge.engine.classroom.debrief.runs import in_arrays

    ends = in_arrays(run.world)
    fractured = np.where(ends.fractured[0] < until, ends.fractured[0], NEVER)
    end = int(ends.end[0]) if ends.end[0] < until else NEVER
    payoff = ends.payoff[0] if over else np.full(ends.payoff.shape[1], np.nan)
    return Outcome(over, until, fractured, end, bool(over and ends.settled[0]), int(ends.stages[0]), payoff)


def places_of(scenario: Any, outcome: Outcome, seats: Sequence[str], beside: dict[str, Runs]) -> Any:
    """A data frame: observable, title, runs (which), value, n, below, equal, above, never.

    ``below``, ``equal`` and ``above`` are how many of the ``n`` runs have a smaller, the same, or a larger
    value; of rounds, which count from 1, what never came counts as above, and ``never`` says how many those are. Payoffs are in
    utility units. What is not known of a game that goes on is left out.
    """
    import pandas as pd

    rows = [row | {"runs": which} for which, runs in beside.items() for row in _rows(scenario, outcome, seats, runs)]
    columns = ["observable", "title", "runs", "value", "n", "below", "equal", "above", "never"]
    return pd.DataFrame(rows, columns=columns)


def _rows(scenario: Any, outcome: Outcome, seats: Sequence[str], runs: Runs) -> Iterator[dict[str, Any]]:
    names = scenario.names
    for a, (alliance, title) in enumerate(zip(names.alliances, names.alliance_titles, strict=True)):
        broke = int(outcome.fractured[a])
        if broke >= 0 or outcome.over:
            yield _round_row(f"alliances.{alliance}.fracture_round", f"{title} fractures", broke, runs.fractured[:, a])
    if outcome.end >= 0 or outcome.over:
        yield _round_row("talks.end_round", "the talks end", outcome.end, runs.end)
    if not outcome.over:
        return
    yield _row("talks.stages_settled", "stages settled", outcome.stages, runs.stages) | {"never": 0}
    for seat in seats:
        i = names.states.index(seat)
        title = f"{names.state_titles[i]}: payoff"
        yield _row(f"states.{seat}.payoff", title, float(outcome.payoff[i]), runs.payoff[:, i]) | {"never": 0}


def _round_row(observable: str, title: str, value: int, rounds: np.ndarray) -> dict[str, Any]:
    """Of a round; what never came lies after every round."""
    late = int(rounds.max(initial=0)) + value + 2
    row = _row(observable, title, value if value >= 0 else late, np.where(rounds < 0, late, rounds))
    return row | {"value": float(value + 1) if value >= 0 else np.nan, "never": int((rounds < 0).sum())}


def _row(observable: str, title: str, value: float, values: np.ndarray) -> dict[str, Any]:
    counts = {
        "below": int((values < value).sum()),
        "equal": int((values == value).sum()),
        "above": int((values > value).sum()),
    }
    return {"observable": observable, "title": title, "value": float(value), "n": len(values)} | counts


def shares_of(scenario: Any, alliances: Sequence[int], beside: dict[str, Runs]) -> Any:
    """How often it happens in the runs: a data frame of observable, title, runs, count, n, share, low, high (Wilson, 95 %)."""
    import pandas as pd

    names, rows = scenario.names, []
    for which, runs in beside.items():
        found = {("fracture", "the alliance the predictions are about fractures"): runs.broke(alliances)}
        for a, (alliance, title) in enumerate(zip(names.alliances, names.alliance_titles, strict=True)):
            found[f"alliances.{alliance}.fractured", f"{title} fractures"] = runs.broke([a])
        found["talks.settled", "everything is settled"] = runs.settled
        for (observable, title), happened in found.items():
            share = share_of(int(happened.sum()), len(happened))
            rows.append({"observable": observable, "title": title, "runs": which} | share.as_row())
    return pd.DataFrame(rows)


def incidence_of(scenario: Any, outcome: Outcome, runs: Runs, rounds: int) -> Any:
    """By when alliances had fractured: a data frame of alliance, round, count, n, share, low, high; and game (0 or 1)."""
    import pandas as pd

    rows = []
    for a, alliance in enumerate(scenario.names.alliances):
        broke, mine = runs.fractured[:, a], int(outcome.fractured[a])
        for n in range(rounds):
            share = share_of(int(((broke >= 0) & (broke <= n)).sum()), len(broke))
            rows.append({"alliance": alliance, "round": n + 1} | share.as_row() | {"game": int(0 <= mine <= n)})
    return pd.DataFrame(rows)
