"""The cheapest models: where an issue would come to if positions were averaged.

The weight of a state is its power times its salience. The weighted mean is the compromise model (van den Bos 1991;
Achen 2006); in the European Union's decisions it predicted better than most models of bargaining (Thomson 2011).
The weighted median is where half of the weight is reached (Black 1958; Bueno de Mesquita 1994). Neither knows an agenda, a war,
a red line or an alliance.

van den Bos JMM (1991) Dutch EC Policy Making. Thela Thesis.
Achen CH (2006) Evaluating political decision-making models. In: Thomson R et al. (eds) The European Union Decides.
Thomson R (2011) Resolving Controversy in the European Union. Cambridge University Press.
Black D (1958) The Theory of Committees and Elections. Cambridge University Press.
Bueno de Mesquita B (1994) in: Bueno de Mesquita B, Stokman FN (eds) European Community Decision Making. Yale.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from wedge.engine.model.numbers import IDEAL, POWER, SALIENCE, Numbers
from wedge.engine.theory.classical.expected_utility import Actors, weighted_mean, weighted_median


def means(s: Any, x: Numbers) -> np.ndarray:
    """[K, W] the weighted mean of the ideals; nan where nobody cares. Shares of one thing are scaled to it."""
    found = _each(x, weighted_mean)
    weight = (x.state[POWER][:, None, :] * x.position[SALIENCE]).sum(axis=0)
    for pie in {int(p) for p in s.share_of if p >= 0}:
        some = s.share_of == pie
        found[some] *= weight[some] / weight[some].sum(axis=0)
    return found


def medians(s: Any, x: Numbers) -> np.ndarray:
    """[K, W] the weighted median of the ideals; nan where nobody cares, and for shares of one thing, which have none."""
    found = _each(x, weighted_median)
    found[s.share_of >= 0] = np.nan
    return found


def _each(x: Numbers, model: Callable[[Actors], float]) -> np.ndarray:
    _, states, issues, worlds = x.position.shape
    names, found = tuple(map(str, range(states))), np.full((issues, worlds), np.nan)
    for k in range(issues):
        for lane in range(worlds):
            weight = x.position[SALIENCE, :, k, lane]
            actors = Actors(names, x.state[POWER, :, lane], x.position[IDEAL, :, k, lane], weight)
            if (actors.capability * weight).sum() > 0.0:
                found[k, lane] = model(actors)
    return found
