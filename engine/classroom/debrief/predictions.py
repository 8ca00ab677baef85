"""What students said before play: how likely it is that an alliance fractures."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from wedge.engine.scenario.problems import meant, shown

HEADS = ("name", "state", "chance")
LONGEST = 200  # letters of a name
CHANCES = "write a share such as 0.35, or a percentage such as 35 %"


class PredictionError(Exception):
    """A prediction that cannot be read: what is wrong, with file and line, and what would help."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message, self.help = message, help


class Prediction(NamedTuple):
    """What one student said before play."""

    name: str
    state: str  # whose seat the student has; an empty text for an onlooker
    chance: float  # 0 to 1, that the alliance fractures; nan where nothing was said


def read_predictions(path: Path, states: Sequence[str]) -> list[Prediction]:
    """The predictions in a CSV file with the columns name, state and chance, in its order.

    A state is named as in the scenario's file; capitals and spaces do not matter (United States). Further columns are passed over. Raises PredictionError with file and line for what cannot be read, and OSError
    where the file cannot be.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PredictionError(f"{path} is no text in UTF-8", "save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        heads = [head.strip().lower() for head in next(rows, [])]
        missing = [head for head in HEADS if head not in heads]
        if missing:
            raise PredictionError(
                f"{path}:1: the column {missing[0]} is missing", "begin the file with: name,state,chance"
            )
        return [_prediction(row, heads, states, f"{path}:{rows.line_num}") for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        raise PredictionError(f"{path}:{rows.line_num}: {error}", "write one student a line") from None


def _prediction(row: Sequence[str], heads: Sequence[str], states: Sequence[str], place: str) -> Prediction:
    if len(row) < len(heads):
        raise PredictionError(f"{place}: {len(row)} cells where {len(heads)} are due", "an empty cell keeps its comma")
    name, state, chance = (row[heads.index(head)].strip() for head in HEADS)
    known = {each.lower(): each for each in states}
    meant_state = "_".join(state.lower().split())
    if not name:
        raise PredictionError(f"{place}: the name is missing")
    if len(name) > LONGEST:
        raise PredictionError(f"{place}: a name of {len(name)} letters", f"at most {LONGEST}")
    if state and meant_state not in known:
        raise PredictionError(f"{place}: there is no state {shown(state)}", meant(state, states))
    return Prediction(name, known.get(meant_state, ""), chance_in(chance, place))


def chance_in(text: str, place: str) -> float:
    """A share from 0 to 1, or a percentage with its sign; a comma does for a point. An empty text is nan.

    >>> chance_in("35 %", "here"), chance_in("0,35", "here")
    (0.35, 0.35)
    """
    if not text:
        return math.nan
    bare = text.removesuffix("%").strip().replace(",", ".")
    try:
        value = float(bare) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise PredictionError(f"{place}: {shown(text)} is no chance", CHANCES) from None
    if not 0.0 <= value <= 1.0:
        raise PredictionError(f"{place}: {shown(text)} lies outside 0 and 1", CHANCES)
    return value
