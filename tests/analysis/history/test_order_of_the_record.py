"""Outcomes were coded first, then the protocol was written, and neither has been touched since."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from wedge.engine.analysis.history.codings import codings_file
from wedge.engine.analysis.history.facts import DAYS, THREATS, TITLES, read_facts
from wedge.engine.analysis.history.protocol import scenario_text

REPOSITORY = Path(__file__).resolve().parents[3]
CODINGS = "scenarios/history/codings.csv"
LATER = (
    "scenarios/history/facts.csv",
    "scenarios/history/protocol.md",
    "engine/analysis/history/protocol.py",
    "engine/analysis/history/readings.py",
    "engine/analysis/history/episode.yaml.j2",
    "engine/analysis/history/scoring.py",
)
CODED = "6e43561d652c4f2fdfbf579c56327effd3d7bd7fe395290d2621adb0f4ed22ec"  # what codings.csv is
WRITTEN = "de962964e7865d50cbc10257a9177874e90b16989eab65ce6e76acb54a78bf42"  # what the protocol makes of the facts


def git(*words: str) -> str:
    """What git says of this repository."""
    done = subprocess.run(["git", "-C", str(REPOSITORY), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.fixture(scope="module")
def commits() -> None:
    """There is a git history to read, and it goes back to the beginning."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if not (REPOSITORY / ".git").exists() or not git("rev-parse", "HEAD"):
        pytest.skip("not a git repository, as in an unpacked source archive")
    if git("rev-parse", "--is-shallow-repository") != "false":
        pytest.skip("a shallow clone has no history to read")


def first_commit(path: str) -> str:
    """The commit that added a file."""
    return git("log", "--format=%H", "--diff-filter=A", "--reverse", "--", path).partition("\n")[0]


@pytest.mark.parametrize("path", LATER)
def test_codings_were_committed_before_the_protocol(commits, path):
    """The commit that fixed the outcomes is an ancestor of each that added a part of the protocol or of the scores."""
    fixed, added = first_commit(CODINGS), first_commit(path)
    assert fixed
    assert added
    assert fixed != added
    assert fixed == git("merge-base", fixed, added)


def test_codings_have_one_commit(commits):
    """They were never changed once they were fixed."""
    assert 1 == len(git("log", "--format=%H", "--", CODINGS).splitlines())


def test_codings_are_as_they_were_fixed():
    """To the byte; this holds for the packaged file too."""
    assert CODED == hashlib.sha256(codings_file().read_bytes()).hexdigest()


def test_the_protocol_is_as_it_was_when_episodes_were_first_played():
    """All scenarios are as they were, but for the words by which states and issues are called."""
    texts = [
        scenario_text(episode, facts | {title: title for title in TITLES}) for episode, facts in read_facts().items()
    ]
    assert WRITTEN == hashlib.sha256("".join(texts).encode()).hexdigest()


def test_scenarios_hang_on_facts_alone():
    """An episode with another's facts gets its scenario, whatever it is called."""
    for episode, facts in read_facts().items():
        assert scenario_text("renamed", facts) == scenario_text(episode, facts).replace(episode, "renamed")


def test_no_engine_source_names_an_episode():
    """Neither by its name nor, in the room of the protocol, by a state that took part."""
    episodes = read_facts()
    rooms = [REPOSITORY / "engine", REPOSITORY / "agents"]
    if not rooms[0].is_dir():
        pytest.skip("the sources are not here")
    sources = [file for room in rooms for file in room.rglob("*") if file.suffix in {".py", ".j2", ".yaml", ".sql"}]
    assert len(sources) > 100
    in_sight = {name for name, facts in episodes.items() if facts["in_sight"] == "yes"}
    for file in sources:
        text = file.read_text(encoding="utf-8")
        assert [] == [name for name in set(episodes) - in_sight if name in text], file
        if file.parent.name == "history":
            words = {facts[role] for facts in episodes.values() for role in ("divider", "courted", "holdout")}
            days = {facts[day] for facts in episodes.values() for day in (*DAYS, *THREATS)} - {"none"}
            assert [] == [word for word in words | days | in_sight if word in text], file
