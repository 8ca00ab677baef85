"""The script of the pages, watched in a browser: swapping, sending, and getting along without a network."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright
from sample_views import ANSWER, PROPOSE, SCENARIOS, SEATED, SEATS
from stand_in import StandIn

from wedge.engine.classroom.session.seen import Named, Sealed, Statement
from wedge.engine.classroom.web import pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
SENT = f"/seat/{SEATED.session}"
NEWS = Statement(9, 3, "Ben", "Southland", "", "Something new.")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served() -> Iterator[StandIn]:
    """One server for all."""
    server = StandIn(SEATED)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def phone(browser: Browser, served: StandIn) -> Iterator[Page]:
    """One window for all."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=served.address)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(phone: Page) -> Iterator[Page]:
    """A phone; what its browser complains of fails the test."""
    wrong: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            wrong.append(said.text)

    def fail(error: Error) -> None:
        wrong.append(str(error))

    phone.on("pageerror", fail)
    phone.on("console", note)
    yield phone
    phone.unroute_all()
    phone.remove_listener("pageerror", fail)
    phone.remove_listener("console", note)
    assert [] == wrong


def seated(page: Page, served: StandIn, view: Any = SEATED) -> Page:
    """The page of a view, connected."""
    served.reset(view)
    page.goto(f"/seat/{view.session}")
    expect(page.locator("form[data-post$='/say'] button")).to_have_attribute("aria-disabled", "false")
    return page


def test_a_part_that_is_pushed_replaces_what_stood_there(page, served):
    """A statement appears without loading the page again."""
    seated(page, served)
    served.show(SEATED._replace(statements=(NEWS,)))
    expect(page.locator("#said")).to_contain_text("Something new.")


def test_a_statement_half_typed_is_kept_with_its_focus(page, served):
    """What others say never takes away what one is writing."""
    seated(page, served)
    page.locator("#say-text").type("We will")
    served.show(SEATED._replace(statements=(NEWS,)))
    expect(page.locator("#said")).to_contain_text("Something new.")
    page.keyboard.type(" think")
    expect(page.locator("#say-text")).to_have_value("We will think")


def test_an_offer_half_made_is_kept_while_the_question_is_the_same(page, served):
    """Time, mates and statements do not move a slider."""
    seated(page, served, SEATS["propose"])
    page.locator("#level-land").fill("0.33")
    served.show(
        SEATS["propose"]._replace(statements=(NEWS,), asked=PROPOSE._replace(sealed=Sealed("pass", (), "", "Cleo")))
    )
    expect(page.locator("#sealed")).to_contain_text("Sealed: pass")
    expect(page.locator("#level-land")).to_have_value("0.33")


def test_another_question_replaces_the_form_and_is_said(page, served):
    """A new question is told to those who hear the page."""
    seated(page, served)
    served.show(SEATS["propose"])
    expect(page.locator("#level-land")).to_have_value("0.1")
    expect(page.locator("#told")).to_have_text("Northland has the floor.")


def test_another_proposal_in_the_same_round_replaces_the_form(page, served):
    """After a step back the key of the question can be the same."""
    seated(page, served)
    served.show(SEATED._replace(asked=ANSWER._replace(agenda="Another proposal, after a step back.")))
    expect(page.locator("#decision")).to_contain_text("Another proposal, after a step back.")


def test_what_was_opened_stays_open(page, served):
    """Reading on in earlier rounds is not broken off by a new one."""
    seated(page, served)
    page.locator("#earlier summary").click()
    told = SEATED.history[0]._replace(heading="Round 3")
    served.show(SEATED._replace(history=(told, *SEATED.history)))
    expect(page.locator("#history h3").first).to_have_text("Round 3")
    expect(page.locator("#earlier")).to_have_attribute("open", "")


def test_whoever_takes_a_seat_sees_its_name_on_top(page, served):
    """The heading and the title follow the seat, without loading the page again."""
    seated(page, served, SEATS["eight_seats"]._replace(seat=None))
    served.show(SEATS["eight_seats"])
    expect(page.locator("h1")).to_have_text("State number 1 of the eight")
    expect(page).to_have_title("State number 1 of the eight – Wedge")


def test_what_was_chosen_stays_chosen(page, served):
    """Whom one is about to speak to does not change when others come."""
    seated(page, served)
    page.locator("#say-to").select_option("south")
    served.show(SEATED._replace(others=(Named("west", "Westland"), *SEATED.others)))
    expect(page.locator("#say-to option")).to_have_count(5)
    expect(page.locator("#say-to")).to_have_value("south")


def test_what_nobody_chose_follows_the_server(page, served):
    """A list that nobody has touched begins with its newest first choice."""
    seated(page, served)
    page.locator("#say-to").evaluate("list => list.replaceChildren(list.options[1])")
    served.show(SEATED._replace(others=SEATED.others[:2]))
    expect(page.locator("#say-to")).to_have_value("")


