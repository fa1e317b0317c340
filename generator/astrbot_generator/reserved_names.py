"""The names that generated modules use themselves, taken from their templates: no name of a contract may hide them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

TYPES = frozenset("bool bytes dict float int list str".split())
"""The built-in types in annotations of the service protocols."""
ARGUMENTS = frozenset("self caller body service request".split())
"""The arguments of service methods that are not parameters, and names in the code that calls them."""
_BLANK = "contract_text_"
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@cache
def server_package() -> frozenset[str]:
    """Returns the names that the module of a tag cannot have: those in `server/__init__.py`, and its other modules."""
    modules = {file.name.partition(".")[0] for file in (_templates() / "server").iterdir()}
    names = _names(_module("server/__init__.py"))
    return frozenset(modules - {"__init__", "service"}).union(
        names, dir(type)
    )  # a field `mro` would have `type.mro` as default


@cache
def service_module() -> frozenset[str]:
    """Returns the names that a method of a service cannot have, because annotations of its class use them."""
    return frozenset(_bound(_module("server/service.py"))) | TYPES


def _templates() -> Traversable:
    return files("astrbot_generator") / "templates"


def _module(name: str) -> ast.Module:
    """Returns the syntax tree of a template, with a placeholder for each value."""
    text = (_templates() / f"{name}.jinja").read_text("utf-8")
    return ast.parse(_VALUE.sub(_BLANK, _JINJA.sub("", text)))


def _names(module: ast.Module) -> Iterator[str]:
    """Yields every name that a module uses, defines or imports."""
    yield from _bound(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def _bound(module: ast.Module) -> Iterator[str]:
    """Yields every name that a module defines or imports at its top level."""
    for node in module.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
