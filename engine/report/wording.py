"""Names, numbers and dates as a told run says them; every name from a file is escaped here."""

import datetime
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from wedge.agents.theories import THEORIES
from wedge.engine.scenario.problems import escaped

# Titles that end in one of these words take an article: the Arab League, the United States.
TAKES_ARTICLE = frozenset(
    [
        "states",
        "union",
        "kingdom",
        "league",
        "republic",
        "federation",
        "emirates",
        "nations",
        "netherlands",
        "philippines",
        "bloc",
        "allies",
        "rebels",
        "powers",
        "committee",
        "community",
        "organisation",
        "organization",
        "movement",
        "front",
        "army",
        "resistance",
        "opposition",
        "government",
        "coalition",
        "alliance",
        "pact",
        "entente",
        "axis",
        "plo",
        "un",
        "us",
        "usa",
        "uk",
        "eu",
        "uae",
        "ussr",
        "frg",
        "gdr",
        "nato",
        "taliban",
        "houthis",
        "west",
        "north",
        "south",
    ]
)
POINTS = 100  # points in a unit of utility


def with_article(title: str) -> str:
    """The title as it stands within a sentence.

    >>> with_article("United States"), with_article("Ukraine"), with_article("The pact")
    ('the United States', 'Ukraine', 'the pact')
    """
    if title.startswith("The "):
        return within(title)
    first, last = title.partition(" ")[0], title.rpartition(" ")[2]
    return f"the {title}" if last.lower() in TAKES_ARTICLE or first == "United" else title


def within(title: str) -> str:
    """A title as it stands within a sentence: an article at its beginning is small."""
    return f"the {title[4:]}" if title.startswith("The ") else title


def capital(text: str) -> str:
    """The text with a capital at its beginning.

    >>> capital("the United States refuses")
    'The United States refuses'
    """
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str], last: str = "and") -> str:
    """The parts in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def points(utility: float) -> str:
    """Utility in points, a hundredth of all that is at stake for a state; one decimal.

    >>> points(0.1874), points(-0.0001)
    ('18.7', '0.0')
    """
    text = f"{POINTS * utility:.1f}"
    return "0.0" if text == "-0.0" else text


def share(value: float, digits: int = 2) -> str:
    """A number from 0 to 1 (a commitment, a level, a weariness)."""
    text = f"{value:.{digits}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def per_cent(value: float) -> str:
    """A share in whole per cent.

    >>> per_cent(0.518)
    '52 per cent'
    """
    return f"{100 * value:.0f} per cent"


def times(count: int) -> str:
    """How often.

    >>> times(1), times(2), times(5), times(13)
    ('once', 'twice', 'five times', '13 times')
    """
    return {1: "once", 2: "twice"}.get(count, f"{number_word(count)} times")


def number_word(count: int) -> str:
    """Small numbers as words."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[count] if 0 <= count < len(words) else f"{count:,}"


def rounds_of(count: int) -> str:
    """One round, or so many rounds."""
    return "one round" if count == 1 else f"{number_word(count)} rounds"


