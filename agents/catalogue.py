"""The catalogue of policies: every tactic of the three slots, and presets of the three.

A tactic is a file in ``demands``, ``courting`` or ``answering`` that holds a rule of the same
name; it is found by looking, so that a new policy needs no entry here. The dispatch in
``ladder.py`` is generated from this catalogue (``python -m wedge.agents.make_ladder``).
"""

import importlib
import pkgutil
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from wedge.agents import answering, courting, demands
from wedge.agents.parameters import Parameter
from wedge.agents.sources import SOURCES


class Slot(NamedTuple):
    """One tactic for one of the three slots of a policy."""

    name: str
    number: int
    parameters: tuple[Parameter, ...]
    concerns: tuple[str, ...]  # of "patron", "client": whom it must be told
    meaning: str
    sources: tuple[str, ...]  # full citations
    function: Callable[..., Any]


class Preset(NamedTuple):
    """A policy by name: what it demands, whom it courts, how it answers."""

    name: str
    demands: tuple[str, dict[str, float]]
    courts: tuple[str, dict[str, float]]
    answers: tuple[str, dict[str, float]]
    meaning: str
    names: tuple[str, ...] = ()  # other names it goes by

    @property
    def sources(self) -> tuple[str, ...]:
        """The works its three tactics cite, each once."""
        slots = (DEMANDS[self.demands[0]], COURTS[self.courts[0]], ANSWERS[self.answers[0]])
        return tuple(dict.fromkeys(source for slot in slots for source in slot.sources))


def _tactics(room: Any) -> dict[str, Slot]:
    found = {}
    for number, name in enumerate(sorted(m.name for m in pkgutil.iter_modules(room.__path__))):
        module = importlib.import_module(f"{room.__name__}.{name}")
        function = getattr(module, name)
        text = function.__doc__ or ""
        cited = tuple(SOURCES[key] for key in re.findall(r"\[(\w+)\]_", text))
        meaning = " ".join(text.split("Names:")[0].split())
        parameters = getattr(module, "PARAMETERS", ())
        found[name] = Slot(name, number, parameters, getattr(module, "CONCERNS", ()), meaning, cited, function)
    return found


def _called(slot: Slot, name: str, meaning: str, **defaults: float) -> Slot:
    """The same tactic under another name, with other defaults."""
    parameters = tuple(p._replace(default=defaults.get(p.name, p.default)) for p in slot.parameters)
    return slot._replace(name=name, parameters=parameters, meaning=meaning)


DEMANDS = _tactics(demands)
DEMANDS["boulware"] = _called(DEMANDS["concession"], "boulware", "Yields late (concession with e = 0.4).", e=0.4)
DEMANDS["conceder"] = _called(DEMANDS["concession"], "conceder", "Yields early (concession with e = 2).", e=2.0)
COURTS = _tactics(courting)
ANSWERS = _tactics(answering)

PRESETS = {
    preset.name: preset
    for preset in (
        Preset("sincere", ("concession", {}), ("sincere", {}), ("quantal", {}), "Logrolls for a deal, at an even pace.", ("logroller",)),
        Preset("boulware", ("boulware", {}), ("sincere", {}), ("quantal", {}), "Holds out long, yields near the deadline."),
        Preset("conceder", ("conceder", {}), ("sincere", {}), ("quantal", {}), "Wants a deal soon and yields early."),
        Preset("tit_for_tat", ("mirror", {}), ("sincere", {}), ("quantal", {}), "Yields as far as the other side has yielded."),
        Preset("wedge", ("boulware", {}), ("wedge", {}), ("quantal", {}), "Offers the patron what the client must refuse.", ("divider",)),
        Preset("firm", ("steadfast", {}), ("nobody", {}), ("firm", {}), "Never yields.", ("hardliner",)),
        Preset("stall", ("steadfast", {}), ("sincere", {}), ("firm", {}), "Offers only what costs it nothing: taps along.", ("tapping_along",)),
        Preset("follow", ("concession", {}), ("sincere", {}), ("follow", {}), "Takes its patron's stance.", ("bandwagoner",)),
        Preset("solidarity", ("boulware", {}), ("consult", {}), ("solidarity", {}), "An ally's red line counts as its own; mends weak ties."),
        Preset("random", ("lots", {}), ("lots", {}), ("lots", {}), "The null model: demands, offers and answers by lot.", ("null",)),
    )
}  # fmt: skip
