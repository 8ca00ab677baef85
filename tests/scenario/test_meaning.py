"""What a scenario means, where two differ, where scenarios are found, and what numbers rest on."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Scenario, ScenarioError, diff, load
from wedge.engine.scenario.finding import packaged, packaged_folder
from wedge.engine.scenario.json_schema import json_schema
from wedge.engine.scenario.meaning import hash_of
from wedge.engine.scenario.outline import outline

Loaded = Callable[..., Scenario]


class TestMeaning:
    """The canonical meaning and its hash."""

    def test_defaults_count_as_if_written_out(self, loaded: Loaded) -> None:
        """A default made explicit changes nothing."""
        explicit = loaded(
            ("power: 1.2", "power: 1.2\n    hope: 0.6\n    decides: quantal"),
            ("issues: [land]", "issues: [land]\n    consent: [anna, bert, carl]\n    answers: sealed"),
            ("agenda:\n", "adversaries: [[anna, carl], [bert, carl]]\nstrain: {daylight: 0.3}\nagenda:\n"),
            ("policy: boulware", "policy: {demands: {boulware: {e: 0.4}}, courts: sincere}"),
        )
        assert loaded().sha256 == explicit.sha256

    @pytest.mark.parametrize(
        ("old", "new", "path", "before", "after"),
        [
            ("power: 1.2", "power: 1.3", "states.anna.power", 1.2, 1.3),
            ("power: 1.2", "power: {uniform: [1, 2]}", "states.anna.power", 1.2, {"uniform": [1.0, 2.0]}),
            ("rounds: 20", "rounds: 21", "calendar.rounds", 20, 21),
            ("policy: boulware", "policy: conceder", "states.anna.policy.demands", "boulware", "conceder"),
            ("red_line: 0.8", "red_line: {above: 0.8}", "", None, None),
            ("consent: [anna, carl]", "consent: [carl, anna]", "agenda.stages.truce.floor", {"rotation": ["anna", "carl"]}, {"rotation": ["carl", "anna"]}),
            ("at: 2030-02-04", "at: 2030-02-05", "events.drought.at", "2030-02-04", "2030-02-05"),
            ("refusals: anna, above: 3", "refusals: anna, above: 4", "events.rift.when.0", 3.0, 4.0),
            ("refusals: anna, above: 3", "refusals: anna, below: 3", "events.rift.when", {"refusals": "anna", "above": "#"}, {"refusals": "anna", "below": "#"}),
            ("by: 0.1", "times: 0.1", "events.drought.effects", [["change by", "states.carl.war_cost"]], [["change times", "states.carl.war_cost"]]),
        ],
    )  # fmt: skip
    def test_a_difference_is_found_at_its_path(
        self, loaded: Loaded, old: str, new: str, path: str, before: object, after: object
    ) -> None:
        """And only there (or nowhere, where the same is said otherwise)."""
        first, second = loaded(), loaded((old, new))
        found = [one for one in diff(first, second) if one[0] == path]
        assert ([(path, before, after)] if path else []) == found
        assert (first.sha256 == second.sha256) == (not path)

    def test_something_new_differs_from_nothing(self, loaded: Loaded) -> None:
        """The other side is None."""
        found = {path: (a, b) for path, a, b in diff(loaded(), loaded(("power: 1.2", "power: 1.2\n    outside: {}")))}
        assert (False, True) == found["states.anna.may_walk_out"]
        assert (None, 6.0) == found["states.anna.outside.patience"]

    def test_the_resolved_scenario_is_json(self) -> None:
        """It goes into manifests as it is, and its hash is that of its meaning."""
        for code in packaged():
            resolved = json.loads(json.dumps(load(code).resolved(), allow_nan=False))
            assert resolved["sha256"] == hash_of(resolved["meaning"])
            assert resolved["words"]["name"]

    def test_the_hash_of_an_empty_meaning(self) -> None:
        """SHA-256 over canonical JSON."""
        assert "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" == hash_of({})


class TestSources:
    """What numbers rest on."""

    def test_a_number_without_a_source_is_a_judgement(self, loaded: Loaded) -> None:
        """Whatever its note says; a default is neither given nor judged."""
        scenario = loaded(
            ("power: 1.2", "power: {value: 1.2, source: A book, note: page 3}"), ("status_quo: 0.5", "status_quo: {value: 0.5, note: judgement}")
        )  # fmt: skip
        assert ("A book", "page 3") == scenario.sources["states.anna.power"]
        assert (None, "judgement") == scenario.sources["issues.land.status_quo"]
        assert "states.anna.power" not in scenario.judgements
        assert "issues.land.status_quo" in scenario.judgements
        assert "states.bert.power" in scenario.defaults
        assert set(scenario.numbers_given) == set(scenario.judgements) | {"states.anna.power"}

    def test_events_and_conditions_have_sources_too(self, loaded: Loaded) -> None:
        """Their numbers are numbers like others."""
        scenario = loaded(
            ("by: -0.05", "by: {value: -0.05, source: A diary}"), ("above: 3", "above: {uniform: [2, 4], note: hm}")
        )
        assert ("A diary", None) == scenario.sources["events.rift.effects.0"]
        assert (None, "hm") == scenario.sources["events.rift.when.0"]


class TestFinding:
    """A scenario is named by its packaged name or its file."""

    def test_a_packaged_name(self) -> None:
        """From anywhere."""
        assert "tutorial/first_steps" == load("tutorial/first_steps").code

    def test_a_file_of_the_package(self) -> None:
        """Has the same code as under its name."""
        assert "tutorial/first_steps" == load(packaged_folder() / "tutorial" / "first_steps.yaml").code

    def test_a_file_without_its_ending(self, small: Callable[..., Path]) -> None:
        """Is offered with it."""
        with pytest.raises(ScenarioError, match=r"did you mean '.*talks.yaml'"):
            load(str(small()).removesuffix(".yaml"))

    def test_a_file_is_not_meant_for_its_ending(
        self, small: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Names that have nothing but `.yaml` in common are not alike."""
        monkeypatch.chdir(small().parent)
        with pytest.raises(ScenarioError, match="`wedge scenarios` lists"):
            load("nuts")

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ("tutorial/first_step", "did you mean 'tutorial/first_steps'"),
            ("nothing_like_it_at_all", "`wedge scenarios` lists"),
            ("none.yaml", "no such file"),
            ("tutorial/../tutorial/first_steps", "there is no scenario"),
            ("", "directory"),
            ("a\0b", "there is no scenario"),
            ("x" * 5000, "there is no scenario"),
            ("/", "directory"),
        ],
    )
    def test_what_is_not_there(self, said: str, message: str) -> None:
        """Has a plain message, with the nearest name."""
        with pytest.raises(ScenarioError) as caught:
            load(said)
        assert message in str(caught.value)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_one_may_not_read(self, small: Callable[..., Path]) -> None:
        """Says so."""
        path = small()
        path.chmod(0)
        with pytest.raises(ScenarioError, match="permission denied"):
            load(path)

    def test_every_packaged_scenario_has_an_outline(self) -> None:
        """Name and summary, also where they are inherited."""
        for code, path in packaged().items():
            scenario = load(code)
            found = outline(path)
            assert (scenario.name, " ".join(scenario.summary.split())) == (found["name"], found["summary"])

    def test_bases_are_not_listed(self) -> None:
        """A file called base.yaml is there to be extended."""
        assert not [code for code in packaged() if code.endswith("base")]


class TestJsonSchema:
    """The schema for editors."""

    def test_every_reference_leads_somewhere(self) -> None:
        """No editor stumbles over a dangling reference."""
        schema = json_schema()
        text = json.dumps(schema)
        named = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
        assert named <= set(schema["$defs"])
        assert set(schema["$defs"]) <= named

    def test_only_files_that_extend_may_be_partial(self) -> None:
        """A whole file must have its required keys; one that extends another may leave out any."""
        definitions = json_schema()["$defs"]
        assert ["name", "calendar", "issues", "states", "agenda"] == definitions["Scenario"]["required"]
        assert "required" not in definitions["ScenarioInPart"]
        assert ["ideal", "salience"] == definitions["Position"]["required"]
        assert "required" not in definitions["PositionInPart"]

    def test_defaults_and_units_are_those_of_the_tables(self) -> None:
        """An editor shows them."""
        power = json_schema()["$defs"]["State"]["properties"]["power"]
        assert (1.0, "weight", "at least 0") == (power["default"], power["unit"], power["bounds"])
        assert "default" not in json_schema()["$defs"]["Position"]["properties"]["red_line"]
