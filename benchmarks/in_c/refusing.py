"""What the translator says when a rule uses more of Python than it knows."""

import ast


class Refused(Exception):
    """A construct that has no translation, with the place where it stands."""

    def __init__(self, why: str, node: ast.AST | None = None) -> None:
        super().__init__(f"{why}: {ast.unparse(node)}" if node is not None else why)
