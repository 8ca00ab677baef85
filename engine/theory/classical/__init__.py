"""Classical models of alignment, group decision and bargaining, written from their papers: checks now, baselines later."""