def test_the_focus_stays_on_a_button_whose_part_is_replaced(page, served):
    """Whoever goes by keyboard is not thrown back to the top."""
    seated(page, served, SEATS["lobby"])
    page.locator("#sit-south").focus()
    served.show(SEATS["lobby"]._replace(seats=tuple((state, 7) for state, _ in SEATED.seats)))
    expect(page.locator("#lobby")).to_contain_text("7 people")
    expect(page.locator("#sit-south")).to_be_focused()


def test_whoever_may_see_nothing_any_more_is_told_so_by_the_server(page, served):
    """A line that is closed for good makes the page ask again, once."""
    seated(page, served)
    with page.expect_navigation():
        served.close(4403)


def test_a_page_too_many_says_so_and_does_not_try_again(page, served):
    """Until somebody loads it again."""
    seated(page, served)
    lines = served.connections
    served.close(4429)
    expect(page.locator("#offline")).to_contain_text("Too many pages are open")
    page.wait_for_timeout(1500)
    assert lines == served.connections


def test_what_is_read_stays_where_it_is_when_something_above_grows(page, served):
    """The page does not jump."""
    seated(page, served)
    page.locator("#say-text").focus()
    before = page.locator("#say-text").bounding_box()
    served.show(SEATED._replace(ties=SEATED.ties * 3))
    expect(page.locator(".tie")).to_have_count(6)
    after = page.locator("#say-text").bounding_box()
    assert before is not None
    assert after is not None
    assert pytest.approx(before["y"], abs=2) == after["y"]


def test_a_yes_is_sent_with_the_question_it_answers(page, served):
    """The header and the key let the server refuse what comes from elsewhere or too late."""
    seated(page, served)
    page.locator("#do-yes").click()
    expect(page.locator("form:has(#do-yes) .reply")).to_have_text("Sent.")
    assert [(f"{SENT}/answer", {"asked": "r3-answer", "said": "yes"})] == served.posted
    assert ["1"] == served.headers


def test_a_double_tap_sends_once(page, served):
    """While an answer is under way nothing else is answered."""
    seated(page, served)
    served.slow = 0.3
    page.locator("#do-yes").dblclick()
    page.locator("#do-no").click(force=True)
    expect(page.locator("form:has(#do-yes) .reply")).to_have_text("Sent.")
    assert 1 == len(served.posted)


def test_leaving_is_asked_once_more(page, served):
    """One tap on a button that cannot be undone sends nothing; the second does."""
    seated(page, served)
    page.locator("#do-leave").click()
    expect(page.locator("#do-leave")).to_have_text("Leave for good? Press again")
    assert [] == served.posted
    page.locator("#do-leave").click()
    expect(page.locator("form:has(#do-leave) .reply")).to_have_text("Sent.")
    assert "leave" == served.posted[0][1]["said"]


def test_an_offer_carries_a_level_for_every_issue(page, served):
    """The slider fills the number, a named level fills it too, and numbers are sent."""
    seated(page, served, SEATS["propose"])
    page.locator("#slide-land").press("ArrowRight")
    page.locator("[data-pick=level-truce]").first.click()
    page.locator("#do-offer").click()
    expect(page.locator("form:has(#do-offer) .reply")).to_have_text("Sent.")
    assert {"asked": "r4-propose", "said": "offer", "levels": {"land": 0.15, "truce": 0.5}} == served.posted[0][1]


def test_a_consultation_carries_its_ally(page, served):
    """An ally is named by its key."""
    seated(page, served, SEATS["propose"])
    page.locator("#ally").select_option("east")
    page.locator("#do-consult").click()
    expect(page.locator("form:has(#do-consult) .reply")).to_have_text("Sent.")
    assert {"asked": "r4-propose", "said": "consult", "ally": "east"} == served.posted[0][1]


def test_a_level_past_the_red_line_is_warned_of(page, served):
    """It is said while it is chosen."""
    seated(page, served, SEATS["propose"])
    page.locator("#level-land").fill("0.9")
    expect(page.locator("#warn-land")).to_have_text("This is past your own red line.")


def test_shares_that_come_to_more_than_one_are_warned_of(page, served):
    """The sum is said."""
    seated(page, served, SEATS["propose_shares"])
    page.locator("#level-land").fill("0.7")
    expect(page.locator("#shares")).to_contain_text("come to 1.5")


def test_a_refusal_stands_beside_its_button_as_text(page, served):
    """What the server says is never markup, and the form is kept."""
    seated(page, served)
    served.answer = (409, {"error": "<img src=x> is no move", "help": "say yes or no"})
    page.locator("#say-text").fill("A long sentence.")
    page.locator("form[data-post$='/say'] button").click()
    expect(page.locator("form[data-post$='/say'] .reply")).to_have_text("<img src=x> is no move. Say yes or no.")
    expect(page.locator("#say-text")).to_have_value("A long sentence.")


