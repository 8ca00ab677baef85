"""What each move cost: the rest of the game played on, in the same futures, with that move and with others in its place.

From the move on all seats are played by their policies. The round itself keeps its luck; from the next round on
luck is fresh, and the leanings of states stay what they were. Future b has the same luck whatever was said,
so differences are paired. All differences are put to Holm's procedure, payoffs and fractures apart.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.multiplicity import holm
from wedge.engine.analysis.paired import paired_means, paired_shares, paired_table
from wedge.engine.classroom.debrief.options import Option, in_words, options_for, own_patience, with_it
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import TO_ANSWER, Question
from wedge.engine.experiment.progress import Progress
from wedge.engine.model.world import ALLIANCE_FRACTURED, PAYOFF
from wedge.engine.scenario.problems import escaped
from wedge.engine.simulation.forcing import FRESH_LUCK, Forced
from wedge.engine.simulation.variants import Past, play_variants

SURE = 0.05  # an adjusted p value below it tells two moves apart
WORTH_SAYING = 0.001  # utility: a tenth of a point; what differs by less counts as no better (a judgement)
BETTER, BEST, OPEN, NONE = "another was better", "none was better", "cannot be told apart", "nothing to compare"
CLOSE = "another was better by less than 0.1 points"

OPTIONS = [
    "move", "round", "state", "option", "made", "n", "payoff", "count", "share", "low_share", "high_share",
    "gain", "gain_low", "gain_high", "gain_p", "gain_p_holm", "gain_told_apart",
    "change", "change_low", "change_high", "change_p", "change_p_holm", "change_told_apart",
]  # fmt: skip
MOVES = [
    "move", "round", "state", "by_engine", "kind", "made", "instead", "payoff", "payoff_instead", "regret", "gain", "gain_low", "gain_high",
    "gain_p_holm", "verdict", "share", "other", "share_other", "change", "change_low", "change_high", "change_p_holm", "change_told_apart",
]  # fmt: skip


class Regrets(NamedTuple):
    """Two data frames: a row a move, and a row for each thing that could have been said. Payoffs are in utility units."""

    moves: Any
    options: Any


class Played(NamedTuple):
    """What came of each option of one move, future by future."""

    options: list[Option]
    question: Question
    payoff: np.ndarray  # [options, futures] of the state that moved
    broke: np.ndarray  # [options, futures] whether an alliance fractured


def regrets_of(game: Game, past: Past, alliances: Sequence[int], futures: int, progress: Progress) -> Regrets:
    """Every move of a game beside what could have been said instead; ``past`` is the game as it was played."""
    answered = game.answered
    progress.note(
        f"playing {futures:,} futures of each of {len(answered):,} moves and of what could have been said instead"
    )
    progress.start("moves", len(answered), 0)
    played = []
    try:
        for move, question, rows in answered:
            options = options_for(past, move, question, rows)
            played.append(_play(game, past, options, question, alliances, futures))
            progress.add(1)
    finally:
        progress.close()
    return _tables(game.scenario, played)


def _play(
    game: Game, past: Past, options: list[Option], question: Question, alliances: Sequence[int], futures: int
) -> Played:
    n, who = question.table.round, past.scenario.names.states.index(question.state)
    stays = past._replace(moves=with_it(past, options[0], question))
    patient = own_patience(past, game.seats, n + 1)
    variants: list[tuple[Forced, ...]] = []
    for option in options:
        for future in range(1, futures + 1):
            later = (Forced(n + 1, FRESH_LUCK, value=float(future)), *patient) if n + 1 < past.rounds else ()
            variants.append((*option.rows, *later))
    ends = play_variants(stays, variants).w
    shape = len(options), futures
    broke = (ends.alliance[ALLIANCE_FRACTURED][list(alliances)] >= 0).any(axis=0)
    return Played(options, question, ends.state[PAYOFF, who].reshape(shape).copy(), broke.reshape(shape))


def _tables(scenario: Any, played: Sequence[Played]) -> Regrets:
    import pandas as pd

    names = scenario.names
    titles = {
        name: escaped(title)
        for some, called in ((names.issues, names.issue_titles), (names.states, names.state_titles))
        for name, title in zip(some, called, strict=True)
    }
    rows = [row for place, one in enumerate(played) for row in _option_rows(place, one, titles)]
    others = [row for row in rows if not row["made"]]
    for family in ("gain", "change"):
        for row, p in zip(others, holm([row[f"{family}_p"] for row in others]), strict=True):
            apart = p < SURE and (row[f"{family}_low"] > 0 or row[f"{family}_high"] < 0)
            row |= {f"{family}_p_holm": p, f"{family}_told_apart": bool(apart)}
    moves = [
        _move_row(place, one, [row for row in rows if row["move"] == place + 1]) for place, one in enumerate(played)
    ]
    return Regrets(pd.DataFrame(moves, columns=MOVES), pd.DataFrame(rows, columns=OPTIONS))


def _option_rows(place: int, one: Played, titles: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    for option, payoff, broke in zip(one.options, one.payoff, one.broke, strict=True):
        share = share_of(int(broke.sum()), len(broke))
        row: dict[str, Any] = {
            "move": place + 1,
            "round": one.question.table.round + 1,
            "state": one.question.state,
            "option": in_words(option, titles),
            "made": option.made,
            "n": len(payoff),
            "payoff": float(payoff.mean()),
            "count": share.count,
            "share": share.share,
            "low_share": share.low,
            "high_share": share.high,
        }
        if not option.made:
            _, gain = paired_means(payoff, one.payoff[0])
            change = paired_shares(paired_table(one.broke[0], broke))
            for family, found in (("gain", gain), ("change", change)):
                row |= {
                    family: found.difference,
                    f"{family}_low": found.low,
                    f"{family}_high": found.high,
                    f"{family}_p": found.p,
                }
        rows.append(row)
    return rows


def _move_row(place: int, one: Played, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A move beside the best of what else could be said, and beside what changes the chance of fracture most."""
    mine, others = rows[0], rows[1:]
    row = {
        "move": place + 1,
        "round": mine["round"],
        "state": mine["state"],
        "by_engine": one.options[0].move.stood_in,
        "kind": "answer" if one.question.kind == TO_ANSWER else "floor",
        "made": mine["option"],
        "payoff": mine["payoff"],
        "share": mine["share"],
        "verdict": NONE,
        "regret": 0.0,
    }
    if not others:
        return row
    best = max(others, key=lambda other: other["payoff"])
    turning = max(others, key=lambda other: abs(other["change"]))
    better = [other["gain"] for other in others if other["gain_told_apart"] and other["gain"] > 0]
    verdict = OPEN
    if better:
        verdict = BETTER if max(better) >= WORTH_SAYING else CLOSE
    elif all(other["gain_told_apart"] for other in others):
        verdict = BEST
    row |= {name: best[name] for name in ("gain", "gain_low", "gain_high", "gain_p_holm")}
    row |= {
        name: turning[name] for name in ("change", "change_low", "change_high", "change_p_holm", "change_told_apart")
    }
    return row | {
        "instead": best["option"],
        "payoff_instead": best["payoff"],
        "regret": max(0.0, best["gain"]),
        "other": turning["option"],
        "share_other": turning["share"],
        "verdict": verdict,
    }


def turning_point(moves: Any, broke: bool | None) -> dict[str, Any] | None:
    """The move that changed the chance of fracture most, of those that stand after Holm; None where none does.

    Of a game in which the alliance fractured, those that raised the chance; of one in which it held, those that lowered it.
    """
    some = moves[moves["change_told_apart"].eq(True)]
    if broke is not None:
        some = some[some["change"] > 0] if broke else some[some["change"] < 0]
    if not len(some):
        return None
    found: dict[str, Any] = some.loc[some["change"].abs().idxmax()].to_dict()
    return found
