"""The scenarios that come with Wedge: they load, they differ only where they should, and they own up to judgement."""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import wedge.scenarios
from wedge.engine.scenario import Scenario, load

FOLDER = Path(wedge.scenarios.__file__).parent
FILES = sorted(FOLDER.rglob("*.yaml"))
CODES = [file.relative_to(FOLDER).with_suffix("").as_posix() for file in FILES]
CASES = [
    code for code in CODES if not code.startswith(("tutorial/", "theory/", "propositions/"))
]  # the others stand for nothing
FORMS = {"value", "uniform", "normal", "lognormal", "triangular", "choice"}
WORDS = {"name", "summary", "description"}
SCHEMA = "# yaml-language-server: $schema=../../schema/scenario.json"


@cache
def scenario(code: str) -> Scenario:
    """A packaged scenario, loaded once."""
    return load(code)


@cache
def dumped(code: str) -> dict[str, Any]:
    """All a scenario says after extending, as plain data."""
    data: dict[str, Any] = scenario(code).model.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_unset=True
    )
    return data


def but(code: str, *keys: str) -> dict[str, Any]:
    """What a scenario says, but for its words and some keys."""
    return {key: value for key, value in dumped(code).items() if key not in WORDS | {"extends"} | set(keys)}


def stages(code: str) -> dict[str, dict[str, Any]]:
    """The stages of an agenda by name, without what links them: what they come after, and how long each is tried."""
    links = ("after", "rounds")
    return {stage["stage"]: {k: v for k, v in stage.items() if k not in links} for stage in dumped(code)["agenda"]}


def numbers(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number of a scenario with its path: a bare number, or a mapping that holds one of the forms."""
    if isinstance(node, dict):
        if FORMS & set(node) and set(node) <= FORMS | {"min", "max", "source", "note"}:
            yield path, node
            return
        for key, below in node.items():
            yield from numbers(below, f"{path}.{key}".lstrip("."))
    elif isinstance(node, list):
        for place, below in enumerate(node):
            yield from numbers(below, f"{path}.{place}")
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path, node


def told(code: str) -> Iterator[tuple[str, Any]]:
    """The numbers of a case that stand for something in the world: all but those of the calendar and of quotas."""
    for path, found in numbers(but(code, "calendar")):
        if not path.endswith((".quota", ".rounds")):
            yield path, found


def citations(node: Any) -> Iterator[str]:
    """Every text under the key ``source``, wherever it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("source"), str):
            yield node["source"]
        for below in node.values():
            yield from citations(below)
    elif isinstance(node, list):
        for below in node:
            yield from citations(below)


class TestEveryScenario:
    @pytest.mark.parametrize("code", CODES)
    def test_loads(self, code: str) -> None:
        """Every packaged scenario is a valid one, under its own name."""
        assert code == scenario(code).code

    @pytest.mark.parametrize("code", [code for code in CODES if code != "alaska_2025/elections_first"])
    def test_warns_of_nothing(self, code: str) -> None:
        """A packaged scenario gives no cause for a warning."""
        assert [] == [problem.message for problem in scenario(code).warnings]

    def test_the_impossible_precondition_is_warned_of(self) -> None:
        """Elections that wait for the peace they block are legal, and the reader is told."""
        assert scenario("alaska_2025/elections_first").warnings

    @pytest.mark.parametrize("code", CODES)
    def test_events_lie_inside_the_calendar(self, code: str) -> None:
        """A dated event falls within the talks; before or after them it could not happen."""
        calendar = scenario(code).model.calendar
        last = calendar.start + datetime.timedelta(days=(calendar.rounds - 1) * calendar.days_between_rounds)
        dates = {name: event.at for name, event in scenario(code).model.events.items() if event.at}
        assert {} == {name: at for name, at in dates.items() if not calendar.start <= at <= last}

    @pytest.mark.parametrize("file", FILES, ids=CODES)
    def test_names_its_schema(self, file: Path) -> None:
        """The first line tells an editor which schema to check the file by."""
        assert file.read_text(encoding="utf-8").splitlines()[0] == SCHEMA

    @pytest.mark.parametrize("folder", sorted({file.parent for file in FILES}), ids=lambda folder: folder.name)
    def test_the_readme_tells_every_file(self, folder: Path) -> None:
        """The page of a folder says a line about every scenario in it."""
        page = (folder / "README.md").read_text(encoding="utf-8")
        assert [] == [file.name for file in folder.glob("*.yaml") if f"`{file.name}`" not in page]

    @pytest.mark.parametrize("code", CODES)
    def test_every_state_has_a_role_to_play(self, code: str) -> None:
        """Each state has a text for the one who plays it in class."""
        assert [] == [name for name, state in scenario(code).model.states.items() if not state.role]


