"""Sides over Syria, 2016: a landscape that was published in full."""

import hashlib
from collections.abc import Iterator

import numpy as np

from wedge.engine.theory.checks.check import Case, Check, How, Numbers, Parameter, Row, of
from wedge.engine.theory.classical.landscape import basins, landscape, local_minima, pull_of

ACTORS = (
    "US",
    "Russia",
    "Syria",
    "Turkey",
    "S. Arabia",
    "Iran",
    "ISIS",
    "Hezbollah",
    "Iraqi Kurds",
    "Nusra",
    "Baghdad",
)
SIZE = (10, 10, 50, 10, 10, 20, 100, 20, 40, 10, 50)
SYRIA = ACTORS.index("Syria")
# Affinity of each actor with those after it, 1 to 5; propensity is three less.
AFFINITY = (
    (2, 2, 5, 4, 2, 1, 1, 4, 2, 4),
    (4, 2, 3, 3, 1, 3, 2, 2, 4),
    (1, 2, 4, 1, 4, 1, 2, 3),
    (3, 2, 2, 3, 2, 2, 3),
    (1, 1, 3, 3, 2, 3),
    (2, 5, 3, 2, 2),
    (2, 1, 2, 1),
    (3, 2, 3),
    (2, 3),
    (2,),
)
# Of the 1,024 published energies, in rising order of sides (US first, its side 1), joined by commas.
PUBLISHED = {
    50: "a7766da67f83ce1a9316cf37ce5354e4b138b2a330c896df8fd4cb1719158864",
    10: "eec8025f1682b6c3c09b5fec938058a47dca82f2c798cd376399daf26452b304",
}
EXPECTED: dict[int, dict[str, float | str]] = {
    50: {
        "lowest energy": -83_200,
        "minority side": "Turkey, ISIS, Nusra",
        "next four": "-82400, -81200, -80600, -80000",
        "highest energy": 0,
        "mean energy": -46_400,
    },
    10: {
        "lowest energy": -65_600,
        "minority side": "ISIS, Nusra",
        "next four": "-64800, -64000, -63600, -62800",
        "highest energy": 0,
        "mean energy": -35_200,
    },
}


def propensities() -> np.ndarray:
    """[11, 11] how much each two actors tend to each other, -2 to 2."""
    table = np.zeros((len(ACTORS), len(ACTORS)))
    for i, row in enumerate(AFFINITY):
        for after, affinity in enumerate(row, start=i + 1):
            table[i, after] = table[after, i] = affinity - 3
    return table


def rows(numbers: Numbers, how: How) -> Iterator[Row]:
    """Energies, minima and basins; for a strength of Syria that was not published, the properties of any landscape."""
    syria = int(numbers["syria"])
    size = np.array(SIZE, dtype=float)
    size[SYRIA] = syria
    found, case = landscape(size, propensities()), of(syria=syria)
    minima, pull = local_minima(found), pull_of(size, propensities())
    lowest = np.sort(found.energy)[:5]
    side = found.sides[found.energy.argmin()]
    minority = int(side.sum() * 2 < len(side))
    told: dict[str, float | str] = {
        "lowest energy": float(lowest[0]),
        "minority side": ", ".join(name for name, one in zip(ACTORS, side, strict=True) if one == minority),
        "next four": ", ".join(f"{energy:.0f}" for energy in lowest[1:]),
        "highest energy": float(found.energy.max()),
        "mean energy": float(found.energy.mean()),
    }
    yield Row(case, "mean energy is half of all pulls", float(pull.sum() / 2.0), float(found.energy.mean()), 1e-9)
    if syria in PUBLISHED:
        for name, expected in EXPECTED[syria].items():
            yield Row(case, name, expected, told[name], 0.0)
        yield Row(case, "local minima", 1.0, float(len(minima)), 0.0)
        reached = float((basins(found) == minima[0]).sum())
        yield Row(case, "configurations from which steepest descent gets there", 1024.0, reached, 0.0)
        text = ",".join(f"{energy:.0f}" for energy in found.energy)
        ours = hashlib.sha256(text.encode()).hexdigest()
        yield Row(case, "hash of the 1,024 energies", PUBLISHED[syria], ours, 0.0)


CHECK = Check(
    name="landscape",
    title="Sides over Syria, by landscape theory",
    citation=(
        "Axelrod, R. and Bennett, D. S. (1993). A landscape theory of aggregation. British Journal of Political Science "
        "23(2), 211-233; published here: Axelrod, R. and Furnas, A. (2016), alexanderfurnas/Landscape_Theory."
    ),
    played="not a game: the classical model, every one of 1,024 configurations",
    rows=rows,
    parameters={"syria": Parameter(50, 1, 1000, "strength of Syria; 10 in the weak case", whole=True)},
    table=(Case({"syria": 50}), Case({"syria": 10})),
)
