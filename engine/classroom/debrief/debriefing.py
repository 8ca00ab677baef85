"""The debrief of a game: everything worked out, as tables and plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wedge.engine.analysis.comparison import records
from wedge.engine.analysis.smallest import fractured, smallest_cause
from wedge.engine.classroom.debrief import agenda, places
from wedge.engine.classroom.debrief.judging import grades_of, judged
from wedge.engine.classroom.debrief.places import ONWARD, SAME, WHOLE, Outcome
from wedge.engine.classroom.debrief.predictions import Prediction
from wedge.engine.classroom.debrief.regret import regrets_of, turning_point
from wedge.engine.classroom.debrief.runs import (
    COURSES,
    Runs,
    as_a_whole,
    courses_of,
    from_the_start,
    from_where_it_stopped,
    worth_compiling,
)
from wedge.engine.classroom.debrief.telling import Story, story_of
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import GameError
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.model.numbers import BREAKS_BELOW
from wedge.engine.model.provenance import rules_hash
from wedge.engine.model.world import COMMITMENT_NOW
from wedge.engine.report.causing import Told, cause_as_data, told_cause
from wedge.engine.report.wording import Wording
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.simulation.variants import Past, play_past

BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
STRIP = 40  # dots in a strip of payoffs: each stands for the same share of the runs


@dataclass(frozen=True)
class Debrief:
    """What a game came to, beside runs played by policies.

    Tables are data frames; rounds count from 1, as people count them, payoffs are in utility units, intervals hold 95 %.
    """

    about: dict[str, Any]  # scenario, seed, world, seats, moves, over, rounds (that were played), runs, futures, …
    outcome: Outcome  # what is known of how the game came out
    predictions: Any  # name, state, chance, happened (1, 0 or missing), brier, share, low, high, away (chance less share), nearest
    shares: Any  # observable, title, runs (SAME, WHOLE, and ONWARD of a game that stopped before its end), count, n, share, low, high
    places: Any  # observable, title, runs, value, n, below, equal, above, never: see ``places_of``
    incidence: (
        Any  # alliance, round, count, n, share, low, high, game (1 from its fracture on): runs from the same start
    )
    cloud: Any  # source, target, round (0 is the opening), q05, q25, q50, q75, q95, breaks_below, game
    payoffs: Any  # state, dot, payoff: quantiles of the runs from the same start; and value, the game's own
    moves: Any  # a row a move from a seat that people play: see ``regret.MOVES``
    options: Any  # a row for each thing that could have been said: see ``regret.OPTIONS``
    turned: dict[str, Any] | None  # the row of ``moves`` that changed the chance of fracture most, if any stands
    causes: list[Told]  # what broke each alliance that fractured, in words
    causes_as_data: list[dict[str, Any]]  # the same as plain values; rounds count from 0 there, as everywhere in causes
    agenda: Any  # share and share_other of fracture and settlement, their difference; empty without another agenda
    story: Story  # the told run
    grades: (
        Any  # a row a student and seat: name, state, prediction, brier, payoff, place, moves, total and largest regret
    )
    words: Wording

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        frames = (
            "predictions", "shares", "places", "incidence", "cloud", "payoffs", "moves", "options", "agenda", "grades",
        )  # fmt: skip
        tables = {name: records(getattr(self, name)) for name in frames}
        turned = None if self.turned is None else int(self.turned["move"])
        told = {"turned": turned, "causes": self.causes_as_data, "story": self.story._asdict()}
        return {"about": self.about} | tables | told


def debrief(
    game: Game,
    predictions: Sequence[Prediction] = (),
    runs: int = 10_000,
    futures: int = 200,
    other: Any = None,
    *,
    alliance: str = "",
    workers: int = 1,
    compiled: bool | None = None,
    progress: Progress | None = None,
) -> Debrief:
    """Hold a game against runs of its scenario, and each move against what could have been said instead.

    ``predictions`` are about ``alliance``, or about any fracture if none is named. ``other`` is a scenario with another
    agenda; where none is given, one that differs in the order of its stages alone is looked for. Results do not
    depend on ``workers`` or ``compiled``. Raises GameError for a game that cannot be played or an unknown alliance.
    """
    scenario, progress = game.scenario, progress or Silent()
    watched = _watched(scenario, alliance)
    waiting = game.waiting()
    rounds = int(scenario.setting.rounds)
    outcome = places.outcome_of(game.so_far(), not waiting, waiting[0].table.round if waiting else rounds)
    quick = worth_compiling(runs * rounds) if compiled is None else compiled
    past, opening = (play_past(scenario, game.seed, game.world, forced, not quick) for forced in (game.forced, ()))
    same = from_the_start(opening, runs, workers, progress)
    driver: Any = "auto" if compiled is None else ("batch" if compiled else "traced")
    whole = as_a_whole(scenario, game.seed, runs, driver, workers, progress)
    beside = {SAME: same, WHOLE: whole}
    onward = (
        {}
        if outcome.over
        else {ONWARD: from_where_it_stopped(past, outcome.until, game.seats, runs, workers, progress)}
    )
    regrets = regrets_of(game, past, watched, futures, progress)
    causes = _causes(past, outcome, progress)
    other = other if other is not None else agenda.other_order(scenario)
    theirs = as_a_whole(other, game.seed, runs, driver, workers, progress) if other is not None else None
    shares = places.shares_of(scenario, watched, beside | onward)
    told = judged(predictions, outcome.broke(watched), shares)
    words = Wording(scenario)
    return Debrief(
        about=_about(game, outcome, runs, futures, alliance, other),
        outcome=outcome,
        predictions=told,
        shares=shares,
        places=places.places_of(scenario, outcome, game.seats, beside),
        incidence=places.incidence_of(scenario, outcome, same, rounds),
        cloud=_cloud(past, opening, outcome, min(runs, COURSES)),
        payoffs=_payoffs(game, outcome, same),
        moves=regrets.moves,
        options=regrets.options,
        turned=turning_point(regrets.moves, outcome.broke(watched)),
        causes=[told_cause(past, cause, words) for cause in causes],
        causes_as_data=[cause_as_data(past, cause) for cause in causes],
        agenda=_agenda(whole, theirs),
        story=story_of(game, outcome),
        grades=grades_of(game, told, regrets.moves, outcome, same),
        words=words,
    )


def _watched(scenario: Any, alliance: str) -> list[int]:
    names = scenario.names.alliances
    if alliance and alliance not in names:
        raise GameError(f"there is no alliance {shown(alliance)}", meant(alliance, names))
    return [names.index(alliance)] if alliance else list(range(len(names)))


def _causes(past: Past, outcome: Outcome, progress: Progress) -> list[Any]:
    """The smallest cause of each fracture of the game, those in rounds that were not played left out."""
    broke = [a for a in fractured(past) if outcome.fractured[a] >= 0]
    if broke:
        progress.note("taking out every move and event in turn")
    return [smallest_cause(past, a) for a in broke]


def _agenda(mine: Runs, theirs: Runs | None) -> Any:
    import pandas as pd

    return agenda.compared(mine, theirs) if theirs is not None else pd.DataFrame()


def _about(game: Game, outcome: Outcome, runs: int, futures: int, alliance: str, other: Any) -> dict[str, Any]:
    from wedge import __version__

    scenario = game.scenario
    return {
        "scenario": scenario.called,
        "name": scenario.name,
        "sha256": scenario.sha256,
        "changes": [list(change) for change in scenario.changes],
        "rules": rules_hash(),
        "version": __version__,
        "seed": game.seed,
        "world": game.world,
        "seats": list(game.seats),
        "moves": len(game.moves),
        "over": outcome.over,
        "rounds": outcome.until,
        "alliance": alliance,
        "runs": runs,
        "futures": futures,
        "courses": min(runs, COURSES),
        "other": None if other is None else {"scenario": other.called, "name": other.name, "sha256": other.sha256},
    }


def _cloud(past: Past, opening: Past, outcome: Outcome, count: int) -> Any:
    """Commitments round by round: quantiles over runs from the same start, and the game's own."""
    import pandas as pd

    names = past.scenario.names.states
    ties = [(int(i), int(j)) for i, j in np.argwhere(past.scenario.setting.tie == 1)]
    quantiles = np.quantile(courses_of(opening, ties, count), BANDS, axis=0) if ties else np.empty((5, 0, 0))
    frames = []
    for place, (i, j) in enumerate(ties):
        rounds = np.arange(past.rounds + 1)
        mine = np.where(rounds <= outcome.until, past.w.tie[COMMITMENT_NOW, i, j], np.nan)
        columns = {"source": names[i], "target": names[j], "round": rounds}
        columns |= {f"q{100 * q:02.0f}": quantiles[row, :, place] for row, q in enumerate(BANDS)}
        columns |= {"breaks_below": float(opening.x.tie[BREAKS_BELOW, i, j, 0]), "game": mine}
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _payoffs(game: Game, outcome: Outcome, same: Runs) -> Any:
    import pandas as pd

    at = (np.arange(STRIP) + 0.5) / STRIP
    frames = []
    for seat in game.seats:
        i = game.scenario.names.states.index(seat)
        dots = np.quantile(same.payoff[:, i], at)
        columns = {"state": seat, "dot": np.arange(STRIP), "payoff": dots, "value": float(outcome.payoff[i])}
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True)