def dated(day: datetime.date, year: bool = True) -> str:
    """A date in words: 3 March 2025."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class War(NamedTuple):
    """How the war of a scenario is spoken of: as fighting where a truce ends it, else as a state of war."""

    ends: str
    goes_on: str
    is_over: str
    resumes: str


FIGHTING = War(
    "The fighting ends.",
    "the fighting goes on",
    "the fighting is over",
    "The ceasefire is broken and the fighting resumes",
)
STATE_OF_WAR = War("The war is over.", "the war is not over", "the war is over", "The peace is broken")
TRUCES = ("ceasefire", "cease-fire", "truce", "armistice")


def war_of(title: str) -> War:
    """How to speak of the war that an issue of that title ends.

    >>> war_of("Ceasefire").ends, war_of("Peace and recognition").ends
    ('The fighting ends.', 'The war is over.')
    """
    return FIGHTING if any(word in title.lower() for word in TRUCES) else STATE_OF_WAR


class Wording:
    """How one scenario's states, issues and dates are said. Titles come from a file, so they are escaped."""

    def __init__(self, scenario: Any) -> None:
        names = scenario.names
        self.names = names
        self.rounds = int(scenario.setting.rounds)
        self._theories = scenario.setting.theory
        self.code, self.name = escaped(scenario.code), escaped(scenario.name)
        self.summary = escaped(scenario.summary)
        self.state_titles = [with_article(escaped(title)) for title in names.state_titles]
        self.issue_titles = [within(escaped(title)) for title in names.issue_titles]
        self.stage_titles = [escaped(title) for title in names.stage_titles]
        self.event_titles = [escaped(title) for title in names.event_titles]
        self.alliance_titles = [with_article(escaped(title)) for title in names.alliance_titles]
        self.orders = [escaped(name).replace("_", " ") for name in names.orders]
        self.war = (
            war_of(names.issue_titles[scenario.setting.war_issue]) if scenario.setting.war_issue >= 0 else FIGHTING
        )
        self.levels = [{float(y): escaped(text) for y, text in sorted(named.items())} for named in names.levels]

    def state(self, i: int) -> str:
        """The state within a sentence."""
        return self.state_titles[i]

    def theory(self, i: int) -> str:
        """The decision theory the state weighs by."""
        return next(name for name, theory in THEORIES.items() if theory.number == self._theories[i])

    def states(self, some: Iterable[int], last: str = "and") -> str:
        """Several of them."""
        return listed([self.state(i) for i in some], last)

    def whose(self, i: int) -> str:
        """The state's: Ukraine's, the United States'."""
        title = self.state(i)
        return f"{title}'" if title.endswith("s") else f"{title}'s"

    def tie(self, i: int, j: int) -> str:
        """What binds the first state to the second."""
        return f"{self.whose(i)} commitment to {self.state(j)}"

    def arrow(self, i: int, j: int) -> str:
        """The tie as a label: United States → Ukraine."""
        return f"{escaped(self.names.state_titles[i])} → {escaped(self.names.state_titles[j])}"

    def date(self, day: float) -> datetime.date:
        """The date of a day since the start."""
        return self.names.start + datetime.timedelta(days=math.floor(day))

    def when(self, n: int) -> str:
        """The days of round n: week of 3 March 2025."""
        first = dated(self.date(n * self.names.days))
        if self.names.days == 7:
            return f"week of {first}"
        if self.names.days <= 1:
            return first
        days = self.names.days
        return f"{int(days) if days == int(days) else days} days from {first}"

    def span(self, first: int, last: int) -> str:
        """The days from round ``first`` to round ``last``."""
        begin = self.date(first * self.names.days)
        end = self.date((last + 1) * self.names.days - 1)
        return f"{dated(begin, begin.year != end.year)} to {dated(end)}"

    def round(self, n: int) -> str:
        """Round n as people count, from 1."""
        return f"round {n + 1}"

    def level(self, k: int, y: float) -> str:
        """Where a level stands between the issue's named levels: which is nearest, and how far it is."""
        named = self.levels[k]
        low = max((at for at in named if at <= y + NEAR), default=min(named))
        high = min((at for at in named if at >= y - NEAR), default=max(named))
        if abs(y - low) <= NEAR or abs(y - high) <= NEAR or low == high:
            at = low if abs(y - low) <= abs(y - high) else high
            return f"“{named[at]}” ({share(y)})"
        way = (y - low) / (high - low)
        if not 0.15 <= way <= 0.85:
            at = low if way < 0.5 else high
            return f"{share(y)}, close to “{named[at]}” ({share(at)})"
        between = f"between “{named[low]}” ({share(low)}) and “{named[high]}” ({share(high)})"
        if 0.45 <= way <= 0.55:
            return f"{share(y)}, halfway {between}"
        return f"{share(y)}, {between}, nearer the {'first' if way < 0.5 else 'second'}"

    def level_in_short(self, k: int, y: float) -> str:
        """The level and the named level nearest to it, or the two it lies in the middle of."""
        named = self.levels[k]
        nearest, *others = sorted(named, key=lambda at: (abs(at - y), at))
        if abs(nearest - y) <= NEAR:
            return f"“{named[nearest]}” ({share(y)})"
        other = next((at for at in others if abs(abs(at - y) - abs(nearest - y)) <= NEAR), None)
        if other is not None:
            return f"{share(y)} (halfway between “{named[nearest]}” and “{named[other]}”)"
        return f"{share(y)} (nearest: “{named[nearest]}”)"


NEAR = 0.005  # levels this close are told as the same
