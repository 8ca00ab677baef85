"""What is put over a scenario's files before it is played, as options and in the code of a run.

``--set PATH=VALUE`` stands in a code as ``+0.set.PATH=VALUE``, ``--policy STATE=POLICY`` as
``+0.policy.STATE=POLICY``: a move in round 0, before the talks begin. What a shell or a code could take
for something else is written as in a web address (``%20`` for a blank), so that a code is one word.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote, unquote

SET, POLICY = "--set", "--policy"
OPTIONS = (SET, POLICY)
BEFORE_THE_TALKS = "0."
KEPT = "/:,=._-"  # signs that stand for themselves in a code


class Change(NamedTuple):
    """One option and what it says, such as ``--set`` and ``states.ukraine.power=0.8``."""

    option: str
    text: str


def changes_from(sets: Iterable[str] = (), policies: Iterable[str] = ()) -> list[Change]:
    """The changes that these options make, in the order in which they are made: policies first."""
    return [*(Change(POLICY, text) for text in policies), *(Change(SET, text) for text in sets)]


def texts_of(changes: Iterable[Change], option: str) -> list[str]:
    """What one of the two options says."""
    return [change.text for change in changes if change.option == option]


def as_options(changes: Iterable[Change]) -> list[str]:
    """The changes as words of a command."""
    return [word for change in changes for word in change]


def from_call(call: Sequence[str]) -> list[Change]:
    """The changes that a call of ``wedge`` makes."""
    return [Change(word, after) for word, after in pairwise(call) if word in OPTIONS]


def in_code(changes: Iterable[Change]) -> str:
    """The changes as they stand in a code; ``from_code`` reads each again.

    >>> in_code([Change("--policy", "russia=wedge"), Change("--set", "strain.noise={uniform: [0, 1]}")])
    '+0.policy.russia=wedge+0.set.strain.noise=%7Buniform:%20%5B0,%201%5D%7D'
    """
    return "".join(
        f"+{BEFORE_THE_TALKS}{change.option.removeprefix('--')}.{quote(change.text, KEPT)}" for change in changes
    )


def from_code(piece: str) -> Change | None:
    """The change that a piece of a code stands for, less its plus sign; None where it is none.

    >>> from_code("0.set.strain.noise=0")
    Change(option='--set', text='strain.noise=0')
    """
    verb, dot, text = piece.removeprefix(BEFORE_THE_TALKS).partition(".")
    option = f"--{verb}"
    return Change(option, unquote(text)) if dot and option in OPTIONS else None
