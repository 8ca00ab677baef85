"""What a person at a seat, and the teacher, may see of a session: plain data, made here and nowhere else.

A page shows nothing that is not in these. What a seat sees comes from the question it is asked and from the public
record; what others have answered is sealed until all have.
"""

from typing import NamedTuple


class Named(NamedTuple):
    """Something with a key for the machine and a title for people."""

    key: str
    title: str


class Clock(NamedTuple):
    """Where the game is in time."""

    round: int  # from 1
    rounds: int
    when: str  # week of 3 March 2025
    left: float | None  # seconds until missing answers are given by the engine; None without a timer
    paused: bool


class Awaited(NamedTuple):
    """A seat that is asked now, and whether it has answered; never what."""

    state: Named
    answered: bool


class IssueOnTable(NamedTuple):
    """One issue on the table, as the seat sees it. Levels go from 0 to 1."""

    key: str
    title: str
    named: tuple[tuple[float, str], ...]  # the scenario's own names of levels, lowest first
    now: float
    now_in_words: str
    proposed: float | None  # None where the seat has the floor, or nothing is proposed
    proposed_in_words: str
    wanted: float | None  # the seat's own ideal; None where the issue does not matter to it
    importance: str  # per cent of what the seat cares about, such as "35 %"; empty where it does not matter
    red_line: float | None  # its own
    red_line_above: bool  # whether it refuses what lies above, else what lies below
    lowest: float  # the lowest level at which the issue can be settled
    believed: tuple[tuple[str, float], ...]  # what it believes the others want: title of the state, level
    share_of: str  # issues with the same word here are shares of one thing and come to 1 or less; else empty


class Sealed(NamedTuple):
    """What the seat has answered so far; it may answer otherwise until all have."""

    said: str  # offer, pass, consult, yes, no or leave
    levels: tuple[tuple[str, float], ...]  # of an offer: title of the issue, level
    ally: str  # title of the ally it consults
    by: str  # who said it; empty where the engine did


class Asked(NamedTuple):
    """What the seat must decide now."""

    key: str  # such as "r3-answer-5"; an answer carries it, so that a late or doubled one changes nothing
    kind: str  # "propose" or "answer"
    heading: str  # Ukraine has the floor. / Russia proposes, and your answer is due.
    agenda: str  # what is on the table, who must sign, what comes later
    issues: tuple[IssueOnTable, ...]
    other_issues: tuple[IssueOnTable, ...]  # not on the table
    worth: tuple[str, ...]  # what it is worth to the seat, in sentences
    has_vote: bool
    may_leave: bool
    may_consult: tuple[Named, ...]
    sealed: Sealed | None


class Told(NamedTuple):
    """One round as it was followed, newest rounds first in a list."""

    heading: str
    sentences: tuple[str, ...]
    own: tuple[str, ...]  # what the seat alone knows of it


class Statement(NamedTuple):
    """What somebody said in words, to all or to one other seat."""

    number: int
    round: int  # from 1; 0 before the game and after its end
    by: str  # the person's name
    state: str  # title of the state it was said for; "the teacher" for the teacher
    to: str  # title of the state it was said to; empty where to all
    text: str


class OwnTie(NamedTuple):
    """A tie of the seat to an ally: its own commitment."""

    ally: str
    commitment: float  # 0 to 1
    breaks_below: float
    support: str  # given, withheld or broken off: the seat's own to the ally
    received: str  # the ally's to the seat


class Mate(NamedTuple):
    """Somebody at the same seat."""

    name: str
    here: bool  # whether a page of theirs is open


class SeatView(NamedTuple):
    """All that a person's page shows."""

    session: str  # its key in addresses
    title: str
    scenario: str
    summary: str
    status: str  # open (people join), playing, paused or over
    person: str
    seat: Named | None  # None before one is taken
    seats: tuple[tuple[Named, int], ...]  # in the lobby: seats and how many people hold each
    may_choose: bool  # whether this person may take another seat by themselves
    mates: tuple[Mate, ...]
    chance: float | None  # what this person predicted, 0 to 1
    clock: Clock | None
    round: tuple[str, ...]  # what all can see of the round that waits: why it is asked anew, its events, the offer
    by_engine: bool  # whether the engine answers for the seat
    awaited: tuple[Awaited, ...]
    asked: Asked | None
    ties: tuple[OwnTie, ...]
    history: tuple[Told, ...]  # newest first
    statements: tuple[Statement, ...]  # newest first
    others: tuple[Named, ...]  # whom it can speak to
    outcome: tuple[str, ...]  # at the end: how it ended, in sentences
    debrief: bool  # whether the debrief may be read
    ended: bool = False  # whether the teacher ended the game


class PersonSeen(NamedTuple):
    """A person as the teacher sees them."""

    key: str
    name: str
    seat: Named | None
    chance: float | None
    here: bool


class SeatSeen(NamedTuple):
    """A seat as the teacher sees it: everything."""

    state: Named
    people: tuple[PersonSeen, ...]
    by_engine: bool  # whether the engine answers for it
    asked: Asked | None
    ties: tuple[OwnTie, ...]


class TeacherView(NamedTuple):
    """All that the teacher's page of a session shows."""

    session: str
    code: str  # what people type to join
    address: str  # where they type it
    title: str
    scenario: str
    status: str
    seed: int
    world: int
    seconds: int | None  # the timer, per question
    clock: Clock | None
    round: tuple[str, ...]  # what all can see of the round that waits
    awaited: tuple[Awaited, ...]
    seats: tuple[SeatSeen, ...]  # that people play
    engine: tuple[Named, ...]  # states that their policies play
    unseated: tuple[PersonSeen, ...]
    history: tuple[Told, ...]
    statements: tuple[Statement, ...]
    events: tuple[tuple[Named, bool], ...]  # events of the scenario, and whether each has happened
    outcome: tuple[str, ...]
    debrief: str  # "", "running", "ready" or what went wrong
    debrief_said: str  # the last line of its progress
    debrief_shown: bool  # whether people may read it
    trouble: str  # what keeps the game from going on, or nothing
    ended: bool = False  # whether the teacher ended the game, so that it is not gone on with
