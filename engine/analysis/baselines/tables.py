"""What simple models say of the levels and the sides, beside how the agent model ended in the same worlds."""

from typing import Any

import numpy as np

from wedge.engine.analysis.baselines.averages import means, medians
from wedge.engine.analysis.baselines.nash import nash
from wedge.engine.analysis.baselines.opening import opening_numbers
from wedge.engine.analysis.baselines.sides import sides
from wedge.engine.analysis.estimates import mean_of, share_of
from wedge.engine.analysis.paired import paired_shares, paired_table
from wedge.engine.analysis.sentences import tie_title
from wedge.engine.experiment.results import Experiment

MOST = 2_000  # worlds in which levels and sides are computed: the first that are stored
MOST_NASH = 200  # the same for the Nash solution, which is searched for in each
MODELS = {"weighted_mean": "weighted mean", "weighted_median": "weighted median", "nash": "Nash solution"}


def computed(scenario: Any, experiment: Experiment) -> tuple[Any, Any]:
    """The tables of levels and of sides over the first worlds of an experiment."""
    worlds = experiment.worlds[:MOST]
    x = opening_numbers(scenario, experiment.seed, worlds)
    return levels_table(scenario, experiment, x, worlds), sides_table(scenario, experiment, x, worlds)


def levels_table(scenario: Any, experiment: Experiment, x: Any, worlds: Any) -> Any:
    """A row for each issue on the agenda and model.

    Columns: issue, title, model, model_title, n (worlds in which the model names a level), of (worlds it was asked
    in), lower, median, upper (quartiles of that level); settled (worlds of those n in which the agent model settled the issue),
    agent_median (its level there); distance, distance_low, distance_high (mean of how far the two are apart there); further,
    further_low, further_high (mean of the agent model's level less the other's there); at_end (mean distance in all n
    worlds, an issue that was never settled counting where it was left). Levels run from 0 to 1.
    """
    import pandas as pd

    s, names = scenario.setting, scenario.names
    asked = min(len(worlds), MOST_NASH)
    said = {"weighted_mean": means(s, x), "weighted_median": medians(s, x), "nash": nash(s, x, asked)}
    ends = experiment.ask("SELECT world, issue, settled, level FROM issues WHERE world <= ?", (int(worlds[-1]),))
    rows = []
    for k in np.flatnonzero(s.stage_of >= 0):
        of_issue = ends[ends["issue"] == names.issues[k]].set_index("world").loc[worlds]
        level, settled = of_issue["level"].to_numpy(float), of_issue["settled"].to_numpy(bool)
        for model, title in MODELS.items():
            row = {"issue": names.issues[k], "title": names.issue_titles[k], "model": model, "model_title": title}
            predicted = said[model][k]
            rows.append(row | _beside(predicted, level[: len(predicted)], settled[: len(predicted)]))
    return pd.DataFrame(rows)


def _beside(predicted: Any, level: Any, settled: Any) -> dict[str, Any]:
    """One issue and model: the level said, and how far the agent model's is from it, world by world."""
    said, there = mean_of(predicted), settled & ~np.isnan(predicted)
    gap = (level - predicted)[there]
    apart, further = mean_of(np.abs(gap)), mean_of(gap)
    lower, median, upper = said.quartiles
    return {
        "n": said.n, "of": len(predicted), "lower": lower, "median": median, "upper": upper,
        "settled": int(there.sum()), "agent_median": mean_of(level[there]).quartiles[1],
        "distance": apart.mean, "distance_low": np.clip(apart.low, 0, 1), "distance_high": np.clip(apart.high, 0, 1),
        "further": further.mean, "further_low": further.low, "further_high": further.high,
        "at_end": mean_of(np.abs(level - predicted)).mean,
    }  # fmt: skip


def sides_table(scenario: Any, experiment: Experiment, x: Any, worlds: Any) -> Any:
    """A row for each tie: in how many worlds its two ends are on opposite sides, and in how many the tie fractured.

    Columns: source, target, title, n; opposite, opposite_low, opposite_high; fractured, fractured_low, fractured_high;
    both, only_opposite, only_fractured, neither (worlds); difference, low, high (opposite less fractured, paired).
    """
    import pandas as pd

    found, names = sides(scenario.setting, x), scenario.names
    if found is None:
        return pd.DataFrame()
    rows = []
    broke = experiment.ask("SELECT world, source, target, fractured FROM ties WHERE world <= ?", (int(worlds[-1]),))
    for source, target in experiment.names.ties:
        of_tie = broke[(broke["source"] == source) & (broke["target"] == target)].set_index("world").loc[worlds]
        fractured = of_tie["fractured"].to_numpy(bool)
        i, j = names.states.index(source), names.states.index(target)
        opposite = found[i] != found[j]
        apart, cut = (share_of(int(column.sum()), len(worlds)) for column in (opposite, fractured))
        cells = paired_table(opposite, fractured)
        gap = paired_shares(cells)
        rows.append({
            "source": source, "target": target, "title": tie_title(experiment, source, target), "n": len(worlds),
            "opposite": apart.share, "opposite_low": apart.low, "opposite_high": apart.high,
            "fractured": cut.share, "fractured_low": cut.low, "fractured_high": cut.high,
            "both": cells.both, "only_opposite": cells.only_a, "only_fractured": cells.only_b, "neither": cells.neither,
            "difference": gap.difference, "low": gap.low, "high": gap.high,
        })  # fmt: skip
    return pd.DataFrame(rows)
