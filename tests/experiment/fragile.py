"""Policies that do what no policy should, for tests: one fails in some worlds, one takes its process with it."""

import os

from wedge.agents.seat import Policy, Table


class Fragile(Policy):
    """Fails when its lot is low."""

    def demand(self, table: Table) -> float | None:
        """Fail in the first round of about one world in twenty."""
        if table.round == 0 and table.lot < 0.05:
            raise RuntimeError("a low lot")
        return None


class Broken(Policy):
    """Fails always."""

    def demand(self, table: Table) -> float | None:
        """Fail."""
        raise RuntimeError("never works")


class Deadly(Policy):
    """Ends its process when its lot is low."""

    def demand(self, table: Table) -> float | None:
        """Die in the first round of about one world in ten."""
        if table.round == 0 and table.lot < 0.1:
            os._exit(7)
        return None
