"""What all tests share: Hypothesis without deadlines, since the first call of a rule may compile it."""

from hypothesis import settings

settings.register_profile("wedge", deadline=None)
settings.load_profile("wedge")
