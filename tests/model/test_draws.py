"""Named draws: pure functions of seed, world, branch, purpose, identity and time, and good ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from wedge.engine.model import draws
from wedge.engine.model.draws import (
    ALL_BITS,
    FOR_ANSWER,
    FOR_NOISE,
    GOLDEN,
    MIX_1,
    MIX_2,
    bits,
    logistic,
    mix,
    normal,
    normal_at,
    normal_below,
    pair,
    uniform,
    waiting,
    world_key,
)

WORDS = st.integers(0, ALL_BITS)
MANY = 100_000


def mixed(z: np.ndarray) -> np.ndarray:
    """The same mixer over a whole array, written a second time."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(MIX_2)
    return z ^ (z >> np.uint64(31))


def keys_of(seed: int, worlds: int) -> np.ndarray:
    """The keys of the first worlds of a seed."""
    start = mixed(np.array([seed], np.uint64))
    return mixed(start + np.arange(worlds, dtype=np.uint64) * np.uint64(GOLDEN))


def words_of(keys: np.ndarray, purpose: int, who: int, when: int) -> np.ndarray:
    """One named word in each of many worlds."""
    place = mixed(np.array([(who + purpose * GOLDEN) & ALL_BITS], np.uint64))
    return mixed(mixed(keys + place) + np.uint64((when * GOLDEN) & ALL_BITS))


def shares_of(words: np.ndarray) -> np.ndarray:
    """Words as numbers between 0 and 1."""
    return ((words >> np.uint64(11)).astype(float) + 0.5) / 2.0**53


def unmixed(z: int) -> int:
    """The word that the mixer turns into z: it is a bijection, so there is one."""
    z = z ^ (z >> 31) ^ (z >> 62)
    z = z * pow(MIX_2, -1, 1 << 64) & ALL_BITS
    z = z ^ (z >> 27) ^ (z >> 54)
    z = z * pow(MIX_1, -1, 1 << 64) & ALL_BITS
    return z ^ (z >> 30) ^ (z >> 60)


def key_for(word: int, purpose: int, who: int, when: int) -> int:
    """The key of a world in which a named draw is that word."""
    place = mix((who + purpose * GOLDEN) & ALL_BITS)
    return (unmixed((unmixed(word) - when * GOLDEN) & ALL_BITS) - place) & ALL_BITS


class TestGolden:
    """Words that must never change, or every stored run would be another."""

    @pytest.mark.parametrize(
        ("wanted", "state"),
        [(0xE220A8397B1DCDAF, 0), (0x6E789E6AA1B965F4, 1), (0x06C45D188009454F, 2), (0xF88BB8A8724C81EC, 3)],
    )
    def test_mixer_is_splitmix64(self, wanted, state):
        """The published sequence of SplitMix64 from seed 0 (Steele, Lea, Flood 2014; Vigna's splitmix64.c)."""
        assert wanted == mix((state + 1) * GOLDEN & ALL_BITS)

    def test_world_keys(self):
        """Keys of a few worlds, branches among them."""
        known = {
            (0, 0, 0): 0,
            (1, 0, 0): 0x7AB40E090F363A7D,
            (7, 17, 0): 0xBE96E7D756B2C642,
            (7, 17, 1): 0x7D59232041E003A8,
            (2**63 - 1, 10**9, 3): 0xBBC4D41A182965DB,
        }
        assert known == {name: world_key(*name) for name in known}

    def test_words(self):
        """A few named words and the identity of a pair."""
        key = world_key(7, 17, 0)
        assert 0x9577BD565D1A920F == bits(key, FOR_ANSWER, 0xDEADBEEF, 3)
        assert 0xA3E99B59A4D270DA == bits(key, FOR_NOISE, ALL_BITS, 39)
        assert 0xEF30B01C2974AEEB == pair(1, 2)

    def test_purposes_keep_their_numbers(self):
        """The number of a purpose is part of the name of its draws."""
        purposes = ("NUMBER", "FLOOR", "ANSWER", "PERCEPTION", "NOISE", "EVENT_TIME", "EVENT_CHANCE", "BATTLE", "OFFER", "LOT", "DEMAND", "BREACH", "BALLOT")  # fmt: skip
        assert list(range(1, 14)) == [getattr(draws, f"FOR_{purpose}") for purpose in purposes]


