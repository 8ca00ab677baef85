"""The pages can be used by eye, by ear and by keyboard alone, on any width."""

import json
import shutil
from collections.abc import Iterator

import pytest
import sample_views
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, sync_playwright

from wedge.engine.classroom.web import pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
ALL = sample_views.all_pages()
LOOKED_AT = (
    "home_wrong", "teachers", "message", "seat_no_seat", "seat_answer_sealed", "seat_propose_shares", "seat_paused",
    "seat_over_with_debrief", "seat_hostile_propose", "teacher_playing", "teacher_debrief_ready", "wall_playing",
)  # fmt: skip
CONTENT = {".css": "text/css", ".js": "text/javascript"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page whose addresses lead to the samples, and whose line is held without a word."""
    page = browser.new_page(base_url="http://sample.invalid")
    page.route("**/*", _serve)
    page.route_web_socket("**/live/**", _hold)
    yield page
    page.close()


def _serve(route: Route) -> None:
    path = route.request.url.split("sample.invalid/")[1].partition("?")[0]
    if path.startswith("static/"):
        file = pages.STATIC / path.removeprefix("static/")
        route.fulfill(body=file.read_text(encoding="utf-8"), content_type=CONTENT[file.suffix])
    else:
        route.fulfill(body=ALL[path](), content_type="text/html; charset=utf-8")


def _hold(line: WebSocketRoute) -> None:
    line.send(json.dumps({"parts": {}}))


def opened(page: Page, name: str, width: int, scheme: str = "light") -> Page:
    """A sample with everything in it unfolded."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"/{name}")
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    return page


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_checker_of_access_finds_nothing_to_mend(page, name):
    """Names, landmarks, contrast and the rest, as far as a machine can tell."""
    found = Axe().run(opened(page, name, 390))
    assert 0 == found.violations_count, found.generate_report()


@pytest.mark.parametrize("name", ["home_wrong", "seat_answer_sealed", "seat_propose_shares", "teacher_playing"])
def test_the_dark_pages_have_contrast_too(page, name):
    """Whoever prefers dark pages can read them."""
    found = Axe().run(opened(page, name, 390, "dark"), options={"runOnly": ["color-contrast"]})
    assert 0 == found.violations_count, found.generate_report()


@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_sticks_out_sideways(page, name):
    """Neither a phone nor a laptop is scrolled to the side, whatever people are called."""
    opened(page, name, 320)
    sticking_out = {width: _sticking_out(page, width) for width in (320, 1280)}
    assert {320: 0, 1280: 0} == sticking_out


def _sticking_out(page: Page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 844})
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")


@pytest.mark.parametrize("name", ["home", "seat_propose", "teacher_playing"])
def test_text_of_twice_the_size_fits(page, name):
    """Letters can be enlarged by the browser alone."""
    opened(page, name, 390)
    page.evaluate("document.documentElement.classList.add('twice')")
    page.add_style_tag(content=".twice { font-size: 200% }")
    assert 0 >= page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("name", ["seat_answer", "seat_propose"])
def test_all_that_can_be_pressed_is_reached_by_the_keyboard(page, name):
    """Tab alone leads through every button, field and link."""
    opened(page, name, 390)
    page.evaluate("document.activeElement.blur()")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]"
        ".filter(one => one.checkVisibility()).length"
    )
    page.evaluate("window.reached = new Set(); addEventListener('focusin', event => window.reached.add(event.target))")
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
    assert wanted <= page.evaluate("window.reached.size")


def test_the_page_that_is_printed_has_no_buttons(page):
    """On paper nothing can be pressed."""
    opened(page, "seat_answer", 1280)
    page.emulate_media(media="print")
    visible = page.evaluate("[...document.querySelectorAll('button')].filter(one => one.checkVisibility()).length")
    page.emulate_media(media="screen")
    assert 0 == visible
