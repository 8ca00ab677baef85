"""The two drivers that crank the same rules: one traced run at a time, or many worlds in a batch."""
