"""Asking the seats that are played from outside, and putting their moves into the world as forced moves."""

import importlib.util
import math
import numbers
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wedge.agents.seat import CONSENT, PASS_THE_FLOOR, REFUSE, Policy, Table
from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.draws import FOR_LOT, uniform
from wedge.engine.model.numbers import IDEAL, SALIENCE, Numbers
from wedge.engine.model.words import ACCEPT, CONCEDE, OWN_COUNSEL, PASS, PROPOSE, REJECT
from wedge.engine.model.world import (
    COMMITMENT_NOW,
    FLOOR,
    FORCED_LEVEL,
    FORCED_MOVE,
    FORCED_REASON,
    FORCED_SHARE,
    FORCED_STANCE,
    GONE,
    HELD_OUT_FOR,
    LIMIT,
    MOVE,
    ON_TABLE,
    OWN_BEST,
    PROPOSAL,
    SHARE_HELD,
    SURPLUS,
    World,
)  # fmt: skip
from wedge.engine.model.worth import held_out_for, lowest_level, share_used
from wedge.engine.simulation.phases import view_of


class PolicyError(Exception):
    """A policy from outside failed or answered what cannot be understood. Its text names the file and the place."""

    help = "a policy is a subclass of wedge.agents.seat.Policy; docs/tutorial.md shows one"


def load_policy(file: Path | str, name: str) -> Policy:
    """The policy of that name in a Python file. Raises PolicyError with the place of what is wrong."""
    file = Path(file)
    spec = importlib.util.spec_from_file_location(f"wedge_policy_{file.stem}_{abs(hash(file.resolve()))}", file)
    if spec is None or spec.loader is None:
        raise PolicyError(f"{file}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where an error's place, and anyone who asks a class for its file, looks
    try:
        spec.loader.exec_module(module)
    except OSError as error:
        raise PolicyError(f"{file}: {error.strerror}") from error
    except (Exception, SystemExit) as error:
        raise PolicyError(f"{file}:{_line_of(error, file)}: {type(error).__name__}: {error}") from error
    found = getattr(module, name, None)
    if found is None:
        known = sorted(
            k for k, v in vars(module).items() if isinstance(v, type) and issubclass(v, Policy) and v is not Policy
        )
        raise PolicyError(f"{file}: there is no {name!r} in it" + (f"; it has {', '.join(known)}" if known else ""))
    try:
        made = found() if isinstance(found, type) else found
    except (Exception, SystemExit) as error:
        raise PolicyError(f"{file}:{_line_of(error, file)}: {type(error).__name__}: {error}") from error
    if not isinstance(made, Policy):
        raise PolicyError(f"{file}: {name!r} is no subclass of wedge.agents.seat.Policy")
    return made


def _line_of(error: BaseException, file: Path) -> int:
    trace = error.__traceback__
    line = getattr(error, "lineno", None) or 1
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line)


def _place_of(error: BaseException, policy: Policy) -> str:
    """The file of a policy and the last line in it that an error passed; the name alone of one made elsewhere."""
    file = getattr(sys.modules.get(type(policy).__module__), "__file__", None)
    return f"{file}:{_line_of(error, Path(file))}" if file else type(policy).__name__


