"""The page on how the model behaves, written from what was played."""

from collections import Counter
from collections.abc import Callable

import numpy as np

from wedge.engine.model.words import ABSENT, REASONS, REJECT
from wedge.engine.model.world import REASON, STANCE
from wedge.engine.report.behaviour import (
    AGENDAS,
    ALIKE,
    CALENDARS,
    COLUMNS,
    CURES,
    INDEPENDENT,
    NOISE_ALONE,
    ONE_ISSUE_EACH,
    SINCERE,
    Arm,
    Ends,
    Laboratory,
    difference_line,
    direction,
    hold_at,
    loaded,
    most_uncertain,
    quantile_of,
    same_runs,
    share_line,
    without_shocks,
)
from wedge.engine.simulation.drawing import drawn_inputs

TOLD_WORLDS = 200
LEANINGS = {"on_a_doubt": "a leaning against it", "on_a_whim": "a leaning for it"}


def page(seed: int, worlds: int, say: Callable[[str], None] = lambda line: None) -> str:
    """The whole page as Markdown."""
    lab = Laboratory(seed, worlds, say)
    parts = [
        head(seed, worlds),
        agendas(lab),
        departures(lab),
        wedges(lab),
        calendars(lab),
        cures(lab),
        uncertain_numbers(lab),
        reasons(lab),
    ]
    return "\n\n".join(parts) + "\n"


def head(seed: int, worlds: int) -> str:
    """What the page is."""
    return (
        "# How the model behaves\n\n"
        "Written by `wedge behaviour`; do not edit by hand. "
        f"Every arm is played in the same {worlds:,} worlds (seed {seed}) of the Alaska scenarios, so differences are "
        "paired. Intervals are at 95 per cent: Wilson's for shares, Newcombe's for paired differences. Shares are "
        "conditional on the scenarios' assumptions, most of which are judgements; they are no forecasts, and nothing "
        "was tuned towards this page. What one would expect was written down before the arms were played."
    )