class TestSources:
    @pytest.mark.parametrize("code", CASES)
    def test_every_number_owns_up(self, code: str) -> None:
        """A number has a source, or says that it is judgement or coding."""
        silent = [
            path
            for path, found in told(code)
            if not isinstance(found, dict)
            or not (found.get("source") or re.match("judgement|coding", found.get("note", "")))
        ]
        assert [] == silent

    @pytest.mark.parametrize("code", CASES)
    def test_judgement_has_a_range(self, code: str) -> None:
        """What is judged is a distribution; what stands still says that it is coding, or fixed for a reason."""
        points = {path: found for path, found in told(code) if "value" in found and not found.get("source")}
        assert [] == [path for path, found in points.items() if not re.match("coding|judgement: fixed", found["note"])]

    @pytest.mark.parametrize("code", CASES)
    def test_what_decides_is_never_a_point(self, code: str) -> None:
        """The numbers that decided in dry runs differ from world to world."""
        deciding = r"strain\.(daylight|abandonment|rally)$|after_hope$|hope$|loyalty$|salience$|ties\..*\.commitment$"
        fixed = [path for path, found in told(code) if re.search(deciding, path) and "value" in found]
        assert [] == fixed

    @pytest.mark.parametrize("code", CASES)
    def test_a_source_is_a_citation(self, code: str) -> None:
        """A source names who and when; it is neither an address nor a bare word."""
        odd = [
            text
            for text in citations(dumped(code))
            if "http" in text or "www." in text or not (re.search(r"\d{4}|FRUS|Law of", text) and len(text) > 15)
        ]
        assert [] == odd

    @pytest.mark.parametrize("code", CASES)
    def test_dated_events_cite_the_record(self, code: str) -> None:
        """Whatever happened on a day says who reported it."""
        events = scenario(code).model.events
        assert [] == [name for name, event in events.items() if event.at and not event.source]


class TestAgendas:
    @pytest.mark.parametrize("name", ["ceasefire_first", "territory_first", "package"])
    def test_alaska_agendas_differ_from_the_base_in_the_agenda_alone(self, name: str) -> None:
        """States, ties, events and numbers are the base's, so that only the order can explain a difference."""
        assert but("alaska_2025/base", "agenda") == but(f"alaska_2025/{name}", "agenda")

    @pytest.mark.parametrize("name", ["separate_peace_first", "comprehensive_first"])
    def test_camp_david_agendas_differ_from_the_base_in_the_agenda_alone(self, name: str) -> None:
        """The same for the other case."""
        assert but("camp_david_1978/base", "agenda") == but(f"camp_david_1978/{name}", "agenda")

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("alaska_2025/ceasefire_first", "alaska_2025/territory_first"),
            ("camp_david_1978/separate_peace_first", "camp_david_1978/comprehensive_first"),
        ],
    )
    def test_two_orders_have_the_same_stages(self, a: str, b: str) -> None:
        """Issues, seats and floor of each stage are the same in both orders; only what comes after what differs."""
        assert stages(a) == stages(b)
        assert dumped(a)["agenda"] != dumped(b)["agenda"]

    def test_a_separate_peace_is_not_linked_to_the_rest(self) -> None:
        """The second stage needs nothing settled before it; with the comprehensive peace first it does."""
        names = ("separate_peace_first", "comprehensive_first")
        needs = {name: scenario(f"camp_david_1978/{name}").setting.needs.tolist() for name in names}
        assert {"separate_peace_first": [[0, 0], [0, 0]], "comprehensive_first": [[0, 0], [1, 0]]} == needs

    def test_the_package_is_the_base_written_out(self) -> None:
        """The package has the agenda of the base."""
        assert stages("alaska_2025/base") == stages("alaska_2025/package")

    def test_territory_is_a_precondition_of_the_ceasefire(self) -> None:
        """In territory first the ceasefire waits for territory; in ceasefire first it waits for nothing."""
        after = {code: {s["stage"]: s.get("after") for s in dumped(code)["agenda"]} for code in CASES}
        assert "territory" == after["alaska_2025/territory_first"]["ceasefire"]
        assert after["alaska_2025/ceasefire_first"]["ceasefire"] is None

    @pytest.mark.parametrize("name", ["elections_first", "arms_halt_first", "land_swap"])
    def test_variants_with_an_issue_of_their_own_keep_the_rest(self, name: str) -> None:
        """They add one issue and the positions on it; calendar, ties, strain and dated events stay."""
        code = f"alaska_2025/{name}"
        base, variant = dumped("alaska_2025/base"), dumped(code)
        for key in ("calendar", "alliances", "adversaries", "strain", "talks"):
            assert base[key] == variant[key]
        assert 1 == len(set(variant["issues"]) - set(base["issues"]))
        assert base["events"] == {name: event for name, event in variant["events"].items() if name in base["events"]}