class Outsiders:
    """The seats of one run that are played from outside."""

    def __init__(self, scenario: Any, x: Numbers, w: World, seats: Mapping[int, Policy]) -> None:
        self.scenario, self.s, self.x, self.w, self.seats = scenario, scenario.setting, x, w, seats

    def demands(self, n: int) -> None:
        """Once the floor is taken: what each outsider holds out for."""
        g = int(self.w.lane[ON_TABLE, 0])
        for i, policy in self.seats.items():
            if g >= 0 and self.w.state[GONE, i, 0] == 0 and self.w.state[FORCED_SHARE, i, 0] < 0:
                share = self._ask(policy, "demand", self._table(i, g, n, answering=False))
                if share is not None:
                    held = self._number(i, "demand", share)
                    self.w.state[SHARE_HELD, i, 0] = held
                    self.w.state[HELD_OUT_FOR, i, 0] = held_out_for(float(self.w.state[OWN_BEST, i, 0]), held)

    def offer(self, n: int) -> None:
        """Before the proposal: the levels an outsider with the floor proposes."""
        g, p = int(self.w.lane[ON_TABLE, 0]), int(self.w.lane[FLOOR, 0])
        if g < 0 or p not in self.seats or self.w.lane[FORCED_MOVE, 0] >= 0:
            return
        offer = self._ask(self.seats[p], "offer", self._table(p, g, n, answering=False))
        if offer is None:
            return
        if offer == PASS_THE_FLOOR:
            self.w.lane[FORCED_MOVE, 0] = PASS
            return
        if not isinstance(offer, Mapping):
            raise self._complaint(p, "offer", offer, f"levels by issue, or {PASS_THE_FLOOR!r}")
        self.w.lane[FORCED_MOVE, 0] = PROPOSE
        for issue, level in offer.items():
            if issue not in self._issues(g):
                raise self._complaint(p, "offer", issue, f"issues on the table: {', '.join(self._issues(g))}")
            k = self.scenario.names.issues.index(issue)
            lowest = lowest_level(self.s, self.x, k, 0)
            self.w.issue[FORCED_LEVEL, k, 0] = clamp(self._number(p, "offer", level), lowest, 1.0)

    def answers(self, n: int) -> None:
        """Before the answers: the stance of each outsider. Past a red line it is not asked."""
        if self.w.lane[MOVE, 0] != PROPOSE:
            return
        g, p = int(self.w.lane[ON_TABLE, 0]), int(self.w.lane[FLOOR, 0])
        for i, policy in self.seats.items():
            if i == p or self.w.state[GONE, i, 0] == 1 or self.w.state[FORCED_STANCE, i, 0] >= 0:
                continue
            table = self._table(i, g, n, answering=True)
            if table.view is not None and table.view.red_line == 1:
                continue
            answer = self._ask(policy, "answer", table)
            if answer is None:
                continue
            if answer not in (CONSENT, REFUSE):
                raise self._complaint(i, "answer", answer, f"{CONSENT!r}, {REFUSE!r} or None")
            meets = self.w.state[SURPLUS, i, 0] >= self.w.state[HELD_OUT_FOR, i, 0]
            stance = REJECT if answer == REFUSE else (ACCEPT if meets else CONCEDE)
            self.w.state[FORCED_STANCE, i, 0] = stance
            self.w.state[FORCED_REASON, i, 0] = OWN_COUNSEL

    def _issues(self, g: int) -> tuple[str, ...]:
        return tuple(name for k, name in enumerate(self.scenario.names.issues) if self.s.stage_of[k] == g)

    def _table(self, i: int, g: int, n: int, answering: bool) -> Table:
        names, w, x = self.scenario.names, self.w, self.x
        p = int(w.lane[FLOOR, 0])
        on_table = {name: float(w.issue[PROPOSAL, names.issues.index(name), 0]) for name in self._issues(g)}
        return Table(
            state=names.states[i],
            round=n,
            rounds=int(w.lane[LIMIT, 0]),
            used=share_used(n, float(w.lane[LIMIT, 0])),
            stage=names.stages[g],
            issues=self._issues(g),
            proposal=on_table if answering else {},
            proposer=names.states[p] if p >= 0 else "",
            ideals={name: float(x.position[IDEAL, i, k, 0]) for k, name in enumerate(names.issues)},
            salience={name: float(x.position[SALIENCE, i, k, 0]) for k, name in enumerate(names.issues)},
            seen_ideals={
                other: {name: float(w.seen[i, j, k, 0]) for k, name in enumerate(names.issues)}
                for j, other in enumerate(names.states)
            },
            own_best=float(w.state[OWN_BEST, i, 0]),
            commitment={
                o: float(w.tie[COMMITMENT_NOW, i, j, 0]) for j, o in enumerate(names.states) if self.s.tie[i, j]
            },
            lot=uniform(w.key[0], FOR_LOT, self.s.state_id[i], n),
            view=view_of(self.s, x, w, i, g, n, 0) if answering else None,
        )

    def _ask(self, policy: Policy, what: str, table: Table) -> Any:
        try:
            return getattr(policy, what)(table)
        except (Exception, SystemExit) as error:
            place = f"{_place_of(error, policy)}: {type(policy).__name__}.{what}, round {table.round + 1}"
            raise PolicyError(f"{place}: {type(error).__name__}: {error}") from error

    def _number(self, i: int, what: str, value: Any) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, numbers.Real)
            or not math.isfinite(value)
            or not 0.0 <= float(value) <= 1.0
        ):
            raise self._complaint(i, what, value, "a number from 0 to 1")
        return float(value)

    def _complaint(self, i: int, what: str, value: Any, wanted: str) -> PolicyError:
        name = type(self.seats[i]).__name__
        return PolicyError(f"{name}.{what} for {self.scenario.names.states[i]}: {value!r} is not {wanted}")
