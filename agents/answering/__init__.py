"""The slot answering: how a state answers. One small file a tactic."""
