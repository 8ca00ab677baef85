"""How the game of these tests is debriefed."""

from wedge.engine.classroom.debrief import Prediction

RUNS, FUTURES = 12, 5
SAID = [Prediction("Ann", "anna", 0.25), Prediction("=1+1<b>", "bert", 0.75), Prediction("Cleo", "", float("nan"))]
