"""What PyYAML says about broken YAML, in plain sentences."""

import yaml

from wedge.engine.scenario.problems import Place, ScenarioError, excerpt_of, refusal

TABS = ("a tab indents this line", "indent with spaces; YAML allows no tabs there")
QUOTES = "if it is meant as text, put it in quotes"
# Part of what PyYAML says -> what we say, and the cure. The first that fits is taken.
SENTENCES = (
    ("found character '\\t'", *TABS),
    ("mapping values are not allowed here", "a ':' is not expected here", f"{QUOTES}; or check the indentation above"),
    ("could not find expected ':'", "a key without a ':' after it", "write `key: value`, with a space after the colon"),
    ("expected <block end>", "this line does not fit the indentation above it", "align it with its neighbours"),
    ("expected ',' or ']'", "a '[' is not closed before this", "close the list with ']' or put ',' between its items"),
    ("expected ',' or '}'", "a '{' is not closed before this", "close it with '}' or put ',' between its entries"),
    ("found unexpected end of stream", "a quotation mark is never closed", "close it where the text ends"),
    ("that cannot start any token", "a text cannot start with this character", QUOTES),
    (
        "found unknown escape character",
        "an unknown escape after a backslash",
        "use '...' quotes, which know no escapes",
    ),
    ("sequence entries are not allowed here", "a '-' is not expected here", "put the list on lines of its own"),
    ("expected the node content", "a value is missing here", QUOTES),
    ("found unexpected document separator", "'---' inside a quoted text", "close the quotation mark before it"),
    ("expected '<document start>'", "text after the end of the scenario", "check the indentation and the brackets"),
    ("expected alphabetic or numeric character", "'*' or '&' must be followed by a name", QUOTES),
)
OPENED_BEFORE = ("expected ',' or ']'", "expected ',' or '}'", "found unexpected end of stream")


def told_plainly(error: yaml.MarkedYAMLError, name: str, lines: list[str]) -> ScenarioError:
    """The error as one of ours, at the place where the cure is."""
    said = str(error.problem or error)
    mark = error.problem_mark
    if error.context_mark is not None and any(part in said for part in OPENED_BEFORE):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    message, cure = f"not valid YAML: {said}", QUOTES
    for part, sentence, help_for_it in SENTENCES:
        if part in said:
            message, cure = sentence, help_for_it
            break
    if mark is error.context_mark and mark is not error.problem_mark:
        message = message.replace(" before this", "")
    if line and line <= len(lines) and "\t" in lines[line - 1][: column or 1]:
        before = lines[line - 1][:column]
        if not before.strip():
            message, cure = TABS
            column = before.index("\t") + 1
    return refusal(Place(name, line, column), message, cure, excerpt_of(lines, line, column))
