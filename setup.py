"""Finds the packages: folders at the top of the repository are parts of `wedge`.

All that can be declared stands in pyproject.toml. See
docs/decisions/0001-how-the-rooms-are-imported.md for why this file exists.
"""

from setuptools import find_packages, setup

FOLDER_OF = {
    "wedge": "src/wedge",
    "wedge.engine": "engine",
    "wedge.agents": "agents",
    "wedge.scenarios": "scenarios",
}


def packages_in(root: str, folder: str) -> list[str]:
    """`root` itself and every package below its folder."""
    return [root, *(f"{root}.{below}" for below in find_packages(folder))]


setup(
    package_dir=FOLDER_OF,
    packages=[name for root, folder in FOLDER_OF.items() for name in packages_in(root, folder)],
)
