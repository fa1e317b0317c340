"""Reduces a generated package to its models."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

_KEPT = ("models.py", "validation.py", "__init__.py", "openapi.json", "py.typed")


def only_models(files: Mapping[PurePosixPath, str]) -> dict[PurePosixPath, str]:
    """Returns the models, their documents, and every module that they import."""
    folders = {path.parent for path in files if path.name == "models.py"}
    waiting = [path for path in files if path.name in _KEPT and path.parent in folders]
    found: dict[PurePosixPath, str] = {}
    while waiting:
        path = waiting.pop()
        if path not in found and path in files:
            found[path] = files[path]
            waiting += _imported(path, files[path]) if path.suffix == ".py" else ()
    return dict(sorted(found.items()))


def _imported(path: PurePosixPath, text: str) -> Iterator[PurePosixPath]:
    """Yields the modules of the package that a module imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1]
            names = (node.module or "").split(".") if node.module else []
            yield folder.joinpath(*names).with_suffix(".py") if names else folder / "__init__.py"
            yield from (folder.joinpath(*names, f"{alias.name}.py") for alias in node.names)
