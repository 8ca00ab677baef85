"""From pydantic's errors to plain sentences, with place and cure."""

from collections.abc import Iterable
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from wedge.engine.scenario.conditions import KINDS
from wedge.engine.scenario.events import EFFECTS, ToRound
from wedge.engine.scenario.fields import NAME_PATTERN
from wedge.engine.scenario.parts import FLOORS, Quota, RedLineSide
from wedge.engine.scenario.policies import Parameters, Preset, Slots, UserFile
from wedge.engine.scenario.problems import closest, meant, shown
from wedge.engine.scenario.quantities import FORMS
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.scalars import number_meant
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.tree import Path, walk

TAGGED: dict[str, type[BaseModel]] = {
    **{f"~{name}": model for group in (FORMS, KINDS, EFFECTS, FLOORS) for name, model in group.items()},
    "~quota": Quota,
    "~side": RedLineSide,
    "~preset": Preset,
    "~slots": Slots,
    "~file": UserFile,
}
NAME_OF_SLOT = "write one name of `wedge policies`; with numbers of its own, {name: {number: value}}"
# What pydantic puts into the place of an error besides keys and numbers.
TAGS = {
    *TAGGED,
    "[key]",
    *(
        f"~{name}"
        for name in ["plain", "number", "side", "named", "parameters", "name", "list", "one", "many", "round", "date"]
    ),
}
WRITTEN_OTHERWISE = {
    ("kind", "division"): "there is no kind of issue 'division': a division is written as one issue for each share"
}
WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "list_type": "a list",
}
CURES = {
    "string_type": "write a text",
    "bool_type": "write true or false",
    "dict_type": "write entries such as `name: ...`, one a line",
    "model_type": "write entries such as `name: ...`, one a line",
    "list_type": "write a list such as [a, b]",
}
COMPARED = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
}
CHOICES: dict[str, tuple[str, Iterable[str]]] = {
    "form_of": ("a number is written plainly, or as one of", FORMS),
    "kind_of": ("a condition says one of", KINDS),
    "kind_of_effect": ("an effect says one of", EFFECTS),
    "form_of_floor": ("a floor says one of", FLOORS),
    "form_of_red_line": ("a red line is a number, or says one of", ("above", "below")),
}


class Finding(NamedTuple):
    """Something wrong that pydantic found. ``meant`` is the key that a misspelt one is likely to mean, if any."""

    path: Path
    details: Any
    meant: str = ""

    @property
    def kind(self) -> str:
        """What kind of error it is; pydantic's own word, but for keys that cannot be names."""
        said: str = self.details["type"]
        return "bad_name" if "[key]" in self.details["loc"] and said != "bad_key" else said


def findings(error: ValidationError, report: Reporter) -> list[Finding]:
    """What pydantic found, by path; missing keys that are there misspelt are left out."""
    said = error.errors(include_url=False)
    every = [(path_of(details["loc"]), details) for details in said]
    missing = {path for path, details in every if details["type"] == "missing"}
    found = [Finding(path, details, key_meant(path, details, missing, report)) for path, details in every]
    there = {(*one.path[:-1], one.meant) for one in found if one.kind == "extra_forbidden"}
    return [one for one in found if one.kind != "missing" or one.path not in there]


def path_of(loc: tuple[Any, ...]) -> Path:
    """The path in the tree that pydantic's location means: without the tags of its unions."""
    return tuple(step for step in loc if step not in TAGS)


def key_meant(path: Path, details: Any, missing: set[Path], report: Reporter) -> str:
    """The key that a misspelt one is likely to mean, which is not there itself; or an empty text."""
    here = set(walk(report.root, path[:-1])[0].mapping)
    if details["type"] == "extra_forbidden":
        key, known = str(path[-1]), keys_at(details["loc"][:-1])
        wanted = [str(gone[-1]) for gone in missing if gone[:-1] == path[:-1]]
        near = closest(key, wanted) or (closest(key, known) if not rival_of(key, here) else "")
        return "" if near in here else near
    if details["type"] == "union_tag_not_found" and isinstance(details["input"], dict):
        return misspelt_form(details)[1]
    return ""


def describe(path: Path) -> str:
    """How a sentence names the mapping at a path."""
    if not path:
        return "the scenario"
    return f"'{'.'.join(str(step) for step in path)}'"


