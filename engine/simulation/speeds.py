"""Which of three speeds a scenario with policies from files has: inside, asked in arrays, or asked one by one."""

from pathlib import Path
from typing import Any, NamedTuple

from wedge.agents.own import rules_of
from wedge.agents.policy_file import load_policy
from wedge.agents.seat import ArrayPolicy, is_asked
from wedge.engine.model.setting import Setting
from wedge.engine.simulation.inside import own_of, why_not_compiled, with_own_rules

INSIDE, IN_ARRAYS, ONE_BY_ONE, UNCOMPILED = "inside", "in arrays", "one by one", "uncompiled"
PAGE = "docs/how-to/your-own-policy.md"
SAID = {
    INSIDE: "has its rules compiled with all others (fast)",
    IN_ARRAYS: "answers for many worlds at a time",
    ONE_BY_ONE: f"answers one world at a time (slow); see {PAGE}",
    UNCOMPILED: f"carries a rule that cannot be compiled, so no world is (slow); see {PAGE}",
}


class Seats(NamedTuple):
    """How the seats of a scenario are played."""

    setting: Setting  # with the rules that seats carry
    speeds: dict[int, str]  # by state
    why: str  # what hinders a rule from being compiled, or nothing

    @property
    def speed(self) -> str:
        """That of the slowest."""
        return max(self.speeds.values(), key=list(SAID).index, default=INSIDE)


def seats_in(scenario: Any) -> Seats:
    """How the seats of a scenario are played where there are many worlds. May compile their rules, which takes a second."""
    policies = {i: load_policy(file, name) for i, (file, name) in scenario.outsiders.items()}
    setting = with_own_rules(scenario.setting, policies)
    why = why_not_compiled(own_of(setting))
    speeds = {}
    for i, policy in policies.items():
        speed = INSIDE
        if is_asked(policy):
            speed = IN_ARRAYS if isinstance(policy, ArrayPolicy) else ONE_BY_ONE
        speeds[i] = UNCOMPILED if why and rules_of(policy) else speed
    return Seats(setting, speeds, why)


def told(scenario: Any) -> list[str]:
    """A sentence for each policy from a file, saying how fast it is; and what hinders a rule from being compiled."""
    seats = seats_in(scenario)
    lines = []
    for i, speed in seats.speeds.items():
        file, name = scenario.outsiders[i]
        lines.append(f"{Path(file).name}: {name} {SAID[speed]}")
    return [*dict.fromkeys(lines), *([seats.why] if seats.why else [])]
