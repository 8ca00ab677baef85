"""Role sheets: what a state knows before the talks, and nothing that others keep to themselves."""

import re
from dataclasses import asdict
from html.parser import HTMLParser

import pytest

from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.roles import role_page, role_sheet, write_role_sheets
from wedge.engine.experiment import ExperimentError
from wedge.engine.scenario import load

SEED, WORLD = 3, 5
PRIVATE = (
    "states.bert.war_cost=0.77",
    "states.bert.hope=0.11",
    "states.bert.loyalty=0.123",
    "states.bert.audience_cost=0.7",
    "states.bert.power=9",
    "states.bert.positions.land.salience=7",
    "states.bert.misperception=0.2",
    "states.carl.positions.land.red_line=0.1",
    "states.carl.positions.truce.salience=1",
    "states.carl.policy=firm",
    "ties.bert.anna.commitment=0.9",
    "ties.bert.anna.suspends_below=0.45",
    "ties.bert.anna.breaks_below=0.05",
    "ties.bert.anna.dependence=0.6",
    "strain.daylight=0.9",
    "events.rift.chance=0.5",
)
HOSTILE = '<script>alert("x")</script>'


class Outline(HTMLParser):
    """The tags of a page, and every attribute."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def words_of(sheet):
    """Everything that a sheet says, as one text."""
    return str(asdict(sheet))


@pytest.mark.parametrize("change", PRIVATE)
def test_nothing_private_of_others_moves_a_sheet(talks, talks_file, change):
    """Whatever others keep to themselves, the sheet is the same to the letter."""
    assert role_sheet(talks, "anna", SEED, WORLD) == role_sheet(load(talks_file, sets=[change]), "anna", SEED, WORLD)


@pytest.mark.parametrize(
    "change",
    ["states.anna.war_cost=0.4", "states.anna.positions.land.red_line=0.9", "ties.anna.bert.commitment=0.5"],
)
def test_its_own_numbers_are_on_it(talks, talks_file, change):
    """What the state itself knows does move its sheet."""
    assert role_sheet(talks, "anna", SEED, WORLD) != role_sheet(load(talks_file, sets=[change]), "anna", SEED, WORLD)


def test_it_is_what_the_seat_sees_at_the_first_question(talks):
    """Ideals, weights, red lines, what it believes of the others and its commitments, all of the same world."""
    sheet = role_sheet(talks, "anna", SEED, WORLD)
    question = Game(talks, SEED, WORLD, ["anna"]).waiting()[0]
    assert question.table.ideals == {issue.key: issue.wanted for issue in sheet.issues}
    assert question.table.salience == {issue.key: issue.importance for issue in sheet.issues}
    assert {"land": question.red_lines["land"].level} == {
        issue.key: issue.red_line for issue in sheet.issues if issue.red_line is not None
    }
    for other in sheet.others:
        assert dict(other.believed) == question.table.seen_ideals[other.key]


def test_what_it_believes_is_not_what_is_so(talks):
    """An ideal of another's is seen with its error."""
    believed = dict(
        next(other for other in role_sheet(talks, "anna", SEED, WORLD).others if other.key == "bert").believed
    )
    assert 0.6117 != believed["land"]


def test_each_world_has_its_own_numbers(load_talks):
    """An uncertain number of the state's own is that of the world."""
    uncertain = load_talks(lambda tree: tree["states"]["anna"].update(war_cost={"uniform": [0.1, 0.4]}))
    assert role_sheet(uncertain, "anna", SEED, 1).counts != role_sheet(uncertain, "anna", SEED, 2).counts


def test_dated_events_are_not_told_beforehand(talks):
    """Nobody at the table knew them."""
    assert "Rift" not in words_of(role_sheet(talks, "anna", SEED, WORLD))