def test_a_statement_that_was_sent_leaves_the_field_empty(page, served):
    """And its text was sent to whom it was meant for."""
    seated(page, served)
    page.locator("#say-to").select_option("south")
    page.locator("#say-text").fill("Meet us.")
    page.locator("form[data-post$='/say'] button").click()
    expect(page.locator("#say-text")).to_have_value("")
    assert [(f"{SENT}/say", {"to": "south", "text": "Meet us."})] == served.posted


def test_too_many_tries_are_told_to_wait(page, served):
    """The limit has words of its own."""
    seated(page, served)
    served.answer = (429, {"error": "too many tries"})
    page.locator("#do-yes").click()
    expect(page.locator("form:has(#do-yes) .reply")).to_have_text("Too many tries. Wait a moment, then try again.")


def test_what_could_not_be_sent_is_said_and_kept(page, served):
    """A network that fails costs nobody their words."""
    seated(page, served)
    page.route("**/say", lambda route: route.abort())
    page.locator("#say-text").fill("Meet us.")
    page.locator("form[data-post$='/say'] button").click()
    expect(page.locator("form[data-post$='/say'] .reply")).to_contain_text("Not sent")
    expect(page.locator("#say-text")).to_have_value("Meet us.")


def test_a_lost_line_is_shown_and_found_again(page, served):
    """While it is lost nothing can be sent; afterwards everything is as it was."""
    seated(page, served)
    served.down = True
    served.close()
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("#do-yes")).to_have_attribute("aria-disabled", "true")
    page.locator("#do-yes").click(force=True)
    served.down = False
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator("#do-yes")).to_have_attribute("aria-disabled", "false")
    assert [] == served.posted


def test_a_page_that_wakes_takes_up_the_line_at_once(page, served):
    """A network that comes back is not waited for."""
    seated(page, served)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_function("document.querySelector('#offline').hidden")
    page.wait_for_timeout(200)
    assert 2 == served.connections


def test_nothing_can_be_answered_while_the_game_is_paused(page, served):
    """What is typed stays; statements can be made."""
    seated(page, served)
    served.show(SEATED._replace(status="paused"))
    expect(page.locator("#do-yes")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#told")).to_have_text("The state of the game has changed.")


def test_the_clock_runs_without_the_server(page, served):
    """Seconds are counted here, from what was left."""
    seated(page, served)
    expect(page.locator(".left")).to_have_text(re.compile("0:5[0-5] left"))


def test_the_page_goes_where_it_is_sent_and_nowhere_else(page, served):
    """Only a path of the same server is followed."""
    seated(page, served)
    served.show(SEATED, goto="//elsewhere.invalid/")
    served.show(SEATED._replace(statements=(NEWS,)))
    expect(page.locator("#said")).to_contain_text("Something new.")
    served.show(SEATED, goto="/")
    page.wait_for_url(f"{served.address}/")


def test_advice_is_shown_under_its_button(page, served):
    """As sentences, and as text."""
    seated(page, served)
    served.answer = (200, {"advice": ["Refuse.", "<b>Why</b>"]})
    page.locator("#do-advice").click()
    expect(page.locator(".advice p")).to_have_text(["Refuse.", "<b>Why</b>"])


def test_whoever_is_asked_sees_it_in_the_title(page, served):
    """A page in the background says that it is waited for."""
    seated(page, served)
    expect(page).to_have_title("Your move – Northland – Wedge")


def test_joining_sends_the_prediction_as_a_share(page, served):
    """A prediction must be made, and half way is one only when it is chosen."""
    served.reset(SEATED)
    served.answer = (200, {"goto": f"/seat/{SEATED.session}"})
    page.goto("/")
    page.locator("#code").fill("RIVER7")
    page.locator("#name").fill("Ada")
    expect(page.locator("#chance")).to_have_value("")
    page.locator("#chance-slider").click()
    expect(page.locator("#chance")).to_have_value("50")
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(f"**{SENT}")
    assert [("/join", {"code": "RIVER7", "name": "Ada", "chance": 0.5})] == served.posted


def test_a_session_is_made_with_the_seats_of_its_scenario(page, served):
    """Only the seats of the chosen scenario are shown and sent; no timer is none."""
    served.reset(SEATED)
    served.teachers = pages.teachers_page((), SCENARIOS, pages.Defaults(seed=4, world=9))
    page.goto("/teacher")
    page.locator("#title").fill("Group B")
    page.locator("#scenario").select_option("alaska_2025/package")
    page.get_by_label("Southland").locator("visible=true").uncheck()
    page.get_by_role("button", name="Make the session").click()
    expect(page.locator(".reply")).to_have_text("Sent.")
    made = {"title": "Group B", "scenario": "alaska_2025/package", "seats": ["north"], "seconds": None}
    assert [("/teacher/sessions", {**made, "seed": 4, "world": 9, "other": ""})] == served.posted
