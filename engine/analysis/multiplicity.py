"""Many questions asked of the same worlds: p values that allow for how many were asked.

Holm S (1979) Scandinavian Journal of Statistics 6:65-70. It holds whatever hangs on whatever, and
observables of one scenario hang together closely.
"""

from collections.abc import Sequence


def holm(ps: Sequence[float]) -> list[float]:
    """Adjusted p values in the order given: below 0.05, a difference stands with all others of the family.

    The smallest p is taken as many times as there are questions, the next once less, and so on; none
    comes out below one before it.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    adjusted, least = [1.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda each: ps[each])):
        least = max(least, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = least
    return adjusted
