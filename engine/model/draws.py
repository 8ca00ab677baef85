"""Every draw has a name: ``draw(seed, world, branch, purpose, who, when)`` is a pure function.

The generator is counter-based: a world's key is stirred from seed, world and branch, a draw is
the key stirred with the name of the place it belongs to. Nothing is drawn 'next', so
a run can be played alone, in any order, and two scenarios can be played in the same world.
The mixer is SplitMix64's finaliser (Steele, Lea, Flood 2014, OOPSLA, 'Fast splittable
pseudorandom number generators'); normals come from the inverse distribution function
(Wichura 1988, Applied Statistics 37, algorithm AS 241), one word each.
"""

import math

from wedge.engine.model.arithmetic import exponential, logarithm
from wedge.engine.model.compiling import rule, stands_for

ALL_BITS = 0xFFFFFFFFFFFFFFFF
GOLDEN = 0x9E3779B97F4A7C15
MIX_1 = 0xBF58476D1CE4E5B9
MIX_2 = 0x94D049BB133111EB

# What a draw is for.
(
    FOR_NUMBER, FOR_FLOOR, FOR_ANSWER, FOR_PERCEPTION, FOR_NOISE, FOR_EVENT_TIME, FOR_EVENT_CHANCE, FOR_BATTLE,
    FOR_OFFER, FOR_LOT, FOR_DEMAND, FOR_BREACH, FOR_BALLOT, FOR_BREAKDOWN, FOR_SPLITTING,
) = range(1, 16)  # fmt: skip


@stands_for("uint64")
def word(x: int) -> int:
    """x as an unsigned 64-bit word."""
    return int(x) & ALL_BITS


@rule
def mix(z: int) -> int:
    """SplitMix64's finaliser: a bijection of 64-bit words that scatters neighbours."""
    z = ((z ^ (z >> word(30))) * word(MIX_1)) & word(ALL_BITS)
    z = ((z ^ (z >> word(27))) * word(MIX_2)) & word(ALL_BITS)
    return z ^ (z >> word(31))


@rule
def world_key(seed: int, world: int, branch: int) -> int:
    """The key of a world's draws. The seed is stirred alone first, so that two seeds share no world."""
    key = mix((mix(word(seed)) + word(world) * word(GOLDEN)) & word(ALL_BITS))
    if branch == 0:
        return key
    return mix((key + word(branch) * word(MIX_1)) & word(ALL_BITS))


@rule
def bits(key: int, purpose: int, who: int, when: int) -> int:
    """The 64-bit word of the draw with that name. ``who`` is an identity, ``when`` a round or a counter."""
    place = mix((word(who) + word(purpose) * word(GOLDEN)) & word(ALL_BITS))
    stirred = mix((word(key) + place) & word(ALL_BITS))
    return mix((stirred + word(when) * word(GOLDEN)) & word(ALL_BITS))


@rule
def pair(first: int, second: int) -> int:
    """The identity of an ordered pair, such as a tie."""
    return mix((mix(word(first)) + word(second)) & word(ALL_BITS))


@rule
def uniform(key: int, purpose: int, who: int, when: int) -> float:
    """A draw strictly between 0 and 1: 52 bits, so that neither end is ever rounded to."""
    return (float(bits(key, purpose, who, when) >> word(12)) + 0.5) * (1.0 / 4503599627370496.0)


@rule
def normal(key: int, purpose: int, who: int, when: int) -> float:
    """A standard normal draw."""
    return normal_at(uniform(key, purpose, who, when))


@rule
def logistic(key: int, purpose: int, who: int, when: int) -> float:
    """A standard logistic draw."""
    u = uniform(key, purpose, who, when)
    return logarithm(u / (1.0 - u))


@rule
def waiting(key: int, purpose: int, who: int, when: int) -> float:
    """A standard exponential draw: the time to the first event at rate 1."""
    return -logarithm(uniform(key, purpose, who, when))


