"""The question, and the answer in a sentence or two: how often, with an interval, and which runs show it."""

from typing import Any

from wedge.engine.report.page.likelihood import in_words
from wedge.engine.report.page.numbers import Sentence, codes, count, day, in_points, interval, share, with_interval
from wedge.engine.report.page.sides import Side, Subject, codes_behind, pair, rows
from wedge.engine.report.wording import listed
from wedge.engine.scenario.problems import escaped


def question_of(subject: Subject) -> str:
    """What the report answers."""
    names = [f"“{side.name}”" for side in subject.sides]
    alliances = [escaped(str(title)) for title in subject.sides[0].experiment.names.alliance_titles]
    if len(names) > 1:
        what = f"does an alliance fracture ({listed(alliances, 'or')})" if alliances else "is everything settled"
        return f"How often {what} when states bargain under {listed(names)}, and does it differ from one to the other in the same worlds?"
    what = f"does {listed(alliances, 'or')} fracture" if alliances else "is everything settled"
    return f"How often, when and why {what} when states bargain under {names[0]}?"


def answers_of(subject: Subject) -> list[Sentence]:
    """The answer: of each pair what differs, then of each scenario how often."""
    said = []
    if subject.comparison is not None:
        for a, b in subject.comparison.pairs:
            said += [_of_pair(subject, a, b, row) for row in _headline(subject.comparison.of_pair("shares", a, b))]
    return [*said, *(sentence for side in subject.sides for sentence in _of_side(side))]


def notes_of(subject: Subject) -> list[str]:
    """What a reader must know, such as pairs that are not of the same worlds."""
    return [escaped(note) for note in subject.comparison.notes] if subject.comparison is not None else []


def _headline(shares: Any) -> list[dict[str, Any]]:
    """The rows of fractures of alliances; of everything settled where there is no alliance."""
    if not len(shares):
        return []
    found = shares[shares["observable"].str.fullmatch(r"alliances\.[^.]+\.fractured")]
    return rows(found if len(found) else shares[shares["observable"] == "talks.settled"])


def _of_pair(subject: Subject, a: str, b: str, row: dict[str, Any]) -> Sentence:
    """Such as: The alliance fractures in 4 % of worlds under one agenda and 1 % under the other: +3 points."""
    name, first, second = row["observable"], subject.name(a), subject.name(b)
    of_a, of_b, of = (f"{who}/shares.{name}" for who in (a, b, pair(a, b)))
    said: Sentence = [
        f"{escaped(row['title'])} in ",
        share(row["share_a"], f"{of_a}.share"),
        f" of worlds under “{first}” and ",
    ]
    said += [share(row["share_b"], f"{of_b}.share"), f" under “{second}”: a difference of "]
    said += [in_points(row["difference"], f"{of}.difference"), " percentage points "]
    said += interval(row, of, in_points)
    if row["paired"]:
        said += [", in the same ", count(row["n_a"], f"{of}.n"), " worlds: in "]
        said += [count(row["only_a"], f"{of}.only_a"), f" under “{first}” alone, in "]
        said += [count(row["only_b"], f"{of}.only_b"), f" under “{second}” alone"]
    said += ["."] if row["told_apart"] else [". These runs cannot tell the two apart."]
    flipped = subject.comparison.of_pair("flipped", a, b) if subject.comparison is not None else None
    if flipped is not None and len(flipped):
        some = flipped[flipped["observable"] == name]
        found = codes([*some[some["only"] == a]["world"][:2], *some[some["only"] == b]["world"][:2]])
        said += [" Worlds in which it differs: ", *found, "."] if found else []
    return said


def _of_side(side: Side) -> list[Sentence]:
    """How often each alliance fractures under one scenario, when, which tie first, and through what."""
    said = [_of_share(side, row) for row in _headline(side.summary.shares)]
    if side.summary.stopped:
        said.append([side.summary.stopped])
    return said


def _of_share(side: Side, row: dict[str, Any]) -> Sentence:
    name = row["observable"]
    of = side.of(f"shares.{name}")
    said: Sentence = [f"{side.name}: {escaped(row['title'])} in ", *with_interval(row, of)]
    said += [" of ", count(row["n"], f"{of}.n"), " world" if row["n"] == 1 else " worlds"]
    if row["count"] and name.startswith("alliances."):
        said += [*_when(side, name), *_first_broken(side, name.split(".")[1])]
    said += [f". In a world drawn from these assumptions it is {in_words(row['low'], row['high'])}."]
    found = codes(codes_behind(side, name))
    return [*said, " Such runs: ", *found, "."] if found else said


def _when(side: Side, name: str) -> Sentence:
    when = side.summary.when
    row = rows(when[when["observable"] == name])[0]
    return ["; half of those by day ", day(row["median"], side.of(f"when.{name}.median"))]


def _first_broken(side: Side, alliance: str) -> Sentence:
    """The tie that breaks first most often, and the channel through which it lost most."""
    broke = side.summary.broke
    broke = rows(broke[broke["alliance"] == alliance])
    if not broke:
        return []
    first = broke[0]
    i, j = first["source"], first["target"]
    titles = dict(zip(side.experiment.names.states, side.experiment.names.state_titles, strict=True))
    tie = escaped(f"{titles[i]} → {titles[j]}")
    said: Sentence = [
        f"; {tie} breaks first in ",
        share(first["share"], side.of(f"broke.{alliance}.{i}.{j}.share")),
        " of them",
    ]
    lost = side.summary.channels
    lost = lost[(lost["source"] == i) & (lost["target"] == j)].dropna(subset=["share_of_loss"])
    if not len(lost):
        return said
    most = rows(lost.sort_values("share_of_loss", ascending=False, kind="stable"))[0]
    of = side.of(f"channels.{i}.{j}.{most['channel']}.share_of_loss")
    return [*said, f", mostly through {most['channel']} (", share(most["share_of_loss"], of), " of what it lost)"]
