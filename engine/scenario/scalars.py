"""What a plain word in a scenario file means: a number, true, false, nothing, or text.

Unlike YAML 1.1, which would read NO as false, 012 as ten, 12:30 as 750 and 2025-03-03 as a date
object, whatever is not plainly a decimal number stays text, so that a field that wants a number can
refuse it at its place.
"""

import math
import re

from wedge.engine.scenario.tree import Scalar

MOST_DIGITS = 18
INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}


class ScalarRefused(ValueError):
    """A word that is meant as a number, but cannot be one."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


def resolved(word: str) -> Scalar:
    """The value of an unquoted word. Raises ScalarRefused for numbers beyond all sense."""
    if word in WORDS:
        return WORDS[word]
    if INTEGER.fullmatch(word):
        if len(word.lstrip("+-")) > MOST_DIGITS:
            raise ScalarRefused(
                f"a number of more than {MOST_DIGITS} digits", "put it in quotes if it is meant as text"
            )
        return int(word)
    if DECIMAL.fullmatch(word) and any(character.isdigit() for character in word):
        return finite(word)
    return word


def finite(word: str) -> float:
    """The decimal number, which must not overflow."""
    value = float(word)
    if math.isinf(value):
        raise ScalarRefused("a number too large to be represented", "put it in quotes if it is meant as text")
    return value


def number_meant(word: str) -> str:
    """Help for text that looks like a number, or an empty text."""
    bare = word.strip().lower()
    if bare in (".nan", "nan", ".inf", "inf", "-.inf", "-inf", "infinity"):
        return "write an ordinary number; infinity and not-a-number are not allowed"
    if re.fullmatch(r"[-+]?[0-9][0-9_]*(\.[0-9]+)?", bare) and "_" in bare:
        return f"write {bare.replace('_', '')}, without underscores"
    if re.fullmatch(r"[-+]?0[0-9]+(\.[0-9]*)?", bare):
        return f"write {float(bare):g}, without leading zeros"
    if re.fullmatch(r"0[xob][0-9a-f]+", bare):
        return f"write {int(bare, 0)} as a decimal number"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", bare):
        return f"write {bare.replace(',', '.')}, with a decimal point"
    if re.fullmatch(r"[-+]?[0-9.]+\s*%", bare):
        return f"write {float(bare.rstrip('% ')) / 100:g}, a share" if bare.count(".") < 2 else ""
    if DECIMAL.fullmatch(bare) and bare:
        return "remove the quotes around the number"
    return ""
