"""The debrief of a game that people played: its course among many runs, what each move cost, what broke the alliance.

``read_predictions`` reads what students said beforehand, ``debrief`` works out the tables, ``write`` writes
the page and the tables for grading.
"""

from wedge.engine.classroom.debrief.debriefing import Debrief, debrief
from wedge.engine.classroom.debrief.predictions import Prediction, PredictionError, read_predictions
from wedge.engine.classroom.debrief.writing import write

__all__ = ["Debrief", "Prediction", "PredictionError", "debrief", "read_predictions", "write"]
