"""The slot courting: whom a proposal is made to please. One small file a tactic."""
