"""The JSON Schema of scenario files, for editors: completion, hints and red lines while writing."""

import copy
import json
from typing import Any

from wedge.engine.scenario.schema import ScenarioFile

Schema = dict[str, Any]
# Mappings that a file which extends another may give in part. What stands in lists is always whole.
PARTIAL = (
    "Calendar", "Issue", "EndsWar", "Battlefield", "State", "Position", "Outside", "Ratification", "Purse",
    "Slots", "Alliance", "Tie", "Strain", "Talks", "Assumptions", "Event",
)  # fmt: skip


def json_schema() -> Schema:
    """The schema: a file that extends another may leave out what it does not change, and remove with null."""
    whole = ScenarioFile.model_json_schema(mode="validation", by_alias=True)
    definitions = whole.pop("$defs")
    for name, definition in definitions.items():
        tidy(definition, name)
    tidy(whole, "Scenario")
    definitions["Scenario"] = whole
    for name in (*PARTIAL, "Scenario"):
        definitions[f"{name}InPart"] = in_part(definitions[name])
    definitions |= numbers_in_part(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Wedge scenario",
        "description": "A scenario of Wedge: who bargains, over what, under which agenda, and what binds the allies.",
        "if": {"type": "object", "required": ["extends"]},
        "then": {"$ref": "#/$defs/ScenarioInPart"},
        "else": {"$ref": "#/$defs/Scenario"},
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def tidy(schema: Any, title: str = "") -> None:
    """Take out what pydantic adds but editors only stumble over: titles of keys, nulls that no file may write."""
    if isinstance(schema, list):
        for part in schema:
            tidy(part)
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("title"), str):
        del schema["title"]
    if title:
        schema["title"] = title
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    options = schema.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        drop_null(schema, [option for option in options if option != {"type": "null"}])
    for key, below in list(schema.items()):
        if key not in ("enum", "const", "default", "required"):
            if key in ("properties", "$defs", "patternProperties"):
                for part in below.values():
                    tidy(part)
            else:
                tidy(below)


def drop_null(schema: Schema, options: list[Any]) -> None:
    """The schema without null among its options and as its default."""
    if schema.get("default", 0) is None:
        del schema["default"]
    if len(options) == 1:
        del schema["anyOf"]
        for key, value in options[0].items():
            schema.setdefault(key, value)
    else:
        schema["anyOf"] = options


def in_part(definition: Schema) -> Schema:
    """A mapping of which any key may be left out, or removed with null."""
    partial = copy.deepcopy(definition)
    partial.pop("required", None)
    partial["title"] = f"{definition.get('title', '')} (in part)"
    removable = {}
    for key, below in partial.get("properties", {}).items():
        below = partly(below)
        description = {"description": below.pop("description")} if "description" in below else {}
        removable[key] = {"anyOf": [below, {"type": "null"}], **description}
    partial["properties"] = removable
    return partial


def numbers_in_part(definitions: Schema) -> Schema:
    """Numbers as a file that extends another may write them: also without a source, or a source alone."""
    forms = [option["$ref"].removeprefix("#/$defs/") for option in definitions["Quantity"]["oneOf"] if "$ref" in option]
    made: Schema = {}
    told: Schema = {}
    for name in forms:
        form = in_part(definitions[name])
        needed = definitions[name]["required"]
        others = {key: {"type": "null"} for other in forms for key in definitions[other]["required"]}
        form["properties"] |= others | {key: definitions[name]["properties"][key] for key in needed}
        made[f"{name}InPart"] = {**form, "required": needed}
        told |= {key: below for key, below in form["properties"].items() if key not in (*needed, *others)}
    options: list[Schema] = [{"type": "number"}, *({"$ref": f"#/$defs/{name}InPart"} for name in forms)]
    options.append({"type": "object", "properties": told, "additionalProperties": False, "minProperties": 1})
    made["QuantityInPart"] = {"title": "Number (in part)", "oneOf": options}
    return made


def partly(schema: Any) -> Any:
    """The schema with every mapping in it that merges replaced by its partial form."""
    if isinstance(schema, list):
        return [partly(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "array":
        return schema
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    made = {key: partly(below) for key, below in schema.items()}
    made.pop("minProperties", None)
    if name in (*PARTIAL, "Quantity"):
        made["$ref"] = f"#/$defs/{name}InPart"
    for key in ("additionalProperties", "patternProperties"):
        if isinstance(made.get(key), dict) and key == "additionalProperties":
            made.pop("maxProperties", None)
            made[key] = {"anyOf": [made[key], {"type": "null"}]}
        elif isinstance(made.get(key), dict):
            made[key] = {pattern: {"anyOf": [below, {"type": "null"}]} for pattern, below in made[key].items()}
    return made
