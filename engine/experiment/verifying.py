"""Are stored results what they say they are: the bytes as written, and the runs as they come out when played again?"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.experiment.again import By, differences_in_part
from wedge.engine.experiment.files import Seal, trouble_with
from wedge.engine.experiment.meanwhile import choose
from wedge.engine.experiment.origin import load_again
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.provenance import hash_of_file, versions
from wedge.engine.experiment.results import Experiment, open_experiment
from wedge.engine.experiment.store import Store
from wedge.engine.experiment.together import experiments_in
from wedge.engine.model.provenance import rules_hash

SAMPLE = 100
BY_THE_OTHER = 3  # worlds played by the other driver too
MOST_TOLD = 20  # differences of runs that are named
LIBRARIES = ("wedge", "python", "numpy", "duckdb")

# Kinds of findings.
FILE, MANIFEST, SCENARIO, RULES, RUN, UNFINISHED = "file", "manifest", "scenario", "rules", "run", "unfinished"


class Finding(NamedTuple):
    """Something that is not as it should be."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class Verification(NamedTuple):
    """What was looked at in one experiment, and what was found."""

    folder: Path
    files: int  # whose bytes were held against their hashes
    played: int  # worlds played again
    by_the_other: int  # of which by the other driver too
    findings: list[Finding]
    notes: list[str]  # what a reader should know, though nothing is wrong

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        findings = [finding._asdict() for finding in self.findings]
        return self._asdict() | {"folder": str(self.folder), "findings": findings, "sound": self.sound}


def verify(
    folder: Path | str,
    sample: int | None = SAMPLE,
    scenario: Any = None,
    progress: Callable[[int, int], None] = lambda done, wanted: None,
) -> list[Verification]:
    """Verify an experiment, or each of a comparison: hashes first, then ``sample`` worlds (all when None) played again.

    The scenario is loaded as the manifest's command names it, unless it is given. ``progress`` is told
    how many worlds of how many have been played. Raises ExperimentError where there is nothing to verify.
    """
    folder = Path(folder)
    experiments = experiments_in(folder) or [open_experiment(folder)]
    return [_verified(experiment, sample, scenario, progress) for experiment in experiments]


def _verified(
    experiment: Experiment, sample: int | None, given: Any, progress: Callable[[int, int], None]
) -> Verification:
    store = Store(experiment.folder, experiment.plan)
    files, findings = _bytes(experiment, store)
    findings += list(_manifest(experiment))
    notes = _other_versions(experiment)
    if experiment.plan.rules != rules_hash():
        findings.append(Finding(RULES, "", "it was played by other rules than those of this version of Wedge"))
    scenario, trouble = _scenario(experiment, given)
    findings += trouble
    played = other = 0
    if scenario is None:
        notes.append("no world was played again")
    else:
        damaged = {damage.part for damage in store.damages()}
        parts = [part for part in store.stored() if part.number not in damaged]
        worlds = _sample(parts, sample, experiment.seed)
        differing, played, other = _again(experiment, store, scenario, worlds, sample is None, progress)
        findings += differing
    return Verification(experiment.folder, files, played, other, findings, notes)


def _bytes(experiment: Experiment, store: Store) -> tuple[int, list[Finding]]:
    """Every file that the manifest or a seal vouches for; and files nobody vouches for."""
    findings = [Finding(FILE, damage.file, damage.what) for damage in store.damages()]
    named = {finding.where for finding in findings}
    known = _sizes(store)
    files: dict[str, str] = experiment.manifest["files"]
    for name, sha256 in files.items():
        path = experiment.folder / name
        if name in named:
            continue
        if name in known and known[name].sha256 == sha256:
            trouble = trouble_with(path, known[name])
        elif not path.is_file():
            trouble = "is missing"
        else:
            trouble = "" if hash_of_file(path) == sha256 else "has other bytes than were written"
        if trouble:
            findings.append(Finding(FILE, name, trouble))
    if not experiment.finished:
        findings.append(Finding(UNFINISHED, "", "the experiment is not finished; the same wedge run call goes on"))
    return len(files) or len(known), findings


def _sizes(store: Store) -> dict[str, Seal]:
    """The seals of all files of parts, by name."""
    found = {}
    for part in store.stored():
        try:
            sealed = store.sealed(part)
        except ValueError:
            continue
        if sealed is not None:
            for table, seal in sealed.files.items():
                path = store.path(table, part)
                found[path.relative_to(store.folder).as_posix()] = seal
    return found


