"""The commands about scenarios: validate, new, scenarios, diff, policies, schema, and the generated pages."""

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS
from wedge.agents.theories import THEORIES
from wedge.engine.cli.common import BAD, DONE, NO
from wedge.engine.cli.docs import main as docs
from wedge.engine.cli.docs import pages, stale, write
from wedge.engine.scenario import load
from wedge.engine.scenario.finding import packaged
from wedge.engine.scenario.json_schema import json_schema

Call = Callable[..., Any]
Write = Callable[..., Path]


class TestValidate:
    """``wedge validate``."""

    def test_a_sound_scenario(self, wedge: Call) -> None:
        """One line on stdout, with what is in it."""
        said = wedge("validate", "tutorial/first_steps")
        assert DONE == said.code
        assert re.match(
            r"tutorial/first_steps: ok \(\d+ states, \d+ issues, \d+ stages?, .* of them judgements; ", said.out
        )
        assert "" == said.err

    def test_errors_like_a_compiler(self, wedge: Call, write_scenario: Write) -> None:
        """Place, line, caret, help on stderr; nothing on stdout; exit code 2."""
        path = write_scenario(("power: 1.2", "pwer: 1.2"), ("after: land", "after: lnd"))
        said = wedge("validate", path)
        assert BAD == said.code
        assert "" == said.out
        assert (
            f"{path}:13:5: error: unknown key 'pwer'\n        pwer: 1.2\n        ^^^^\n  help: did you mean 'power'?\n"
            in said.err
        )
        assert f"{path}:42:12: error: there is no stage 'lnd'\n" in said.err
        assert said.err.endswith(f"{path}: 2 errors\n")

    def test_several(self, wedge: Call, write_scenario: Write) -> None:
        """All are looked at; one that is wrong is enough for exit code 2."""
        said = wedge("validate", write_scenario(("power: 1.2", "power: x")), "tutorial/first_steps")
        assert BAD == said.code
        assert "tutorial/first_steps: ok" in said.out
        assert "1 of 2 scenarios are sound" in said.err

    def test_warnings_are_no_errors(self, wedge: Call, write_scenario: Write) -> None:
        """They are said on stderr."""
        said = wedge("validate", write_scenario(("at: 2030-02-04", "at: 2029-02-04")))
        assert DONE == said.code
        assert ": warning: the event 'drought' can never happen" in said.err

    def test_json(self, wedge: Call, write_scenario: Write) -> None:
        """Only JSON on stdout, with every problem."""
        said = wedge("validate", write_scenario(("power: 1.2", "power: x")), "tutorial/first_steps", "--json")
        assert BAD == said.code
        wrong, sound = said.data["scenarios"]
        assert (False, True) == (wrong["ok"], sound["ok"])
        assert (13, 12, "error") == tuple(wrong["problems"][0][key] for key in ("line", "column", "severity"))
        assert sound["counts"]["judgements"] <= sound["counts"]["numbers"]
        assert "" == said.err

    def test_values_by_option(self, wedge: Call) -> None:
        """--set and --policy are checked along."""
        said = wedge("validate", "tutorial/first_steps", "--set", "calendar.rounds=-4", "--set", "strain.nois=1")
        assert BAD == said.code
        assert "--set:1:17: error: -4 is out of bounds" in said.err
        assert "--set:2:8: error: unknown key 'nois'" in said.err

    @pytest.mark.parametrize("command", [("validate",), ("run", "--worlds", "5"), ("explain", "--seed", "1")])
    def test_a_policy_of_the_users_own(self, wedge: Call, write_scenario: Write, command: tuple[str, ...]) -> None:
        """Is looked at before anything is played; what its file prints is kept out of stdout."""
        path = write_scenario(("policy: boulware", "policy: {file: mine.py, name: Mine}"))
        text = "from wedge.agents.seat import Policy\nprint('read')\nclass Mine(Policy):\n    def aswer(self, t): ...\n"
        (path.parent / "mine.py").write_text(text, encoding="utf-8")
        said = wedge(*command, path)
        assert BAD == said.code
        assert "" == said.out
        assert f"{path.parent / 'mine.py'}:4:9: error: Mine has a method 'aswer', which is never asked" in said.err
        assert f"(named for anna in {path}:14)" in said.err
        assert "did you mean 'answer'?" in said.err

    def test_every_packaged_scenario(self, wedge: Call) -> None:
        """Is sound."""
        assert DONE == wedge("validate", *packaged()).code

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "the file is empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary file"),
            ("name: caf\xe9\n".encode("latin-1"), "not UTF-8"),
            (b"a: 1\n---\nb: 1\n", "second document"),
            (b"[" * 100_000, "nested more than 50 deep"),
            (b"a: 1\x00\n", "NUL character"),
            (b"- a\n", "this file holds a list"),
            (b"a: !!python/object/apply:os.system ['echo']\n", "the tag"),
            (b"extends: ../../../../etc/passwd\n", "leaves the scenario's folder"),
            (b"x" * 2_000_000, "too large"),
        ],
    )
    def test_any_file_at_all(self, wedge: Call, tmp_path: Path, content: bytes, said: str) -> None:
        """Gets a message, an exit code of 2 and no traceback."""
        path = tmp_path / "bad.yaml"
        path.write_bytes(content)
        found = wedge("validate", path)
        assert BAD == found.code
        assert said in found.err
        assert "" == found.out

    def test_no_file_at_all(self, wedge: Call, tmp_path: Path) -> None:
        """A missing file, a folder, and a name nobody knows."""
        assert "no such file" in wedge("validate", tmp_path / "none.yaml").err
        assert "directory" in wedge("validate", tmp_path).err
        assert "did you mean 'tutorial/first_steps'" in wedge("validate", "tutorial/frst_steps").err


