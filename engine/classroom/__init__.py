"""Games that people play: seats taken by a person, whose moves are forced moves, against policies in the other seats."""
