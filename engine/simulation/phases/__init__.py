"""The phases of a round, in the order in which they are played: battlefield, events, talks, and what days do.

    begin -> battlefield -> events -> take_the_floor -> propose -> answer -> settle -> pass_time

Each touches the arrays of one lane and reads nothing else, so a traced run and a batch of a
million worlds play the very same text. Seats from outside write forced moves before a phase.
"""
