"""Where a scenario is: a file by its path, or a packaged one by its name."""

from pathlib import Path
from typing import NamedTuple

from wedge.engine.scenario.problems import Place, ScenarioError, closest, escaped, refusal, shown

SUFFIXES = (".yaml", ".yml")
NO_FILE = "check the path, or see `wedge scenarios` for those that come with Wedge"
BASE = "base"  # a file of that name is there to be extended


class Found(NamedTuple):
    """A scenario's file, what the user called it, and its code."""

    path: Path
    name: str
    code: str


def packaged_folder() -> Path:
    """The folder of the scenarios that come with Wedge."""
    import wedge.scenarios

    return Path(next(iter(wedge.scenarios.__path__)))


def packaged() -> dict[str, Path]:
    """The packaged scenarios, by name such as ``alaska_2025/territory_first``."""
    folder = packaged_folder()
    files = sorted(path for path in folder.rglob("*.yaml") if path.stem != BASE)
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in files}


def find(said: str) -> Found:
    """The scenario meant. Raises ScenarioError if there is none."""
    path = Path(said)
    if said == "-":
        cure = "save it in a file, such as talks.yaml, and name that"
        raise refusal(Place(said), "a scenario is read from a file, not from standard input", cure)
    if is_file_name(said) and not is_there(path):
        raise no_file(said, path)
    if is_file_name(said) or is_there(path):
        return Found(path, said, code_of(path))
    inside = packaged_folder() / f"{said}.yaml"
    if ".." not in path.parts and not path.is_absolute() and is_there(inside):
        return Found(inside, str(inside), path.as_posix())
    if path.name and is_there(path.with_name(f"{path.name}.yaml")):
        raise refusal(Place(said), "there is no such file", f"did you mean '{escaped(said)}.yaml'?")
    near = (beside(path) if path.parent != Path() else "") or closest(said, packaged()) or beside(path)
    cure = (
        f"did you mean '{near}'?"
        if near
        else "`wedge scenarios` lists those that come with Wedge; a file ends in .yaml"
    )
    raise refusal(Place(said), f"there is no scenario {shown(said)}", cure)


def no_file(said: str, path: Path) -> ScenarioError:
    """The error for a file that is not there, with one beside it or a packaged scenario that may be meant."""
    near = beside(path) or closest(path.with_suffix("").as_posix(), packaged())
    return refusal(Place(said), "there is no such file", f"did you mean '{escaped(near)}'?" if near else NO_FILE)


def beside(path: Path) -> str:
    """The scenario file in the same folder whose name is most like it, or an empty text."""
    try:
        names = [file.name for file in path.parent.iterdir() if file.suffix in SUFFIXES]
    except (OSError, ValueError):
        return ""
    if path.suffix:
        near = closest(path.name, names)
    else:  # the ending all have in common makes none of them more alike
        stems = {Path(name).stem: name for name in names}
        near = stems.get(closest(path.name, stems), "")
    return str(path.with_name(near)) if near else ""


def is_file_name(said: str) -> bool:
    """Whether it can only be a file's path."""
    return said.endswith(SUFFIXES)


def is_there(path: Path) -> bool:
    """Whether something is at that path."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_packaged(path: Path) -> bool:
    """Whether that file comes with Wedge."""
    return path.resolve().is_relative_to(packaged_folder().resolve())


def code_of(path: Path) -> str:
    """The code of a scenario in a file: its packaged name, or the file's name without its ending."""
    try:
        inside = path.resolve().relative_to(packaged_folder().resolve())
    except (OSError, ValueError):
        return path.stem
    return inside.with_suffix("").as_posix()
