"""What the batteries are fed, and how their words are read."""

import shutil

import numpy as np
import pytest

from benchmarks.draws import streams, verdicts
from benchmarks.draws.philox import philox
from wedge.engine.model.draws import bits, world_key

needs_gcc = pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler on this machine")
WHO = 0x6A09E667F3BCC908

DIEHARDER = """
#=============================================================================#
        test_name   |ntup| tsamples |psamples|  p-value |Assessment
#=============================================================================#
   diehard_birthdays|   0|       100|     100|0.71397341|  PASSED
      rgb_lagged_sum|  19|   1000000|     100|0.00012345|   WEAK
      diehard_opso  |   0|   2097152|     100|0.00000000|  FAILED
"""


class TestPhilox:
    """The yardstick is what its authors published."""

    @pytest.mark.parametrize(
        ("wanted", "counter", "key"),
        [
            ("6627e8d5 e169c58d bc57ac4c 9b00dbd8", "00000000 00000000 00000000 00000000", "00000000 00000000"),
            ("408f276d 41c83b0e a20bc7c6 6d5451fd", "ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff"),
            ("d16cfe09 94fdcceb 5001e420 24126ea1", "243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0"),
        ],
    )
    def test_known_answers(self, wanted, counter, key):
        """Random123's kat_vectors for philox4x32 with 10 rounds (Salmon, Moraes, Dror, Shaw 2011)."""
        a, b, c, d = (int(word, 16) for word in counter.split())
        k0, k1 = (int(word, 16) for word in key.split())
        assert wanted == " ".join(f"{word:08x}" for word in philox((a, b, c, d), (k0, k1)))

    @needs_gcc
    def test_stream_is_the_same_in_c(self):
        """Counters 0 and 1 under the seed as key, low word first."""
        blocks = [philox((n, 0, 0, 0), (7, 0)) for n in range(2)]
        assert [a | b << 32 for block in blocks for a, b in (block[:2], block[2:])] == streams.words(
            "philox", 4
        ).tolist()


@needs_gcc
class TestStreams:
    """Words of the streams are the named draws themselves."""

    @pytest.mark.parametrize(
        ("stream", "draw"),
        [
            ("when", lambda n: bits(world_key(7, 17, 0), 5, WHO, n)),
            ("world", lambda n: bits(world_key(7, n, 0), 3, WHO, 0)),
            ("seed", lambda n: bits(world_key(7 + n, 17, 0), 3, WHO, 0)),
            ("who", lambda n: bits(world_key(7, 17, 0), 3, n, 0)),
            ("purpose", lambda n: bits(world_key(7, 17, 0), n, WHO, 0)),
            ("branch", lambda n: bits(world_key(7, 17, n), 3, WHO, 0)),
            ("key", lambda n: world_key(7, n, 0)),
        ],
    )
    def test_is_named(self, stream, draw):
        """The rule as written gives the words that the batteries see."""
        assert [draw(n) for n in range(5)] == streams.words(stream, 5).tolist()

    def test_played_goes_from_world_to_world(self):
        """After 8 identities, 14 purposes and 40 rounds the next world begins, with the same name."""
        words = streams.words("played", 4481)
        assert [bits(world_key(7, world, 0), 1, WHO, 0) for world in (0, 1)] == [int(words[0]), int(words[4480])]

    def test_across_repeats_a_name_in_neighbouring_worlds(self):
        """One draw in 4,096 worlds, then the next purpose."""
        words = streams.words("across", 4097)
        wanted = [bits(world_key(7, 1, 0), 1, WHO, 0), bits(world_key(7, 0, 0), 2, WHO, 0)]
        assert wanted == [int(words[1]), int(words[4096])]

    def test_forms(self):
        """Halves, and bits in reverse."""
        whole = [int(word) for word in streams.words("world", 3)]
        assert [word >> 32 for word in whole] == streams.words("world", 3, form="high").tolist()
        assert [word & 0xFFFFFFFF for word in whole] == streams.words("world", 3, form="low").tolist()
        assert [int(f"{word:064b}"[::-1], 2) for word in whole] == streams.words("world", 3, form="reversed").tolist()


class TestVerdicts:
    """Reading and judging."""

    def test_testu01(self):
        """Lines of p-values, among whatever else the library prints; what was not computed is left out."""
        said = "xxx\np\t0.25\tBirthdaySpacings\np\t-1\tRun of U01\np\t1e-12\tMatrixRank\n"
        assert [("BirthdaySpacings", 0.25), ("MatrixRank", 1e-12)] == verdicts.from_testu01(said)

    def test_dieharder(self):
        """Rows of its table, not its head."""
        wanted = [("diehard_birthdays 0", 0.71397341), ("rgb_lagged_sum 19", 0.00012345), ("diehard_opso 0", 0.0)]
        assert wanted == verdicts.from_dieharder(DIEHARDER)

    def test_weak_and_failed(self):
        """Near 0 or 1 is weak, nearer than chance could explain has failed."""
        values = [("good", 0.5), ("low", 5e-4), ("high", 1 - 5e-4), ("gone", 1e-12), ("too good", 1.0)]
        found = verdicts.judged("crush", "world", "raw", 7, values, 1.0)
        assert ["low", "high", "gone", "too good"] == [name for name, _ in found.weak]
        assert ["gone", "too good"] == [name for name, _ in found.failed]

    def test_are_kept_by_name(self, tmp_path, monkeypatch):
        """A finding replaces an older one of the same battery, stream, form and seed, and no other."""
        monkeypatch.setattr(verdicts, "KEPT", tmp_path / "found.json")
        first, second = (verdicts.judged("crush", "world", form, 7, [("t", 1e-4)], 1.0) for form in ("raw", "high"))
        again = verdicts.judged("crush", "world", "raw", 7, [("t", 0.5)], 2.0)
        for each in (first, second, again):
            verdicts.keep(each)
        assert [second, again] == verdicts.kept()
        assert "| crush | named draws | 2 | 2 | 1 | 0.0 | 0 |" in verdicts.tally(verdicts.kept())
        assert "| crush | world | high | 7 | 1 | t (0.0001) | – |" in verdicts.table(verdicts.kept())

    def test_bad_words_are_words(self):
        """The numbers a battery must reject are multiples of one number."""
        assert np.array([7 * 0x9E3779B97F4A7C15 % 2**64], np.uint64) == streams.words("bad", 1)
