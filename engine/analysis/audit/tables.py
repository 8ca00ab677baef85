"""What the trials of a scenario's demands come to, as data frames."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from wedge.engine.analysis.audit.demands import IDEAL, Demand, issues_of, moment_names
from wedge.engine.analysis.audit.trials import STATE_NOTES, TIE_NOTES, Trials
from wedge.engine.analysis.estimates import t_quantile, wilson_band
from wedge.engine.scenario import Scenario

SHARES = ("signs", "red_line", "hopeless", "divides")


@dataclass(frozen=True)
class Tried:
    """Every demand as every state that can have the floor would put it, tried in so many worlds."""

    scenario: Scenario
    demands: list[Demand]
    rows: list[tuple[int, int]]  # (place of the demand, proposer)
    moments: list[int]  # rounds
    worlds: int
    sums: Trials

    @property
    def when(self) -> list[str]:
        """The names of the moments."""
        return moment_names(self.moments)

    @property
    def stages(self) -> np.ndarray:
        """The stage of every row."""
        return np.array([self.demands[place].stage for place, _ in self.rows])

    def mean(self, note: str) -> np.ndarray:
        """The mean of a note over worlds: ``[M, R, S]`` of states, ``[M, R, S, S]`` of ties."""
        if note in STATE_NOTES:
            return self.sums.states[:, :, STATE_NOTES.index(note)] / self.worlds
        return self.sums.ties[:, :, TIE_NOTES.index(note)] / self.worlds

    def reach(self, note: str) -> np.ndarray:
        """Half the width of the 95 % interval of a mean."""
        of_states = note in STATE_NOTES
        squares = self.sums.states_squared if of_states else self.sums.ties_squared
        place = STATE_NOTES.index(note) if of_states else TIE_NOTES.index(note)
        n = self.worlds
        if n < 2:
            return np.full(squares[:, :, place].shape, np.nan)
        spread = np.maximum(0.0, squares[:, :, place] / n - self.mean(note) ** 2) * n / (n - 1)
        return t_quantile(n - 1) * np.sqrt(spread / n)


def demands_table(tried: Tried) -> Any:
    """demand, stage, kind, whose, label: what was tried, in words."""
    import pandas as pd

    names = tried.scenario.names
    rows = [
        {
            "demand": place,
            "stage": names.stages[one.stage],
            "kind": one.kind,
            "whose": names.states[one.whose] if one.whose >= 0 else "",
            "label": label_of(tried, place),
            "levels": levels_of(tried, place),
        }
        for place, one in enumerate(tried.demands)
    ]
    return pd.DataFrame(rows)


def levels_of(tried: Tried, place: int) -> dict[str, float]:
    """The level of each issue of a demand, the mean over worlds where it differs among them."""
    at = next(r for r, (demand, _) in enumerate(tried.rows) if demand == place)
    names, g = tried.scenario.names, tried.demands[place].stage
    means = tried.sums.levels[0, at] / tried.worlds
    return {names.issues[k]: round(float(means[k]), 4) for k in issues_of(tried.scenario, g)}


def label_of(tried: Tried, place: int) -> str:
    """A demand in words: whose ideal it is, else its levels and what they are called."""
    names, one = tried.scenario.names, tried.demands[place]
    if one.kind == IDEAL:
        return f"what {names.state_titles[one.whose]} wants"
    parts = []
    for k in issues_of(tried.scenario, one.stage):
        said = one.levels[k]
        level = levels_of(tried, place)[names.issues[k]]
        words = names.levels[k].get(said) if said >= 0 else None
        parts.append(f"{names.issue_titles[k]} {'≈' if said < 0 else ''}{level:.3g}{f' ({words})' if words else ''}")
    return "; ".join(parts)


def signers_table(tried: Tried) -> Any:
    """A row for each stage, moment, demand, proposer and state: what it gains, holds out for, and whether it signs.

    ``signs`` is the share of worlds, with Wilson's interval; of the proposer, the share in which it would stand
    by the proposal. Means carry a t interval where they have one.
    """
    frame = _places(tried, 1)
    for note in STATE_NOTES:
        frame[note] = tried.mean(note).reshape(-1)
    reach = tried.reach("surplus").reshape(-1)
    frame["surplus_low"], frame["surplus_high"] = frame["surplus"] - reach, frame["surplus"] + reach
    frame["signs_low"], frame["signs_high"] = wilson_band(frame["signs"] * tried.worlds, tried.worlds)
    return frame


def strains_table(tried: Tried) -> Any:
    """A row for each stage, moment, demand, proposer and tie: commitment lost in a week of that, by channel.

    ``at_once`` is what a signature costs, ``weeks_left`` how long what is left above the threshold would last.
    """
    frame = _places(tried, 2)
    tie = tried.scenario.setting.tie.reshape(-1) == 1
    keep = np.tile(tie, len(tried.moments) * len(tried.rows))
    frame = frame[keep].reset_index(drop=True)
    for note in TIE_NOTES:
        frame[note] = tried.mean(note).reshape(-1)[keep]
    reach = tried.reach("strain").reshape(-1)[keep]
    frame["strain_low"], frame["strain_high"] = frame["strain"] - reach, frame["strain"] + reach
    frame["divides_low"], frame["divides_high"] = wilson_band(frame["divides"] * tried.worlds, tried.worlds)
    frame["weeks_left"] = np.where(frame["strain"] > 1e-6, frame["room"] / frame["strain"].clip(lower=1e-6), np.inf)
    return frame


def proposals_table(tried: Tried) -> Any:
    """A row for each stage, moment, demand and proposer: in how many worlds it is agreed, and who is blamed most."""
    frame = _places(tried, 0)
    agreed = tried.sums.passed.reshape(-1)
    frame["agreed"] = agreed / tried.worlds
    frame["agreed_low"], frame["agreed_high"] = wilson_band(agreed, tried.worlds)
    blame = tried.mean("blame").reshape(len(frame), -1)
    names = np.array([*tried.scenario.names.states, ""], dtype=object)
    frame["blamed"] = names[np.where(blame.max(axis=1) > 0, blame.argmax(axis=1), -1)]
    frame["blame"] = blame.max(axis=1)
    return frame


def _places(tried: Tried, of_states: int) -> Any:
    """The columns that say where: moment, demand, stage, proposer, and one or two states."""
    import pandas as pd

    names = tried.scenario.names
    states = np.array(names.states, dtype=object)
    shape = (len(tried.moments), len(tried.rows), *(len(states),) * of_states)
    m, r, *others = (part.reshape(-1) for part in np.indices(shape))
    demands = np.array([demand for demand, _ in tried.rows])
    proposers = np.array([proposer for _, proposer in tried.rows])
    columns = {
        "stage": np.array(names.stages, dtype=object)[tried.stages[r]],
        "moment": np.array(tried.when, dtype=object)[m],
        "demand": demands[r],
        "proposer": states[proposers[r]],
    }
    for name, part in zip(("state",) if of_states == 1 else ("source", "target"), others, strict=False):
        columns[name] = states[part]
    return pd.DataFrame(columns)
