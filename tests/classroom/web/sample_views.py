"""Views of made-up sessions in every state, to be rendered, tested and looked at.

Run as a script, it writes every page into a folder: ``python tests/classroom/web/sample_views.py FOLDER``.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from wedge.engine.classroom.session.seen import (
    Asked,
    Awaited,
    Clock,
    IssueOnTable,
    Mate,
    Named,
    OwnTie,
    PersonSeen,
    Sealed,
    SeatSeen,
    SeatView,
    Statement,
    TeacherView,
    Told,
)
from wedge.engine.classroom.web import pages

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein " * 3
QR = '<svg viewBox="0 0 4 4"><path d="M0 0h1v1H0zM2 0h2v2H2zM0 3h3v1H0z"/></svg>'

NORTH, SOUTH, EAST = Named("north", "Northland"), Named("south", "Southland"), Named("east", "Eastland")
UNION = Named("union", "Union of the Middle States")

LAND = IssueOnTable(
    key="land",
    title="The border province",
    named=((0.0, "returned"), (0.6, "line of contact"), (1.0, "ceded and recognised")),
    now=0.6,
    now_in_words="“line of contact” (0.60)",
    proposed=0.85,
    proposed_in_words="0.85 (nearest: “ceded and recognised”)",
    wanted=0.1,
    importance="45 %",
    red_line=0.75,
    red_line_above=True,
    lowest=0.0,
    believed=(("Southland", 0.95), ("Union of the Middle States", 0.3)),
    share_of="",
)
TRUCE = IssueOnTable(
    key="truce",
    title="Ceasefire",
    named=((0.0, "none"), (0.5, "local"), (1.0, "full")),
    now=0.0,
    now_in_words="“none” (0.00)",
    proposed=1.0,
    proposed_in_words="“full” (1.00)",
    wanted=1.0,
    importance="55 %",
    red_line=None,
    red_line_above=False,
    lowest=0.5,
    believed=(),
    share_of="",
)
TRADE = IssueOnTable(
    "trade", "Trade", (), 0.25, "0.25", None, "", None, "", 0.2, False, 0.0, (("Southland", 0.5),), ""
)  # fmt: skip
CLOCK = Clock(round=3, rounds=40, when="week of 3 March 2025", left=57.0, paused=False)
ANSWER = Asked(
    key="r3-answer",
    kind="answer",
    heading="Southland proposes, and your answer is due.",
    agenda="On the table: the border province and a ceasefire. Northland, Southland and the Union must sign.",
    issues=(LAND, TRUCE),
    other_issues=(TRADE,),
    worth=(
        "Signing is worth 4.2 points less to you than going on.",
        "You hold out for 6.0 points this round.",
    ),
    has_vote=True,
    may_leave=True,
    may_consult=(),
    sealed=None,
)
PROPOSE = ANSWER._replace(
    key="r4-propose",
    kind="propose",
    heading="Northland has the floor.",
    issues=tuple(issue._replace(proposed=None, proposed_in_words="") for issue in (LAND, TRUCE)),
    worth=("Your best is worth 12.0 points to you; you hold out for 9.5 this round.",),
    may_leave=False,
    may_consult=(UNION, EAST),
)
TIES = (
    OwnTie("Union of the Middle States", 0.62, 0.3, "given", "given"),
    OwnTie("Eastland", 0.28, 0.3, "withheld", "broken off"),
)
HISTORY = (
    Told(
        "Round 2, week of 24 February 2025",
        ("Southland proposed.", "Northland refused."),
        ("You gave up 2.1 points.",),
    ),
    Told("Round 1, week of 17 February 2025", ("The Union passed.",), ()),
)
STATEMENTS = (
    Statement(3, 3, "Ada", "Northland", "", "We will not cede an inch.\nNot now."),
    Statement(2, 2, "Ben", "Southland", "Northland", "Meet us half way."),
    Statement(1, 0, "", "the teacher", "", "Welcome. Read your role sheet first."),
)

SEATED = SeatView(
    session="k3x9",
    title="Negotiation, group B",
    scenario="Territory first",
    summary="Cession of a province is made a precondition of any ceasefire.",
    status="playing",
    person="Ada",
    seat=NORTH,
    seats=((NORTH, 2), (SOUTH, 1), (UNION, 0)),
    may_choose=False,
    mates=(Mate("Cleo", True), Mate("Dan", False)),
    chance=0.4,
    clock=CLOCK,
    round=("Event: A storm at sea.", "South proposes Land at 0.50 (nearest: “half”)."),
    by_engine=False,
    awaited=(Awaited(NORTH, False), Awaited(UNION, True)),
    asked=ANSWER,
    ties=TIES,
    history=HISTORY,
    statements=STATEMENTS,
    others=(SOUTH, UNION, EAST),
    outcome=(),
    debrief=False,
)
BARE = SEATED._replace(clock=None, awaited=(), asked=None, ties=(), history=(), statements=())
OUTCOME = ("The talks ran out of rounds; nothing was settled.", "The alliance of Northland and Eastland broke.")


def _hostile_issue(issue: IssueOnTable) -> IssueOnTable:
    return issue._replace(
        title=LONG + SCRIPT, named=((0.0, IMAGE), (1.0, SCRIPT)), now_in_words=IMAGE, proposed_in_words=SCRIPT,
        importance=SCRIPT, believed=((IMAGE, 0.5),), share_of=IMAGE,
    )  # fmt: skip


BAD = Named(IMAGE, SCRIPT + LONG)
BAD_SEALED = Sealed("offer", ((SCRIPT, 0.5),), IMAGE, SCRIPT)
BAD_ASKED = ANSWER._replace(
    key=IMAGE, heading=SCRIPT, agenda=IMAGE, issues=(_hostile_issue(LAND),), other_issues=(_hostile_issue(TRADE),),
    worth=(SCRIPT, IMAGE), may_consult=(BAD,), sealed=BAD_SEALED,
)  # fmt: skip
BAD_CLOCK = CLOCK._replace(when=SCRIPT)
BAD_HISTORY = (Told(SCRIPT, (IMAGE,), (SCRIPT,)), Told(IMAGE, (SCRIPT,), (IMAGE,)))
BAD_SAID = (Statement(1, 1, SCRIPT, IMAGE, SCRIPT, IMAGE + LONG), Statement(2, 1, IMAGE, SCRIPT, "", SCRIPT))
BAD_TIES = (OwnTie(SCRIPT, 0.5, 0.3, IMAGE, SCRIPT),)
HOSTILE = SeatView(
    session=IMAGE, title=SCRIPT, scenario=IMAGE, summary=SCRIPT, status="playing", person=SCRIPT, seat=BAD,
    seats=((BAD, 1),), may_choose=True, mates=(Mate(IMAGE, True),), chance=0.5, clock=BAD_CLOCK, round=(SCRIPT, IMAGE), by_engine=True,
    awaited=(Awaited(BAD, True),), asked=BAD_ASKED, ties=BAD_TIES, history=BAD_HISTORY, statements=BAD_SAID, others=(BAD,), outcome=(SCRIPT,),
    debrief=True,
)  # fmt: skip

EIGHT = tuple(Named(f"state_{n}", f"State number {n} of the eight") for n in range(1, 9))

SEATS: dict[str, SeatView] = {
    "no_seat": BARE._replace(status="open", seat=None, mates=(), others=(), may_choose=True),
    "no_seat_yet_while_played": BARE._replace(seat=None, mates=(), others=(), clock=CLOCK),
    "lobby": BARE._replace(status="open", may_choose=True),
    "lobby_role_read": BARE._replace(status="open"),
    "eight_seats": BARE._replace(
        status="open", may_choose=True, seat=EIGHT[0], seats=tuple((state, 3) for state in EIGHT), others=EIGHT[1:]
    ),
    "answer": SEATED,
    "answered_for": SEATED._replace(by_engine=True),
    "answer_sealed": SEATED._replace(asked=ANSWER._replace(sealed=Sealed("no", (), "", "Cleo"))),
    "answer_without_vote": SEATED._replace(asked=ANSWER._replace(has_vote=False, may_leave=False, worth=())),
    "propose": SEATED._replace(asked=PROPOSE),
    "propose_shares": SEATED._replace(
        asked=PROPOSE._replace(
            issues=tuple(
                issue._replace(share_of="the fund", wanted=0.8, lowest=0.0, red_line=None) for issue in PROPOSE.issues
            ),
            may_consult=(),
        )
    ),
    "propose_sealed": SEATED._replace(
        asked=PROPOSE._replace(
            sealed=Sealed("offer", (("The border province", 0.4), ("Ceasefire", 1.0)), "", ""),
        )
    ),
    "waiting": SEATED._replace(asked=None, awaited=(Awaited(SOUTH, False),)),
    "paused": SEATED._replace(status="paused", clock=CLOCK._replace(paused=True)),
    "over": SEATED._replace(status="over", asked=None, awaited=(), outcome=OUTCOME),
    "over_with_debrief": SEATED._replace(status="over", asked=None, awaited=(), outcome=OUTCOME, debrief=True),
    "hostile": HOSTILE,
    "hostile_propose": HOSTILE._replace(asked=BAD_ASKED._replace(kind="propose")),
    "hostile_lobby": HOSTILE._replace(seat=None, status="open"),
    "hostile_over": HOSTILE._replace(status="over", asked=None),
}

ADA, CLEO = PersonSeen("p1", "Ada", NORTH, 0.4, True), PersonSeen("p2", "Cleo", NORTH, None, False)
PLAYED = TeacherView(
    session="k3x9",
    code="RIVER7",
    address="http://192.0.2.17:8000",
    title="Negotiation, group B",
    scenario="Territory first",
    status="playing",
    seed=7,
    world=17,
    seconds=120,
    clock=CLOCK,
    round=SEATED.round,
    awaited=(Awaited(NORTH, False), Awaited(UNION, True)),
    seats=(
        SeatSeen(NORTH, (ADA, CLEO), False, ANSWER, TIES),
        SeatSeen(
            UNION,
            (PersonSeen("p3", "Dan", UNION, 0.9, True),),
            False,
            ANSWER._replace(sealed=Sealed("yes", (), "", "Dan")),
            TIES[:1],
        ),
        SeatSeen(SOUTH, (), True, None, ()),
    ),
    engine=(EAST,),
    unseated=(PersonSeen("p4", "Eve", None, 0.1, True),),
    history=HISTORY,
    statements=STATEMENTS,
    events=((Named("scandal", "A scandal at home"), False), (Named("offensive", "Winter offensive"), True)),
    outcome=(),
    debrief="",
    debrief_said="",
    debrief_shown=False,
    trouble="",
)
OVER = PLAYED._replace(status="over", awaited=(), outcome=OUTCOME)
BAD_PERSON = PersonSeen(IMAGE, SCRIPT, BAD, 0.5, True)

TEACHERS: dict[str, TeacherView] = {
    "open": PLAYED._replace(
        status="open",
        clock=None,
        awaited=(),
        history=(),
        statements=(),
        seats=tuple(seat._replace(asked=None, ties=()) for seat in PLAYED.seats),
    ),
    "playing": PLAYED,
    "paused": PLAYED._replace(status="paused", clock=CLOCK._replace(paused=True)),
    "eight_seats": PLAYED._replace(
        seats=tuple(
            SeatSeen(
                state,
                tuple(PersonSeen(f"{state.key}-{n}", f"Person {n}", state, 0.5, n > 1) for n in range(3)),
                False,
                ANSWER,
                TIES,
            )
            for state in EIGHT
        ),
        awaited=tuple(Awaited(state, False) for state in EIGHT),
    ),
    "over": OVER,
    "ended": OVER._replace(ended=True),
    "in_trouble": PLAYED._replace(trouble="states.south.policy: talks.py:Weak failed in demand(): ZeroDivisionError"),
    "debrief_running": OVER._replace(debrief="running", debrief_said="1,200 of 2,000 worlds played"),
    "debrief_ready": OVER._replace(debrief="ready", debrief_shown=True),
    "debrief_failed": OVER._replace(debrief="The other scenario has other states."),
    "hostile": TeacherView(
        session=IMAGE, code=SCRIPT, address=IMAGE, title=SCRIPT, scenario=IMAGE, status="playing", seed=1, world=1,
        seconds=None, clock=BAD_CLOCK, round=(SCRIPT, IMAGE), awaited=(Awaited(BAD, False),),
        seats=(SeatSeen(BAD, (BAD_PERSON,), False, BAD_ASKED, BAD_TIES),), engine=(BAD,), unseated=(BAD_PERSON._replace(key=SCRIPT),),
        history=BAD_HISTORY, statements=BAD_SAID, events=((BAD, False),), outcome=(SCRIPT,), debrief=SCRIPT,
        debrief_said=IMAGE, debrief_shown=False, trouble=SCRIPT,
    ),
}  # fmt: skip

SESSIONS = (
    pages.SessionListed("k3x9", "RIVER7", "Negotiation, group B", "Territory first", "playing", 12),
    pages.SessionListed("k4x9", "LAKE22", "", "Package", "over", 0),
)
SCENARIOS = (
    pages.ScenarioListed("alaska_2025/territory_first", "Territory first", SEATED.summary, (NORTH, SOUTH, UNION)),
    pages.ScenarioListed("alaska_2025/package", "Package", "", (NORTH, SOUTH)),
)
BAD_SESSIONS = (pages.SessionListed(IMAGE, SCRIPT, IMAGE, SCRIPT, IMAGE, 3),)
BAD_SCENARIOS = (pages.ScenarioListed(IMAGE, SCRIPT, IMAGE, (BAD,)),)


def all_pages() -> dict[str, Callable[[], str]]:
    """What renders each page, by the page's name."""
    made: dict[str, Callable[[], str]] = {
        "home": pages.home_page,
        "home_wrong": lambda: pages.home_page("RIVER8", "There is no session with the code RIVER8."),
        "hostile_home": lambda: pages.home_page(IMAGE, SCRIPT),
        "teachers": lambda: pages.teachers_page(SESSIONS, SCENARIOS, pages.Defaults(seconds=120)),
        "teachers_first": lambda: pages.teachers_page((), SCENARIOS),
        "hostile_teachers": lambda: pages.teachers_page(BAD_SESSIONS, BAD_SCENARIOS, pages.Defaults(scenario=IMAGE)),
        "message": lambda: pages.message_page("No such page", "There is nothing at this address.", 404),
        "hostile_message": lambda: pages.message_page(SCRIPT, IMAGE, 404),
    }
    for name, view in SEATS.items():
        made[f"seat_{name}"] = lambda view=view: pages.seat_page(view)
    for name, seen in TEACHERS.items():
        made[f"teacher_{name}"] = lambda seen=seen: pages.teacher_page(seen, QR)
        made[f"wall_{name}"] = lambda seen=seen: pages.projector_page(seen, QR)
    return made


def main(folder: Path) -> None:
    """Write every page, with the addresses of style and script made relative."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    for file in pages.STATIC.iterdir():
        (folder / "static" / file.name).write_bytes(file.read_bytes())
    for name, render in all_pages().items():
        (folder / f"{name}.html").write_text(render().replace('"/static/', '"static/'), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