class TestRemedies:
    def test_the_joint_front_changes_one_thing(self) -> None:
        """The joint front is territory first with the allies' hands tied to each other, and nothing else."""
        territory, front = but("alaska_2025/territory_first"), but("alaska_2025/joint_front")
        western = {**front["alliances"]["western"], "joint_front": False}
        assert front["alliances"]["western"]["joint_front"] is True
        assert territory == {**front, "alliances": {"western": western}}

    def test_the_joint_plan_keeps_the_agenda_and_the_record(self) -> None:
        """The remedy is tried on the hardest agenda, with the same events."""
        for key in ("agenda", "events", "calendar", "strain", "talks", "orders", "adversaries"):
            assert dumped("alaska_2025/territory_first")[key] == dumped("alaska_2025/joint_plan")[key]

    def test_the_joint_plan_does_not_borrow_sources(self) -> None:
        """A number that the remedy replaces does not keep the citation of the number it replaces."""
        plan = dumped("alaska_2025/joint_plan")
        assert "source" not in plan["issues"]["donbas"]["battlefield"]["drift"]
        assert "source" not in plan["states"]["russia"]["war_cost"]


class TestTheFoundingCase:
    def test_the_patron_values_territory_less_than_its_client(self) -> None:
        """In every world the Donbas weighs less with the United States than with Ukraine."""
        states = dumped("alaska_2025/base")["states"]
        patron, client = (
            states[s]["positions"]["donbas"]["salience"]["triangular"] for s in ("united_states", "ukraine")
        )
        assert patron[2] < client[0]

    def test_the_client_can_live_with_the_line_of_contact(self) -> None:
        """Ukraine's red line lies between the line of contact and all of Donetsk."""
        red_line = dumped("alaska_2025/base")["states"]["ukraine"]["positions"]["donbas"]["red_line"]
        low, high = red_line["uniform"]
        assert 0.6 < low < high < 0.8

    def test_the_divider_gains_by_the_split(self) -> None:
        """Russia gains if the western alliance fractures, whatever is signed; Ukraine and Europe lose."""
        stakes = dumped("alaska_2025/base")["alliances"]["western"]["stakes"]
        assert min(stakes["russia"]["uniform"]) > 0 > max(stakes["ukraine"]["uniform"] + stakes["europe"]["uniform"])

    def test_the_brittle_tie_starts_whole(self) -> None:
        """No world starts with support suspended."""
        tie = dumped("alaska_2025/base")["alliances"]["western"]["ties"]["united_states"]["ukraine"]
        assert tie["breaks_below"]["value"] < tie["suspends_below"]["value"] < tie["commitment"]["min"]

    def test_the_summit_eclipses_the_threat(self) -> None:
        """The summit is agreed before the deadline, and looked at before it when both fall in one round."""
        events = scenario("alaska_2025/base").model.events
        agreed, deadline = events["alaska_summit_agreed"].at, events["sanctions_deadline"].at
        assert agreed is not None
        assert deadline is not None
        assert agreed < deadline
        order = scenario("alaska_2025/base").names.events
        assert order.index("alaska_summit_agreed") < order.index("sanctions_deadline")
        assert "alaska_summit_agreed" in str(dumped("alaska_2025/base")["events"]["sanctions_deadline"]["unless"])


class TestTheTutorial:
    def test_is_small(self) -> None:
        """Three states, two issues, two stages: small enough for a first hour."""
        model = scenario("tutorial/first_steps").model
        assert (3, 2, 2) == (len(model.states), len(model.issues), len(model.agenda))

    def test_explains_itself(self) -> None:
        """At least a third of its lines carry a comment."""
        lines = (FOLDER / "tutorial" / "first_steps.yaml").read_text(encoding="utf-8").splitlines()
        assert sum("#" in line for line in lines) * 3 >= len([line for line in lines if line.strip()])
