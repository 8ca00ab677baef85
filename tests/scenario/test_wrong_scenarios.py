"""Whatever a user can get wrong in a scenario is told with its place and a cure."""

from collections.abc import Callable

import pytest

from wedge.engine.scenario import Problem, Scenario
from wedge.engine.scenario.problems import ERROR

Errors = Callable[..., list[Problem]]
ANNAS_LAND = "land: {ideal: 0.1, salience: 4, red_line: 0.8}"

# What is changed in the small scenario, where the error is, what is said and what helps.
WRONG: list[tuple[str, str, str, int, int, str, str]] = [
    # keys
    ("misspelt required key", "agenda:", "agneda:", 37, 1, "unknown key 'agneda'", "'agenda'"),
    ("misspelt key", "power: 1.2", "pwer: 1.2", 13, 5, "unknown key 'pwer'", "'power'"),
    ("misspelt required number", "ideal: 0.3, salience: 2", "ideal: 0.3, salence: 2", 26, 27, "unknown key 'salence'", "'salience'"),
    ("missing key", "name: Small talks\n", "", 1, 1, "the scenario has no `name`", "add `name:`"),
    ("missing deep key", "ideal: 0.3, salience: 2", "ideal: 0.3", 26, 7, "'states.carl.positions.truce' has no `salience`", "salience"),
    ("empty value", "power: 1.2", "power:", 13, 5, "`power` has no value", "remove the line"),
    ("name with capitals", "  anna:\n    power", "  Anna:\n    power", 12, 3, "'Anna' cannot be a name", "'anna'"),
    ("control character in a text", "name: Small talks", 'name: "a\\e[31m"', 1, 7, "control character U+001B", "remove"),
    ("text that turns round", "name: Small talks", 'name: "a\\u202Eb"', 1, 7, "control character U+202E", "remove"),
    ("empty text", "name: Small talks", 'name: " "', 1, 7, "this text is empty", "write something"),
    ("number for text", "name: Small talks", "name: 5", 1, 7, "a text is wanted here, not 5", "quotes"),
    ("list for text", "name: Small talks", "name: [a]", 1, 7, "a text is wanted here, not a list", "write a text"),
    ("endless text", "name: Small talks", f"name: {'x' * 300}", 1, 7, "300 characters, at most 200", "shorten"),
    # numbers
    ("text for a number", "power: 1.2", "power: strong", 13, 12, "a number is wanted here, not 'strong'", "distribution"),
    ("list for a number", "power: 1.2", "power: [1, 2]", 13, 12, "a number is wanted here, not a list", "distribution"),
    ("Norway for a number", "power: 1.2", "power: NO", 13, 12, "not 'NO'", "number"),
    ("true for a number", "power: 1.2", "power: true", 13, 12, "a number is wanted here, not true", "number"),
    ("underscore", "power: 1.2", "power: 1_000", 13, 12, "not '1_000'", "1000"),
    ("octal", "power: 1.2", "power: 012", 13, 12, "not '012'", "12, without leading zeros"),
    ("sexagesimal", "power: 1.2", "power: 12:30", 13, 12, "not '12:30'", "number"),
    ("infinity", "power: 1.2", "power: .inf", 13, 12, "not '.inf'", "ordinary number"),
    ("quoted number", "power: 1.2", "power: '1.2'", 13, 12, "not '1.2'", "remove the quotes"),
    ("no whole number", "rounds: 20", "rounds: 20.5", 3, 39, "a whole number is wanted here, not 20.5", "decimals"),
    ("whole number in words", "rounds: 20", "rounds: twenty", 3, 39, "not 'twenty'", "such as 40"),
    ("too few rounds", "rounds: 20", "rounds: 0", 3, 39, "0 is out of bounds", "at least 1"),
    ("no days", "between_rounds: 7", "between_rounds: 0", 3, 64, "0 is out of bounds", "more than 0"),
    ("below its bounds", "power: 1.2", "power: -1", 13, 12, "states.anna.power is -1, and must be at least 0", "0"),
    ("above its bounds", "status_quo: 0.5", "status_quo: 2", 10, 17, "issues.land.status_quo is 2, and must be 0 to 1", "1"),
    ("draws out of bounds", "power: 1.2", "power: {uniform: [-1, 2]}", 13, 12, "can be -1", "at or above 0"),
    ("unbounded normal", "power: 1.2", "power: {normal: [1, 0.1]}", 13, 12, "tails of this distribution", "add `min: 0`"),
    ("unbounded on both sides", "status_quo: 0.5", "status_quo: {normal: [0.5, 0.1]}", 10, 17, "tails", "`min: 0` and `max: 1`"),
    ("unbounded lognormal", "status_quo: 0.5", "status_quo: {lognormal: [-2, 1]}", 10, 17, "tails", "`max: 1`"),
    ("uniform turned round", "power: 1.2", "power: {uniform: [2, 1]}", 13, 12, "from low to high", "[1, 2]"),
    ("uniform of a point", "power: 1.2", "power: {uniform: [1, 1]}", 13, 12, "is a plain number", "write 1"),
    ("uniform of one", "power: 1.2", "power: {uniform: [1]}", 13, 22, "at least 2 entries", "add"),
    ("uniform of text", "power: 1.2", "power: {uniform: [1, b]}", 13, 26, "not 'b'", "plain number"),
    ("triangle turned round", "power: 1.2", "power: {triangular: [1, 3, 2]}", 13, 12, "most likely", "[1.0, 2.0, 3.0]"),
    ("no deviation", "power: 1.2", "power: {normal: [1, 0], min: 0}", 13, 12, "standard deviation of 0", "above 0"),
    ("min above max", "power: 1.2", "power: {normal: [1, 1], min: 2, max: 1}", 13, 12, "min (2) is not below max (1)", "exchange"),
    ("nothing between", "power: 1.2", "power: {normal: [1, 0.1], min: 9}", 13, 12, "next to nothing", "mean"),
    ("choice of text", "power: 1.2", "power: {choice: {a: 1}}", 13, 22, "'a' is not a number", "plain number"),
    ("choice of the same", "power: 1.2", "power: {choice: {1: 1, 1.0: 1}}", 13, 28, "the same number as '1'", "remove"),
    ("choice without weight", "power: 1.2", "power: {choice: {1: 0}}", 13, 12, "all weights are 0", "weight"),
    ("negative weight", "power: 1.2", "power: {choice: {1: 2, 2: -1}}", 13, 12, "a weight is negative", "0 or more"),
    ("two forms", "power: 1.2", "power: {uniform: [1, 2], normal: [1, 2]}", 13, 30, "cannot stand beside `uniform`", "one of them"),
    ("misspelt form", "power: 1.2", "power: {unifrm: [1, 2]}", 13, 13, "unknown key 'unifrm'", "'uniform'"),
    # calendar
    ("no such day", "start: 2030-01-07", "start: 2030-02-30", 3, 19, "no such day", "exists"),
    ("no date", "start: 2030-01-07", "start: 7 January", 3, 19, "a date such as", "year-month-day"),
    ("beyond the calendar", "start: 2030-01-07", "start: 9999-12-01", 3, 39, "beyond the year 9999", "fewer rounds"),
    # issues
    ("one level", "{0: none, 1: full}", "{0: none}", 6, 13, "at least 2 entries", "add"),
    ("no end", "{0: none, 1: full}", "{0: none, 0.9: full}", 6, 13, "the levels have no 1", "say what 1 means"),
    ("falling levels", "{0: none, 1: full}", "{1: full, 0: none}", 6, 23, "'0' stands after 1", "rising order"),
    ("level in words", "{0: none, 1: full}", "{0: none, half: x, 1: full}", 6, 23, "'half' is not a level", "plain number"),
    ("level out of bounds", "{0: none, 1: full}", "{0: none, 1: full, 2: x}", 6, 32, "'2' is not a level", "between 0 and 1"),
    ("level without words", "{0: none, 1: full}", "{0: none, 1: 5}", 6, 26, "a text is wanted here, not 5", "quotes"),
    ("two wars", "status_quo: 0.5", "ends_war: {at: 0.5}", 10, 5, "two issues end the war: 'truce' and 'land'", "one of them"),
    ("division", "status_quo: 0.5", "kind: division", 10, 11, "one issue for each share", "share_of:"),
    ("share that ends the war", "ends_war: {at: 0.5}", "ends_war: {at: 0.5}\n    share_of: pie", 8, 15, "ends the war, so it cannot be a share", "another issue"),
    ("unknown kind", "status_quo: 0.5", "kind: scael", 10, 11, "'scael' is not known here", "'scale'"),
    ("unknown fighters", "status_quo: 0.5", "battlefield: {between: [anna, karl]}", 10, 35, "no state 'karl'", "'carl'"),
    # states
    ("position on nothing", ANNAS_LAND, "lnd: {ideal: 0.1, salience: 4}", 17, 7, "no issue 'lnd'", "'land'"),
    ("nothing matters", "      truce: {ideal: 1, salience: 5}\n      land: {ideal: 0.6, salience: 1}", "      land: {ideal: 0.6, salience: 0}", 20, 5, "nothing matters to bert", "above 0"),
    ("red line at the ideal", "red_line: 0.8", "red_line: 0.1", 17, 49, "which side is refused?", "{above: 0.1}"),
    ("red line that may cross", "red_line: 0.8", "red_line: {uniform: [0, 0.9]}", 17, 49, "which side is refused?", "above"),
    ("ideal past the red line", "red_line: 0.8", "red_line: {above: 0.05}", 17, 57, "above its own red line", "exchange"),
    ("two sides", "red_line: 0.8", "red_line: {above: 0.9, below: 0}", 17, 49, "cannot stand together", "keep one"),
    ("unknown policy", "policy: boulware", "policy: bulware", 14, 13, "no policy 'bulware'", "'boulware'"),
    ("unknown parameter", "policy: boulware", "policy: {preset: boulware, f: 1}", 14, 32, "no parameter 'f'", "e"),
    ("parameter out of bounds", "policy: boulware", "policy: {preset: boulware, e: 0}", 14, 35, "must be 0.01 to 100", "0.01"),
    ("unknown tactic", "policy: boulware", "policy: {demands: boulwar}", 14, 23, "no 'boulwar' for 'demands'", "'boulware'"),
    ("unknown slot", "policy: boulware", "policy: {demand: boulware}", 14, 14, "unknown key 'demand'", "'demands'"),
    ("patron unknown", "policy: wedge", "policy: {preset: wedge, patron: bertt}", 24, 37, "no state 'bertt'", "'bert'"),
    ("patron not concerned", "policy: boulware", "policy: {preset: boulware, patron: bert}", 14, 32, "concerns no patron", "remove"),
    ("patron of oneself", "policy: wedge", "policy: {preset: wedge, patron: carl}", 24, 37, "cannot be its own patron", "another"),
    ("policy file outside", "policy: boulware", "policy: {file: ../x.py, name: y}", 14, 20, "in the scenario's folder", "move"),
    ("policy file missing", "policy: boulware", "policy: {file: x.py, name: y}", 14, 20, "no file", "relative to the scenario"),
    ("policy file of no name at all", "policy: boulware", 'policy: {file: "a\\0.py", name: y}', 14, 20, "control character U+0000", "remove"),
    ("policy file of a long name", "policy: boulware", f"policy: {{file: {'ä' * 199}, name: y}}", 14, 20, "no file", "relative to"),
    ("policy without a file", "policy: boulware", "policy: {name: y}", 14, 5, "has no `file`", "file:"),
    ("unknown decision theory", "policy: boulware", "decides: quantum", 14, 14, "no decision theory 'quantum'", "quantal"),
    ("decision theory as a policy", "policy: boulware", "policy: prospect", 14, 13, "no policy 'prospect'", "write `decides: prospect`"),
    ("a list of decision theories", "policy: boulware", "decides: [prospect]", 14, 14, "a name is wanted here, not a list", "{name: {number: value}}"),
    ("two decision theories", "policy: boulware", "decides: {prospect: {}, quantal: {}}", 14, 14, "one name is wanted here, not 'prospect', 'quantal'", "{name: {number: value}}"),
    ("no decision theory", "policy: boulware", "decides: {}", 14, 14, "not an empty mapping", "{name: {number: value}}"),
    ("parameter of no theory", "policy: boulware", "decides: {prospect: {aversion: 2}}", 14, 26, "no parameter 'aversion'", "loss_aversion"),
    ("theory that weighs a patron", "policy: boulware", "decides: {prospect: {patron: bert}}", 14, 26, "concerns no patron", "remove"),
    ("theory out of bounds", "policy: boulware", "decides: {aspiration: {adaptation: 2}}", 14, 40, "must be 0 to 1", "keep it"),
    ("pays itself", "policy: boulware", "purse: {budget: 1, pays: [anna]}", 14, 31, "cannot pay itself", "another"),
    # alliances
    ("alliance of one", "members: [anna, bert]", "members: [anna]", 30, 14, "needs two members", "add"),
    ("member twice", "members: [anna, bert]", "members: [anna, bert, bert]", 30, 27, "twice", "remove"),
    ("unknown member", "members: [anna, bert]", "members: [anna, bertt]", 30, 21, "no state 'bertt'", "'bert'"),
    ("tie of a stranger", "        anna: {commitment", "        carl: {}\n        anna: {commitment", 33, 9, "carl is no member", "members of 'pact'"),
    ("tie to itself", "        anna: {commitment", "        bert: {}\n        anna: {commitment", 33, 9, "a tie from bert to itself", "ally"),
    ("tie twice", "agenda:\n", "  two:\n    members: [anna, bert]\n    ties: {anna: {bert: {}}}\nagenda:\n", 39, 19, "declared in 'pact' already", "keep one"),
    ("can start broken", "commitment: 0.6,", "commitment: {uniform: [0.2, 0.6]},", 33, 28, "drawn at 0.2, below its breaks_below (0.3)", "0.3 or above"),
    ("breaks before it suspends", "commitment: 0.6,", "commitment: 0.6, breaks_below: 0.4,", 33, 47, "withheld below 0.35", "suspends_below"),
    ("stake of a stranger", "{carl: 0.2}", "{crl: 0.2}", 36, 14, "no state 'crl'", "'carl'"),
    ("substitute of a stranger", "{carl: 0.2}", "{}\n    substitutes: [{by: carl, for: anna}]", 37, 24, "carl is no member", "members"),
    ("pair of three", "agenda:\n", "adversaries: [[anna, bert, carl]]\nagenda:\n", 37, 15, "this has 3", "[a, b]"),
    ("adversary unknown", "agenda:\n", "adversaries: [[anna, dora]]\nagenda:\n", 37, 22, "no state 'dora'", "anna, bert, carl"),
    # agenda
    ("unknown issue", "issues: [truce]", "issues: [truc]", 41, 14, "no issue 'truc'", "'truce'"),
    ("issue in two stages", "issues: [truce]", "issues: [truce, land]", 41, 21, "in two stages: 'land' and 'truce'", "leave it"),
    ("unknown precondition", "after: land", "after: lnd", 42, 12, "no stage 'lnd'", "'land'"),
    ("after itself", "after: land", "after: truce", 42, 12, "comes after itself", "earlier"),
    ("a circle", "  - stage: land\n", "  - stage: land\n    after: [truce]\n", 39, 12, "land -> truce -> land", "remove one"),
    ("consent of one in words", "consent: [anna, carl]", "consent: anna", 43, 14, "a list is wanted here", "[anna]"),
    ("consent of a stranger", "consent: [anna, carl]", "consent: [anna, karl]", 43, 21, "no state 'karl'", "'carl'"),
    ("quota too high", "consent: [anna, carl]", "consent: {quota: 3, of: [anna, carl]}", 43, 22, "only 2 have a seat", "2 or less"),
    ("veto without a seat", "consent: [anna, carl]", "consent: {quota: 1, of: [anna], veto: [carl]}", 43, 44, "carl has a veto but no seat", "`of`"),
    ("floor of a stranger", "consent: [anna, carl]", "floor: {rotation: [dan]}", 43, 24, "no state 'dan'", "anna"),
    ("floor in a word", "consent: [anna, carl]", "floor: rotation", 43, 12, "a floor says one of", "{rotation: ...}"),
    ("floor of one", "consent: [anna, carl]", "floor: {alternating: [anna, anna]}", 43, 26, "between two states", "another"),
    ("order of nothing", "[[land], [truce]]", "[[land], []]", 45, 15, "empty group", "[[a], [b, c]]"),
    ("order with twice the same", "[[land], [truce]]", "[[land], [truce, land]]", 45, 32, "stands in this order twice", "remove"),
    # events
    ("two triggers", "at: 2030-02-04", "at: 2030-02-04\n    rate: 1", 47, 3, "`at` and `rate` cannot stand together", "keep one"),
    ("no trigger", "    at: 2030-02-04\n", "", 47, 3, "one of `at`, `rate`, `when` is wanted", "add one"),
    ("unknown condition", "at: 2030-02-04", "when: {leve: land, above: 1}", 48, 12, "unknown key 'leve'", "'level'"),
    ("condition in a word", "at: 2030-02-04", "when: never", 48, 11, "a condition says one of", "mapping"),
    ("condition without a side", "at: 2030-02-04", "when: {level: land}", 48, 11, "one of `above`, `below` is wanted", "add one"),
    ("threshold out of bounds", "at: 2030-02-04", "when: {level: land, above: 2}", 48, 32, "this threshold is 2", "1"),
    ("condition on a stranger", "at: 2030-02-04", "when: {all: [{not: {settled: lad}}]}", 48, 34, "no stage 'lad'", "'land'"),
    ("condition on no tie", "at: 2030-02-04", "when: {fractured: {from: anna, to: carl}}", 48, 23, "no tie from anna to carl", "declare"),
    ("truth in words", "at: 2030-02-04", "when: {fighting: no}", 48, 22, "true or false is wanted", "write false"),
    ("unknown effect", "shock: {from", "shok: {from", 55, 9, "unknown key 'shok'", "'shock'"),
    ("unknown number", "states.carl.war_cost", "states.carl.war_cst", 50, 17, "no number 'states.carl.war_cst'", "war_cost'"),
    ("salience changed", "states.carl.war_cost", "states.carl.positions.land.salience", 50, 17, "a salience cannot be changed", "scaled"),
    ("commitment changed", "states.carl.war_cost", "ties.anna.bert.commitment", 50, 17, "changed by a shock", "{from: anna, to: bert}"),
    ("changed in two ways", "by: 0.1", "by: 0.1\n        to: 1", 50, 9, "`to` and `by` cannot stand together", "keep one"),
    ("changed out of bounds", "by: 0.1", "to: -1", 51, 13, "states.carl.war_cost is -1", "0"),
    ("shock too strong", "by: -0.05", "by: -2", 56, 13, "this change is -2, and must be -1 to 1", "-1"),
    ("shock of no tie", "shock: {from: bert, to: anna}", "shock: {from: bert, to: carl}", 55, 16, "no tie from bert to carl", "declare"),
    ("condition without end", "when: {refusals: anna, above: 3}", "when: {any: [" + "{not: {fighting: true}}, " * 32 + "]}", 53, 11, "65 parts, 60 at most", "split"),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "old", "new", "line", "column", "message", "cure"), WRONG, ids=[w[0] for w in WRONG])
