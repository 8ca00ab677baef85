"""Predictions beside what happened and beside the runs, and the table for grading.

The Brier score of a prediction is the square of its distance from what happened, 0 or 1 (Brier 1950, Monthly
Weather Review 78:1-3). One game does not prove a probability wrong: who said 10 % may be right although it happened.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from wedge.engine.classroom.debrief.places import SAME, Outcome
from wedge.engine.classroom.debrief.predictions import Prediction
from wedge.engine.classroom.debrief.runs import Runs
from wedge.engine.classroom.game import Game

PREDICTIONS = ["name", "state", "chance", "happened", "brier", "share", "low", "high", "away", "nearest"]
GRADES = [
    "name", "state", "prediction", "happened", "brier", "payoff", "runs_below", "runs_equal", "runs", "moves", "moves_by_engine",
    "total_regret", "largest_regret", "moves_beaten",
]  # fmt: skip
COUNTS = ("runs_below", "runs_equal", "runs", "moves", "moves_by_engine", "moves_beaten")


def judged(predictions: Sequence[Prediction], happened: bool | None, shares: Any) -> Any:
    """Each prediction with its Brier score and its distance from the share among runs from the same start."""
    import pandas as pd

    known = shares[(shares["observable"] == "fracture") & (shares["runs"] == SAME)].iloc[0]
    rows = []
    for said in predictions:
        rows.append(
            {
                "name": said.name, "state": said.state, "chance": said.chance,
                "happened": math.nan if happened is None else float(happened),
                "brier": math.nan if happened is None else (said.chance - float(happened)) ** 2,
                "share": known["share"], "low": known["low"], "high": known["high"],
                "away": said.chance - known["share"],
            }
        )  # fmt: skip
    least = min((abs(row["away"]) for row in rows if not math.isnan(row["away"])), default=math.nan)
    for row in rows:
        row["nearest"] = bool(abs(row["away"]) == least)
    return pd.DataFrame(rows, columns=PREDICTIONS)


def grades_of(game: Game, predictions: Any, moves: Any, outcome: Outcome, same: Runs) -> Any:
    """A row a student and seat; a seat without a student has a row without a name.

    moves and regrets are those of people: what the engine said in a seat's place is counted in ``moves_by_engine`` alone.
    payoff is in utility units, ``runs_below`` and ``runs_equal`` are how many of the ``runs`` paid the seat
    less or the same; regrets are in utility units, their total is no sum that could have been gained (each is worked out
    as if only that move were changed), and ``moves_beaten`` counts moves than which another was better after Holm.
    """
    import pandas as pd

    rows = [
        {
            "name": said.name,
            "state": said.state,
            "prediction": said.chance,
            "happened": said.happened,
            "brier": said.brier,
        }
        for said in predictions.itertuples(index=False)
    ]
    taken = {row["state"] for row in rows}
    rows += [{"name": "", "state": seat} for seat in game.seats if seat not in taken]
    found = pd.DataFrame([row | _of_seat(row["state"], game, moves, outcome, same) for row in rows], columns=GRADES)
    return found.astype(dict.fromkeys(COUNTS, "Int64"))


def _of_seat(state: str, game: Game, moves: Any, outcome: Outcome, same: Runs) -> dict[str, Any]:
    from wedge.engine.classroom.debrief.regret import BETTER

    if state not in game.seats:
        return {}
    i = game.scenario.names.states.index(state)
    payoff, all_its = outcome.payoff[i], moves[moves["state"] == state]
    mine = all_its[~all_its["by_engine"].astype(bool)]
    found: dict[str, Any] = {
        "moves": len(mine),
        "moves_by_engine": len(all_its) - len(mine),
        "total_regret": float(mine["regret"].sum()),
        "largest_regret": float(mine["regret"].max()) if len(mine) else math.nan,
        "moves_beaten": int((mine["verdict"] == BETTER).sum()),
    }
    if np.isnan(payoff):
        return found
    of_runs = same.payoff[:, i]
    return found | {
        "payoff": float(payoff),
        "runs_below": int((of_runs < payoff).sum()),
        "runs_equal": int((of_runs == payoff).sum()),
        "runs": len(of_runs),
    }
