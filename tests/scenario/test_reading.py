"""YAML without its traps: every one is refused in a sentence that names the place and the cure, or read as meant."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wedge.engine.scenario import Problem, ScenarioError, load, reading
from wedge.engine.scenario.finding import packaged_folder
from wedge.engine.scenario.reading import read_file, read_text
from wedge.engine.scenario.scalars import number_meant
from wedge.engine.scenario.tree import plain

SMALL = (Path(__file__).parents[1] / "cli" / "small.yaml").read_text(encoding="utf-8")


def read(text: str) -> Any:
    """What a text says, as plain data."""
    return plain(read_text(text, "talks.yaml").root)


def refused(text: str) -> list[Problem]:
    """What is wrong with a text."""
    try:
        return read_text(text, "talks.yaml").problems
    except ScenarioError as error:
        return error.problems


class TestWhatWordsMean:
    """Only plain decimal numbers are numbers, only true and false are truth values."""

    @pytest.mark.parametrize(
        "word", ["NO", "no", "on", "yes", "off", "True", "012", "12:30:45", "1_000", "2025-02-24", ".nan", ".inf", "0x1f", "0o7", "1.2.3"]
    )  # fmt: skip
    def test_what_yaml_would_twist_stays_text(self, word: str) -> None:
        """Norway is a country, 012 is not ten, and a date waits until a date is wanted."""
        assert {"a": word} == read(f"a: {word}\n")

    @pytest.mark.parametrize(
        ("word", "value"),
        [
            ("1e3", 1000.0),
            ("1", 1),
            ("-2", -2),
            ("+3", 3),
            ("0.5", 0.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("-1.5E-2", -0.015),
            ("0", 0),
        ],
    )
    def test_decimal_numbers_are_numbers(self, word: str, value: float) -> None:
        """Also 1e3, which YAML 1.1 takes for text."""
        found = read(f"a: {word}\n")["a"]
        assert value == found
        assert type(value) is type(found)

    @pytest.mark.parametrize(
        ("word", "value"), [("true", True), ("false", False), ("null", None), ("~", None), ("", None)]
    )
    def test_the_few_words_that_mean_something(self, word: str, value: bool | None) -> None:
        """True, false and nothing."""
        assert {"a": value} == read(f"a: {word}\n")

    def test_quotes_make_text(self) -> None:
        """A quoted number is text."""
        assert {"a": "1", "b": "true"} == read("a: '1'\nb: \"true\"\n")

    def test_keys_are_text(self) -> None:
        """Levels may be numbers, and no country becomes a truth value."""
        assert {"0": "a", "0.6": "b", "no": "c"} == read("{0: a, 0.6: b, no: c}")

    @pytest.mark.parametrize(
        ("word", "cure"),
        [
            ("1_000", "1000"),
            ("012", "12"),
            ("0,5", "0.5"),
            ("50%", "0.5"),
            ("0x10", "16"),
            (".inf", "ordinary"),
            ("1.5", "quotes"),
        ],
    )
    def test_a_twisted_number_is_told_apart(self, word: str, cure: str) -> None:
        """Where a number is wanted, the help says how it would be written."""
        assert cure in number_meant(word)


class TestRefusals:
    """Each trap has a message, a place and a cure."""

    @pytest.mark.parametrize(
        ("text", "line", "column", "message", "cure"),
        [
            ("a: 1\nb: 2\na: 3\n", 3, 1, "'a' stands here twice; first in line 1", "remove one"),
            ("x: {a: 1, b: 2, a: 3}\n", 1, 17, "twice; first in line 1", "remove one"),
            ("a: 99999999999999999999\n", 1, 4, "more than 18 digits", "quotes"),
            ("a: 1e999\n", 1, 4, "too large", "quotes"),
            ("<<: {a: 1}\n", 1, 1, "'<<' is not supported", "extends: base.yaml"),
            ("a: !!python/object:os.system x\n", 1, 4, "the tag 'tag:yaml.org,2002:python/object:os.system'", "remove"),
            ("a: !x 1\n", 1, 4, "the tag '!x'", "remove"),
            ("a:\n\tb: 1\n", 2, 1, "a tab indents this line", "spaces"),
            ("a: x\0y\n", 1, 5, "NUL", "text"),
            ("a: \x1b[31m\n", 1, 4, "U+001B", "remove"),
            ("a: 1\n---\nb: 2\n", 2, 1, "second document", "---"),
            ("- a\n- b\n", 1, 1, "this file holds a list", "name:"),
            ("just words\n", 1, 1, "this file holds 'just words'", "name:"),
            ("", 0, 0, "the file is empty", "wedge new"),
            ("# only a comment\n", 0, 0, "the file is empty", "wedge new"),
            ("---\n", 0, 0, "the file is empty", "wedge new"),
            ("? [a, b]\n: c\n", 1, 3, "a key must be a plain word", "quote"),
            ("a: *b\n", 1, 4, "*b has no anchor", "anchor"),
            ("a: &x [1, *x]\n", 1, 11, "*x stands inside what it refers to", "write it out"),
            ("a: [1, 2\nb: 3\n", 1, 4, "'[' is not closed", "]"),
            ("a: {b: 1\n", 1, 4, "'{' is not closed", "}"),
            ("a: 'open\nb: 1\n", 1, 4, "quotation mark is never closed", "close it"),
            ("a: b: c\n", 1, 5, "':' is not expected here", "quotes"),
            ("a: @b\n", 1, 4, "cannot start with this character", "quotes"),
            ("a: 1\n   b: 2\n", 2, 5, "':' is not expected here", "indentation"),
            ("a:\n   b: 1\n  c: 2\n", 3, 3, "does not fit the indentation", "align"),
            ('a: "\\q"\n', 1, 6, "unknown escape", "quotes"),
            ("a: - b\n", 1, 4, "'-' is not expected here", "lines"),
        ],
    )  # fmt: skip
    def test_a_trap_is_refused_at_its_place(self, text: str, line: int, column: int, message: str, cure: str) -> None:
        """File, line, column, a sentence, a cure; and the line itself is quoted."""
        (problem,) = refused(text)
        assert ("talks.yaml", line, column) == problem[:3]
        assert message in problem.message
        assert cure in problem.help or cure in problem.message
        if line:
            assert "^" in problem.excerpt

    def test_all_duplicates_are_told_at_once(self) -> None:
        """One go, every error."""
        assert [2, 4, 5] == [problem.line for problem in refused("a: 1\na: 2\nb: 1\nb: 2\n<<: {}\n")]

    def test_an_alias_bomb_does_not_go_off(self) -> None:
        """Ten aliases of ten aliases of ten ... are counted before they are built."""
        lines = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
        for before, now in zip("abcdefgh", "bcdefghi", strict=True):
            lines.append(f"{now}: &{now} [{', '.join([f'*{before}'] * 10)}]")
        started = time.process_time()
        (problem,) = refused("\n".join(lines))
        assert "more than 50,000 values" in problem.message
        assert time.process_time() - started < 2

    @pytest.mark.parametrize(
        "text", ["[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000, "a: " + "[" * 60 + "]" * 60]
    )
    def test_deep_nesting_is_refused_quickly(self, text: str) -> None:
        """No recursion error, no waiting, even for 100,000 brackets."""
        started = time.process_time()
        (problem,) = refused(text)
        assert "nested more than 50 deep" in problem.message
        assert time.process_time() - started < 5

    def test_fifty_deep_is_read(self) -> None:
        """The limit itself is allowed."""
        assert read("a: " + "[" * 49 + "]" * 49)

    def test_aliases_may_be_used(self) -> None:
        """An anchor stands for its value wherever it is named."""
        assert {"a": [1], "b": [1], "c": {"d": [1]}} == read("a: &x [1]\nb: *x\nc: {d: *x}\n")

    def test_a_long_line_is_cut_around_the_error(self) -> None:
        """The excerpt fits a terminal, and the caret stands under the error."""
        (problem,) = refused("a: {x: 1, " + "".join(f"k{i}: 'text', " for i in range(40)) + "x: 2, z: 3}\n")
        line, carets = problem.excerpt.split("\n")
        assert len(line) <= 100
        assert "x" == line[carets.index("^")]


class TestFiles:
    """Whatever a path may lead to, there is a plain message."""

    def complaint(self, path: Path) -> Problem:
        """The one problem with a file."""
        with pytest.raises(ScenarioError) as caught:
            read_file(path, path.name)
        (problem,) = caught.value.problems
        return problem

    def test_a_missing_file(self, tmp_path: Path) -> None:
        """Is said to be missing."""
        assert "no such file" in self.complaint(tmp_path / "none.yaml").message

    def test_a_directory(self, write: Callable[..., Path], tmp_path: Path) -> None:
        """Is told apart, and a file in it is named."""
        write("a: 1\n", "folder/inside.yaml")
        problem = self.complaint(tmp_path / "folder")
        assert "directory" in problem.message
        assert "inside.yaml" in problem.help

    def test_a_huge_file_is_not_read(self, tmp_path: Path) -> None:
        """50 MB are refused by their size alone."""
        path = tmp_path / "huge.yaml"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        started = time.process_time()
        assert "too large" in self.complaint(path).message
        assert time.process_time() - started < 0.5

    def test_a_device(self) -> None:
        """Without end: it is not opened."""
        problem = self.complaint(Path("/dev/zero"))
        assert "this is a device" in problem.message
        assert "save what it gives in a file" in problem.help

    def test_a_named_pipe(self, tmp_path: Path) -> None:
        """Nobody writes into it, and nobody waits for that."""
        os.mkfifo(tmp_path / "pipe.yaml")
        problem = self.complaint(tmp_path / "pipe.yaml")
        assert "this is a pipe" in problem.message
        assert "save what it gives in a file" in problem.help

    def test_a_named_pipe_to_extend(self, write: Callable[..., Path], tmp_path: Path) -> None:
        """Likewise, at the word `extends`."""
        os.mkfifo(tmp_path / "pipe.yaml")
        with pytest.raises(ScenarioError) as caught:
            load(write("extends: pipe.yaml\n"))
        (problem,) = caught.value.problems
        assert (1, 10, "'pipe.yaml' is a pipe or a device") == problem[1:4]

    def test_standard_input(self) -> None:
        """A scenario is a file: other files lie beside it."""
        with pytest.raises(ScenarioError) as caught:
            load("-")
        (problem,) = caught.value.problems
        assert "not from standard input" in problem.message
        assert "save it in a file" in problem.help

    @pytest.mark.parametrize(
        ("data", "line", "message"),
        [
            ("a: 1\nb: café\n".encode("latin-1"), 2, "not UTF-8"),
            ("a: 1\n".encode("utf-16"), 0, "UTF-16"),
            (b"\x7fELF\x02\x01\x01\0\0\xff\xfe\x00", 0, "binary"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0, "binary"),
        ],
    )
    def test_bytes_that_are_no_text(self, write: Callable[..., Path], data: bytes, line: int, message: str) -> None:
        """Latin-1, UTF-16 and binary files are named as what they are."""
        problem = self.complaint(write(data))
        assert message in problem.message
        assert line == problem.line
        assert problem.help

    def test_a_byte_order_mark_is_no_matter(self, write: Callable[..., Path]) -> None:
        """Windows editors write it; it is skipped."""
        path = write(b"\xef\xbb\xbfname: x\n")
        assert {"name": "x"} == plain(read_file(path, path.name).root)

    def test_windows_line_ends(self, write: Callable[..., Path]) -> None:
        """Lines are counted alike."""
        path = write(b"a: 1\r\nb: 2\r\na: 3\r\n")
        assert [3] == [problem.line for problem in read_file(path, path.name).problems]


def both_ways(text: str) -> list[Any]:
    """The tree of a text with all its places, or what is wrong with it, as read with the fast parser and without."""
    found: list[Any] = []
    for parser in (reading.FAST, None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "FAST", parser)
            try:
                found.append(reading.read_value(text, "talks.yaml", text.splitlines()))
            except ScenarioError as error:
                found.append(error.problems)
    return found


@pytest.mark.skipif(reading.FAST is None, reason="PyYAML was built without its parser in C")
class TestTwoParsers:
    """The parser in C is only faster: what the pure one reads is read alike, to every place."""

    @pytest.mark.parametrize("path", sorted(packaged_folder().rglob("*.yaml")), ids=lambda path: path.stem)
    def test_on_packaged_scenarios(self, path: Path) -> None:
        """Every key and value at its line and column."""
        fast, pure = both_ways(path.read_text(encoding="utf-8"))
        assert fast == pure

    @settings(max_examples=400)
    @given(text=st.text(alphabet=st.sampled_from("ab:-#[]{}&*!|>'\"%@`,? \n\t\r0é\u2028"), max_size=40))
    def test_on_any_text(self, text: str) -> None:
        """What is refused is refused in the same words."""
        fast, pure = both_ways(text)
        assert fast == pure or (
            isinstance(pure, list) and pure and isinstance(fast, tuple)
        )  # it may take a little more

    @settings(max_examples=100)
    @given(
        at=st.integers(0, len(SMALL) - 1),
        what=st.sampled_from("ab:-#[]{}&*!|>'\"%@`,? \n\t\r0é\u2028"),
        gone=st.integers(0, 2),
    )
    def test_on_a_scenario_with_a_slip_in_it(self, at: int, what: str, gone: int) -> None:
        """One character put in, or in the place of another."""
        fast, pure = both_ways(SMALL[:at] + what + SMALL[at + gone :])
        assert fast == pure or (isinstance(pure, list) and pure and isinstance(fast, tuple))
