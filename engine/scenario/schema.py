"""The complete scenario format."""

from pydantic import Field

from wedge.agents.theories import DEFAULT_THEORY
from wedge.engine.model import numbers as n
from wedge.engine.scenario.events import Event
from wedge.engine.scenario.fields import Name, Prose, Strict, Summary, Title, number
from wedge.engine.scenario.parts import MOST_ISSUES, MOST_STATES, Alliance, Calendar, Issue, Stage, State
from wedge.engine.scenario.policies import Slot
from wedge.engine.scenario.quantities import Quantity


class Strain(Strict):
    """What strains and mends ties."""

    daylight: Quantity = number(n.COMMON[n.K_DAYLIGHT])
    abandonment: Quantity = number(n.COMMON[n.K_ABANDONMENT])
    burden: Quantity = number(n.COMMON[n.K_BURDEN])
    rally: Quantity = number(n.COMMON[n.K_RALLY])
    repair: Quantity = number(n.COMMON[n.K_REPAIR])
    shock: Quantity = number(n.COMMON[n.K_SHOCK])
    noise: Quantity = number(n.COMMON[n.K_NOISE])
    end_blame: Quantity = number(n.COMMON[n.END_BLAME])
    signature: Quantity = number(n.COMMON[n.K_SIGNATURE])
    consultation: Quantity = number(n.COMMON[n.CONSULTATION])
    withdrawal: Quantity = number(n.COMMON[n.WITHDRAWAL])
    restore_margin: Quantity = number(n.COMMON[n.RESTORE_MARGIN])


class Talks(Strict):
    """How the talks themselves go."""

    after_hope: Quantity = number(n.COMMON[n.AFTER_HOPE])
    belief_good: Quantity = number(n.COMMON[n.BELIEF_A])
    belief_bad: Quantity = number(n.COMMON[n.BELIEF_B])
    learning: Quantity = number(n.COMMON[n.LEARNING])
    breach: Quantity = number(n.COMMON[n.BREACH])
    breakdown: Quantity = number(n.COMMON[n.BREAKDOWN])


class Assumptions(Strict):
    """Assumptions of the model that can be switched off: 1 holds, 0 does not, between them partly."""

    proposer_blamed: Quantity = number(n.COMMON[n.PROPOSER_BLAMED])
    own_proposal: Quantity = number(n.COMMON[n.OWN_PROPOSAL])
    dependence_counts: Quantity = number(n.COMMON[n.DEPENDENCE_COUNTS])
    fairness_counts: Quantity = number(n.COMMON[n.FAIRNESS_COUNTS])
    allies_betray: Quantity = number(n.COMMON[n.ALLIES_BETRAY])
    red_lines_known: Quantity = number(n.COMMON[n.RED_LINES_KNOWN])
    peace_foreseen: Quantity = number(n.COMMON[n.PEACE_FORESEEN])
    deadline_yields: Quantity = number(n.COMMON[n.DEADLINE_YIELDS])
    per_week: Quantity = number(n.COMMON[n.PER_WEEK])
    gives_enough: Quantity = number(n.COMMON[n.GIVES_ENOUGH])
    wedge_checks: Quantity = number(n.COMMON[n.WEDGE_CHECKS])
    hopes_count: Quantity = number(n.COMMON[n.HOPES_COUNT])


class ScenarioFile(Strict):
    """A scenario: who bargains, over what, under which agenda, and what binds the allies among them."""

    extends: str | None = Field(
        default=None,
        max_length=300,
        description="A file in the same folder or below to build on: mappings merge, lists replace, null removes a key.",
    )
    name: Title = Field(description="Its name in prose.")
    summary: Summary = Field(default="", description="One or two sentences on what it asks.")
    description: Prose | None = Field(default=None, description="A longer text.")
    calendar: Calendar = Field(description="When the talks take place.")
    issues: dict[Name, Issue] = Field(min_length=1, max_length=MOST_ISSUES, description="What is bargained over.")
    states: dict[Name, State] = Field(min_length=2, max_length=MOST_STATES, description="Who bargains.")
    alliances: dict[Name, Alliance] = Field(default_factory=dict, max_length=64, description="Who is bound to whom.")
    adversaries: list[list[Name]] | None = Field(
        default=None,
        max_length=4096,
        description="Pairs of adversaries; every two states without a common alliance if left out.",
    )
    strain: Strain = Field(default_factory=Strain, description="How fast ties are strained and mended.")
    talks: Talks = Field(
        default_factory=Talks, description="Hope after the deadline, belief, learning, breach, breakdown."
    )
    assumptions: Assumptions = Field(default_factory=Assumptions, description="Assumptions that can be switched off.")
    decides: Slot = Field(
        default=DEFAULT_THEORY,
        description="The decision theory by which states weigh a proposal; see `wedge policies`. A state may have its own.",
    )
    agenda: list[Stage] = Field(min_length=1, max_length=64, description="The stages, in order.")
    orders: dict[Name, list[list[Name]]] = Field(
        default_factory=dict, max_length=64, description="Declared orders of settling: groups of issues, in turn."
    )
    events: dict[Name, Event] = Field(
        default_factory=dict, max_length=256, description="What may happen besides the talks."
    )
