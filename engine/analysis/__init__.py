"""What a set of runs says: estimates, time to fracture, paired comparison.

``summarise`` an experiment, ``compare`` two or more, ``export`` their tables for spreadsheets; each gives
data frames. ``observables`` lists everything that is observed, by name.

``Trials`` play a scenario under given numbers; ``sensitivity``, ``sweep``, ``discover`` and ``solve`` (each
in the module of its name) ask them which numbers decide, and what it would take.
"""

from wedge.engine.analysis.comparison import Comparison, compare
from wedge.engine.analysis.exporting import export
from wedge.engine.analysis.observables import observables
from wedge.engine.analysis.summary import Summary, summarise

__all__ = ["Comparison", "Summary", "compare", "export", "observables", "summarise"]