def test_what_is_wrong_is_told_once_with_place_and_cure(
    errors: Errors, _what: str, old: str, new: str, line: int, column: int, message: str, cure: str
) -> None:
    """One mistake, one error: at its line and column, in a sentence, with what would help."""
    (problem,) = errors((old, new))
    assert message in problem.message
    assert (line, column) == (problem.line, problem.column)
    assert cure in problem.help or cure in problem.message
    assert problem.help
    assert ERROR == problem.severity
    assert problem.file.endswith("talks.yaml")
    assert "^" in problem.excerpt


class TestAllAtOnce:
    """A file is mended in one go, not error by error."""

    def test_errors_of_every_kind_are_told_together(self, errors: Errors) -> None:
        """A wrong type, an unknown key and dangling names far apart all come in one list, in the order of their lines."""
        found = errors(
            ("power: 1.2", "power: x\n    hop: 3"),
            ("after: land", "after: lnd"),
            ("members: [anna, bert]", "members: [ana, bert]"),
        )
        assert [13, 14, 31, 43] == [problem.line for problem in found]

    def test_a_name_that_cannot_be_one_is_not_missed_elsewhere(self, errors: Errors) -> None:
        """'Anna' is refused where she is declared, not again wherever she is named."""
        assert 1 == len(errors(("  anna:\n    power", "  Anna:\n    power")))

    def test_several_wrong_numbers(self, errors: Errors) -> None:
        """Each at its place."""
        found = errors(("power: 1.2", "power: -1"), ("status_quo: 0.5", "status_quo: 7"), ("rounds: 20", "rounds: 20"))
        assert [10, 13] == [problem.line for problem in found]

    def test_a_duplicated_error_is_told_once(self, errors: Errors) -> None:
        """Two checks that see the same thing say it once."""
        found = errors(("at: 2030-02-04", "when: {event: rft}"))
        assert 1 == len(found)

    def test_two_stages_of_the_same_name(self, errors: Errors) -> None:
        """The second is told of."""
        sea = ("  land:\n    levels", "  sea: {levels: {0: a, 1: b}}\n  land:\n    levels")
        (problem,) = errors(sea, ("orders:\n", "  - {stage: truce, issues: [sea]}\norders:\n"))
        assert "there are two stages 'truce'" == problem.message
        assert (45, 13) == (problem.line, problem.column)


