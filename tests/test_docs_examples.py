"""The textbook says what the rules do: its examples run, its names exist, its defaults are the model's.

After a change of the rules ``python tests/test_docs_examples.py`` writes what the examples give
now into the page. Read the difference: most show a sum done by hand beside what the rules did.
"""

import contextlib
import doctest
import importlib
import re
import tempfile
from pathlib import Path

import pytest

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS
from wedge.agents.theories import THEORIES
from wedge.engine.model import numbers as n
from wedge.engine.scenario.schema import Assumptions, Strain, Talks

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "model.md"
ROOMS = (
    "wedge.engine.model",
    "wedge.engine.simulation",
    "wedge.agents.demands",
    "wedge.agents.courting",
    "wedge.agents.answering",
)
HELD_ELSEWHERE = {
    "outside": "outside.value",
    "patience": "outside.patience",
    "ratification": "ratification.needs",
    "purse": "purse.budget",
}
WITHOUT_DEFAULT = {"ideal": "required", "salience": "required", "red_line": "none", "rate": "none"}
COMMON_HOLDERS = {"strain": Strain, "talks": Talks, "assumptions": Assumptions}


def blocks(language):
    """The page with everything blanked but its fenced blocks in one language, so that line numbers stay right."""
    inside, kept = None, []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        fence = re.fullmatch(r"```(\w*)", line)
        if fence:
            inside = None if inside is not None else fence[1]
        kept.append(line if inside == language and not fence else "")
    return "\n".join(kept) + "\n"


class Examples(doctest.DocTestRunner):
    """Runs the examples of the page, and keeps what the wrong ones gave."""

    def __init__(self):
        super().__init__(verbose=False)
        self.wrong = []

    def report_failure(self, out, test, example, got):
        self.wrong.append((example, got))
        super().report_failure(out, test, example, got)

    def run_page(self, folder):
        """Run them in a folder in which the game is saved that the page tells its readers to save."""
        (folder / "example.yaml").write_text(blocks("yaml").strip() + "\n", encoding="utf-8")
        said = []
        test = doctest.DocTestParser().get_doctest(blocks("python"), {}, PAGE.name, str(PAGE), 0)
        with contextlib.chdir(folder):
            return self.run(test, out=said.append), "".join(said)


def test_examples_of_the_page_hold(tmp_path):
    """Whoever types the examples of the textbook into Python sees what it shows."""
    result, said = Examples().run_page(tmp_path)
    assert result.attempted > 50
    assert 0 == result.failed, f"{said}\nIf the rules were meant to change: python tests/test_docs_examples.py"


def expected_defaults():
    """Every number of the model's tables by its path, with the default as the page writes it."""
    paths = {}
    for place, number in enumerate(n.STATE):
        if not n.DEMAND_A <= place <= n.THEORY_B:
            paths[f"states.*.{HELD_ELSEWHERE.get(number.name, number.name)}"] = number
    paths |= {f"states.*.positions.*.{number.name}": number for number in n.POSITION}
    paths |= {f"ties.*.*.{number.name}": number for number in n.TIE}
    holders = ("", "ends_war.", "battlefield.", "battlefield.")
    paths |= {f"issues.*.{holder}{number.name}": number for holder, number in zip(holders, n.ISSUE, strict=True)}
    paths |= {f"events.*.{number.name}": number for number in n.EVENT}
    for number in n.COMMON:
        holder = next(key for key, model in COMMON_HOLDERS.items() if number.name in model.model_fields)
        paths[f"{holder}.{number.name}"] = number
    for slot, room in (("demands", DEMANDS), ("courts", COURTS), ("answers", ANSWERS)):
        for tactic in room.values():
            for parameter in tactic.parameters:
                paths.setdefault(f"states.*.policy.{slot}.{parameter.name}", parameter)
    for theory in THEORIES.values():
        paths |= {f"states.*.decides.{parameter.name}": parameter for parameter in theory.parameters}
    said = {path: WITHOUT_DEFAULT.get(number.name, f"{number.default:g}") for path, number in paths.items()}
    return said | {"stakes.*.*": "0"}


def functions_named():
    """Every `module.function` that the page puts in code."""
    named = set(re.findall(r"`(?:wedge\.engine\.\w+\.)?((?:agents\.)?\w+\.\w+)`", PAGE.read_text(encoding="utf-8")))
    modules = {name: f"{room}.{name}" for room in ROOMS[:2] for name in modules_in(room)}
    for room in ("demands", "courting", "answering"):
        modules[f"agents.{room}"] = f"wedge.agents.{room}"
    found = (name.rsplit(".", 1) for name in named - set(expected_defaults()))
    return sorted((modules[home], function) for home, function in found if home in modules)


def modules_in(room):
    """The names of the modules in a room."""
    folder = Path(importlib.import_module(room).__path__[0])
    return [file.stem for file in folder.glob("*.py")]


@pytest.mark.parametrize(("module", "function"), functions_named())
def test_function_named_on_the_page_exists(module, function):
    """A rule that was renamed or moved is renamed or moved in the textbook too."""
    assert hasattr(importlib.import_module(module), function) or function in modules_in(module)


def test_page_names_most_of_the_rules():
    """The textbook leads to the code."""
    assert len(functions_named()) > 100


def test_page_gives_every_number_with_its_default():
    """No number of the model is missing from the textbook, none is there that the model does not have."""
    rows = re.findall(r"^\| `([a-z_.*]+\.[a-z_.*]+)` \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(dict(rows)), "a number stands in two tables"
    assert expected_defaults() == dict(rows)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_lead_somewhere(page):
    """A link from one page to another, or to a heading of the same page, has something at its end."""
    text = page.read_text(encoding="utf-8")
    headings = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (page.parent / target.partition("#")[0]).exists(), target


def anchor(heading):
    """The anchor that a heading gets on the page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def write_what_examples_give():
    """Put what each wrong example gives in the place of what the page says."""
    examples = Examples()
    with tempfile.TemporaryDirectory() as folder:
        print(examples.run_page(Path(folder))[1])
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    for example, got in reversed(examples.wrong):
        start = example.lineno + example.source.count("\n")
        lines[start : start + example.want.count("\n")] = got.rstrip("\n").split("\n")
    PAGE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write_what_examples_give()
