"""How fast Wedge is, measured beside its peers and its limit; ``python -m benchmarks`` from the root of the repository."""
