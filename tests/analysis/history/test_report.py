"""The benchmark as records and as Markdown."""

import pytest

from wedge.engine.analysis.history.codings import AGREED
from wedge.engine.analysis.history.report import history, markdown_of, records_of


@pytest.fixture(scope="module")
def found():
    """All episodes, in few worlds."""
    return history(3, 7)


def test_episodes_in_sight_stay_out_of_the_headline(found):
    """They are shown apart."""
    assert ["camp_david_1978", "alaska_2025"] == found.apart
    episodes = {cell.episode for cell in found.headline()}
    assert 8 == len(episodes)
    assert set() == episodes & set(found.apart)
    assert set(found.apart) == {cell.episode for cell in found.shown_apart()}


def test_a_record_for_every_coding(found):
    """Forecasts only where there is something to be held against."""
    records = records_of(found)
    assert 50 == len(records)
    for record in records:
        decided = record["first"] == record["second"] is not None
        assert decided == (record["model"] is not None) == (record["base_rate"] is not None)
    assert len(found.headline()) == sum(record["headline"] for record in records)


def test_markdown_has_every_episode_and_every_score(found):
    """Tables of equal width, to be pasted."""
    text = markdown_of(found)
    assert all(episode in text for episode in found.episodes)
    assert all(f"{score.log:.3f}" in text for score in found.scores())
    for table in text.split("\n\n"):
        assert 1 == len({line.count("|") for line in table.strip().splitlines()})


def test_observables_add_up_to_the_headline(found):
    """Every headline cell is in one observable."""
    by_observable = found.by_observable()
    assert len(found.headline()) == sum(scores[0].cells for scores in by_observable.values())


def test_as_json_is_plain(found):
    """It says how it was played, and what it cannot say."""
    data = found.as_json()
    assert (3, 7) == (data["worlds"], data["seed"])
    assert "notorious" in data["warning"]
    assert found.scores()[0].log == data["scores"][AGREED][0]["log"]
