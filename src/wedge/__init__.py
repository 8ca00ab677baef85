"""Wedge: when states bargain under an agenda, how often, when and why do alliances fracture?"""


def __getattr__(name: str) -> str:
    """Look the version up only when it is asked for, so that `import wedge` stays cheap."""
    if name == "__version__":
        from importlib.metadata import version

        return version("wedge-wargame")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
