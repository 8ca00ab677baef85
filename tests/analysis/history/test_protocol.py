"""Facts become scenarios, the same way for all episodes."""

from pathlib import Path

import numpy as np
import pytest

from wedge.engine.analysis.history.codings import read_codings
from wedge.engine.analysis.history.facts import CHOICES, FACTS, facts_file, read_facts
from wedge.engine.analysis.history.happened import OBSERVABLES, conceded_from, happened
from wedge.engine.analysis.history.playing import play_episodes, scenario_of
from wedge.engine.analysis.history.protocol import BONDS, scenario_text
from wedge.engine.analysis.history.readings import READINGS
from wedge.engine.experiment.problems import ExperimentError

EPISODES = read_facts()


def changed(**facts: str) -> dict[str, str]:
    """The facts of some episode, some of them changed."""
    return dict(EPISODES["minsk_2015"]) | facts


def test_facts_and_codings_are_of_the_same_episodes():
    """In the same order, with the same observables."""
    codings = read_codings()
    assert list(codings) == list(EPISODES)
    assert all(tuple(coded) == OBSERVABLES for coded in codings.values())


def test_every_fact_makes_a_difference():
    """A fact that changes nothing in a scenario would be no fact of the protocol."""
    silent = []
    for fact, classes in CHOICES.items():
        base = changed(agenda="demand_first")
        texts = {scenario_text("episode", base | {fact: value}) for value in classes}
        if len(texts) != len(classes):
            silent.append(fact)
    assert ["in_sight"] == silent


@pytest.mark.parametrize("episode", EPISODES)
def test_every_episode_is_a_sound_scenario(episode):
    """Without a warning, over its window, with 36 rounds."""
    scenario = scenario_of(episode, EPISODES[episode])
    assert [] == scenario.warnings
    assert 36 == scenario.setting.rounds
    assert list(scenario.names.states) == ["courted", "divider", "holdout"]


def test_every_class_of_every_fact_makes_a_sound_scenario():
    """Also those that no episode has."""
    for fact, classes in CHOICES.items():
        for value in classes:
            assert [] == scenario_of("episode", changed(**{fact: value})).warnings, (fact, value)


def test_the_page_tells_every_fact_and_every_number():
    """A number that is not on the page could be changed unseen."""
    page = facts_file().with_name("protocol.md").read_text(encoding="utf-8")
    for fact in FACTS:
        stem = fact if f"`{fact}`" in page else f"{fact.rsplit('_', 1)[0]}_*"
        assert f"`{stem}`" in page or f"**{fact}**" in page or f"*{fact}*" in page, fact
    for fact, reading in READINGS.items():
        for value in reading.classes.values():
            numbers = value[value.rfind("{", 0, value.rfind("[")) :].rstrip("}") if "[" in value else value
            assert "wedge" in value or "sincere" in value or "consult" in value or numbers in page, (fact, value)
    assert all(f"{mean}" in page for mean in BONDS.values())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x,agendas,package,somebody,", "there is no fact 'agendas'"),
        ("x,agenda,all_at_once,somebody,", "not one of demand_first"),
        ("x,agenda,package,,", "has no source"),
        ("x,start,1953,somebody,", "not a day"),
        ("x,threat_to_holdout,soon,somebody,", "not a day"),
        ("x,demand,,somebody,", "says nothing"),
        ("x,agenda,package,somebody,\nx,agenda,package,somebody,", "told twice"),
    ],
)
def test_what_is_wrong_with_facts_is_told_with_its_line(tmp_path, line, said):
    """And with a cure."""
    path = Path(tmp_path, "facts.csv")
    path.write_text(f"episode,fact,value,source,note\n{line}\n", encoding="utf-8")
    with pytest.raises(ExperimentError, match=said) as caught:
        read_facts(path)
    assert f"{path}:{1 + len(line.splitlines())}" in str(caught.value)
    assert caught.value.help


def test_a_missing_fact_is_told(tmp_path):
    """By its name."""
    path = Path(tmp_path, "facts.csv")
    path.write_text("episode,fact,value,source,note\nx,agenda,package,somebody,\n", encoding="utf-8")
    with pytest.raises(ExperimentError, match="x lacks divider"):
        read_facts(path)


def tables(**changes):
    """Outcomes of two worlds in which nothing happened in the first and everything in the second."""
    return {
        "states": {
            "state": np.array(["courted", "holdout"] * 2),
            "first_order": np.array(["allies_first"] * 4),
            "order_changes": np.array([0, 5, 1, 0]),
        },
        "issues": {
            "issue": np.array(["demand"] * 2),
            "settled": np.array([False, True]),
            "level": np.array([0.9, 0.55]),
        },
        "ties": {
            "source": np.array(["courted", "holdout"] * 2),
            "target": np.array(["holdout", "courted"] * 2),
            "withheld": np.array([False, True, True, False]),
        },
        "alliances": {"alliance": np.array(["allies"] * 2), "fractured": np.array([False, True])},
        "events": {"event": np.array(["penalty_on_divider"] * 2), "happened": np.array([False, True])},
    } | changes


def test_all_observables_are_seen_in_the_world_where_they_happened():
    """And in no other; support withheld where none flowed does not count."""
    seen = happened(changed(), tables(), 2)
    assert list(OBSERVABLES) == list(seen)
    assert all([False, True] == each.tolist() for each in seen.values())


def test_support_counts_along_the_ties_where_it_flowed():
    """Where it flows the other way too, either counts."""
    seen = happened(changed(support_to_courted="some"), tables(), 2)
    assert [True, True] == seen["support_withheld"].tolist()
    seen = happened(changed(support_to_holdout="none"), tables(), 2)
    assert [False, False] == seen["support_withheld"].tolist()


def test_an_ally_that_never_held_the_order_of_its_allies_has_not_changed():
    """Whoever wanted the divider's order from the first has given up nothing."""
    states = tables()["states"] | {"first_order": np.array(["divider_first"] * 4)}
    assert [False, False] == happened(changed(), tables(states=states), 2)["order_changed"].tolist()


def test_what_counts_as_conceding_depends_on_who_has_it_in_hand():
    """To sign away what the other side holds already is to concede it."""
    assert [0.25, 0.55, 0.7] == pytest.approx(
        [conceded_from(changed(held_by=whose)) for whose in ("holdout", "contested", "divider")]
    )


def test_no_threat_no_penalty():
    """Where none was announced none can be imposed."""
    seen = happened(changed(threat_to_divider="none"), tables(), 2)
    assert [False, False] == seen["threat_carried_out"].tolist()


def test_the_same_seed_plays_the_same():
    """Another seed does not; and both drivers agree."""
    some = {name: EPISODES[name] for name in ("suez_1956",)}
    first = play_episodes(some, 6, 7, "traced")
    assert first == play_episodes(some, 6, 7, "traced")
    assert 6 == first["suez_1956"].worlds
    assert first != play_episodes(some, 6, 8, "traced")
