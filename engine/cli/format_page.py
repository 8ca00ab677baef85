"""The page on the scenario format, made from the schema and the model's tables of numbers."""

import re
from collections.abc import Iterable
from typing import Any

from wedge.engine.cli.format_prose import EXAMPLES, HEAD, IN_ONE_TABLE, PATHS, READING, SECTIONS
from wedge.engine.model.numbers import COMMON, EVENT, ISSUE, POSITION, STATE, TIE, Number
from wedge.engine.scenario.fields import bounds_in_words, sentence
from wedge.engine.scenario.json_schema import json_schema
from wedge.engine.scenario.schema import Assumptions, Strain, Talks

Schema = dict[str, Any]
WORDS = {"string": "text", "integer": "whole number", "number": "plain number", "boolean": "true or false"}


def format_page() -> str:
    """The whole page as Markdown."""
    definitions = json_schema()["$defs"]
    parts = [HEAD, READING]
    for title, prose, names in SECTIONS:
        parts.append(f"## {title}\n\n{prose}")
        if title in IN_ONE_TABLE:
            parts.append(kinds_part([definitions[name] for name in names]))
        else:
            parts.extend(model_part(name, definitions[name], len(names) > 1) for name in names)
        if title in EXAMPLES:
            parts.append(f"```yaml\n{EXAMPLES[title]}```\n")
    parts.append(paths_part())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts))


def kinds_part(definitions: list[Schema]) -> str:
    """Kinds of the same thing, told apart by their first key: a row each."""
    rows = []
    for definition in definitions:
        keys, needed = definition["properties"], definition["required"][0]
        others = [f"`{key}`" for key in keys if key not in (needed, "source", "note")]
        holds = kind_words(keys[needed])
        rows.append((f"`{needed}`", holds, keys[needed]["description"], ", ".join(others), definition["description"]))
    return table(("key", "what it holds", "that is", "other keys", "meaning"), rows)


def model_part(name: str, definition: Schema, with_heading: bool) -> str:
    """The keys of one mapping as a table."""
    head = f"**{sentence(definition.get('description', name))}**\n\n" if with_heading else ""
    required = set(definition.get("required", ()))
    rows = [key_row(key, below, key in required) for key, below in definition["properties"].items()]
    return head + table(("key", "what it holds", "default", "unit and bounds", "meaning"), rows)


def key_row(key: str, schema: Schema, required: bool) -> tuple[str, ...]:
    """One key: type, default, unit, bounds and meaning."""
    default = "**required**" if required else default_words(schema)
    measure = "; ".join(part for part in (schema.get("unit", ""), schema.get("bounds", "")) if part)
    return f"`{key}`", kind_words(schema), default, measure, schema.get("description", "")


def default_words(schema: Schema) -> str:
    """The default of a key, if it has one worth telling."""
    default = schema.get("default")
    if default is None or default in ([], {}) or isinstance(default, dict):
        return ""
    if isinstance(default, bool):
        return "`true`" if default else "`false`"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def kind_words(schema: Schema) -> str:
    """What a key holds, in words."""
    if "$ref" in schema:
        return reference_words(schema["$ref"].removeprefix("#/$defs/"))
    for union in ("oneOf", "anyOf"):
        if union in schema:
            return ", or ".join(dict.fromkeys(kind_words(option) for option in schema[union]))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " or ".join(f"`{option}`" for option in schema["enum"])
    if schema.get("type") == "array":
        return f"list of: {kind_words(schema['items'])}"
    if schema.get("type") == "object":
        inner = [*schema.get("patternProperties", {}).values()]
        if isinstance(schema.get("additionalProperties"), dict):
            inner.append(schema["additionalProperties"])
        return f"mapping to: {kind_words(inner[0])}" if inner else "mapping"
    if schema.get("format") == "date":
        return "date"
    return "name" if "pattern" in schema else WORDS.get(str(schema.get("type")), "anything")


def reference_words(name: str) -> str:
    """How the page calls another mapping."""
    called = {
        "Quantity": "number",
        "Condition": "condition",
        "Effect": "effect",
        "Any_": "any",
        "Sided": "above or below",
    }
    return called.get(name, spaced(name))


def spaced(name: str) -> str:
    """``RedLineSide`` as ``red line side``."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def paths_part() -> str:
    """The table of all paths of numbers."""
    rows: list[tuple[str, ...]] = []
    parts = {"outside": "outside.value", "patience": "outside.patience"}
    parts |= {"ratification": "ratification.needs", "purse": "purse.budget"}
    for number in STATE:
        if not number.name.endswith(("_a", "_b")):
            rows.append(number_row(f"states.STATE.{parts.get(number.name, number.name)}", number))
    for slot in ("demands", "courts", "answers"):
        path = f"`states.STATE.policy.{slot}.PARAMETER`"
        rows.append((path, "", "", "", "A parameter of the policy; see `wedge policies`"))
    rows += [number_row(f"states.STATE.positions.ISSUE.{number.name}", number) for number in POSITION]
    rows += [number_row(f"ties.FROM.TO.{number.name}", number) for number in TIE]
    stake = Number(
        "stake", 0.0, float("-inf"), float("inf"), "utility", "what the state gains or loses by the fracture"
    )
    rows.append(number_row("stakes.ALLIANCE.STATE", stake))
    parts = {"at": "ends_war.at", "drift": "battlefield.drift", "sway": "battlefield.sway"}
    rows += [number_row(f"issues.ISSUE.{parts.get(number.name, number.name)}", number) for number in ISSUE]
    rows += [number_row(f"events.EVENT.{number.name}", number) for number in EVENT]
    rows.append(("`events.EVENT.effects.N`", "", "", "", "Size of the n-th effect, from 0"))
    rows.append(
        ("`events.EVENT.when.N`, `events.EVENT.unless.N`", "", "", "", "The n-th threshold of the condition, from 0")
    )
    rows.append(("`agenda.STAGE.possible_when.N`", "", "", "", "The n-th threshold of the condition, from 0"))
    holders = (("strain", Strain), ("talks", Talks), ("assumptions", Assumptions))
    for number in COMMON:
        key = next(key for key, model in holders if number.name in model.model_fields)
        rows.append(number_row(f"{key}.{number.name}", number))
    return PATHS + "\n" + table(("path", "default", "bounds", "unit", "meaning"), rows)


def number_row(path: str, number: Number) -> tuple[str, ...]:
    """One path of a number."""
    bounds = bounds_in_words(number.low, number.high)
    return f"`{path}`", f"`{number.default:g}`", bounds, number.unit, sentence(number.meaning)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table, without the columns in which nothing stands."""
    listed = [tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    kept = [place for place in range(len(head)) if any(row[place] for row in listed)]
    lines = [[head[place] for place in kept], ["---"] * len(kept), *([row[place] for place in kept] for row in listed)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
