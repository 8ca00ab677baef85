"""The textbook says what the rules do: its examples run, its names exist, its defaults are the model's."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS
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


@pytest.fixture
def example_game(tmp_path, monkeypatch):
    """The game that the page tells its readers to save, in the folder where its examples run."""
    (tmp_path / "example.yaml").write_text(blocks("yaml").strip() + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_examples_of_the_page_hold(example_game):
    """Whoever types the examples of the textbook into Python sees what it shows."""
    test = doctest.DocTestParser().get_doctest(blocks("python"), {}, PAGE.name, str(PAGE), 0)
    said = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert result.attempted > 50
    assert 0 == result.failed, "".join(said)


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
