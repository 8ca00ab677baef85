"""Sets of runs: plans, parts, workers and the store of results.

``run`` plays a scenario in many worlds and stores the runs; ``run_together`` plays several in the
same worlds; ``open_experiment`` reads what was stored, ``verify`` checks it. What the results say is in
``wedge.engine.analysis``: ``summarise`` and ``compare``.
"""

from wedge.engine.experiment.problems import ExperimentError, Interrupted, NothingPlayed
from wedge.engine.experiment.results import Experiment, is_experiment, open_experiment
from wedge.engine.experiment.running import run
from wedge.engine.experiment.together import run_together
from wedge.engine.experiment.verifying import verify

__all__ = [
    "Experiment",
    "ExperimentError",
    "Interrupted",
    "NothingPlayed",
    "is_experiment",
    "open_experiment",
    "run",
    "run_together",
    "verify",
]
