"""The checks of ``wedge theory``: what was published or follows in closed form, beside what play or a model gives.

The closed forms live here and only here: what plays the games may not import them, and a contract says so.
"""