def unknown_key(found: Finding, report: Reporter) -> None:
    """Report a key that nothing knows."""
    key, known = str(found.path[-1]), keys_at(found.details["loc"][:-1])
    here = set(walk(report.root, found.path[:-1])[0].mapping)
    rival = rival_of(key, here)
    if rival and not found.meant:
        report.error(found.path, f"`{key}` cannot stand beside `{rival}`", "keep one of them", at_key=True)
        return
    near = found.meant or closest(key, known)
    cure = f"did you mean '{near}'?" if near else meant(key, [name for name in known if name not in here])
    report.error(found.path, f"unknown key {shown(key)}", cure or "remove it", at_key=True)


def rival_of(key: str, used: set[str]) -> str:
    """Another key of the mapping that says the same kind of thing, or an empty text."""
    for group in (FORMS, KINDS, EFFECTS, FLOORS):
        rivals = sorted((used & set(group)) - {key})
        if key in group and rivals:
            return rivals[0]
    return ""


def keys_at(loc: tuple[Any, ...]) -> list[str]:
    """The keys that the mapping at pydantic's location may have."""
    kind: Any = ScenarioFile
    for step in loc:
        kind = TAGGED.get(step) or below(kind, step) if isinstance(step, str) else below(kind, step)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    return [field.alias or name for name, field in kind.model_fields.items()]


def below(kind: Any, step: str | int) -> Any:
    """The type of what stands under a key, or in a list."""
    if step == "~round":
        return ToRound
    if step == "~parameters":
        return dict[str, Parameters]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        named = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        kind = named.get(str(step))
    else:
        kind = (get_args(kind) or (None,))[-1]
    inner = [part for part in get_args(kind) if isinstance(part, type) and issubclass(part, BaseModel)]
    return inner[0] if len(inner) == 1 and type(None) in get_args(kind) else kind


def tell(found: Finding, report: Reporter) -> None:
    """Report one error."""
    path, details, kind, given = found.path, found.details, found.kind, found.details["input"]
    last = str(path[-1]) if path else ""
    if kind == "missing":
        if path not in report.empty:
            report.error(path, f"{describe(path[:-1])} has no `{last}`", f"add `{last}:`")
    elif kind == "extra_forbidden":
        unknown_key(found, report)
    elif kind == "bad_key":
        report.error(path, f"{shown(last)} {details['msg']}", details["ctx"]["cure"], at_key=True)
    elif kind == "bad_name":
        cure = "use lower-case letters, digits and '_', starting with a letter, 40 at most"
        report.error(path, f"{shown(last)} cannot be a name", name_cure(last) or cure, at_key=True)
    elif (last, str(given)) in WRITTEN_OTHERWISE:
        report.error(
            path,
            WRITTEN_OTHERWISE[last, str(given)],
            "remove it, write an issue for each share, and give them all the same `share_of:`",
        )
    elif kind == "union_tag_not_found":
        choose(path, details, report)
    elif details["loc"][-1:] == ("~named",) and kind == "string_type":
        report.error(path, f"a name is wanted here, not {shown(given)}", NAME_OF_SLOT)
    elif details["loc"][-1:] == ("~parameters",) and kind in ("too_short", "too_long"):
        keys = ", ".join(shown(key) for key in given)
        report.error(path, f"one name is wanted here, not {keys or 'an empty mapping'}", NAME_OF_SLOT)
    elif kind in WANTED:
        cure = type_cure(kind, given)
        if not cure and kind == "float_type":
            may_vary = "~plain" in details["loc"]
            cure = f"write a plain number{', or a distribution such as {uniform: [0.2, 0.4]}' if may_vary else ''}"
        report.error(path, f"{WANTED[kind]} is wanted here, not {shown(given)}", cure)
    elif kind in COMPARED:
        bound = COMPARED[kind].format(**{key: f"{value:g}" for key, value in details["ctx"].items()})
        report.error(path, f"{shown(given)} is out of bounds", f"write a number that is {bound}")
    else:
        report.error(path, *in_words(kind, given, details))