def table(headings: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "| " + " | ".join("---" for _ in headings) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def expected(text: str, found: bool) -> str:
    """An expectation and whether it was met."""
    return f"- {text}: **{'as expected' if found else 'not found'}**."


def agendas(lab: Laboratory) -> str:
    """Territory first, ceasefire first, all at once."""
    ends = {name: lab.as_it_is(name) for name in AGENDAS}
    rows = [[meaning, *(share_line(ends[name][column]) for name in AGENDAS)] for column, meaning in COLUMNS.items()]
    territory, ceasefire = ends["territory_first"], ends["ceasefire_first"]
    shares = [float(ends[name]["alliance"].mean()) for name in AGENDAS]
    checks = [
        expected("alliances break more often when territory comes first", more(territory, ceasefire)),
        expected("breaking is neither never nor always", 0.0 < max(shares) < 1.0),
        expected("all stages are settled in some worlds of some agenda", any_of(ends, "settled")),
        expected("the client does not always concede the precondition", not territory["precondition"].all()),
        expected(
            "the patron changes its side on sequencing in some world, as it did in August 2025",
            any_of(ends, "sequencing"),
        ),
        expected(
            "where it does, it ends on the side it began on in some world, as in the record", any_of(ends, "back")
        ),
    ]
    note = (
        "Support withheld for low commitment is a result of the model and is what is scored; the pause of March 2025 and "
        "its end are dated events, and so inputs. Which order a state would rather have is recorded and moves nothing."
    )
    difference = difference_line(territory["alliance"], ceasefire["alliance"])
    return "\n\n".join(
        [
            "## The order of the agenda",
            table(["share of worlds in which", *(f"`{name}`" for name in AGENDAS)], rows),
            f"Territory first less ceasefire first, an alliance tie breaks: {difference}.",
            note,
            "\n".join(checks),
        ]
    )


def any_of(ends: dict[str, Ends], column: str) -> bool:
    """Whether it happens in some world of some agenda."""
    return any(bool(found[column].any()) for found in ends.values())


def more(a: Ends, b: Ends, column: str = "alliance") -> bool:
    """Whether a column is true more often in a, beyond doubt."""
    return direction(a[column], b[column]) == "more often"


def departures(lab: Laboratory) -> str:
    """What should hold an alliance together."""
    cases = {
        "patron and client value territory alike": (ALIKE, as_loaded),
        "the client depends on nobody": (INDEPENDENT, as_loaded),
        "joint front": (("alliances.western.joint_front=true",), as_loaded),
        "noise alone": (NOISE_ALONE, without_shocks),
    }
    rows, checks = [], []
    for name, (sets, change) in cases.items():
        found = [lab.play(Arm(name, agenda, sets, change)) for agenda in AGENDAS]
        rows.append([name, *(share_line(ends["alliance"]) for ends in found)])
        base = lab.as_it_is("territory_first")
        checks.append(expected(f"{name}: breaks less often than territory first as it is", more(base, found[1])))
    return "\n\n".join(
        [
            "## What holds an alliance together",
            table(["share of worlds in which an alliance tie breaks", *(f"`{name}`" for name in AGENDAS)], rows),
            "\n".join(checks),
            "Independence and the joint front work partly by construction: daylight counts at most half where nobody "
            "depends, and a joint front forbids the difference that daylight measures.",
        ]
    )


def as_loaded(scenario: object) -> object:
    """No change."""
    return scenario


def wedges(lab: Laboratory) -> str:
    """Agenda by wedge or sincere, and where a wedge must not differ."""
    rows = []
    for agenda in ("territory_first", "package"):
        wedge, sincere = lab.as_it_is(agenda), lab.play(Arm("Russia courts everyone", agenda, SINCERE))
        for column in ("alliance", "patron", "settled"):
            cells = [share_line(wedge[column]), share_line(sincere[column])]
            rows.append([f"`{agenda}`", COLUMNS[column], *cells, difference_line(wedge[column], sincere[column])])
    one = Arm("one issue each", "territory_first", (ONE_ISSUE_EACH,))
    equal = same_runs(one, one._replace(sets=(*one.sets, *SINCERE)), lab.seed, lab.worlds)
    package = Arm("as it is", "package")
    differs = not same_runs(package, package._replace(sets=SINCERE), lab.seed, lab.worlds)
    checks = [
        expected("where each stage holds one issue, the wedge is the sincere policy, run for run", equal),
        expected("on a package it is not", differs),
    ]
    headings = ["agenda", "share of worlds in which", "wedge", "sincere", "difference"]
    return "\n\n".join(["## The wedge", table(headings, rows), "\n".join(checks)])


def calendars(lab: Laboratory) -> str:
    """The same 168 days in few or many rounds."""
    rows = [row for agenda in AGENDAS for row in calendar_rows(lab, agenda, "", ())]
    rows += calendar_rows(lab, "territory_first", ", strain per round", ("assumptions.per_week=0",))[:1]
    headings = ["agenda", "share of worlds in which", *(f"{rounds} x {days:g} days" for rounds, days in CALENDARS)]
    few, many = (
        lab.play(calendar_arm("territory_first", calendar, "", ()))["alliance"]
        for calendar in (CALENDARS[0], CALENDARS[-1])
    )
    note = (
        "Strain is booked per week, so that it does not grow with the number of rounds. Who settles, and when, does "
        "hang on the calendar: more rounds are more chances to agree, an agenda of several stages needs several of "
        "them, and talks that fail end in blame."
    )
    check = expected(
        f"territory first: few long rounds break alliances as often as many short ones ({difference_line(few, many)})",
        direction(few, many) == "cannot be told apart",
    )
    return "\n\n".join(["## The calendar", table(headings, rows), note, check])


def calendar_arm(agenda: str, calendar: tuple[int, float], name: str, sets: tuple[str, ...]) -> Arm:
    """A scenario on another calendar."""
    rounds, days = calendar
    on = (f"calendar.rounds={rounds}", f"calendar.days_between_rounds={days}", *sets)
    return Arm(f"{rounds} rounds of {days} days{name}", agenda, on)


def calendar_rows(lab: Laboratory, agenda: str, name: str, sets: tuple[str, ...]) -> list[list[str]]:
    """Breaking and settling on each calendar."""
    ends = [lab.play(calendar_arm(agenda, calendar, name, sets)) for calendar in CALENDARS]
    columns = ("alliance", "settled")
    return [[f"`{agenda}`{name}", COLUMNS[c], *(share_line(found[c]) for found in ends)] for c in columns]


def cures(lab: Laboratory) -> str:
    """Each assumption that was put in against a fault, taken out alone."""
    rows = []
    for name, sets in CURES.items():
        cells = []
        for agenda in AGENDAS:
            ends, base = lab.play(Arm(name, agenda, sets)), lab.as_it_is(agenda)
            cells.append(f"{ends['alliance'].mean():.3f} ({ends['alliance'].mean() - base['alliance'].mean():+.3f})")
            cells.append(f"{ends['settled'].mean():.3f} ({ends['settled'].mean() - base['settled'].mean():+.3f})")
        rows.append([name, *cells])
    headings = ["taken out alone", *(f"`{agenda}` {what}" for agenda in AGENDAS for what in ("breaks", "settles"))]
    note = "In brackets, the difference from the scenario as it is. What each is there for stands in `model.md`."
    return "\n\n".join(["## Each cure taken out alone", table(headings, rows), note])


def uncertain_numbers(lab: Laboratory) -> str:
    """The ten most uncertain numbers from low to high, and the ten that go most with fracture."""
    agenda = "territory_first"
    going = going_with_fracture(lab, agenda)
    headings = [
        "number",
        "from its 5th to its 95th percentile",
        "breaks, low",
        "breaks, high",
        "difference",
        "with more of it, an alliance breaks",
    ]
    widest = low_and_high(lab, agenda, most_uncertain(loaded(Arm("", agenda)), 10))
    deciding = low_and_high(lab, agenda, list(going))
    correlations = "; ".join(f"`{path}` {value:+.2f}" for path, value in going.items())
    return "\n\n".join(
        [
            f"## The most uncertain numbers (`{agenda}`)",
            "The ten numbers whose middle nine tenths are widest, each held low and high:",
            table(headings, widest),
            "The ten uncertain numbers that go most with fracture over the worlds as drawn, each held low and high:",
            table(headings, deciding),
            f"Their rank correlations with fracture: {correlations}.",
        ]
    )


def low_and_high(lab: Laboratory, agenda: str, paths: list[str]) -> list[list[str]]:
    """A row for each number: how often an alliance breaks with the number held low, and high."""
    scenario = loaded(Arm("", agenda))
    rows = []
    for path in paths:
        low, high = (quantile_of(scenario, path, share) for share in (0.05, 0.95))
        few, many = (
            lab.play(Arm(f"{path} at {value:.4g}", agenda, (), holding(path, value)))["alliance"]
            for value in (low, high)
        )
        shares = [f"{low:.4g} to {high:.4g}", f"{few.mean():.3f}", f"{many.mean():.3f}"]
        rows.append([f"`{path}`", *shares, difference_line(many, few), direction(many, few)])
    return rows


def holding(path: str, value: float) -> Callable[[object], object]:
    """The change that fixes one number."""
    return lambda scenario: hold_at(scenario, path, value)


def going_with_fracture(lab: Laboratory, agenda: str) -> dict[str, float]:
    """The ten drawn numbers whose rank correlation (Spearman) with fracture is largest."""
    from scipy.stats import spearmanr

    scenario = loaded(Arm("", agenda))
    broke = lab.as_it_is(agenda)["alliance"].astype(float)
    if broke.min() == broke.max():
        return {}
    columns = drawn_inputs(scenario.setting, scenario.names, lab.seed, np.arange(lab.worlds))
    found = {path: float(spearmanr(values, broke).statistic) for path, values in columns.items() if np.ptp(values) > 0}
    return {path: found[path] for path in sorted(found, key=lambda path: (-abs(found[path]), path))[:10]}


def reasons(lab: Laboratory) -> str:
    """Why states refused, counted over told runs; red lines must bind somewhere."""
    rows, red = [], False
    for agenda in AGENDAS:
        counts = refusals_by_reason(agenda, lab.seed)
        total = sum(counts.values())
        red = red or counts.get("red_line", 0) > 0
        shares = [
            f"{LEANINGS.get(reason, reason.replace('_', ' '))} {count / total:.0%}"
            for reason, count in counts.most_common(8)
        ]
        rows.append([f"`{agenda}`", f"{total:,}", "; ".join(shares)])
    note = expected("red lines bind somewhere", red)
    return "\n\n".join(
        [
            "## Why states refuse",
            f"Over the told runs of worlds 0 to {TOLD_WORLDS - 1}:",
            table(["agenda", "refusals", "by reason"], rows),
            note,
        ]
    )


def refusals_by_reason(agenda: str, seed: int) -> Counter[str]:
    """How often each reason stood behind a refusal."""
    from wedge.engine.simulation.traced import play

    scenario = loaded(Arm("", agenda))
    counts: Counter[str] = Counter()
    for world in range(TOLD_WORLDS):
        for moment in play(scenario, seed, world).moments:
            for stance, reason in zip(moment.state[STANCE], moment.state[REASON], strict=True):
                if stance != ABSENT and stance == REJECT:
                    counts[REASONS[int(reason)]] += 1
    return counts
