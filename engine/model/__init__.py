"""The rules of bargaining and of alliance strain, and the named draws: pure functions of numbers."""