def _manifest(experiment: Experiment) -> Iterator[Finding]:
    """Whether manifest and plan speak of the same experiment, and the manifest's scenario is the one of its hash."""
    from wedge.engine.scenario.meaning import hash_of

    manifest, plan = experiment.manifest, experiment.plan
    if hash_of(manifest["scenario"]["meaning"]) != manifest["scenario"]["sha256"]:
        yield Finding(
            MANIFEST,
            "manifest.json",
            "the scenario in it was changed: its meaning does not have the hash that stands there",
        )
    pairs = {
        "scenario": (manifest["scenario"]["sha256"], plan.scenario),
        "seed": (manifest["seed"], plan.seed),
        "rules": (manifest["rules"], plan.rules),
        "worlds": (manifest["worlds"], plan.worlds),
    }
    for name, (here, there) in pairs.items():
        if here != there and (name != "worlds" or experiment.finished):
            yield Finding(MANIFEST, "manifest.json", f"its {name} is {here}, that of plan.json {there}")


def _other_versions(experiment: Experiment) -> list[str]:
    then, now = experiment.manifest["versions"], versions()
    return [
        f"played with {name} {then.get(name, 'unknown')}, verified with {now[name]}"
        for name in LIBRARIES
        if then.get(name) != now[name]
    ]


def _scenario(experiment: Experiment, given: Any) -> tuple[Any, list[Finding]]:
    """The scenario as it can be loaded today, if it still means the same; None where it cannot be played again."""
    from wedge.engine.experiment.running import loaded
    from wedge.engine.scenario import ScenarioError
    from wedge.engine.scenario.meaning import differences

    if given is None:
        try:
            scenario = load_again(experiment)
        except ScenarioError as error:
            said = error.problems[0].message if error.problems else str(error)
            return None, [Finding(SCENARIO, experiment.called, f"cannot be loaded any more: {said}")]
    else:
        scenario = loaded(given)
    if scenario.sha256 == experiment.plan.scenario:
        return scenario, []
    differing = differences(experiment.scenario["meaning"], scenario.meaning)
    paths = ", ".join(path for path, *_ in differing[:3]) + (" and more" if len(differing) > 3 else "")
    return None, [
        Finding(SCENARIO, scenario.code, f"means something else now: {paths or 'in ways that cannot be named'}")
    ]


def _sample(parts: Sequence[Part], sample: int | None, seed: int) -> list[tuple[Part, list[int]]]:
    """Worlds to be played again, by part: spread by chance, the same ones for the same experiment; all when None."""
    if sample is None:
        return [(part, list(part.worlds)) for part in parts]
    total = sum(part.size for part in parts)
    places = sorted(random.Random(seed).sample(range(total), min(sample, total)))
    chosen: list[tuple[Part, list[int]]] = []
    before = 0
    for part in parts:
        worlds = [part.first + place - before for place in places if before <= place < before + part.size]
        before += part.size
        if worlds:
            chosen.append((part, worlds))
    return chosen


def _again(
    experiment: Experiment,
    store: Store,
    scenario: Any,
    chosen: Sequence[tuple[Part, list[int]]],
    whole: bool,
    progress: Callable[[int, int], None],
) -> tuple[list[Finding], int, int]:
    """Play worlds again and hold them against what is stored: what differs, how many were played, how many by both drivers."""
    wanted = sum(len(worlds) for _, worlds in chosen)
    driver: By = "batch" if choose(scenario, wanted, "auto") == "batch" else "traced"
    left = 0 if scenario.outsiders else BY_THE_OTHER
    findings: list[Finding] = []
    played = other = 0
    for part, worlds in chosen:
        lost = {world for f in _failed(store, part) for world in range(f[0], f[1] + 1)}
        worlds = [world for world in worlds if world not in lost]
        found = differences_in_part(scenario, store, part, worlds, driver, sums=whole and not lost)
        few = worlds[:left]
        left -= len(few)
        if few:
            found += differences_in_part(scenario, store, part, few, "traced" if driver == "batch" else "interpreted")
        findings += [
            Finding(RUN, experiment.world_code(one.world) if one.world >= 0 else one.table, one.said) for one in found
        ]
        played, other = played + len(worlds), other + len(few)
        progress(played, wanted)
    if len(findings) > MOST_TOLD:
        more = len(findings) - MOST_TOLD
        findings = [*findings[:MOST_TOLD], Finding(RUN, "", f"{more:,} more differences")]
    return findings, played, other


def _failed(store: Store, part: Part) -> list[tuple[int, int]]:
    note = store.note(part)
    if not note.exists():
        return []
    return [(failure["first"], failure["last"]) for failure in json.loads(note.read_text(encoding="utf-8"))]
