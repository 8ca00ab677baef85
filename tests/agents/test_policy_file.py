"""A user's policy file: what is wrong with it is told with its line before it is ever asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.agents.policy_faults import Fault, faults_in
from wedge.agents.policy_file import PolicyError, PolicyFileError, load_policy, words_of

HEAD = "from wedge.agents.seat import ArrayPolicy, Policy\nfrom wedge.engine.model.compiling import rule\n"  # two lines


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the policy file is."""
    return tmp_path / "mine.py"


def faults(file: Path, text: str, name: str = "Mine") -> list[Fault]:
    """What is wrong with a policy in a file of that text, after two lines of imports."""
    file.write_text(HEAD + text, encoding="utf-8")
    return faults_in(file, name)


# What the file says, and line, column, message and cure of each fault.
WRONG: dict[str, tuple[str, list[tuple[int, int, str, str]]]] = {
    "broken Python": ("class Mine(Policy)\n    pass\n", [(3, 19, "SyntaxError: expected ':'", "mend")]),
    "indentation": ("class Mine(Policy):\npass\n", [(4, 1, "SyntaxError: expected an indented block", "mend")]),
    "an import that fails": ("import nmpy\n", [(3, 1, "No module named 'nmpy'", "install")]),
    "an import of a name that is not there": ("from math import cosinus\n", [(3, 1, "cosinus", "fails when the file is read")]),
    "a line that fails": ("x = 1\ny = x / 0\n", [(4, 1, "ZeroDivisionError", "fails when the file is read")]),
    "a file that it reads": ("open('/nowhere/at.all')\n", [(3, 1, "FileNotFoundError", "fails when the file is read")]),
    "a file that stops the program": ("raise SystemExit(3)\n", [(3, 1, "SystemExit: 3", "fails when the file is read")]),
    "no such class": ("class Mime(Policy):\n    pass\n", [(0, 1, "there is no 'Mine' in it; it has Mime", "did you mean 'Mime'?")]),
    "nothing at all": ("", [(0, 1, "there is no 'Mine' in it", "subclass")]),
    "no policy": ("class Mine:\n    pass\n", [(3, 7, "'Mine' is no subclass", "subclass")]),
    "a number": ("Mine = 3\n", [(3, 1, "'Mine' is no subclass", "subclass")]),
    "what it is made of": ("class Mine(Policy):\n    def __init__(self, nerve):\n        pass\n", [(3, 7, "'nerve'", "without arguments")]),
    "how it is made": ("class Mine(Policy):\n    def __init__(self):\n        1 / 0\n", [(5, 1, "ZeroDivisionError", "without arguments")]),
    "a method without a table": ("class Mine(Policy):\n    def demand(self):\n        return 1\n", [(4, 9, "Mine.demand cannot be called: it takes no argument", "the table alone")]),
    "a method that wants more": ("class Mine(Policy):\n    def answer(self, table, view):\n        return 1\n", [(4, 9, "it takes 'table' and 'view'", "the table alone")]),
    "a method in arrays that wants more": ("class Mine(ArrayPolicy):\n    def offers(self, tables, n):\n        return 1\n", [(4, 9, "it takes 'tables' and 'n'", "the tables alone")]),
    "a rule that wants more": ("@rule\ndef two(view, n):\n    return 1\nclass Mine(Policy):\n    demands = two\n", [(7, 5, "it takes 'view' and 'n'", "a view alone")]),
    "a static method": ("class Mine(Policy):\n    @staticmethod\n    def answer():\n        return 1\n", [(5, 9, "Mine.answer cannot be called", "the table alone")]),
    "no method": ("class Mine(Policy):\n    answer = None\n", [(4, 5, "Mine.answer is None, not a method", "the table alone")]),
    "a coroutine": ("class Mine(Policy):\n    async def answer(self, table):\n        return 1\n", [(4, 15, "asynchronous", "the table alone")]),
    "a generator": ("class Mine(Policy):\n    def answer(self, table):\n        yield 1\n", [(4, 9, "a generator", "the table alone")]),
    "a misspelt method": ("class Mine(Policy):\n    def anwser(self, table):\n        return 1\n", [(4, 9, "'anwser', which is never asked", "did you mean 'answer'?")]),
    "another word": ("class Mine(Policy):\n    def propose(self, table):\n        return 1\n", [(4, 9, "'propose', which is never asked", "did you mean 'offer'?")]),
    "another word, misspelt": ("class Mine(Policy):\n    def propse(self, table):\n        return 1\n", [(4, 9, "'propse', which is never asked", "did you mean 'offer'?")]),
    "a method of the other kind": ("class Mine(ArrayPolicy):\n    def offer(self, tables):\n        return 1\n", [(4, 9, "'offer', which is never asked", "did you mean 'offers'?")]),
    "a rule without its mark": ("def half(view):\n    return 0.5\nclass Mine(Policy):\n    demands = half\n", [(6, 5, "'demands', which is never asked", "marked with @rule")]),
    "nothing that is asked": ("class Mine(Policy):\n    def decide(self, table):\n        return 1\n", [(3, 7, "Mine decides nothing", "demand, offer, answer")]),
    "two at once": ("class Mine(Policy):\n    def demand(self):\n        return 1\n    def ofer(self, table):\n        return 1\n", [(4, 9, "Mine.demand cannot be called", ""), (6, 9, "'ofer'", "'offer'")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), list(WRONG.values()), ids=list(WRONG))
def test_what_is_wrong_is_told_with_its_line(file: Path, text: str, expected: list[tuple[int, int, str, str]]) -> None:
    """And column, in a sentence, with what would help."""
    found = faults(file, text)
    assert [where[:2] for where in expected] == [(fault.line, fault.column) for fault in found]
    for fault, (_, _, message, cure) in zip(found, expected, strict=True):
        assert message in fault.message
        assert cure in fault.cure
        assert str(file) == fault.file


@pytest.mark.parametrize(
    "text",
    [
        "class Mine(Policy):\n    pass\n",
        "class Mine(Policy):\n    def answer(self, table, firm=True):\n        return None\n",
        "class Mine(Policy):\n    def answer(self, *seen):\n        return None\n",
        "class Mine(Policy):\n    answer = abs\n",  # told when it is asked
        "class Mine(Policy):\n    @staticmethod\n    def answer(table):\n        return None\n",
        "class Other(Policy):\n    def answer(self, table):\n        return None\nclass Mine(Other):\n    pass\n",
        "class Other(Policy):\n    pass\nMine = Other()\n",
        "class Mine(ArrayPolicy):\n    def demands(self, tables):\n        return None\n    def demand(self):\n        pass\n",
        "@rule\ndef half(view):\n    return 0.5\nclass Mine(Policy):\n    demands = half\n",
    ],
)
def test_a_sound_policy(file: Path, text: str) -> None:
    """Nothing is wrong with it."""
    assert [] == faults(file, text)


@pytest.mark.parametrize("name", ["order", "other", "after", "offset", "offered", "offering", "answered", "demanded", "demand_now", "over", "prefer", "command", "remember", "_ofer"])  # fmt: skip
def test_methods_for_its_own_use(file: Path, name: str) -> None:
    """Are no slips, however like they are."""
    text = (
        f"class Mine(Policy):\n    def answer(self, table):\n        return None\n    def {name}(self):\n        pass\n"
    )
    assert [] == faults(file, text)


@pytest.mark.parametrize(
    "name",
    ["ofer", "offr", "offfer", "offers", "demnad", "deman", "dmand", "demannd", "demands", "aswer", "answr", "answers"],
)
def test_slips(file: Path, name: str) -> None:
    """Letters left out, doubled or exchanged, or one too many."""
    (fault,) = faults(file, f"class Mine(Policy):\n    def {name}(self, table):\n        return None\n")
    assert f"'{name}', which is never asked" in fault.message


def test_a_file_named_from_its_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the same lines."""
    monkeypatch.chdir(file.parent)
    assert [3] == [fault.line for fault in faults(Path("mine.py"), "class Mine(Policy)\n")]
    assert [4] == [fault.line for fault in faults(Path("mine.py"), "\n1 / 0\n")]


def test_a_policy_that_cannot_be_read_is_refused(file: Path) -> None:
    """With the same words, wherever it is wanted."""
    file.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(PolicyFileError, match="there is no 'Mine' in it"):
        load_policy(file, "Mine")
    with pytest.raises(PolicyError, match="not a Python file"):
        load_policy(file.with_suffix(".txt"), "Mine")
    with pytest.raises(PolicyError, match=r"gone\.py: no such file"):
        load_policy(file.with_name("gone.py"), "Mine")


def test_a_policy_may_be_made_in_the_file_itself(file: Path) -> None:
    """Then it is taken as it is."""
    file.write_text(f"{HEAD}class Mine(Policy):\n    pass\nready = Mine()\n", encoding="utf-8")
    assert ["Mine", "Mine"] == [type(load_policy(place, "ready")).__name__ for place in (file, str(file))]


def test_an_attribute_that_is_misspelt() -> None:
    """Is told with the one that was meant; where there is none like it, nothing is guessed."""

    def told(ask: Callable[[Fault], object]) -> str:
        with pytest.raises(AttributeError) as caught:
            ask(Fault("mine.py", 1, 1, "", ""))
        return words_of(caught.value)

    assert told(lambda fault: fault.mesage).endswith("has no attribute 'mesage'; did you mean 'message'?")  # type: ignore[attr-defined]
    assert told(lambda fault: fault.xyzzy).endswith("has no attribute 'xyzzy'")  # type: ignore[attr-defined]
    assert "ValueError: no" == words_of(ValueError("no"))