class TestNames:
    """A draw belongs to a place, not to a moment."""

    @given(WORDS)
    def test_mixer_is_a_bijection(self, word):
        """No two words are mixed into the same one: what is mixed can be unmixed."""
        assert word == unmixed(mix(word))

    @given(WORDS, st.integers(1, 13), WORDS, st.integers(0, 10_000))
    def test_every_word_of_a_place_is_the_draw_of_some_world(self, word, purpose, who, when):
        """The worlds of a place run through all words."""
        assert word == bits(key_for(word, purpose, who, when), purpose, who, when)

    @pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 2), (7, 8), (42, 43), (0, 2**63 - 1), (7, 1_000_007)])
    def test_two_seeds_share_no_world(self, first, second):
        """Neighbouring seeds neither: the seed is stirred alone before the world is added."""
        both = np.concatenate([keys_of(first, MANY), keys_of(second, MANY)])
        assert 2 * MANY == len(np.unique(both))

    def test_worlds_and_branches_of_a_seed_are_all_different(self):
        """A branch is another future, not another world's past."""
        keys = {world_key(3, world, branch) for world in range(300) for branch in range(10)}
        assert 3000 == len(keys)

    @given(st.integers(0, 2**40), st.integers(0, 2**40))
    def test_keys_written_a_second_time_are_the_same(self, seed, world):
        """The arrays used in this file are the rule itself."""
        start = mixed(np.array([seed], np.uint64))
        assert world_key(seed, world, 0) == int(mixed(start + np.uint64(world * GOLDEN & ALL_BITS))[0])

    @given(WORDS, st.integers(1, 13), WORDS, st.integers(0, 500))
    def test_words_written_a_second_time_are_the_same(self, key, purpose, who, when):
        """The arrays used in this file are the rule itself."""
        assert bits(key, purpose, who, when) == int(words_of(np.array([key], np.uint64), purpose, who, when)[0])

    @given(WORDS, WORDS)
    def test_a_pair_has_a_direction(self, first, second):
        """The tie from a to b draws other luck than the tie from b to a."""
        assert first == second or pair(first, second) != pair(second, first)

    @pytest.mark.parametrize("seed", [-1, 2**64 - 1])
    def test_a_seed_is_taken_as_a_word_of_64_bits(self, seed):
        """Interpreted, a negative seed is the word it is when compiled."""
        assert world_key(2**64 - 1, 0, 0) == world_key(seed, 0, 0)