def test_what_is_agreed_to_follow_is_told_beforehand():
    """Once no new arms are agreed on the arms stop; everybody can know it."""
    sheet = role_sheet(load("alaska_2025/arms_halt_first"), "ukraine", 7, 10)
    assert "“The arms stop, as agreed”: once end of outside arms" in sheet.events[0].replace("End", "end")
    assert "support from the United States to Ukraine stops" in sheet.events[0]


def test_an_event_by_a_drawn_threshold_is_not_told_beforehand():
    """That the United States may threaten to walk away is news."""
    assert "walk away" not in " ".join(role_sheet(load("alaska_2025/territory_first"), "ukraine", 7, 10).events)


def test_it_can_leave_only_where_it_has_something_outside(talks):
    """As at the table."""
    assert "leave" in dict(role_sheet(talks, "anna", SEED, WORLD).moves)
    assert "leave" not in dict(role_sheet(talks, "bert", SEED, WORLD).moves)


def test_the_agenda_says_who_must_sign_and_what_waits():
    """Of a precondition, and of a seat without a vote."""
    stages = role_sheet(load("alaska_2025/territory_first"), "united_states", 7, 10).stages
    assert "Russia, Ukraine and the United States must sign." in stages[0].sentences
    assert "It opens only once “Territory” is settled." in stages[1].sentences
    assert "Russia and Ukraine must sign; you are heard, but have no vote." in stages[1].sentences


def test_a_state_that_is_not_there_is_answered_with_the_nearest(talks):
    """With a cure."""
    with pytest.raises(GameError, match="there is no state 'ana'") as raised:
        role_sheet(talks, "ana")
    assert "anna" in raised.value.help


def test_what_a_file_says_is_escaped_on_the_page(load_talks):
    """Titles, roles, levels, events and summaries come from whoever wrote the scenario."""

    def hostile(tree):
        tree["summary"] = tree["name"] = HOSTILE
        tree["states"]["anna"] |= {"title": HOSTILE, "role": HOSTILE}
        tree["states"]["bert"]["title"] = HOSTILE
        tree["issues"]["land"] |= {"title": HOSTILE, "levels": {"0": HOSTILE, "1": HOSTILE}}
        tree["alliances"]["pact"]["title"] = tree["agenda"][0]["title"] = HOSTILE

    scenario = load_talks(hostile)
    page = role_page([role_sheet(scenario, state, SEED, WORLD) for state in ("anna", "bert")], links=True)
    assert "&lt;script&gt;" in page
    assert "script" not in Outline(page).tags


def test_a_page_needs_nothing_but_itself(talks):
    """No script, no address outside, no style in an attribute."""
    page = Outline(role_page([role_sheet(talks, "anna", SEED, WORLD)]))
    assert not {"script", "img", "iframe", "object"} & set(page.tags)
    assert not [value for name, value in page.attributes if re.match("(https?:)?//", value or "")]
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]


def test_one_file_for_each_seat_and_one_with_all(talks, tmp_path):
    """A seat's file holds its own sheet alone."""
    index, *single = write_role_sheets(talks, tmp_path / "roles", seed=SEED, world=WORLD)
    assert ["role-anna.html", "role-bert.html", "role-carl.html"] == [path.name for path in single]
    assert all(f'href="{path.name}"' in index.read_text("utf-8") for path in single)
    assert ["bert"] == re.findall('class="sheet" id="(.*)"', single[1].read_text("utf-8"))


def test_another_file_of_that_name_is_kept(talks, tmp_path):
    """Nothing is written then."""
    (tmp_path / "role-bert.html").write_text("mine")
    with pytest.raises(ExperimentError, match="is no role sheet"):
        write_role_sheets(talks, tmp_path)
    assert ["role-bert.html"] == [path.name for path in tmp_path.iterdir()]


def test_role_sheets_are_written_again(talks, tmp_path):
    """The same scenario, seed and world make the same bytes."""
    first = [path.read_bytes() for path in write_role_sheets(talks, tmp_path)]
    assert first == [path.read_bytes() for path in write_role_sheets(talks, tmp_path)]
