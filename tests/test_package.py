"""Wedge is one package, though its rooms lie in several folders."""

import doctest
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires, version
from importlib.resources import files
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
FOLDERS = ("engine", "agents", "scenarios")
HEAVY = {"duckdb", "matplotlib", "mesa", "networkx", "numba", "pandas", "scipy", "seaborn", "simpy"}


def modules_of_wedge() -> list[str]:
    """Every module there is, by the name it is imported under."""
    names = ["wedge"]
    for folder in FOLDERS:
        room = importlib.import_module(f"wedge.{folder}")
        names += [room.__name__, *(found.name for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."))]
    return [name for name in names if not name.endswith("__main__")]


@pytest.mark.parametrize("name", modules_of_wedge())
def test_module_imports_and_its_examples_hold(name):
    """Each module can be imported on its own, and the examples in its docstrings are true."""
    assert 0 == doctest.testmod(importlib.import_module(name)).failed


@pytest.mark.parametrize("folder", FOLDERS[:2])
def test_every_folder_with_modules_is_a_package(folder):
    """A folder without an __init__.py would work from the repository and be missing from the wheel."""
    homes = {file.parent for file in (REPOSITORY / folder).rglob("*.py")}
    assert set() == {home for home in homes if not (home / "__init__.py").exists()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_links_for_the_type_checker_lead_to_the_rooms(folder):
    """The type checker sees `wedge` as one tree, through links that are part of the repository."""
    assert REPOSITORY / folder == (REPOSITORY / ".typing/wedge" / folder).resolve()


def test_every_file_at_the_root_of_the_package_is_linked_for_the_type_checker():
    """A module added beside src/wedge/__init__.py needs its link too."""
    sources = {file.name for file in (REPOSITORY / "src/wedge").iterdir() if file.suffix in {".py", ".typed"}}
    assert set() == sources - {link.name for link in (REPOSITORY / ".typing/wedge").iterdir()}


def test_scenarios_are_packaged():
    """The scenarios of the repository are found inside the installed package, file by file."""
    packaged = Path(str(files("wedge.scenarios")))
    folder = REPOSITORY / "scenarios"
    for file in (*folder.rglob("*.yaml"), *folder.rglob("*.csv")):
        assert file.read_text() == (packaged / file.relative_to(folder)).read_text()


def test_version_is_that_of_the_project_file():
    """`wedge.__version__` is looked up, never written down a second time."""
    import wedge

    assert PROJECT["version"] == wedge.__version__
    assert not hasattr(wedge, "no_such_name")


def run_python(code: str) -> str:
    """What a fresh interpreter prints, away from the repository."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(sys.prefix))
    assert 0 == done.returncode, done.stderr
    return done.stdout.splitlines()[-1]


LOADED = "import json, sys; print(); print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
ASK_FOR_HELP = """
import sys
from wedge.engine.cli.main import main
sys.argv = ["wedge", "--help"]
try:
    main()
except SystemExit as end:
    assert end.code in (0, None), end.code
"""


def test_command_line_loads_nothing_heavy_to_give_help():
    """A person waits for `wedge --help`; plots, tables and compilers are loaded by the commands that use them."""
    loaded = set(json.loads(run_python(ASK_FOR_HELP + LOADED)))
    assert "click" in loaded
    assert set() == loaded & HEAVY


def test_import_of_the_package_loads_nothing_else():
    """`import wedge` costs nothing."""
    loaded = set(json.loads(run_python("import wedge\n" + LOADED)))
    assert set() == loaded & (HEAVY | {"click", "numpy", "pydantic", "rich", "yaml"})


def test_lock_names_every_distribution_that_is_needed():
    """What is not in the lock would be another version tomorrow."""
    locked = {line.partition("==")[0] for line in (REPOSITORY / "requirements.lock").read_text().splitlines()}
    needed: set[str] = set()
    waiting = [("wedge-wargame", frozenset({"", "dev"}))]
    while waiting:
        name, extras = waiting.pop()
        for requirement in map(Requirement, requires(name) or []):
            asked = requirement.marker is None or any(requirement.marker.evaluate({"extra": each}) for each in extras)
            dependency = re.sub("[-_.]+", "-", requirement.name).lower()
            if asked and dependency not in needed:
                needed.add(dependency)
                waiting.append((dependency, frozenset({"", *requirement.extras})))
    assert version("wedge-wargame")
    assert set() == needed - locked