class TestNew:
    """``wedge new``."""

    def test_what_it_writes_can_be_played(self, wedge: Call, tmp_path: Path) -> None:
        """It is sound, commented, and carries the name."""
        said = wedge("new", "river_talks", "--dir", tmp_path)
        path = tmp_path / "river_talks.yaml"
        assert (DONE, f"{path}\n") == (said.code, said.out)
        scenario = load(path)
        assert "River talks" == scenario.name
        assert [] == scenario.warnings
        assert 20 < path.read_text().count("#")
        assert f"next: wedge explain {path} --seed 7" in said.err

    def test_every_name_gives_a_sound_file(self, wedge: Call, tmp_path: Path) -> None:
        """Also names that YAML would read as something else."""
        for name in ("no", "1e3", "true", "null", "2030-01-01", "x.yaml"):
            assert DONE == wedge("new", name, "--dir", tmp_path).code
            assert DONE == wedge("validate", tmp_path / f"{name.removesuffix('.yaml')}.yaml").code

    def test_nothing_is_overwritten(self, wedge: Call, tmp_path: Path) -> None:
        """A file that is there stays as it is."""
        (tmp_path / "mine.yaml").write_text("precious")
        said = wedge("new", "mine", "--dir", tmp_path)
        assert BAD == said.code
        assert "is there already" in said.err
        assert "precious" == (tmp_path / "mine.yaml").read_text()

    @pytest.mark.parametrize("name", ["../x", "a/b", "", "a b", "-", "ä", "x" * 90, "a\x1b[31m"])
    def test_names_that_cannot_be_files(self, wedge: Call, tmp_path: Path, name: str) -> None:
        """Are refused, and nothing is written."""
        said = wedge("new", "--dir", tmp_path, "--", name)
        assert BAD == said.code
        assert "cannot be the name" in said.err
        assert "\x1b" not in said.err
        assert [] == list(tmp_path.iterdir())

    def test_a_folder_that_is_a_file(self, wedge: Call, tmp_path: Path) -> None:
        """Is told, without a traceback."""
        (tmp_path / "file").write_text("")
        assert BAD == wedge("new", "x", "--dir", tmp_path / "file").code

    def test_a_folder_one_may_not_write_to(self, wedge: Call, tmp_path: Path) -> None:
        """Is told, unless one is root and may do all."""
        tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
        try:
            said = wedge("new", "x", "--dir", tmp_path)
        finally:
            tmp_path.chmod(stat.S_IRWXU)
        assert said.code == DONE or "permission denied" in said.err


class TestLists:
    """What there is."""

    def test_scenarios(self, wedge: Call) -> None:
        """Names and summaries; as JSON with their files."""
        said = wedge("scenarios")
        assert all(code in said.out for code in packaged())
        data = wedge("scenarios", "--json").data["scenarios"]
        assert list(packaged()) == [one["code"] for one in data]
        assert all(one["summary"] and Path(one["file"]).is_file() for one in data)

    def test_policies(self, wedge: Call) -> None:
        """Every preset, tactic and decision theory, with parameters and sources."""
        said = wedge("policies")
        for catalogue in (PRESETS, DEMANDS, COURTS, ANSWERS, THEORIES):
            assert all(f"  {name}" in said.out for name in catalogue)
        data = wedge("policies", "--json").data
        assert set(DEMANDS) == {one["name"] for one in data["demands"]}
        assert all(
            one["meaning"] for room in ("presets", "demands", "courts", "answers", "theories") for one in data[room]
        )
        assert data["sources"]

    def test_schema(self, wedge: Call) -> None:
        """JSON that any editor can read."""
        assert json_schema() == wedge("schema").data


