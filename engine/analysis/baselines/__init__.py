"""Simple models beside the agent model: what the cheapest of them would have said of the same worlds."""

from wedge.engine.analysis.baselines.report import BASELINES, Baselines, baselines_of, save_baselines, stored_baselines

__all__ = ["BASELINES", "Baselines", "baselines_of", "save_baselines", "stored_baselines"]
