"""A session: one class that plays one game, as a log of what happened in it."""
