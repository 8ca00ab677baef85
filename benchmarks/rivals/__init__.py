"""A like workload in other frameworks: 4 states, 4 issues, up to 40 rounds of proposals in turn.

Both stop at the first agreement. Neither has what most of Wedge's time goes into: alliances and their
strain, a war and what it will still cost, agendas with preconditions, what states believe of each other,
a proposer that searches for what the others lack, and luck that belongs to a named place.
"""

STATES, ISSUES, ROUNDS = 4, 4, 40
