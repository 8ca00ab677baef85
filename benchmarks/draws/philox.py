"""Philox4x32-10, the well-studied counter-based generator: the named draws' yardstick.

Salmon, Moraes, Dror, Shaw (2011), 'Parallel random numbers: as easy as 1, 2, 3', SC '11,
doi:10.1145/2063384.2063405. Its known answers are published with Random123 (tests/kat_vectors).
"""

MULTIPLIERS = 0xD2511F53, 0xCD9E8D57
BUMPS = 0x9E3779B9, 0xBB67AE85  # golden ratio, square root of 3 less 1
HALF = 0xFFFFFFFF
ROUNDS = 10

Block = tuple[int, int, int, int]


def philox(counter: Block, key: tuple[int, int]) -> Block:
    """The four 32-bit words at a 128-bit counter, under a 64-bit key."""
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        left, right = MULTIPLIERS[0] * a, MULTIPLIERS[1] * c
        a, b, c, d = (right >> 32) ^ b ^ k0, right & HALF, (left >> 32) ^ d ^ k1, left & HALF
        k0, k1 = (k0 + BUMPS[0]) & HALF, (k1 + BUMPS[1]) & HALF
    return a, b, c, d
