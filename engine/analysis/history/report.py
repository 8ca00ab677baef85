"""The benchmark as a whole: played, scored, and told as plain records or as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.history.codings import AGREED, READINGS, Codings, read_codings
from wedge.engine.analysis.history.facts import Facts, read_facts
from wedge.engine.analysis.history.playing import Counts, play_episodes
from wedge.engine.analysis.history.scoring import (
    BASE,
    FORECASTERS,
    MIXED,
    MODEL,
    NULL,
    Against,
    Cell,
    Score,
    against,
    cells_of,
    scores_of,
)
from wedge.engine.experiment.progress import Progress
from wedge.engine.simulation.many import Driver

COMPARISON_COLUMNS = ("log score of", "over", "difference", "95 % interval", "better in", "by chance")
OBSERVABLE_COLUMNS = ("log score of", "cells", *FORECASTERS)
COMPARED = ((MODEL, BASE), (MODEL, NULL), (MIXED, BASE))
WARNING = (
    "Eight episodes that were chosen because they are notorious cannot tell a middling model from a good one; "
    "codings, facts and protocol are by one team, and no rate here is a base rate of anything."
)


class History(NamedTuple):
    """What the benchmark came to."""

    worlds: int
    seed: int
    episodes: Mapping[str, Facts]
    apart: Sequence[str]  # episodes that were in sight while the model was made
    codings: Codings
    counts: Mapping[str, Counts]
    cells: Mapping[str, Mapping[str, Sequence[Cell]]]  # by reading of the codings, and by episode

    def headline(self, reading: str = AGREED) -> list[Cell]:
        """The cells that count: those of the episodes that were not in sight."""
        return [cell for episode, some in self.cells[reading].items() if episode not in self.apart for cell in some]

    def shown_apart(self, reading: str = AGREED) -> list[Cell]:
        """The cells of the episodes that were in sight."""
        return [cell for episode in self.apart for cell in self.cells[reading][episode]]

    def scores(self, reading: str = AGREED) -> list[Score]:
        """The headline scores of all forecasters."""
        return scores_of(self.headline(reading))

    def comparisons(self, reading: str = AGREED) -> list[Against]:
        """The model against its rivals, over the headline episodes."""
        return [against(self.headline(reading), one, other) for one, other in COMPARED]

    def by_observable(self, reading: str = AGREED) -> dict[str, list[Score]]:
        """The headline scores of all forecasters, observable by observable."""
        cells = self.headline(reading)
        names = dict.fromkeys(cell.observable for cell in cells)
        return {name: scores_of([cell for cell in cells if cell.observable == name]) for name in names}

    def weight(self) -> tuple[float, float]:
        """The least and the largest weight that the mixture gave the model when an episode was left out."""
        weights = [cell.weight for cell in self.headline()]
        return min(weights), max(weights)

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        low, high = self.weight()
        return {
            "worlds": self.worlds,
            "seed": self.seed,
            "warning": WARNING,
            "scores": {
                **{reading: [score._asdict() for score in self.scores(reading)] for reading in READINGS},
                "shown_apart": [score._asdict() for score in scores_of(self.shown_apart())],
                "by_observable": {
                    name: [score._asdict() for score in scores] for name, scores in self.by_observable().items()
                },
            },
            "comparisons": {reading: [one._asdict() for one in self.comparisons(reading)] for reading in READINGS},
            "weight_of_the_model": {"least": low, "largest": high},
            "cells": records_of(self),
        }


def history(worlds: int = 400, seed: int = 7, driver: Driver = "auto", progress: Progress | None = None) -> History:
    """Play all episodes by the protocol and score what comes out. The same seed gives the same scores.

    Raises ExperimentError where the coded facts are wrong.
    """
    return scored(play_episodes(read_facts(), worlds, seed, driver, progress), worlds, seed)


def scored(counts: Mapping[str, Counts], worlds: int, seed: int) -> History:
    """The benchmark from what was counted in so many worlds of a seed, without playing again.

    Raises ExperimentError where the coded facts are wrong.
    """
    episodes, codings = read_facts(), read_codings()
    apart = [episode for episode, facts in episodes.items() if facts["in_sight"] == "yes"]
    fitted_to = [episode for episode in episodes if episode not in apart]
    cells = {reading: cells_of(codings, counts, fitted_to, reading) for reading in READINGS}
    return History(worlds, seed, episodes, apart, codings, counts, cells)


def records_of(found: History) -> list[dict[str, Any]]:
    """A record for every observable of every episode: both codings, counts, and all forecasts.

    Forecasts are None where the codings do not agree or say that it could not happen.
    """
    forecasts = {(cell.episode, cell.observable): cell for some in found.cells[AGREED].values() for cell in some}
    records = []
    for episode, counts in found.counts.items():
        for observable, coded in found.codings[episode].items():
            cell = forecasts.get((episode, observable))
            records.append(
                {
                    "episode": episode,
                    "observable": observable,
                    "headline": episode not in found.apart and cell is not None,
                    "first": coded.first,
                    "second": coded.second,
                    "model_count": counts.model[observable],
                    "null_count": counts.null[observable],
                    **{name.replace(" ", "_"): cell.chances[name] if cell else None for name in FORECASTERS},
                }
            )
    return records


def markdown_of(found: History) -> str:
    """The tables of the benchmark in Markdown: scores, comparisons, and a row for each episode."""
    titles = {AGREED: "both codings agree", "first": "first coding", "second": "second coding"}
    scores = [
        (titles[reading], score.forecaster, str(score.cells), f"{score.log:.3f}", f"{score.brier:.3f}")
        for reading in READINGS
        for score in found.scores(reading)
    ]
    scores += [
        ("shown apart", score.forecaster, str(score.cells), f"{score.log:.3f}", f"{score.brier:.3f}")
        for score in scores_of(found.shown_apart())
    ]
    parts = [
        _table(("cells", "forecaster", "n", "log score", "Brier score"), scores),
        _table(COMPARISON_COLUMNS, comparison_rows(found)),
        _table(OBSERVABLE_COLUMNS, observable_rows(found)),
        _table(episode_columns(found), episode_rows(found)),
    ]
    return "\n".join(parts)


def comparison_rows(found: History, reading: str = AGREED) -> list[tuple[str, ...]]:
    """The model against its rivals, in words."""
    return [
        (
            one.forecaster,
            one.other,
            f"{one.difference:+.3f}",
            f"{one.low:+.3f} to {one.high:+.3f}",
            f"{one.better_in} of {one.episodes}",
            f"{one.chance:.2f}",
        )
        for one in found.comparisons(reading)
    ]


def observable_rows(found: History) -> list[tuple[str, ...]]:
    """The headline log scores of all forecasters, a row for each observable."""
    return [
        (_said(name), str(scores[0].cells), *(f"{score.log:.3f}" for score in scores))
        for name, scores in found.by_observable().items()
    ]


def episode_columns(found: History) -> tuple[str, ...]:
    """The columns of ``episode_rows``."""
    return ("episode", *(_said(name) for name in next(iter(found.codings.values()))))


def episode_rows(found: History) -> list[tuple[str, ...]]:
    """For each episode the model's share of each observable, and what the two codings say.

    Such as ``0.42 (1)``; ``(0/1)`` where the codings part, ``(-)`` where it could not happen.
    """
    rows = []
    for episode, counts in found.counts.items():
        name = f"{episode} (in sight)" if episode in found.apart else episode
        cells = []
        for observable, coded in found.codings[episode].items():
            said = [("-" if value is None else str(value)) for value in coded]
            happened = said[0] if said[0] == said[1] else "/".join(said)
            cells.append(f"{counts.model[observable] / counts.worlds:.2f} ({happened})")
        rows.append((name, *cells))
    return rows


def _said(observable: str) -> str:
    return observable.replace("_", " ")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
