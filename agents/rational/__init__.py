"""States that see ahead: whoever knows what each would have in the end offers the least that is signed.

How the game goes on is worked out by whoever seats them (``engine.theory.lookahead``); here is only what a state
does with that knowledge, so that it can be read, tested and contested by itself.
"""
