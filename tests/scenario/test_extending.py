"""Building on another file: what merges, what is replaced, and where errors are told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Problem, Scenario, ScenarioError, load

Write = Callable[..., Path]


@pytest.fixture
def variant(small: Write, write: Write) -> Callable[[str], Path]:
    """A file that extends the small scenario, with this text in it."""
    small(name="base.yaml")
    return lambda text: write(f"extends: base.yaml\n{text}")


@pytest.fixture
def change(variant: Callable[[str], Path]) -> Callable[[str], Scenario]:
    """The variant, loaded."""
    return lambda text: load(variant(text))


@pytest.fixture
def refused(variant: Callable[[str], Path]) -> Callable[[str], Problem]:
    """The one error in the variant."""

    def refused(text: str) -> Problem:
        with pytest.raises(ScenarioError) as caught:
            load(variant(text))
        (problem,) = caught.value.problems
        return problem

    return refused


class TestMerging:
    """Mappings merge, lists replace, null removes."""

    def test_what_is_not_named_stays(self, change: Callable[[str], Scenario]) -> None:
        """One number changed, all else as in the base."""
        changed = change("states: {anna: {power: 2}}\n")
        assert 2 == changed.model.states["anna"].power
        assert 0.8 == changed.model.states["anna"].positions["land"].red_line
        assert "Small talks" == changed.name

    def test_lists_replace(self, change: Callable[[str], Scenario]) -> None:
        """A new agenda is the whole agenda."""
        changed = change("agenda: [{stage: all, issues: [truce, land]}]\n")
        assert ["all"] == changed.names.stages

    def test_null_removes(self, change: Callable[[str], Scenario]) -> None:
        """A key, or a whole event."""
        changed = change("events: {rift: null}\nstates: {anna: {power: null}}\n")
        assert ["drought"] == changed.names.events
        assert "states.anna.power" in changed.defaults

    def test_null_with_nothing_to_remove(self, refused: Callable[[str], Problem]) -> None:
        """Is a mistake, and the nearest name is offered."""
        problem = refused("events: {rft: null}\n")
        assert (2, 10) == (problem.line, problem.column)
        assert "'rft' has no value, and there is none to remove" == problem.message
        assert "'rift'" in problem.help

    def test_a_number_given_anew_loses_its_old_source(self, small: Write, write: Write) -> None:
        """A source belongs to its number: the new one is a judgement until it says otherwise."""
        small(("power: 1.2", "power: {uniform: [1, 2], source: A book}"), name="base.yaml")
        changed = load(write("extends: base.yaml\nstates: {anna: {power: {uniform: [2, 3]}}}\n"))
        assert "states.anna.power" in changed.judgements
        assert "states.anna.power" not in changed.sources

    def test_another_distribution_replaces_the_old_one(self, small: Write, write: Write) -> None:
        """The two are not mixed."""
        small(("power: 1.2", "power: {normal: [1, 0.1], min: 0.5, max: 2}"), name="base.yaml")
        changed = load(write("extends: base.yaml\nstates: {anna: {power: {choice: {1: 1, 2: 1}}}}\n"))
        assert {"choice": [[1.0, 0.5], [2.0, 1.0]]} == changed.meaning["numbers"]["states.anna.power"]

    def test_a_note_may_be_added_to_a_number(self, small: Write, write: Write) -> None:
        """A mapping without a form of its own merges."""
        small(("power: 1.2", "power: {value: 1.2, note: old}"), name="base.yaml")
        changed = load(write("extends: base.yaml\nstates: {anna: {power: {source: A book}}}\n"))
        assert ("A book", "old") == changed.sources["states.anna.power"]

    @pytest.mark.parametrize(
        ("old", "new", "policy"),
        [
            ("{preset: boulware, e: 0.3}", "{preset: wedge}", ["boulware", "wedge", "quantal"]),
            ("{preset: boulware, e: 0.3}", "{courts: nobody}", ["concession", "nobody", "quantal"]),
            ("{demands: {boulware: {e: 0.3}}}", "{demands: {conceder: {e: 2}}}", ["conceder", "sincere", "quantal"]),
            ("{demands: {boulware: {e: 0.3}}}", "{demands: {boulware: null, conceder: {e: 2}}}", ["conceder", "sincere", "quantal"]),
            ("{demands: {boulware: {e: 0.3}}}", "{answers: firm}", ["boulware", "sincere", "firm"]),
        ],
    )  # fmt: skip
    def test_policies_of_another_kind_replace(
        self, small: Write, write: Write, old: str, new: str, policy: list[str]
    ) -> None:
        """Half a preset and half of three slots would mean nothing."""
        small(("policy: wedge", f"policy: {old}"), name="base.yaml")
        changed = load(write(f"extends: base.yaml\nstates: {{carl: {{policy: {new}}}}}\n"))
        found = changed.meaning["states"]["carl"]["policy"]
        assert policy == [found[slot] for slot in ("demands", "courts", "answers")]

    def test_an_event_has_one_trigger(self, change: Callable[[str], Scenario]) -> None:
        """A new trigger takes the place of the old one."""
        changed = change("events: {drought: {rate: 2}, rift: {when: {fighting: true}}}\n")
        assert changed.model.events["drought"].at is None
        assert {"fighting": True} == changed.meaning["events"]["rift"]["when"]

    def test_issues_may_be_called_like_distributions(self, write: Write, small: Write) -> None:
        """Names of the scenario's own mean nothing special."""
        small(("  land:\n    levels", "  normal: {levels: {0: a, 1: b}}\n  land:\n    levels"), name="base.yaml")
        changed = load(write("extends: base.yaml\nissues: {uniform: {levels: {0: a, 1: b}}}\n"))
        assert ["land", "normal", "truce", "uniform"] == changed.names.issues

    def test_a_chain(self, small: Write, write: Write) -> None:
        """A variant may be varied."""
        small(name="base.yaml")
        write("extends: base.yaml\nname: Middle\n", "middle.yaml")
        changed = load(write("extends: middle.yaml\nsummary: The last.\n"))
        assert ("Middle", "The last.") == (changed.name, changed.summary)