class TestTerminals:
    """Nothing from a file is obeyed by the terminal."""

    def test_escapes_in_names_are_written_out(self, errors: Errors) -> None:
        """An escape sequence is shown as its letters."""
        for problem in errors(("  anna:\n    power", '  "\\e[31mred":\n    power')):
            assert "\x1b" not in problem.told()
        assert "\\x1b[31mred" in errors(("  anna:\n    power", '  "\\e[31mred":\n    power'))[0].message

    def test_escapes_in_values_are_written_out(self, errors: Errors) -> None:
        """Also in values of the wrong type, and long ones are cut."""
        (problem,) = errors(("power: 1.2", f'power: "\\e]0;{"x" * 500}"'))
        assert "\x1b" not in problem.told()
        assert len(problem.message) < 120


class TestWarnings:
    """What is legal but hardly meant is warned of."""

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("ideal: 0.3, salience: 2", "ideal: 0.3, salience: 2, red_line: 0.4", "the stage 'truce' can never settle: on 'truce' the war ends at 0.5 or above only, and carl refuses all above 0.4"),
            ("ideal: 1, salience: 4}", "ideal: 1, salience: 4, red_line: {below: 0.9}}", "the stage 'land' can never settle"),
            ("at: 2030-02-04", "at: 2029-12-31", "can never happen: the talks start on 2030-01-07"),
            ("at: 2030-02-04", "at: 2030-05-27", "can never happen: it is due after the last of the 20 rounds"),
            ("at: 2030-02-04", "at: 2030-02-04\n    chance: 0", "its chance is 0"),
            ("at: 2030-02-04", "rate: 0", "its rate is 0"),
            ("at: 2030-02-04", "when: {walked_out: anna}", "its condition can never hold"),
            ("at: 2030-02-04", "when: {event: drought}", "its condition can never hold"),
            ("at: 2030-02-04", "when: {round: {above: 20}}", "its condition can never hold"),
            ("at: 2030-02-04", "when: {all: [{fighting: true}, {date: {from: 2031-01-01}}]}", "its condition can never hold"),
            ("at: 2030-02-04", "when: {commitment: {from: anna, to: bert}, below: 0}", "its condition can never hold"),
            ("after: land", "possible_when: {round: {below: 0}}", "the stage 'truce' can never open: its `possible_when`"),
            ("issues: [truce]\n    after: land", "issues: []", ""),
            ("states.carl.war_cost", "states.carl.outside.value", "is not in use in this scenario"),
            ("states.carl.war_cost", "states.carl.weariness", "is read at the start only"),
            ("shock: {from: bert, to: anna}\n        by: -0.05", "deadline: 2031-01-01", "later than the end of the talks"),
            ("commitment: 0.6,", "commitment: 0.32,", "with support withheld"),
            ("agenda:\n", "adversaries: [[anna, bert], [anna, carl]]\nagenda:\n", "adversaries, and tied to each other"),
            ("policy: conceder", "policy: wedge", "no allied adversaries to drive a wedge between"),
            ("red_line: 0.8", "red_line: {above: {uniform: [0.05, 0.8]}}", "in some worlds the ideal of anna"),
        ],
    )  # fmt: skip
    def test_hardly_meant(
        self, warnings: Callable[..., list[str]], errors: Errors, old: str, new: str, said: str
    ) -> None:
        """It loads, and says so."""
        if not said:
            assert "at least 1 entry is" in errors((old, new))[0].message
            return
        assert any(said in message for message in warnings((old, new)))

    def test_a_precondition_that_cannot_be_met_closes_what_comes_after(
        self, warnings: Callable[..., list[str]]
    ) -> None:
        """Both the stage and the one that waits for it are named."""
        found = warnings(("ideal: 1, salience: 4}", "ideal: 1, salience: 4, red_line: {below: 0.9}}"))
        assert "anna refuses all above 0.8" in found[0]
        assert "the stage 'truce' can never open: its precondition 'land' can never be settled" == found[1]

    def test_two_of_one_title(self, warnings: Callable[..., list[str]]) -> None:
        """Of which a told run could not say which is meant."""
        assert ["'anna' and 'carl' are both called 'Carl'"] == warnings(
            ("  anna:\n    power: 1.2", "  anna:\n    title: Carl\n    power: 1.2")
        )

    def test_peace_that_waits_for_what_it_would_open(self, warnings: Callable[..., list[str]]) -> None:
        """A stage possible in peace only, before the stage that makes peace, blocks both."""
        found = warnings(("issues: [land]", "issues: [land]\n    possible_when: {fighting: false}"))
        assert "the stage 'land' can never open: its `possible_when` can never hold" == found[0]
        assert "the stage 'truce' can never open: its precondition 'land' can never be settled" == found[1]
        assert found == warnings(("issues: [land]", "issues: [land]\n    possible_when: {not: {fighting: true}}"))

    def test_a_war_that_cannot_end(self, warnings: Callable[..., list[str]]) -> None:
        """The issue that would end it is on no stage."""
        found = warnings(("  - stage: truce\n    issues: [truce]\n    after: land\n    consent: [anna, carl]\n", ""))
        assert ["'truce' would end the war, but no stage settles it: the war cannot end"] == found

    def test_the_small_scenario_is_sound(self, loaded: Callable[..., Scenario]) -> None:
        """Nothing to say."""
        assert [] == loaded().warnings