class TestUniform:
    """Draws between 0 and 1."""

    @pytest.mark.parametrize("word", [0, 1, ALL_BITS, ALL_BITS - 2**11, 2**63, 2**63 - 1])
    def test_is_strictly_between_0_and_1_for_the_outermost_words(self, word):
        """A draw of exactly 0 or 1 would put the logistic and the normal at infinity."""
        assert 0.0 < uniform(key_for(word, FOR_ANSWER, 5, 2), FOR_ANSWER, 5, 2) < 1.0

    @pytest.mark.parametrize("word", [0, ALL_BITS])
    def test_what_is_made_of_the_outermost_words_is_finite(self, word):
        """No world divides by zero."""
        place = (FOR_ANSWER, 5, 2)
        key = key_for(word, *place)
        assert all(math.isfinite(draw(key, *place)) for draw in (normal, logistic, waiting))

    @pytest.mark.parametrize("seed", [1, 2])
    @pytest.mark.parametrize("name", [(FOR_ANSWER, 17, 0), (FOR_NOISE, 17, 5)])
    def test_is_even_over_worlds(self, seed, name):
        """Kolmogorov and Smirnov find nothing in 100,000 worlds."""
        assert stats.kstest(shares_of(words_of(keys_of(seed, MANY), *name)), "uniform").pvalue > 1e-4

    def test_is_even_over_rounds_of_one_world(self):
        """A world's luck from round to round is as good as from world to world."""
        found = [uniform(world_key(1, 0, 0), FOR_NOISE, 99, n) for n in range(5_000)]
        assert stats.kstest(found, "uniform").pvalue > 1e-4

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ((FOR_ANSWER, 1, 0), (FOR_ANSWER, 1, 1)),
            ((FOR_ANSWER, 1, 0), (FOR_ANSWER, 2, 0)),
            ((FOR_ANSWER, 1, 0), (FOR_NOISE, 1, 0)),
        ],
    )
    def test_neighbouring_names_have_nothing_to_do_with_each_other(self, first, second):
        """Correlation over 100,000 worlds stays within chance: five standard errors."""
        keys = keys_of(5, MANY)
        a, b = (shares_of(words_of(keys, *name)) for name in (first, second))
        assert abs(np.corrcoef(a, b)[0, 1]) < 5 / math.sqrt(MANY)

    def test_neighbouring_seeds_have_nothing_to_do_with_each_other(self):
        """World 17 of seed 7 says nothing about world 17 of seed 8."""
        a, b = (shares_of(words_of(keys_of(seed, MANY), FOR_ANSWER, 1, 0)) for seed in (7, 8))
        assert abs(np.corrcoef(a, b)[0, 1]) < 5 / math.sqrt(MANY)

    def test_every_bit_falls_both_ways(self):
        """Each of the 64 bits is set in half of the worlds."""
        words = words_of(keys_of(11, MANY), FOR_ANSWER, 1, 0)
        set_in = [((words >> np.uint64(bit)) & np.uint64(1)).mean() for bit in range(64)]
        assert np.abs(np.array(set_in) - 0.5).max() < 5 * 0.5 / math.sqrt(MANY)


class TestShapes:
    """Normal, logistic and exponential draws."""

    @given(st.floats(1e-300, 1 - 1e-16))
    def test_normal_quantile_agrees_with_scipy(self, p):
        """Wichura's AS 241 is good to about 1e-16; SciPy's own differs in the last places."""
        assert normal_at(p) == pytest.approx(special.ndtri(p), rel=1e-13, abs=1e-15)

    def test_normal_quantile_has_known_values(self):
        """The test values printed with AS 241 (Wichura 1988)."""
        assert -0.6744897501960817 == pytest.approx(normal_at(0.25), rel=1e-15)
        assert -3.090232306167814 == pytest.approx(normal_at(0.001), rel=1e-15)
        assert -9.262340089798408 == pytest.approx(normal_at(1e-20), rel=1e-15)
        assert 0.0 == normal_at(0.5)

    @given(st.floats(0.001, 0.999))
    def test_normal_quantile_is_odd_around_a_half(self, p):
        """Good luck is as likely as bad."""
        assert normal_at(p) == pytest.approx(-normal_at(1.0 - p), rel=1e-9, abs=1e-12)

    @given(st.floats(-37, 37))
    def test_share_below_agrees_with_scipy(self, x):
        """Hart's algorithm, in absolute terms and, where it matters, in relative ones."""
        assert normal_below(x) == pytest.approx(special.ndtr(x), abs=1e-15, rel=1e-12 if x > -7 else 1e-6)

    def test_share_below_has_ends(self):
        """Forty deviations out nothing is left."""
        assert (0.0, 0.5, 1.0) == (normal_below(-40.0), pytest.approx(normal_below(0.0), abs=1e-15), normal_below(40.0))

    @given(st.floats(-5, 5))
    def test_quantile_undoes_the_share(self, x):
        """There and back again."""
        assert normal_at(normal_below(x)) == pytest.approx(x, rel=1e-9, abs=1e-9)

    @pytest.mark.parametrize(
        ("draw", "law"),
        [(normal, "norm"), (logistic, "logistic"), (waiting, "expon")],
        ids=["normal", "logistic", "waiting"],
    )
    def test_draws_follow_their_laws(self, draw, law):
        """Kolmogorov and Smirnov find nothing in 20,000 worlds."""
        found = [draw(int(key), FOR_ANSWER, 1, 0) for key in keys_of(3, 20_000)]
        assert stats.kstest(found, law).pvalue > 1e-4
