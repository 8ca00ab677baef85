"""Seeing ahead by playing ahead: a game is solved by copying a world and playing on, through the engine's own phases.

    imagined -> junctures -> backward (a game with an end) or forever (one without)

Nothing here knows a closed form. What a level is worth, who has the floor, what a round of delay costs and how talks
end are read off what the phases do to the copies.
"""