def in_words(kind: str, given: Any, details: Any) -> tuple[str, str]:
    """Sentence and cure for the rarer errors."""
    context = details.get("ctx", {})
    if kind == "string_pattern_mismatch" and context.get("pattern") == NAME_PATTERN:
        return f"{shown(given)} cannot be a name", "names are lower-case letters, digits and '_'"
    if kind == "literal_error":
        return f"{shown(given)} is not known here", f"write {context['expected']}"
    if kind in ("too_short", "too_long"):
        least = context.get("min_length")
        bound = f"at least {least}" if kind == "too_short" else f"at most {context['max_length']}"
        cure = "add what is missing" if kind == "too_short" else "remove some"
        entries = "entry is" if bound.endswith(" 1") else "entries are"
        return f"{bound} {entries} wanted here, and there are {len(given)}", cure
    if kind == "string_too_long":
        return f"this text has {len(given):,} characters, at most {context['max_length']:,} are allowed", "shorten it"
    if kind == "finite_number":
        return "an ordinary number is wanted", "infinity and not-a-number are not allowed"
    if kind == "int_from_float":
        return f"a whole number is wanted here, not {shown(given)}", "remove the decimals"
    if kind == "unshowable":
        return f"this text {details['msg']}", "remove it"
    if kind == "blank":
        return "this text is empty", "write something, or leave the key out"
    return str(details["msg"]), date_cure(given) if kind in ("date_wanted", "no_date") else ""


def choose(path: Path, details: Any, report: Reporter) -> None:
    """Report a mapping that is none of several forms."""
    said, known = choices_of(details)
    words = ", ".join(known)
    given = details["input"]
    if not isinstance(given, dict):
        first = next(iter(known))
        report.error(path, f"{said} {words}; this is {shown(given)}", f"write it as a mapping: `{{{first}: ...}}`")
        return
    key, near = misspelt_form(details)
    if near:
        report.error((*path, key), f"unknown key {shown(key)}", f"did you mean '{near}'?", at_key=True)
    else:
        report.error(path, f"{said} {words}", "write one of these keys")


def misspelt_form(details: Any) -> tuple[str, str]:
    """The key of a mapping that is misspelt so that its form is not known, and what it means; or empty texts."""
    _, known = choices_of(details)
    near = ((str(key), closest(str(key), known)) for key in details["input"])
    return next((pair for pair in near if pair[1]), ("", ""))


def choices_of(details: Any) -> tuple[str, Iterable[str]]:
    """What a mapping that must be one of several forms is, in words, and the forms."""
    return CHOICES[details["ctx"]["discriminator"].strip("'").removesuffix("()")]


def type_cure(kind: str, given: Any) -> str:
    """Help for a value of the wrong type."""
    if kind == "int_type":
        near = number_meant(given) if isinstance(given, str) else ""
        return "remove the decimals" if isinstance(given, float) else near or "write a whole number, such as 40"
    if kind == "float_type":
        return number_meant(given) if isinstance(given, str) else ""
    if kind == "bool_type" and isinstance(given, str):
        meant_by = {"yes": "true", "on": "true", "no": "false", "off": "false"}
        return f"write {meant_by.get(given.lower(), 'true or false')}"
    if kind == "string_type" and isinstance(given, int | float | bool):
        return f"put it in quotes if it is meant as text: '{shown(given)}'"
    if kind == "list_type" and isinstance(given, str):
        return f"write it as a list: [{shown(given).strip(chr(39))}]"
    if kind in ("dict_type", "model_type") and isinstance(given, str) and ":" in given:
        return "put a space after the colon"
    return "write a value, or remove the line" if given is None else CURES.get(kind, "")


def name_cure(name: str) -> str:
    """The nearest allowed name, as help."""
    made = made_name(name)
    return f"write '{made}'; what people read goes into `title:`" if made else ""


def made_name(name: str) -> str:
    """The nearest allowed name, or an empty text if there is none."""
    made = "".join(c if c.isascii() and c.isalnum() else "_" for c in name.strip().lower()).strip("_")[:40]
    return made if made and made[0].isalpha() else ""


def date_cure(given: Any) -> str:
    """Help for a text that should be a date."""
    is_dated = isinstance(given, str) and len(given) == 10
    return "write a day that exists" if is_dated else "write year-month-day, such as 2025-02-24"
