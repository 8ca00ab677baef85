"""All simple models beside one experiment, and the file in which they are kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wedge.engine.analysis.baselines.playing import differences, play_beside
from wedge.engine.analysis.baselines.tables import computed
from wedge.engine.analysis.baselines.words import sentences
from wedge.engine.analysis.variants import Source
from wedge.engine.experiment.files import read_json, write_json
from wedge.engine.experiment.progress import Progress
from wedge.engine.experiment.results import Experiment

BASELINES = "baselines.json"


@dataclass(frozen=True)
class Baselines:
    """Simple models beside the agent model, in the same worlds; each table is a data frame."""

    worlds: int  # in how many the agent model was played
    levels: Any  # see ``tables.levels_table``
    sides: Any  # see ``tables.sides_table``
    played: Any  # see ``playing.differences``
    said: list[str]

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        tables = {name: getattr(self, name) for name in ("levels", "sides", "played")}
        plain = {
            name: json.loads(table.to_json(orient="records", double_precision=15)) for name, table in tables.items()
        }
        return {"worlds": self.worlds} | plain | {"said": self.said}


def baselines_of(
    source: Source, experiment: Experiment, progress: Callable[[str], Progress] | None = None, **how: Any
) -> Baselines:
    """Set all simple models beside an experiment; ``source`` is what it was played from, ``how`` goes to ``run``.

    ``progress`` gives, for the title of a model that is played, what is told how far it is. Raises what ``run`` raises.
    """
    scenario = source.load()
    levels, sides = computed(scenario, experiment)
    played = differences(experiment, play_beside(source, experiment, progress, **how))
    said = sentences(levels, sides, played, len(scenario.names.states), stopped=bool(experiment.stopping))
    return Baselines(experiment.count, levels, sides, played, said)


def save_baselines(found: Baselines, folder: Path) -> None:
    """Write ``baselines.json`` into the experiment's folder."""
    write_json(folder / BASELINES, found.as_json())


def stored_baselines(folder: Path) -> dict[str, Any] | None:
    """What ``as_json`` gave, read back; None where no simple models were set beside these results.

    Raises ExperimentError for a file that cannot be read.
    """
    fields = ("worlds", "levels", "sides", "played", "said")
    return read_json(folder / BASELINES, fields, "the same wedge run --baselines call writes it again")
