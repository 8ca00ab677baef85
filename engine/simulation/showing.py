"""What a seat from outside is shown: the table of one world, or of many worlds in arrays."""

from typing import Any, NamedTuple

import numpy as np

from wedge.agents.seat import Table, Tables
from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_LOT, uniform
from wedge.engine.model.numbers import IDEAL, SALIENCE, Numbers
from wedge.engine.model.views import Demand, View
from wedge.engine.model.words import PROPOSE
from wedge.engine.model.world import COMMITMENT_NOW, FLOOR, LIMIT, MOVE, ON_TABLE, OWN_BEST, PROPOSAL, World
from wedge.engine.model.worth import share_used
from wedge.engine.simulation.phases.answering import view_of
from wedge.engine.simulation.phases.floor import demand_view_of

WHOLE = ("red_line", "allys_red_line", "theory")  # fields of a view that are no measures


class Glance(NamedTuple):
    """What one state sees in each lane, where somebody has looked."""

    lots: np.ndarray  # [lanes]
    views: np.ndarray  # [fields of a View, lanes]
    demands: np.ndarray  # [fields of a Demand, lanes]


def new_glance(lanes: int) -> Glance:
    """Room for that many lanes."""
    return Glance(np.zeros(lanes), np.zeros((len(View._fields), lanes)), np.zeros((len(Demand._fields), lanes)))


@rule
def look(s: Any, x: Any, w: Any, glance: Any, i: int, n: int, answering: int, lane: int) -> None:
    """Note what state i sees in one lane: of a proposal if it must answer one, else for its demand."""
    glance.lots[lane] = uniform(w.key[lane], FOR_LOT, s.state_id[i], n)
    g = int(w.lane[ON_TABLE, lane])
    if answering == 0 and g >= 0:
        seen = demand_view_of(s, x, w, i, g, n, lane)
        glance.demands[0, lane] = seen.used
        glance.demands[1, lane] = seen.conceded
        glance.demands[2, lane] = seen.lot
        glance.demands[3, lane] = seen.number_a
        glance.demands[4, lane] = seen.number_b
    if answering == 0 or w.lane[MOVE, lane] != PROPOSE:
        return
    view = view_of(s, x, w, i, g, n, lane)
    glance.views[0, lane] = view.surplus
    glance.views[1, lane] = view.held_out_for
    glance.views[2, lane] = view.pressure
    glance.views[3, lane] = view.loyalty
    glance.views[4, lane] = view.audience
    glance.views[5, lane] = view.whim
    glance.views[6, lane] = view.score
    glance.views[7, lane] = view.red_line
    glance.views[8, lane] = view.allys_red_line
    glance.views[9, lane] = view.used
    glance.views[10, lane] = view.lot
    glance.views[11, lane] = view.number_a
    glance.views[12, lane] = view.number_b
    glance.views[13, lane] = view.theory
    glance.views[14, lane] = view.tilt


class Shown(NamedTuple):
    """Where the tables are taken from."""

    scenario: Any
    x: Numbers
    w: World
    glance: Glance
    worlds: np.ndarray  # [lanes]

    def issues(self, g: int) -> dict[str, int]:
        """The issues of stage g and where they stand."""
        names = self.scenario.names.issues
        return {name: k for k, name in enumerate(names) if self.scenario.setting.stage_of[k] == g}

    def table(self, i: int, g: int, n: int, lane: int, answering: bool) -> Table:
        """What state i sees of stage g in one world."""
        names, w, x = self.scenario.names, self.w, self.x
        p, limit = int(w.lane[FLOOR, lane]), float(w.lane[LIMIT, lane])
        on_table = self.issues(g)
        commitment = w.tie[COMMITMENT_NOW, i, :, lane].tolist()
        seen = w.seen[i, :, :, lane].tolist()
        return Table(
            state=names.states[i],
            round=n,
            rounds=int(limit),
            used=share_used(n, limit),
            stage=names.stages[g],
            issues=tuple(on_table),
            proposal={name: float(w.issue[PROPOSAL, k, lane]) for name, k in on_table.items()} if answering else {},
            proposer=names.states[p] if p >= 0 else "",
            ideals=dict(zip(names.issues, x.position[IDEAL, i, :, lane].tolist(), strict=True)),
            salience=dict(zip(names.issues, x.position[SALIENCE, i, :, lane].tolist(), strict=True)),
            seen_ideals={
                other: dict(zip(names.issues, ideals, strict=True))
                for other, ideals in zip(names.states, seen, strict=True)
            },
            own_best=float(w.state[OWN_BEST, i, lane]),
            commitment={o: commitment[j] for j, o in self._allies(i)},
            lot=float(self.glance.lots[lane]),
            view=self._view(lane) if answering else None,
            weighs=None if answering else Demand(*self.glance.demands[:, lane].tolist()),
        )

    def _view(self, lane: int) -> View:
        values = dict(zip(View._fields, self.glance.views[:, lane].tolist(), strict=True))
        return View(**(values | {name: int(values[name]) for name in WHOLE}))

    def _allies(self, i: int) -> list[tuple[int, str]]:
        return [(j, o) for j, o in enumerate(self.scenario.names.states) if self.scenario.setting.tie[i, j]]

    def tables(self, i: int, g: int, n: int, lanes: np.ndarray, answering: bool) -> Tables:
        """What state i sees of stage g in the worlds of these lanes."""
        names, w, x = self.scenario.names, self.w, self.x
        limits = w.lane[LIMIT, lanes]
        on_table = self.issues(g)
        places = list(enumerate(names.issues))
        return Tables(
            state=names.states[i],
            worlds=self.worlds[lanes],
            rows=lanes,
            block=len(self.worlds),
            round=n,
            rounds=limits.astype(np.int64),
            used=np.array([share_used(n, float(limit)) for limit in limits]),
            stage=names.stages[g],
            issues=tuple(on_table),
            proposal={name: w.issue[PROPOSAL, k, lanes] for name, k in on_table.items()} if answering else {},
            proposer=np.array([*names.states, ""])[w.lane[FLOOR, lanes].astype(np.int64)],
            ideals={name: x.position[IDEAL, i, k, lanes] for k, name in places},
            salience={name: x.position[SALIENCE, i, k, lanes] for k, name in places},
            seen_ideals={
                other: {name: w.seen[i, j, k, lanes] for k, name in places} for j, other in enumerate(names.states)
            },
            own_best=w.state[OWN_BEST, i, lanes],
            commitment={o: w.tie[COMMITMENT_NOW, i, j, lanes] for j, o in self._allies(i)},
            lot=self.glance.lots[lanes],
            view=self._views(lanes) if answering else None,
            weighs=None if answering else Demand(*self.glance.demands[:, lanes]),
        )

    def _views(self, lanes: np.ndarray) -> Any:
        fields = dict(zip(View._fields, self.glance.views[:, lanes], strict=True))
        return View(**(fields | {name: fields[name].astype(np.int64) for name in WHOLE}))
