"""The code of a run, such as ``alaska_2025/territory_first@7:17``: scenario, seed 7, world 17.

What was changed beforehand and forced moves follow, each after a plus sign: see ``wedge.engine.analysis.notation``.
"""

import re
from typing import NamedTuple

CODE = re.compile(r"(?P<scenario>.+)@(?P<seed>\d{1,19}):(?P<world>\d{1,19})(?P<moves>(?:\+.*)?)")


class Code(NamedTuple):
    """What a code says. Seed and world are None where only a scenario was named."""

    scenario: str
    seed: int | None
    world: int | None
    moves: str = ""


def read_code(said: str) -> Code:
    """A code taken apart; a text without seed and world is a scenario's name.

    >>> read_code("alaska_2025/territory_first@7:17")
    Code(scenario='alaska_2025/territory_first', seed=7, world=17, moves='')
    >>> read_code("first_steps@7:3+9.client=accept").moves
    '+9.client=accept'
    >>> read_code("mine.yaml")
    Code(scenario='mine.yaml', seed=None, world=None, moves='')
    """
    found = CODE.fullmatch(said)
    if found is None:
        return Code(said, None, None)
    return Code(found["scenario"], int(found["seed"]), int(found["world"]), found["moves"])


def full_name(said: str) -> str:
    """The packaged scenario meant by the last part of its name alone, if only one ends so; else what was said.

    >>> full_name("territory_first")
    'alaska_2025/territory_first'
    """
    from pathlib import Path

    from wedge.engine.scenario.finding import is_there, packaged

    known = packaged()
    if said in known or is_there(Path(said)):
        return said
    ending = [name for name in known if name.rpartition("/")[2] == said]
    return ending[0] if len(ending) == 1 else said
