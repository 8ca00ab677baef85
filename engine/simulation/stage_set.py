"""The arrays a course is played in, made to the size of a scenario."""

import numpy as np

from wedge.engine.model.layout import views
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import Setting
from wedge.engine.model.world import World, new_world


def empty_arrays(s: Setting, lanes: int) -> tuple[Numbers, World]:
    """Numbers and worlds for that many lanes, to be filled by ``open_world``."""
    states, issues = s.red_side.shape
    sizes = (states, issues, len(s.member), len(s.event_id), len(s.effect_event), len(s.test))
    flat = np.zeros((len(s.drawn), lanes))
    world = new_world(states, issues, len(s.stage_rounds), len(s.event_id), len(s.member), lanes)
    return views(flat, *sizes), world
