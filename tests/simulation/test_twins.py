"""Rules are written once: interpreted and compiled they give the same bits, one by one and in whole courses.

The kernel of the batch driver takes some seconds to compile when its rules have changed. The first worker to need
it compiles it, the others wait and find it on disk.
"""

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from hypothesis import strategies as st
from small_games import game, small

import wedge.agents
import wedge.engine.analysis
import wedge.engine.model
import wedge.engine.simulation
from wedge.agents.contract import demand, view
from wedge.engine.model.compiling import boxed, compiled, every_rule, rule
from wedge.engine.model.numbers import COMMON, POSITION, STATE
from wedge.engine.model.views import Demand, View
from wedge.engine.model.words import ACCEPT, CONCEDE, CONSULT, PASS, PROPOSE, REJECT
from wedge.engine.simulation import forcing
from wedge.engine.simulation.batch import play_batch, play_worlds
from wedge.engine.simulation.forcing import Forced, as_rows
from wedge.engine.simulation.many import driver_for, play_many
from wedge.engine.simulation.outcomes import Outcomes, outcomes_of
from wedge.engine.simulation.variants import Probe, play_past, play_variants

try:
    import fcntl
except ImportError:  # another system than POSIX: every worker compiles for itself
    fcntl = None

for _room in (wedge.agents, wedge.engine.model, wedge.engine.simulation, wedge.engine.analysis):
    for _module in pkgutil.walk_packages(_room.__path__, f"{_room.__name__}."):
        importlib.import_module(_module.name)

WORDS = st.integers(0, 2**64 - 1)
SHARES = st.floats(0.0, 1.0)
PARTS = (WORDS, WORDS)

# What the arguments of a rule without arrays may be; by name, else by type.
ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "key": WORDS,
    "z": WORDS,
    "first": WORDS,
    "second": WORDS,
    "who": WORDS,
    "seed": st.integers(0, 2**63 - 1),
    "world": st.integers(0, 2**62),
    "when": st.integers(0, 20_000),
    "kind": st.integers(0, 5),
    "rule_number": st.integers(0, 5),
    "surplus": st.floats(-2, 2),
    "own_best": st.floats(-2, 2),
    "whim": st.floats(-2, 2),
    "deviation": st.just(0.0) | st.floats(1e-6, 1),
    "rounds": st.floats(0.5, 100),
    "curvature": st.sampled_from((1.0, 0.1, 0.5, 2.0, 10.0)),
    "exponent": st.floats(-10, 10),
    "footing": st.floats(-2, 2),
    "change": st.just(0.0) | st.floats(-2, 2),
    "loss_aversion": st.floats(1, 10),
    "diminishing": st.sampled_from((1.0, 0.1, 0.88)),
    "stance": st.sampled_from((0.0, 1.0, 2.0, 3.0)),
    "start": st.just(0),
    "stop": st.integers(1, 3),
    "shape": st.tuples(st.floats(-1, 1), st.floats(0, 1), st.floats(1, 2), st.floats(-1, 0.5), st.floats(0.6, 3)).map(
        np.array
    ),
    "mixture": st.just(np.array([[0.1, 0.25], [0.2, 0.75], [0.3, 1.0]])),
}
WORD_ARGUMENTS = {"key", "z", "first", "second", "who"}
# Rules whose arguments have a range of their own.
RANGES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "exponential": {"x": st.floats(-800, 800)},
    "logarithm": {"x": st.floats(5e-324, 1e308)},
    "power_of": {"base": st.floats(0, 10)},
    "clamp": {"x": st.floats(-10, 10), "low": st.floats(-5, 0), "high": st.floats(0, 5)},
    "normal_at": {"p": st.floats(1e-300, 1 - 1e-16)},
    "normal_below": {"x": st.floats(-45, 45)},
    "_upper_tail": {"y": st.floats(0, 37)},
    "_tail": {"r": st.floats(-1.6, 3.4)},
    "_far_tail": {"r": st.floats(0, 22)},
    "truncated_normal": {"low": st.floats(-3, 0), "high": st.floats(0.1, 3)},
    "drawn_value": {"kind": st.integers(0, 4)},
    "chosen": {"start": st.just(0)},
}
ARRAYS = {
    "s",
    "x",
    "w",
    "moves",
    "worlds",
    "totals",
    "all_x",
    "all_w",
    "out",
    "plan",
    "order",
    "kept",
    "asked",
    "total",
    "t",
    "leg",
    "block",
    "glance",
    "watch",
}
TYPES = {"int": st.integers(0, 5), "float": SHARES}


