"""The pages of the classroom are whole, escaped and alike in their parts."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import sample_views
from sample_views import BAD, IMAGE, SCRIPT, SEATED, SEATS, TEACHERS

from wedge.engine.classroom.web import pages

PAGES = sample_views.all_pages()
HOSTILE = [name for name in PAGES if "hostile" in name]
WITHOUT_END = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line"}


class Reading(HTMLParser):
    """What a browser would find in a page: its elements, its ids, its text, and what is open at each place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.text += data

    def values(self, name: str) -> list[str]:
        """All values of an attribute, in the order of the page."""
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def read() -> dict[str, Reading]:
    """Every sample page, read."""
    return {name: Reading(render()) for name, render in PAGES.items()}


@pytest.mark.parametrize("name", PAGES)
def test_every_element_that_is_opened_is_closed(read, name):
    """No part leaves a mark open that would swallow what follows it."""
    assert ([], []) == (read[name].wrong, read[name].open)


@pytest.mark.parametrize("name", PAGES)
def test_no_id_stands_twice_on_a_page(read, name):
    """A part, and a label, find one place."""
    ids = read[name].values("id")
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("name", PAGES)
def test_what_points_to_another_place_on_the_page_finds_it(read, name):
    """Labels, headings of sections and sliders name an id that is there."""
    page = read[name]
    pointers = [*page.values("for"), *page.values("data-for"), *page.values("data-pick"), *page.values("data-needs")]
    pointers += [
        id for value in page.values("aria-labelledby") for id in value.split(" ") if value not in page.values("id")
    ]
    assert set() == set(pointers) - set(page.values("id"))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline_and_nothing_comes_from_outside(read, name):
    """The pages hold to a policy that allows style, script and addresses of the same server alone."""
    inline = [
        tag
        for tag, attributes in read[name].elements
        if any(key.startswith("on") or key == "style" for key in attributes)
    ]
    inline += [
        tag
        for tag, attributes in read[name].elements
        if tag == "style" or (tag == "script" and not attributes.get("src"))
    ]
    outside = [
        value
        for key in ("src", "href", "action", "data-post")
        for value in read[name].values(key)
        if re.match(r"\w+:|//", value) and value != "data:,"
    ]
    assert ([], []) == (inline, outside)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_type_is_text_and_never_markup(read, name):
    """A script and an image that were typed make no element."""
    assert not [
        tag
        for tag, attributes in read[name].elements
        if tag == "img" or (tag == "script" and "defer" not in attributes)
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_type_is_shown_as_they_typed_it(read, name):
    """Escaping takes nothing away, and is done once."""
    page = read[name]
    shown = page.text + " ".join(page.values("value"))
    assert SCRIPT in shown
    assert "&lt;" not in shown


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_step_at_a_time(read, name):
    """There is one heading of the first rank, and no rank is skipped."""
    ranks = [int(tag[1]) for tag, _ in read[name].elements if re.fullmatch(r"h[1-6]", tag)]
    assert 1 == ranks[0]
    assert 1 == ranks.count(1)
    assert all(after - before <= 1 for before, after in pairwise(ranks))


@pytest.mark.parametrize("name", SEATS)
def test_a_seats_page_holds_all_its_parts(name):
    """What is pushed stands in the page as it would be pushed."""
    page = pages.seat_page(SEATS[name])
    assert all(f'id="{part}"' in page and html in page for part, html in pages.seat_parts(SEATS[name]).items())


@pytest.mark.parametrize("name", TEACHERS)
def test_the_teachers_page_and_the_wall_hold_all_their_parts(name):
    """What is pushed stands in the page as it would be pushed."""
    view = TEACHERS[name]
    for page, parts in (
        (pages.teacher_page(view, ""), pages.teacher_parts(view)),
        (pages.projector_page(view, ""), pages.projector_parts(view, "")),
    ):
        assert all(f'id="{part}"' in page and html in page for part, html in parts.items())


def test_the_answer_form_stays_the_same_while_the_question_does():
    """Seconds, statements and what mates have sealed do not touch the form."""
    assert SEATED.asked is not None
    later = SEATED._replace(
        clock=None, statements=(), mates=(), asked=SEATED.asked._replace(sealed=sample_views.BAD_SEALED)
    )
    assert pages.seat_parts(SEATED)["decision"] == pages.seat_parts(later)["decision"]


def test_the_clock_is_not_pushed_every_second():
    """The seconds that are left are counted on the page, so the part stays as it is."""
    assert SEATED.clock is not None
    later = SEATED._replace(clock=SEATED.clock._replace(left=12.0))
    assert pages.seat_parts(SEATED) == pages.seat_parts(later)


def test_the_wall_shows_nothing_that_one_seat_alone_may_know():
    """Neither private statements nor what a seat knows of a round, its worth or its answers."""
    wall = pages.projector_page(TEACHERS["playing"], "")
    private = ("Meet us half way.", "You gave up 2.1 points.", "Signing is worth", "red line", "predicted")
    assert [] == [text for text in private if text in wall]


def test_the_wall_says_whether_but_never_what_a_seat_has_answered():
    """An answer is sealed until all have answered."""
    parts = pages.projector_parts(TEACHERS["playing"], "")
    sealed_no = TEACHERS["playing"].seats[1]
    assert sealed_no.asked is not None
    seats = (
        TEACHERS["playing"].seats[0],
        sealed_no._replace(asked=sealed_no.asked._replace(sealed=sample_views.BAD_SEALED)),
    )
    assert parts == pages.projector_parts(TEACHERS["playing"]._replace(seats=seats), "")


def test_a_game_that_is_over_asks_nothing():
    """At the end there is an outcome and no form to answer with."""
    parts = pages.seat_parts(SEATS["answer"]._replace(status="over", outcome=("It ended.",)))
    assert "" == parts["decision"]
    assert "It ended." in parts["notice"]


def test_the_debrief_is_offered_once_it_may_be_read():
    """Before, the page says that the teacher opens it."""
    links = [
        f"/seat/{SEATED.session}/debrief" in pages.seat_parts(SEATS[n])["notice"] for n in ("over", "over_with_debrief")
    ]
    assert [False, True] == links


def test_a_seat_without_a_vote_says_what_it_thinks_and_signs_nothing():
    """Its answer is heard and binds nobody."""
    shown = [pages.seat_parts(SEATS[name])["decision"] for name in ("answer", "answer_without_vote")]
    assert [True, False] == ["Yes: sign" in html for html in shown]


def test_a_seat_is_left_only_where_something_waits_outside():
    """Without an outside option there is no such button."""
    assert ["do-leave" in pages.seat_parts(SEATS[name])["decision"] for name in ("answer", "answer_without_vote")] == [
        True,
        False,
    ]


def test_an_offer_begins_at_what_the_seat_wants_and_never_below_what_can_be_settled():
    """A form that is sent as it stands is no offer that must be refused."""
    truce = sample_views.PROPOSE.issues[1]._replace(wanted=0.2, lowest=1 / 3)
    view = SEATED._replace(asked=sample_views.PROPOSE._replace(issues=(truce,)))
    assert f'data-as="number" value="{1 / 3}"' in pages.seat_parts(view)["decision"]


def test_a_session_with_a_strange_key_keeps_its_address_in_one_piece():
    """What stands in an address is encoded for it."""
    page = pages.seat_page(SEATED._replace(session="a/../b?c#d"))
    assert "/seat/a%2F..%2Fb%3Fc%23d/say" in page
    assert "a/../b" not in page


def test_a_session_that_cannot_be_opened_has_no_link():
    """It is listed, so that nobody wonders where it went."""
    page = pages.teachers_page((pages.SessionListed("", "", "Group C", "its log cannot be read", "lost", 0),), ())
    assert "Group C" in page
    assert "/teacher/session/" not in page


def test_a_timer_chosen_before_is_chosen_again():
    """The form for a session begins with what it is given."""
    page = pages.teachers_page((), sample_views.SCENARIOS, pages.Defaults(seconds=180, scenario="alaska_2025/package"))
    assert '<option value="180" selected>3 minutes</option>' in page
    assert '<option value="alaska_2025/package" selected>Package</option>' in page


def test_a_hostile_key_stays_inside_its_field():
    """A key goes back to the server as it came."""
    values = Reading(pages.seat_page(SEATS["hostile_lobby"])).values("value")
    assert BAD.key in values
    assert IMAGE == BAD.key
