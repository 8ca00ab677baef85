"""Which policies are tried in which seats: the scenario's own, and every preset that fits."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wedge.agents.catalogue import PRESETS
from wedge.engine.analysis.variants import Source, known_only, known_policies, seats_it_fits
from wedge.engine.scenario import Scenario
from wedge.engine.scenario.seats import adversaries_of

OWN = "as written"
DEFAULT_SIDES = 2


class Choices(NamedTuple):
    """The states that compete, the policies each may play (its own first), and what was left out and why."""

    states: tuple[str, ...]
    policies: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]

    @property
    def profiles(self) -> int:
        """How many combinations there are."""
        count = 1
        for policies in self.policies:
            count *= len(policies)
        return count


def choices_of(source: Source, scenario: Scenario, states: Sequence[str] = (), policies: Sequence[str] = ()) -> Choices:
    """The states named (two that are opposed, if none is) and for each its own policy and the presets that fit.

    Raises ExperimentError when a state or a policy is not known.
    """
    chosen = known_only(states, [scenario.names.states[i] for i in scenario.names.display], "state")
    chosen = chosen or opposed(scenario)
    wanted = known_policies(policies, list(PRESETS)) or list(PRESETS)
    left_out: list[str] = []
    offered = []
    for state in chosen:
        fitting = []
        for policy in wanted:
            if seats_it_fits(source.load(policies=[f"{state}={policy}"]), state):
                fitting.append(policy)
            else:
                left_out.append(f"{policy} for {state}: it has nobody to play it on or with")
        offered.append((OWN, *fitting))
    return Choices(tuple(chosen), tuple(offered), tuple(left_out))


def opposed(scenario: Scenario) -> list[str]:
    """The first two adversaries, as declared, that can have the floor; else the first two states that can."""
    names, s = scenario.names, scenario.setting
    speak = [i for i in names.display if (s.floor_list == i).any()]
    for a in speak:
        foes = adversaries_of(scenario.model, names.states[a])
        for b in speak:
            if names.states[b] in foes:
                return [names.states[a], names.states[b]]
    return [names.states[i] for i in speak[:DEFAULT_SIDES]]


def seated(choices: Choices, profile: Iterable[int]) -> list[str]:
    """The changes that seat a profile of choices: ``state=policy``; nothing for a state's own."""
    picked = [
        (state, offered[place]) for state, offered, place in zip(choices.states, choices.policies, profile, strict=True)
    ]
    return [f"{state}={policy}" for state, policy in picked if policy != OWN]
