"""Rules translated to C give the bits of the rules as written, one construct after another."""

import shutil

import numpy as np
import pytest
import tiny_rules as tiny

from benchmarks.in_c import Refused, in_c, play_batch_in_c
from benchmarks.in_c.__main__ import differing
from benchmarks.in_c.building import build
from benchmarks.in_c.kinds import BOOL, F64, I64, U64, Array, joined, kind_of
from benchmarks.in_c.translating import translated
from wedge.engine.model import arithmetic, draws
from wedge.engine.scenario import load
from wedge.engine.simulation.batch import play_batch
from wedge.engine.simulation.forcing import as_rows

needs_gcc = pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler on this machine")


@needs_gcc
class TestTranslation:
    """One construct a test; each is called as written and in C."""

    @pytest.mark.parametrize(
        ("rule", "calls"),
        [
            (tiny.floored, [(7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (-6, 3)]),
            (tiny.divided, [(1, 3), (-7, 2)]),
            (tiny.halved, [(1.0,), (0.5,), (-0.0,), (2.0,), (7.5,), (-3.0,)]),
            (tiny.both, [(2.75,), (-2.75,), (3.0,)]),
            (tiny.swapped, [(2.75,), (-2.75,)]),
            (tiny.stacked, [(0,), (5,), (20,)]),
            (tiny.rebuilt, [(0.3,), (1e300,), (4.0,)]),
            (tiny.seen, [(0.4, 1), (9.0, -3)]),
            (tiny.chosen, [(0,), (3,), (-2,)]),
        ],
        ids=lambda each: getattr(each, "__name__", ""),
    )
    def test_scalars(self, rule, calls):
        """Floor division, chains of comparisons, several results, shifts, loops over a few values, records."""
        assert [rule(*each) for each in calls] == [in_c(rule)(*each) for each in calls]

    def test_words_wrap_around(self):
        """Words of 64 bits overflow in C as they are masked in Python."""
        assert [tiny.scattered(x, 5) for x in (0, 1, 2**62)] == [in_c(tiny.scattered)(x, 5) for x in (0, 1, 2**62)]

    def test_arrays_are_read_where_they_are(self):
        """Fields, shapes, elements, and a part of an array handed on."""
        shop = tiny.shop()
        assert tiny.counted(shop, 1) == in_c(tiny.counted)(shop, 1)

    def test_slices_are_set_element_by_element(self):
        """A whole axis from another, a whole axis to a constant, a whole number to a float."""
        wanted, found = tiny.shop(), tiny.shop()
        tiny.filled(wanted, 1)
        in_c(tiny.filled)(found, 1)
        assert wanted.stock.tolist() == found.stock.tolist()
        assert wanted.count.tolist() == found.count.tolist()

    def test_draws(self):
        """The named draws themselves, words and normals."""
        key = draws.world_key(7, 17, 0)
        name = (np.uint64(key), draws.FOR_ANSWER, np.uint64(0xDEADBEEF), 3)
        assert draws.bits(key, *name[1:]) == in_c(draws.bits)(*name)
        assert draws.normal(key, *name[1:]) == in_c(draws.normal)(*name)

    def test_portable_arithmetic(self):
        """Exponentials and logarithms by hand come out the same by another compiler."""
        numbers = np.geomspace(1e-300, 600.0, 200).tolist()
        for rule in (arithmetic.exponential, arithmetic.logarithm):
            assert [rule(x) for x in numbers] == [in_c(rule)(x) for x in numbers]


@needs_gcc
class TestWorlds:
    """The whole of the rules, from the opening of a world to its horizon."""

    @pytest.mark.parametrize("code", ["tutorial/first_steps", "camp_david_1978/separate_peace_first"])
    def test_in_c_are_those_of_the_rules_as_written(self, code):
        """A third way to play the same text: every array of three worlds, to the bit."""
        setting, worlds = load(code).setting, np.arange(3)
        wanted = play_batch(setting, 7, worlds, as_rows([]), interpreted=True)
        assert [] == list(differing(play_batch_in_c(setting, 7, worlds, as_rows([])), wanted))

    def test_that_differ_are_told_by_the_name_of_the_array(self):
        """A check that cannot fail says nothing."""
        shop, other = tiny.shop(), tiny.shop()
        other.stock[1, 1, 1] += 1.0
        assert ["result.0"] == list(differing(shop[:2], other[:2]))


class TestRefusals:
    """What has no translation is refused by name, never guessed."""

    @pytest.mark.parametrize(
        ("rule", "value", "why"),
        [
            (tiny.mixed_up, 1, "tiny_rules.mixed_up: one name for a uint64_t and a int64_t"),
            (tiny.wordy, 1.0, "tiny_rules.wordy: no translation"),
            (tiny.strays, 1.0, "no_rule is no rule"),
            (tiny.endless, 1, "endless calls itself"),
        ],
    )
    def test_rule(self, rule, value, why):
        """The message names the rule and what it holds."""
        with pytest.raises(Refused, match=why):
            translated(rule, [kind_of(value)])

    @needs_gcc
    def test_compiler(self):
        """What the C compiler says is passed on."""
        with pytest.raises(Refused, match="refused"):
            build("int way_in(void) { return nothing; }", "wrong")

    @needs_gcc
    def test_array_in_pieces(self):
        """An array that is not in one piece could not be found by its first element and its shape."""
        shop = tiny.shop()
        with pytest.raises(Refused, match="one piece"):
            in_c(tiny.counted)(shop._replace(stock=shop.stock[:, ::2]), 0)


class TestKinds:
    """What is known of a value."""

    def test_of_values(self):
        """Arrays by their items and axes; an int may be a word."""
        values = [1, 2**63, np.uint64(1), 1.0, True, np.zeros((2, 3))]
        assert [I64, U64, U64, F64, BOOL, Array(F64, 2)] == [kind_of(value) for value in values]

    def test_widen(self):
        """A name that holds a whole number and a float is a float."""
        assert [F64, I64, F64, BOOL] == [joined(I64, F64), joined(BOOL, I64), joined(F64, I64), joined(None, BOOL)]

    def test_do_not_mix_words_and_numbers(self):
        """Numba would make a float of them."""
        with pytest.raises(Refused):
            joined(U64, I64)