class TestDiff:
    """``wedge diff``."""

    def test_two_orders_of_the_same(self, wedge: Call) -> None:
        """Only the agenda differs."""
        said = wedge("diff", "alaska_2025/ceasefire_first", "alaska_2025/territory_first")
        assert DONE == said.code
        assert said.out.startswith("agenda.order: [ceasefire, territory, terms] -> [territory, ceasefire, terms]\n")
        assert all(line.startswith("agenda.") for line in said.out.splitlines())

    def test_the_same(self, wedge: Call) -> None:
        """Is said, and exits with 0 either way."""
        said = wedge("diff", "tutorial/first_steps", "tutorial/first_steps", "--exit-code")
        assert (DONE, "") == (said.code, said.out)
        assert "they mean the same" in said.err

    def test_a_change_by_option(self, wedge: Call) -> None:
        """Is put over the second."""
        first = load("tutorial/first_steps")
        state = first.names.states[0]
        said = wedge(
            "diff",
            first.code,
            first.code,
            "--set",
            f"states.{state}.power={{uniform: [2, 3]}}",
            "--exit-code",
            "--json",
        )
        assert NO == said.code
        (found,) = said.data["differences"]
        assert (f"states.{state}.power", {"uniform": [2.0, 3.0]}) == (found["path"], found["second"])

    def test_a_scenario_that_is_not_there(self, wedge: Call) -> None:
        """Is bad input."""
        assert BAD == wedge("diff", "tutorial/first_steps", "none").code


class TestGeneratedPages:
    """The reference is made from the code and never stale."""

    def test_the_committed_pages_are_current(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Else run ``python -m wedge.engine.cli.docs``."""
        assert DONE == docs(["--check"]), capsys.readouterr().err

    def test_a_stale_page_is_found(self, tmp_path: Path) -> None:
        """One that was edited, and one that is missing."""
        write(tmp_path)
        assert [] == stale(tmp_path)
        (tmp_path / "docs/commands.md").write_text("edited")
        (tmp_path / "schema/scenario.json").unlink()
        assert ["docs/commands.md", "schema/scenario.json"] == stale(tmp_path)

    def test_the_pages_do_not_depend_on_the_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor on its width."""
        before = pages()
        monkeypatch.setenv("COLUMNS", "40")
        assert before == pages()

    def test_the_examples_on_the_page_are_yaml(self) -> None:
        """And those of whole sections are sound."""
        from wedge.engine.cli.format_prose import EXAMPLES
        from wedge.engine.scenario.reading import read_text

        for title, example in EXAMPLES.items():
            if title not in ("Numbers", "states: policy"):  # these hold alternatives
                assert read_text(example, title).root.mapping

    def test_every_path_of_a_number_is_on_the_page(self) -> None:
        """With names for what is the scenario's own."""
        page = pages()["docs/scenario-format.md"]
        for name in (
            "states.STATE.power",
            "ties.FROM.TO.commitment",
            "stakes.ALLIANCE.STATE",
            "issues.ISSUE.ends_war.at",
        ):
            assert f"`{name}`" in page
        scenario = load("alaska_2025/territory_first")
        for path in scenario.defaults:
            if path.startswith(("strain.", "talks.", "assumptions.")):
                assert f"`{path}`" in page

    def test_the_schema_is_committed(self) -> None:
        """Editors of the packaged scenarios find it by their first line."""
        folder = Path(__file__).parents[2]
        assert json_schema() == json.loads((folder / "schema/scenario.json").read_text())


class TestMissingFiles:
    """A file that is not there is answered with one that is."""

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("talks/territory_frist.yaml", "talks/territory_first.yaml"),
            ("talks/territory_frist", "talks/territory_first.yaml"),
            ("alaska_2025/territory_frist.yaml", "alaska_2025/territory_first"),
            ("alaska_2025/territory_frist", "alaska_2025/territory_first"),
        ],
    )
    def test_the_nearest_is_named(
        self, wedge: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, meant: str
    ) -> None:
        """Beside it, or among those that come with Wedge."""
        (tmp_path / "talks").mkdir()
        (tmp_path / "talks/territory_first.yaml").write_text("name: x\n")
        monkeypatch.chdir(tmp_path)
        found = wedge("run", said)
        assert (2, "") == (found.code, found.out)
        assert f"did you mean '{meant}'?" in found.err
