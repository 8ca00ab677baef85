"""Observables by short names, and what is wanted of them: ``fracture(western) < 0.1``.

The whole language is: a name, or ``word(name)``; one of < <= > >=; a number, perhaps with %.
It is read by hand, sign by sign; nothing is ever evaluated.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from wedge.engine.analysis.observables import SHARE, Observable
from wedge.engine.experiment.problems import ExperimentError

# What a short form stands for; {} is the name in its brackets. The first that is observed is meant.
SHORT = {
    "fracture": ("alliances.{}.fractured", "ties.{}.fractured"),
    "split": ("alliances.{}.split",),
    "withheld": ("ties.{}.withheld",),
    "restored": ("ties.{}.restored",),
    "settled": ("stages.{}.settled", "issues.{}.settled", "{}.settled"),
    "level": ("issues.{}.level",),
    "commitment": ("ties.{}.commitment_end",),
    "payoff": ("states.{}.payoff",),
    "weariness": ("states.{}.weariness",),
    "walkout": ("states.{}.gone",),
    "conceded": ("states.{}.conceded_precondition",),
    "blamed": ("states.{}.most_blamed",),
    "happened": ("events.{}.happened",),
}
SIGNS = ("<=", ">=", "<", ">")
EXAMPLE = "write it like: fracture(western) < 0.1"


class Want(NamedTuple):
    """An observable and the side of a number on which it is wanted."""

    observable: Observable
    sign: str
    value: float

    @property
    def below(self) -> bool:
        """Whether small is wanted."""
        return self.sign.startswith("<")

    def met(self, found: float) -> bool:
        """Whether a share or mean, or the value in one world, is on the wanted side."""
        if self.sign == "<=":
            return found <= self.value
        if self.sign == ">=":
            return found >= self.value
        return found < self.value if self.sign == "<" else found > self.value

    def said(self) -> str:
        """Such as: alliances.western.fractured < 0.1."""
        return f"{self.observable.name} {self.sign} {self.value:g}"


def observable_named(text: str, known: dict[str, Observable]) -> Observable:
    """The observable meant by a name or a short form. Raises ExperimentError.

    ``known`` is what is observed in the scenario, by name.
    """
    said = text.strip()
    if said in known:
        return known[said]
    word, bracket, rest = said.partition("(")
    if not bracket:
        raise ExperimentError(f"there is no observable {said!r}", _near(said, known))
    word, name = word.strip(), rest[:-1].strip()
    if not rest.endswith(")") or not name or any(sign in name for sign in "()"):
        raise ExperimentError(f"cannot read {said!r}", "a short form is a word and one name: fracture(western)")
    if word not in SHORT:
        near = get_close_matches(word, SHORT, n=1)
        cure = f"did you mean {near[0]}({name})?" if near else f"the words are {', '.join(SHORT)}"
        raise ExperimentError(f"there is no short form {word!r}", cure)
    for form in SHORT[word]:
        if form.format(name) in known:
            return known[form.format(name)]
    raise ExperimentError(
        f"nothing is observed under {word}({name})", _near(f"{word}({name})", short_forms(known, word))
    )


def short_forms(known: Iterable[str], word: str) -> list[str]:
    """All short forms with that word that mean something in the scenario."""
    found = []
    for form in SHORT[word]:
        before, after = form.split("{}")
        for name in known:
            if name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after):
                inner = name[len(before) : len(name) - len(after)]
                if before or "." not in inner:
                    found.append(f"{word}({inner})")
    return found


def read_want(text: str, known: dict[str, Observable]) -> Want:
    """What is wanted, from its text. Raises ExperimentError with the cure."""
    at, sign = _first_sign(text)
    left, right = text[:at].strip(), text[at + len(sign) :].strip()
    if not left:
        raise ExperimentError(f"{text!r} says no observable before {sign}", EXAMPLE)
    observable = observable_named(left, known)
    value = _number(right, text)
    if observable.kind == SHARE and not 0 <= value <= 1:
        raise ExperimentError(
            f"{observable.name} is a share of worlds, and {value:g} is not between 0 and 1", "for per cent write 10 %"
        )
    return Want(observable, sign, value)


def _first_sign(text: str) -> tuple[int, str]:
    for at in range(len(text)):
        for sign in SIGNS:
            if text.startswith(sign, at):
                return at, sign
    if "=" in text:
        raise ExperimentError(f"cannot read {text!r}: a share is hardly ever equal to a number", EXAMPLE)
    raise ExperimentError(f"cannot read {text!r}: there is no < or > in it", EXAMPLE)


def _number(said: str, text: str) -> float:
    percent = said.endswith("%")
    digits = said[:-1].strip() if percent else said
    if not digits or any(sign not in "0123456789.+-eE" for sign in digits):
        raise ExperimentError(f"cannot read {text!r}: {said!r} is not a number", EXAMPLE)
    try:
        value = float(digits)
    except ValueError:
        raise ExperimentError(f"cannot read {text!r}: {said!r} is not a number", EXAMPLE) from None
    return value / 100 if percent else value


def default_observable(known: dict[str, Observable]) -> Observable:
    """What is looked at unless something else is asked for: the first alliance's fracture, or settling where there is none."""
    for name, observable in known.items():
        if name.startswith("alliances.") and name.endswith(".fractured"):
            return observable
    return known["talks.settled"]


def _near(said: str, known: Iterable[str]) -> str:
    near = get_close_matches(said, list(known), n=1, cutoff=0.4)
    return f"did you mean {near[0]}?" if near else "the summary.json of an experiment lists all of them"


def is_comparison(text: Any) -> bool:
    """Whether a text holds an observable against a number."""
    return any(sign in str(text) for sign in SIGNS)
