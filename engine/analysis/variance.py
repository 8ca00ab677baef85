"""An outcome's variance split into what the model's structure, its numbers, and chance make of it.

Outcomes come from a balanced design: structures (here decision theories) crossed with vectors of numbers, and in
each vector a few draws of fresh chance, the same under every structure. The split is that of a two-way analysis of
variance with interaction, chance nested in the vectors. The structures are all there are and weigh alike; vectors
and chance are samples of what could have been drawn. The mean squares a part owes to the sampling of
what lies below it are taken off, so that each estimate is right on average (and may come out below nothing). That
chance is the same under every structure is reckoned with: what is taken off is measured on means over structures, and on
differences from them.

Searle SR, Casella G, McCulloch CE (1992) Variance Components, chapter 4 (estimators by mean squares).
Yip S, Ferro CAT, Stephenson DB, Hawkins E (2011) Journal of Climate 24:4634-4643 (the same split for climate models).
Intervals: bootstrap over vectors.
"""

from typing import Any

import numpy as np

RESAMPLES = 1000
PARTS = ("theory", "parameters", "both", "chance")


def split(outcomes: Any, seed: int = 0, resamples: int = RESAMPLES) -> Any:
    """The parts of the variance of ``outcomes`` ``[T, V, C]``: T theories, V vectors of numbers, C draws of chance each.

    A data frame with the columns part (theory, parameters, both: what parameters do under one theory and not
    under another, chance), variance, share of all, and the share's 95 % interval low, high. Where
    nothing varies all shares are 0. V and C must be 2 at least.
    """
    import pandas as pd

    terms, theories = _terms(np.asarray(outcomes, float))
    vectors = terms.shape[1]
    found = _variances(terms.mean(axis=1)[:, None], theories, vectors, 1)
    drawn = np.random.default_rng(seed).multinomial(vectors, np.full(vectors, 1 / vectors), size=resamples)
    # In a resample means stray about those of the sample as these do about the truth: twice as much is taken off.
    resampled = _variances(terms @ drawn.T / vectors, theories, vectors, 2)
    low, high = np.quantile(_shares(resampled), (0.025, 0.975), axis=1)
    return pd.DataFrame(
        {"part": PARTS, "variance": found[:, 0], "share": _shares(found)[:, 0], "low": low, "high": high}
    )


def _terms(y: np.ndarray) -> tuple[np.ndarray, int]:
    """What is averaged over vectors, ``[2 T + 5, V]``; and the number of theories."""
    theories, vectors, draws = y.shape
    if vectors < 2 or draws < 2:
        raise ValueError(f"two vectors and two draws of chance at least are needed, got {vectors} and {draws}")
    y = y - y.mean()
    over_theories = y.mean(axis=0)  # [V, C]
    middle = over_theories.mean(axis=1)
    apart = y.mean(axis=2) - middle  # [T, V] each theory's mean in a vector, less the vector's
    blur_of_middle = over_theories.var(axis=1, ddof=1) / draws
    blur_of_apart = (y - over_theories).var(axis=2, ddof=1).mean(axis=0) / draws
    chance = y.var(axis=2, ddof=1).mean(axis=0)
    return np.vstack([apart, apart**2, middle, middle**2, blur_of_middle, blur_of_apart, chance]), theories


def _variances(means: np.ndarray, theories: int, vectors: int, times: int) -> np.ndarray:
    """The four variances, ``[4, resamples]``, from the means of the terms."""
    whole = vectors / (vectors - 1)
    apart, squared = means[:theories], means[theories : 2 * theories]
    middle, middle_squared, blur_of_middle, blur_of_apart, chance = means[2 * theories :]
    spread = (whole * (squared - apart**2)).mean(axis=0)  # of a theory's difference, over vectors
    of_theory = (apart**2).mean(axis=0) - times * spread / vectors
    of_numbers = whole * (middle_squared - middle**2) - blur_of_middle
    found: np.ndarray = np.stack([of_theory, of_numbers, spread - blur_of_apart, chance])
    return found


def _shares(variances: np.ndarray) -> np.ndarray:
    total = variances.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = variances / total
    return np.where(total > 1e-15, shares, 0.0)
