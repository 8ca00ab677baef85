"""The slot demands: what a state holds out for. One small file a tactic."""