def works_on_scalars(function: Callable[..., Any]) -> bool:
    """Whether a rule can be tried on numbers alone (or on a view)."""
    names = set(inspect.signature(function).parameters)
    return function.__name__ in RANGES or not names & ARRAYS


def arguments_of(function: Callable[..., Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Arguments on which a scalar rule can be tried."""
    ranges = RANGES.get(function.__name__, {})
    parts = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.annotation is View:
            parts.append(views())
        elif parameter.annotation is Demand:
            parts.append(demands())
        else:
            kind = getattr(parameter.annotation, "__name__", "float")
            parts.append({**TYPES, **ARGUMENTS, **ranges}.get(name, TYPES.get(kind, SHARES)))
    return st.tuples(*parts)


def views() -> st.SearchStrategy[View]:
    """What a state sees when it must answer."""
    worth = st.floats(-1, 1)
    return st.builds(
        lambda a, b, c, d, e, w, r, k, lot, n: view(
            surplus=a, held_out_for=b, pressure=c, loyalty=d, audience=e, whim=w, red_line=r, allys_red_line=k, lot=lot, number_a=n
        ),
        worth, SHARES, SHARES, SHARES, SHARES, worth, st.integers(0, 1), st.integers(0, 1), SHARES, SHARES,
    )  # fmt: skip


def demands() -> st.SearchStrategy[Demand]:
    """What a state sees when it sets its demand."""
    return st.builds(
        lambda u, c, lot, a: demand(used=u, conceded=c, lot=lot, number_a=a), SHARES, SHARES, SHARES, st.floats(0.01, 9)
    )


def as_compiled(function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[Any]:
    """Arguments as compiled code meets them: identities and keys are words."""
    names = inspect.signature(function).parameters
    return [np.uint64(value) if name in WORD_ARGUMENTS else value for name, value in zip(names, arguments, strict=True)]


def bits_of(value: Any) -> Any:
    """A result as its bits."""
    if isinstance(value, tuple):
        return tuple(bits_of(part) for part in value)
    if isinstance(value, float | np.floating):
        return np.float64(value).tobytes()
    return int(value)


OURS = [function for function in every_rule() if function.__module__.startswith("wedge.")]
SCALAR_RULES = [function for function in OURS if works_on_scalars(function)]


class TestRulesOnNumbers:
    """Rules that take numbers alone."""

    @pytest.mark.parametrize(
        "function", SCALAR_RULES, ids=lambda function: f"{function.__module__.split('.')[-1]}-{function.__name__}"
    )
    def test_give_the_same_bits_interpreted_and_compiled(self, function):
        """Whatever the arguments."""
        twin = compiled(function)

        @many(150)
        @given(arguments_of(function))
        def check(arguments: tuple[Any, ...]) -> None:
            assert bits_of(function(*arguments)) == bits_of(twin(*as_compiled(function, arguments)))

        check()


# What is compiled as a whole, each with all rules it calls; tests beside their modules hold each to the rules as written.
KERNELS = {"play_worlds", "draw_column", "play_all_variants", "play_leg", "play_stretch", "try_worlds"}


def reached_from(function: Callable[..., Any]) -> set[Callable[..., Any]]:
    """A rule and all rules that it calls, directly or not."""
    rules, found, waiting = set(every_rule()), set(), [function]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            codes = [one.__code__, *(c for c in one.__code__.co_consts if inspect.iscode(c))]
            called = (one.__globals__.get(name) for code in codes for name in code.co_names)
            waiting += [rule for rule in called if inspect.isfunction(rule) and rule in rules]
    return found


def test_no_rule_escapes_compilation():
    """Each is part of a kernel that some test holds to the rules as written, or is compiled here by itself."""
    kernels = [one for one in OURS if one.__name__ in KERNELS]
    assert sorted(KERNELS) == sorted({one.__name__ for one in kernels})
    compiled_here = set(SCALAR_RULES).union(*(reached_from(one) for one in kernels))
    assert [] == [f"{f.__module__}.{f.__name__}" for f in OURS if f not in compiled_here]


def same(first: Outcomes, second: Outcomes) -> None:
    """Two experiments came out the same to the last bit."""
    assert first.tables.keys() == second.tables.keys()
    for name, table in first.tables.items():
        assert table.keys() == second.tables[name].keys()
        for column, values in table.items():
            others = second.tables[name][column]
            assert values.dtype == others.dtype, (name, column)
            alike = list(values) == list(others) if values.dtype == object else values.tobytes() == others.tobytes()
            assert alike, (name, column, values, others)
    assert first.sums.tobytes() == second.sums.tobytes()


@st.composite
def forced_moves(draw: Any, scenario: Any) -> list[Forced]:
    """Moves of any kind, for any of the scenario's states, issues, events and numbers."""
    s = scenario.setting
    states, issues = s.red_side.shape
    numbers = len(STATE) * states + len(POSITION) * states * issues
    made = []
    for _ in range(draw(st.integers(0, 6))):
        n = draw(st.integers(0, s.rounds - 1))
        i = draw(st.integers(0, states - 1))
        k = draw(st.integers(0, issues - 1))
        kinds = [
            Forced(n, forcing.FORCE_STANCE, who=i, value=draw(st.sampled_from((ACCEPT, CONCEDE, REJECT)))),
            Forced(n, forcing.FORCE_LEAVE, who=i),
            Forced(n, forcing.FORCE_MOVE, value=draw(st.sampled_from((PASS, PROPOSE)))),
            Forced(n, forcing.FORCE_MOVE, what=i, value=CONSULT),
            Forced(n, forcing.FORCE_LEVEL, what=k, value=draw(SHARES)),
            Forced(n, forcing.FORCE_SHARE, who=i, value=draw(SHARES)),
            Forced(n, forcing.SET_NUMBER, what=draw(st.integers(0, numbers - 1)), value=draw(st.floats(0.1, 1))),
            Forced(n, forcing.SET_NUMBER, what=len(s.drawn) - draw(st.integers(1, len(COMMON))), value=draw(SHARES)),
            Forced(n, forcing.SET_DEMANDS, who=i, value=draw(st.integers(0, 3))),
            Forced(n, forcing.SET_COURTS, who=i, value=draw(st.integers(0, 4))),
            Forced(n, forcing.SET_ANSWERS, who=i, value=draw(st.integers(0, 4))),
            Forced(n, forcing.BRANCH, value=draw(st.integers(0, 9))),
        ]
        if len(s.event_id):
            which = draw(st.integers(0, len(s.event_id) - 1))
            kinds += [Forced(n, kind, who=which) for kind in (forcing.LEAVE_OUT, forcing.CALL_EVENT)]
        made.append(draw(st.sampled_from(kinds)))
    return made


@pytest.fixture(scope="session")
def kernel(tmp_path_factory):
    """The compiled kernels, compiled by one worker at a time."""
    with (tmp_path_factory.getbasetemp().parent / "kernel.lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        smallest = game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}))
        play_many(smallest, 1, range(1), driver="batch")
        play_past(smallest, 1, 0, interpreted=False)


@pytest.mark.usefixtures("kernel")
class TestCourses:
    """Whole courses, by the traced driver and by the batch driver."""

    @many(80)
    @given(scenario_trees(), st.integers(0, 2**63 - 1), st.lists(st.integers(0, 2**40), min_size=1, max_size=3))
    def test_are_the_same_to_the_bit_by_both_drivers(self, tree, seed, worlds):
        """Mesa, SimPy and plain Python on one side, compiled code on the other: every table and every sum."""
        scenario = game(tree)
        same(*(play_many(scenario, seed, worlds, driver=driver) for driver in ("traced", "batch")))

    @many(60)
    @given(scenario_trees(), st.data())
    def test_with_forced_moves_are_the_same_to_the_bit_by_both_drivers(self, tree, data):
        """Counterfactuals too, of whatever kind."""
        scenario = game(tree)
        moves = data.draw(forced_moves(scenario))
        same(*(play_many(scenario, 3, [5, 6], moves, driver) for driver in ("traced", "batch")))

    @many(25)
    @given(scenario_trees(), st.data())
    def test_of_variants_are_the_same_to_the_bit_interpreted_and_compiled(self, tree, data):
        """The past that they share, their ends, and what is noted of them."""
        scenario = game(tree)
        moves = data.draw(st.lists(forced_moves(scenario), min_size=1, max_size=4))
        watch = range(len(scenario.names.alliances))
        pasts = [play_past(scenario, 3, 5, interpreted=interpreted) for interpreted in (True, False)]
        found = [play_variants(past, moves, watch, Probe(2, 0, 1)) for past in pasts]
        for mine, theirs in zip(*(variants[:4] for variants in found), strict=True):
            assert mine.tobytes() == theirs.tobytes()
        for mine, theirs in zip(*((*both[0].w, *both[1].w) for both in zip(pasts, found, strict=True)), strict=True):
            assert mine.tobytes() == theirs.tobytes()

    @pytest.mark.parametrize(
        "code",
        [
            "tutorial/first_steps",
            "alaska_2025/territory_first",
            "alaska_2025/package",
            "camp_david_1978/separate_peace_first",
        ],
    )
    def test_of_packaged_scenarios_are_the_same_to_the_bit_by_both_drivers(self, code):
        """The cases that people will run first."""
        from wedge.engine.scenario import load

        scenario = load(code)
        same(*(play_many(scenario, 7, range(6), driver=driver) for driver in ("traced", "batch")))

    @pytest.mark.parametrize("planted", [0, 5, 11])
    def test_differ_when_one_round_is_played_wrongly(self, planted, monkeypatch):
        """An error planted in one round of one driver is seen, so that the comparisons above can fail."""
        from wedge.engine.scenario import load
        from wedge.engine.simulation import course

        scenario, worlds = load("alaska_2025/territory_first"), np.arange(1)
        rightly = play_many(scenario, 7, worlds, driver="traced")

        def batch() -> Outcomes:
            ends = play_batch(scenario.setting, 7, worlds, as_rows([]), interpreted=True)
            return outcomes_of(scenario, 7, worlds, ends.x, ends.w, ends.sums)

        same(rightly, batch())
        floor = course.take_the_floor
        monkeypatch.setattr(
            course, "take_the_floor", lambda s, x, w, n, lane: floor(s, x, w, n + 1 if n == planted else n, lane)
        )
        with pytest.raises(AssertionError):
            same(rightly, batch())

    def test_of_all_scenarios_share_one_kernel(self):
        """The arrays have the same types whatever the scenario holds, or each would be compiled for itself."""
        if not hasattr(compiled(play_worlds), "signatures"):
            pytest.skip("the compiler is switched off")
        small_ones = (
            small({"a": {"land": 0.0}, "b": {"land": 1.0}}),
            {**small({"a": {"land": 0.0}, "b": {"land": 1.0}}), "events": {"e": {"at": "2030-01-01"}}},
        )
        for tree in small_ones:
            play_many(game(tree), 1, range(2), driver="batch")
        play_many(game(small_ones[0]), np.int64(1), np.arange(2, dtype=np.int32), driver="batch")
        assert 1 == len(compiled(play_worlds).signatures)


@pytest.mark.usefixtures("kernel")
class TestDrawnInputs:
    """The uncertain numbers of many worlds, drawn once more for the table of inputs."""

    def test_are_the_same_whether_few_or_many(self):
        """Few are drawn by plain Python, many by compiled code, and both are what the worlds were played with."""
        forms = (
            {"uniform": [0, 1]},
            {"normal": [0.5, 0.2], "min": 0, "max": 1},
            {"lognormal": [-1, 0.3]},
            {"triangular": [0, 0.2, 1]},
            {"choice": {0.1: 1, 0.9: 2}},
        )
        states = {name: {"war_cost": form} for name, form in zip("abcde", forms, strict=True)}
        tree = small({name: {"land": 0.5} for name in states}, rounds=1, states=states)
        scenario = game(tree)
        few = play_many(scenario, 9, range(40), driver="traced").tables["inputs"]
        lots = play_many(scenario, 9, range(2_500), driver="batch").tables["inputs"]
        for path, values in few.items():
            assert values.tobytes() == lots[path][:40].tobytes()
        assert 6 == len(few)


class TestCompiling:
    """The one helper through which rules are compiled."""

    def test_can_be_switched_off(self, monkeypatch):
        """With NUMBA_DISABLE_JIT=1 a rule stays what it is, so that debuggers and coverage see it."""
        monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")

        @rule
        def plain(x: float) -> float:
            return x + 1.0

        scenario = game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}))
        assert compiled(plain) is plain
        assert boxed(scenario.setting) is scenario.setting

    def test_leaves_the_rule_itself_interpreted(self):
        """Both forms live side by side."""
        from wedge.engine.model.arithmetic import exponential

        twin = compiled(exponential)
        assert twin is compiled(exponential)
        assert inspect.isfunction(exponential)

    def test_finds_on_disk_what_another_process_has_compiled(self, tmp_path):
        """A second process does not compile again, also not a rule that takes a whole world."""
        code = (
            "from wedge.engine.model.compiling import boxed, compiled\n"
            "from wedge.engine.model.support import withheld\n"
            "from wedge.engine.model.world import new_world\n"
            "twin = compiled(withheld)\n"
            "twin(boxed(new_world(2, 1, 1, 0, 0, 1)), 0, 1, 0)\n"
            "print(sum(twin.stats.cache_hits.values()), sum(twin.stats.cache_misses.values()))\n"
        )
        environment = {**os.environ, "WEDGE_CACHE": str(tmp_path), "NUMBA_DISABLE_JIT": "0"}
        run = [
            subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
            for _ in range(2)
        ]
        assert ["0 1", "1 0"] == [done.stdout.strip() for done in run]

    @pytest.mark.usefixtures("kernel")
    def test_says_whether_a_caller_would_have_to_wait(self, tmp_path):
        """Before anything is compiled, after, and where the JIT is off; without Numba, so that asking costs nothing."""
        ask = "import sys\nfrom wedge.engine.simulation.batch import kernel_is_ready\nprint(kernel_is_ready(), 'numba' in sys.modules)\n"
        environment = {**os.environ, "WEDGE_CACHE": str(tmp_path), "NUMBA_DISABLE_JIT": "0"}
        for expected, more in (
            ("False False", {}),
            ("True False", {"NUMBA_DISABLE_JIT": "1"}),
            ("True False", {"WEDGE_CACHE": os.environ.get("WEDGE_CACHE", "")}),
        ):
            command = [sys.executable, "-c", ask]
            done = subprocess.run(command, env={**environment, **more}, capture_output=True, text=True, check=True)
            assert expected == done.stdout.strip()

    def test_works_where_nothing_can_be_kept(self, tmp_path):
        """A cache folder that cannot be made costs time, not the run."""
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        code = "from wedge.engine.model.compiling import compiled\nfrom wedge.engine.model.arithmetic import clamp\nprint(compiled(clamp)(2.0, 0.0, 1.0))"
        environment = {**os.environ, "WEDGE_CACHE": str(tmp_path / "file")}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert "1.0" == done.stdout.strip()


class TestChoosingADriver:
    """Which driver plays."""

    def test_few_worlds_are_not_worth_a_compilation(self):
        """Many are; and whoever says which gets that one."""
        scenario = game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}))
        assert ["traced", "batch"] == [driver_for(scenario, worlds) for worlds in (10, 100_000)]
        assert ["batch", "traced"] == [
            driver_for(scenario, worlds, driver) for worlds, driver in ((10, "batch"), (100_000, "traced"))
        ]


def test_forced_moves_are_rows_even_if_there_are_none():
    """The kernel takes an array of five columns."""
    assert (0, 5) == as_rows([]).shape
    assert [[2.0, 0.0, 1.0, -1.0, 3.0]] == as_rows([Forced(2, forcing.FORCE_STANCE, 1, value=3.0)]).tolist()