class TestPlaces:
    """Errors are told where the wrong value was written."""

    def test_in_the_base(self, small: Write, write: Write) -> None:
        """A value of the base that the variant leaves alone is wrong in the base."""
        small(("power: 1.2", "power: strong"), name="base.yaml")
        with pytest.raises(ScenarioError) as caught:
            load(write("extends: base.yaml\nname: Variant\n"))
        (problem,) = caught.value.problems
        assert problem.file.endswith("base.yaml")
        assert (13, 12) == (problem.line, problem.column)
        assert "power: strong" in problem.excerpt

    def test_in_the_variant(self, refused: Callable[[str], Problem]) -> None:
        """A value of the variant is wrong in the variant."""
        problem = refused("states: {anna: {power: strong}}\n")
        assert problem.file.endswith("talks.yaml")
        assert (2, 24) == (problem.line, problem.column)

    def test_broken_yaml_in_the_base(self, write: Write) -> None:
        """Is told of the base."""
        write("a: 1\na: 2\n", "base.yaml")
        with pytest.raises(ScenarioError) as caught:
            load(write("extends: base.yaml\n"))
        assert caught.value.problems[0].file.endswith("base.yaml")


class TestRefusals:
    """What cannot be extended."""

    def complaint(self, path: Path) -> Problem:
        """The one error in a file."""
        with pytest.raises(ScenarioError) as caught:
            load(path)
        (problem,) = caught.value.problems
        return problem

    @pytest.mark.parametrize(
        ("said", "message", "cure"),
        [
            ("none.yaml", "there is no file 'none.yaml' beside this one", ""),
            ("bass.yaml", "there is no file 'bass.yaml'", "'base.yaml'"),
            ("tutorial/first_steps", "there is no file 'tutorial/first_steps'", "it comes with Wedge: copy its folder"),
            ("../outside.yaml", "'../outside.yaml' leaves the scenario's folder", "same folder"),
            ("/etc/passwd", "leaves the scenario's folder", "same folder"),
            ("folder", "'folder' is a directory", "name a file"),
            ("link.yaml", "'link.yaml' leaves the scenario's folder", "same folder"),
            ("talks.yaml", "in a circle: talks.yaml -> talks.yaml", "remove one"),
            ("[a, b]", "`extends` names a file, and this is a list", "extends: base.yaml"),
            ("5", "`extends` names a file, and this is 5", "extends: base.yaml"),
            ('"a\\0b"', "`extends` names a file", "extends: base.yaml"),
            ('" "', "`extends` names a file", "extends: base.yaml"),
            ("x" * 5000, "there is no file", ""),
            ("loop.yaml", "'loop.yaml'", "folder"),
        ],
    )
    def test_a_file_that_cannot_be_extended(
        self, tmp_path: Path, write: Write, said: str, message: str, cure: str
    ) -> None:
        """Is told at the word `extends`."""
        write("name: base\n", "inner/base.yaml")
        write("name: outside\n", "outside.yaml")
        (tmp_path / "inner/folder").mkdir()
        (tmp_path / "inner/loop.yaml").symlink_to(tmp_path / "inner/loop.yaml")
        (tmp_path / "inner/link.yaml").symlink_to(tmp_path / "outside.yaml")
        problem = self.complaint(write(f"extends: {said}\n", "inner/talks.yaml"))
        assert (1, 10) == (problem.line, problem.column)
        assert message in problem.message
        assert cure in problem.help

    def test_a_circle_of_two(self, write: Write) -> None:
        """Is named in full."""
        write("extends: b.yaml\n", "a.yaml")
        problem = self.complaint(write("extends: a.yaml\n", "b.yaml"))
        assert "b.yaml -> a.yaml -> b.yaml" in problem.message

    def test_a_long_chain(self, write: Write) -> None:
        """Eight files are enough."""
        for i in range(12):
            write(f"extends: f{i + 1}.yaml\n", f"f{i}.yaml")
        write("name: x\n", "f12.yaml")
        assert "more than 8 files extend each other" in self.complaint(write("extends: f0.yaml\n")).message

    def test_a_folder_below_is_allowed(self, small: Write, write: Write) -> None:
        """The base may lie deeper."""
        small(name="parts/base.yaml")
        assert "Small talks" == load(write("extends: parts/base.yaml\n")).name
