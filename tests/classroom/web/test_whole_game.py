"""A whole game in browsers: a teacher, eight people at four seats, a drop, a tie in time, and a killed server.

By default few rounds are played; WEDGE_WHOLE_GAME=1 plays all forty.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from wedge.engine.classroom.session.store import Store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
SCENARIO = "alaska_2025/territory_first"
SEATS = ("russia", "ukraine", "united_states", "europe")
ROUNDS = 40 if os.environ.get("WEDGE_WHOLE_GAME") else 3
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE = 20_000  # milliseconds
ASKED = """() => document.querySelector("#sealed .banner")
    ? "" : document.querySelector("#decision [data-asked]")?.dataset.asked || "" """
LONGEST = 300  # seconds in which three seats are asked together, on however slow a machine
PRESS = """([button, asked]) => {
    if (document.querySelector("#decision [data-asked]")?.dataset.asked !== asked) return false;
    const pressed = document.getElementById(button);
    if (pressed.getAttribute("aria-disabled") === "true") return false; // such as a page that has no line yet
    pressed.click();
    return true;
}"""


class Classroom:
    """The server as a teacher starts it, in a process that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, "0"
        self.start()

    def start(self) -> None:
        """Start it, again on the same port."""
        command = [sys.executable, "-c", "from wedge.engine.cli.main import main; main()", "classroom", SCENARIO]
        self.process = subprocess.Popen(
            [*command, "--port", self.port, "--folder", str(self.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline().split()
        assert len(line) == 2, "the classroom did not start"
        self.link = line[1]
        self.address = self.link.partition("/teacher/")[0]
        self.port = self.address.rpartition(":")[2]

    def kill(self) -> None:
        """As if the power went."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As a teacher stops it."""
        self.process.terminate()
        self.process.wait(15)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def classroom(tmp_path: Path) -> Iterator[Classroom]:
    """A classroom."""
    served = Classroom(tmp_path / "kept")
    yield served
    served.stop()


class Group:
    """The teacher and those who play, each in a browser context of their own; what browsers complain of is kept."""

    def __init__(self, browser: Browser, classroom: Classroom) -> None:
        self.browser, self.classroom, self.wrong = browser, classroom, []
        self.unheard = False  # whether the server is meant to be away
        self.teacher = self.page(LAPTOP)
        self.teacher.goto(classroom.link)
        self.teacher.get_by_label("Title").fill("International relations")
        self.teacher.get_by_role("button", name="Make").click()
        self.teacher.wait_for_url(re.compile("/teacher/session/"))
        self.code = self.teacher.locator(".bigcode").inner_text().replace("Code", "").strip()
        self.players: dict[str, Page] = {}

    def page(self, size: dict[str, int]) -> Page:
        """A new browser context with a page."""
        context: BrowserContext = self.browser.new_context(viewport=size, base_url=self.classroom.address)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.complained(said.type, said.text))
        return page

    def complained(self, kind: str, text: str) -> None:
        """A message on a console: none is wanted, but that a server is away, or an answer came a moment too late (409)."""
        away = self.unheard and ("ERR_CONNECTION" in text or "WebSocket" in text)
        if kind in ("error", "warning") and not away and "409" not in text:
            self.wrong.append(text)

    def join(self, name: str, seat: str) -> None:
        """Somebody comes in by the code and takes a seat."""
        page = self.players[name] = self.page(PHONE)
        page.goto(f"/join?code={self.code}")
        page.get_by_label("Your name").fill(name)
        page.locator("#chance").fill("35")
        page.get_by_role("button", name="Join").click()
        page.wait_for_url(re.compile("/seat/"))
        page.locator(f"#sit-{seat}").click()
        expect(page.locator("#lobby")).to_contain_text("your seat")

    def asked(self, name: str) -> str:
        """The key of what a player is asked and their seat has not answered yet, or nothing."""
        return str(self.players[name].evaluate(ASKED))

    def answering(self) -> list[str]:
        """The seats that are asked for an answer, on all pages of theirs, and have given none."""
        asked = {name: self.asked(name) for name in self.players}
        return [seat for seat in SEATS if all("-answer-" in asked[f"{seat} {n}"] for n in (1, 2))]

    def press(self, name: str, button: str, asked: str) -> None:
        """Press a button of what a player is asked, if that still stands there, and see that it was heard."""
        page = self.players[name]
        if page.evaluate(PRESS, [button, asked]):
            page.wait_for_function(f"asked => ({ASKED})() !== asked", arg=asked)

    def clock(self) -> str:
        """Where the teacher's page says the game is."""
        return self.teacher.locator("#clock").inner_text()

    def turn(self, said: str = "do-no") -> bool:
        """One person of each seat that is awaited answers; whether anybody was."""
        done: set[str] = set()
        for name in list(self.players):
            seat = name.rpartition(" ")[0]
            if seat not in done and (asked := self.asked(name)):
                self.press(name, "do-offer" if "-propose-" in asked else said, asked)
                done.add(seat)
        return bool(done)


def test_a_class_plays(browser: Browser, classroom: Classroom, tmp_path: Path) -> None:
    """From making a session to its end, on the pages alone."""
    group = Group(browser, classroom)
    _all_sit_down(group)
    _play_until_all_are_asked(group)
    _drop_and_come_back(group, "ukraine 2")
    waits = _answer_in_the_same_instant(group)
    _die_and_rise(group, waits)
    _play_on(group)
    if "over" not in group.clock():
        _lead(group)
    for page in group.players.values():
        expect(page.locator("#notice")).to_contain_text("over")
    assert [] == group.wrong
    _keep_pictures(group)
    classroom.kill()
    store = Store(classroom.folder)
    entries = [entry for key in store.sessions() for entry in store.entries(key)]
    store.close()
    assert {"joined", "started", "answered"} <= {entry.kind for entry in entries}
    classroom.start()


def _all_sit_down(group: Group) -> None:
    """Two people a seat; then the teacher begins."""
    for n in (1, 2):
        for seat in SEATS:
            group.join(f"{seat} {n}", seat)
    expect(group.teacher.locator("#seats")).to_contain_text("ukraine 2")
    group.teacher.get_by_role("button", name="Start the game").click()
    expect(group.teacher.locator("#clock")).to_contain_text("ound 1")


def _play_until_all_are_asked(group: Group) -> None:
    """On to an offer on which three seats must answer."""
    began = time.monotonic()
    while len(group.answering()) < 3 and time.monotonic() - began < LONGEST:
        if not group.turn():
            group.teacher.wait_for_timeout(50)
    assert len(group.answering()) == 3, "three seats were never asked together"


def _drop_and_come_back(group: Group, name: str) -> None:
    """Somebody drops and comes back: the page is where it was."""
    dropped = group.players[name]
    where, asked = dropped.url, group.asked(name)
    dropped.close()
    back = group.players[name] = dropped.context.new_page()
    back.goto(where)
    expect(back.locator("h1")).to_contain_text("Ukraine")
    back.wait_for_function(f"asked => ({ASKED})() === asked", arg=asked)


def _answer_in_the_same_instant(group: Group) -> str:
    """Two seats, and two people of one of them: each is heard, the last one counts. Who of them waits for others comes back."""
    seat, second, _ = group.answering()
    other = f"{second} 1"
    first = [group.players[name] for name in (f"{seat} 1", f"{seat} 2", other)]
    for page in first:
        page.evaluate("() => { setTimeout(() => document.querySelector('#do-no').click(), 300) }")
    for page in first:
        page.wait_for_function("() => document.querySelector('#sealed .banner')")
    return other


def _die_and_rise(group: Group, waits: str) -> None:
    """The server is killed while others are awaited, and started again: sealed answers are there, and the game goes on."""
    group.unheard = True
    group.classroom.kill()
    away = group.players[waits]
    expect(away.locator("#offline")).to_be_visible()
    group.classroom.start()
    for page in group.players.values():
        expect(page.locator("#offline")).to_be_hidden(timeout=PATIENCE)
    group.unheard = False
    expect(away.locator("#sealed")).to_contain_text("Sealed")


def _play_on(group: Group) -> None:
    """On to the last round, or as far as this test goes."""
    n = 0
    for _ in range(400):
        found = re.search(r"ound (\d+)", group.clock())
        n = int(found[1]) if found else 0
        if n > ROUNDS or "over" in group.clock():
            break
        if not group.turn():
            group.teacher.wait_for_timeout(50)
    assert "over" in group.clock() or n > ROUNDS


def _lead(group: Group) -> None:
    """The teacher pauses, calls an event, steps back and ends; what a student types is text."""
    teacher, russia = group.teacher, group.players["russia 1"]
    teacher.get_by_role("button", name="Pause").click()
    expect(russia.locator("#notice")).to_contain_text("paused")
    teacher.get_by_role("button", name="Go on").click()
    teacher.locator("#events").select_option(index=0)
    teacher.get_by_role("button", name="Let it happen now").click()
    teacher.locator("#rounds").select_option("2")
    teacher.get_by_role("button", name="Step back").click()
    teacher.get_by_role("button", name=re.compile("undone")).click()
    expect(teacher.locator("#clock")).to_contain_text("ound 2")
    russia.locator("textarea").fill("<b>We</b> will see.")
    russia.get_by_role("button", name="Say").click()
    expect(group.players["europe 2"].locator("#said")).to_contain_text("<b>We</b> will see.")
    teacher.get_by_role("button", name="End the game").click()
    teacher.get_by_role("button", name=re.compile("for good")).click()


def _keep_pictures(group: Group) -> None:
    """Pictures of the last pages, where they are wished for."""
    shots = os.environ.get("WEDGE_SCREENSHOTS")
    if shots:
        group.players["ukraine 1"].screenshot(path=f"{shots}/over-390.png", full_page=True)
        group.teacher.screenshot(path=f"{shots}/teacher-over-1280.png", full_page=True)
