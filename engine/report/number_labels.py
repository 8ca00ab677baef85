"""The numbers of a scenario as labels of tables and figures."""

from collections.abc import Callable
from typing import Any

from wedge.engine.report.quantities import number_in_words
from wedge.engine.report.wording import Wording, capital
from wedge.engine.scenario.problems import escaped

SLOTS = {"demands": "demand tactic", "courts": "courting", "answers": "answering"}
SECTIONS = ("strain.", "talks.", "assumptions.")


def labels_for(scenario: Any) -> Callable[[str], str]:
    """Says what the number at a path is: Russia's bargaining weight. Paths without words of their own stay paths."""
    words = Wording(scenario)

    def label(path: str) -> str:
        if path.startswith(SECTIONS):
            return escaped(path.replace(".", ": ", 1).replace("_", " "))
        if path.startswith("ties.") and path.endswith(".commitment"):
            _, source, target, _ = path.split(".")
            states = words.names.states
            return capital(words.tie(states.index(source), states.index(target)))
        if ".policy." in path:
            _, state, _, slot, parameter = path.split(".")
            whose = words.whose(words.names.states.index(state))
            return capital(f"{whose} {SLOTS.get(slot, escaped(slot))}: {escaped(parameter)}")
        if path.startswith(("events.", "agenda.", "stakes.")):
            return escaped(path)
        return capital(number_in_words(words, path))

    return label