@rule
def normal_at(p: float) -> float:
    """The normal quantile of p in (0, 1): AS 241, PPND16, error about 1e-16."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _central(r)
    r = p if q < 0.0 else 1.0 - p
    r = math.sqrt(-logarithm(r))
    x = _tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
    return -x if q < 0.0 else x


@rule
def _central(r: float) -> float:
    a = 2509.0809287301226727
    a = a * r + 33430.575583588128105
    a = a * r + 67265.770927008700853
    a = a * r + 45921.953931549871457
    a = a * r + 13731.693765509461125
    a = a * r + 1971.5909503065514427
    a = a * r + 133.14166789178437745
    a = a * r + 3.387132872796366608
    b = 5226.495278852545925
    b = b * r + 28729.085735721942674
    b = b * r + 39307.89580009271061
    b = b * r + 21213.794301586595867
    b = b * r + 5394.1960214247511077
    b = b * r + 687.1870074920579083
    b = b * r + 42.313330701600911252
    b = b * r + 1.0
    return a / b


@rule
def _tail(r: float) -> float:
    a = 7.7454501427834140764e-4
    a = a * r + 0.0227238449892691845833
    a = a * r + 0.24178072517745061177
    a = a * r + 1.27045825245236838258
    a = a * r + 3.64784832476320460504
    a = a * r + 5.7694972214606914055
    a = a * r + 4.6303378461565452959
    a = a * r + 1.42343711074968357734
    b = 1.05075007164441684324e-9
    b = b * r + 5.475938084995344946e-4
    b = b * r + 0.0151986665636164571966
    b = b * r + 0.14810397642748007459
    b = b * r + 0.68976733498510000455
    b = b * r + 1.6763848301838038494
    b = b * r + 2.05319162663775882187
    b = b * r + 1.0
    return a / b


@rule
def _far_tail(r: float) -> float:
    a = 2.01033439929228813265e-7
    a = a * r + 2.71155556874348757815e-5
    a = a * r + 0.0012426609473880784386
    a = a * r + 0.026532189526576123093
    a = a * r + 0.29656057182850489123
    a = a * r + 1.7848265399172913358
    a = a * r + 5.4637849111641143699
    a = a * r + 6.6579046435011037772
    b = 2.04426310338993978564e-15
    b = b * r + 1.4215117583164458887e-7
    b = b * r + 1.8463183175100546818e-5
    b = b * r + 7.868691311456132591e-4
    b = b * r + 0.0148753612908506148525
    b = b * r + 0.13692988092273580531
    b = b * r + 0.59983220655588793769
    b = b * r + 1.0
    return a / b


@rule
def normal_below(x: float) -> float:
    """The share of a standard normal below x."""
    y = abs(x)
    if y > 37.0:
        return 0.0 if x < 0.0 else 1.0
    tail = _upper_tail(y)
    return tail if x < 0.0 else 1.0 - tail


@rule
def _upper_tail(y: float) -> float:
    """The share above y >= 0 (Hart 1968, algorithm 5666, double precision)."""
    if y < 7.07106781186547:
        a = 3.52624965998911e-02
        a = a * y + 0.700383064443688
        a = a * y + 6.37396220353165
        a = a * y + 33.912866078383
        a = a * y + 112.079291497871
        a = a * y + 221.213596169931
        a = a * y + 220.206867912376
        b = 8.83883476483184e-02
        b = b * y + 1.75566716318264
        b = b * y + 16.064177579207
        b = b * y + 86.7807322029461
        b = b * y + 296.564248779674
        b = b * y + 637.333633378831
        b = b * y + 793.826512519948
        b = b * y + 440.413735824752
        return exponential(-0.5 * y * y) * a / b
    c = y + 0.65
    c = y + 4.0 / c
    c = y + 3.0 / c
    c = y + 2.0 / c
    c = y + 1.0 / c
    return exponential(-0.5 * y * y) / c / 2.506628274631
