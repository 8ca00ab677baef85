"""Named draws against answers that are known: published ones, and ones written down so that they never change."""

import pytest

from wedge.engine.model.draws import (
    ALL_BITS,
    FOR_ANSWER,
    FOR_BREAKDOWN,
    FOR_NOISE,
    GOLDEN,
    MIX_1,
    MIX_2,
    bits,
    logistic,
    mix,
    normal,
    normal_at,
    uniform,
    waiting,
    world_key,
)

SEVENTEENTH = world_key(7, 17, 0)
NAMES = [(SEVENTEENTH, purpose, 0xDEADBEEF, 3) for purpose in (FOR_ANSWER, FOR_NOISE, FOR_BREAKDOWN)]


class TestPublished:
    """What others have printed."""

    def test_splitmix64_from_1234567(self):
        """The five outputs that Rosetta Code prints for this seed of SplitMix64."""
        published = [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ]
        assert published == [mix(1234567 + n * GOLDEN & ALL_BITS) for n in range(1, 6)]

    def test_constants(self):
        """Stafford's thirteenth mixer, and the golden ratio's fraction in 64 bits, made odd (Steele, Lea, Flood 2014)."""
        assert (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15) == (MIX_1, MIX_2, GOLDEN)

    @pytest.mark.parametrize(
        ("wanted", "share"),
        [
            (1.2815515655446004, 0.9),
            (1.6448536269514722, 0.95),
            (1.9599639845400545, 0.975),
            (2.5758293035489004, 0.995),
            (-3.2905267314918945, 0.0005),
            (-6.361340902404056, 1e-10),
            (-21.273453560965320, 1e-100),
        ],
    )
    def test_normal_quantiles(self, wanted, share):
        """The quantiles every table has, and two that few have, to the last place or two."""
        assert wanted == pytest.approx(normal_at(share), rel=5e-16)


class TestKept:
    """What must stay as it is, or every stored run would be another."""

    def test_words(self):
        """The outermost names, and names that differ in one place."""
        names = [(1, 0, 0), (14, ALL_BITS, 0), (5, 1, 1), (5, 1, 2), (5, 2, 1)]
        kept = [0x634D7AE467B1F9BB, 0x370CA4815D0A0962, 0x63BEDF8E1669312F, 0x2CA6D64E34450B40, 0x326D4FE036177FEA]
        assert kept == [bits(SEVENTEENTH, *name) for name in names]

    @pytest.mark.parametrize(
        ("draw", "kept"),
        [
            (uniform, [0.5838583312844129, 0.32035651032181367, 0.6829975446482345]),
            (normal, [0.21177402053559383, -0.46670210901332865, 0.4760975102258968]),
            (logistic, [0.3386326178985823, -0.7521339103959447, 0.7675817451765384]),
            (waiting, [0.5380969089991277, 1.1383208085757035, 0.38126401436914925]),
        ],
    )
    def test_draws_to_the_last_bit(self, draw, kept):
        """Three named draws of each shape."""
        assert kept == [draw(*name) for name in NAMES]
