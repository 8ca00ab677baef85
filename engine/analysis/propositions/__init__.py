"""Propositions of the literature on wedges, each held against paired plays of scenarios made for it."""
