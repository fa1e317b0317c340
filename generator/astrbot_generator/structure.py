"""Checks a document with the schema that the OpenAPI Initiative publishes for its version."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from astrbot_generator.errors import Problem
from astrbot_generator.grammar import Found
from astrbot_generator.keywords import locate, short
from astrbot_generator.openapi_schema import openapi_schema
from astrbot_generator.pointer import join
from astrbot_generator.read import Table

_DEEPEST = 20
"""The most unions inside each other that are taken apart."""


@cache
def _validator(version: str) -> Any:
    schema = openapi_schema(f"v{version}")
    return jsonschema_rs.Draft4Validator(schema) if version == "3.0" else jsonschema_rs.Draft202012Validator(schema)


def _innermost(error: Any) -> Any:
    """Returns the violation deepest inside the alternatives of a union, which is what the author has to change."""
    for _ in range(_DEEPEST):
        branches = [branch for branch in getattr(error.kind, "context", None) or () if branch]
        if not branches:
            return error
        inner = [max(branch, key=lambda found: len(found.instance_path)) for branch in branches]
        error = max(inner, key=lambda found: len(found.instance_path))
    return error


def structure_problems(document: Table, version: str = "3.1") -> Iterator[Problem]:
    """Yields the violations of the schema of an OpenAPI version, such as `3.1`."""
    root = Found("document", document, "", document, "")
    for outer in _validator(version).iter_errors(document):
        error = _innermost(outer)
        holder, key, path = locate(root, list(error.instance_path))
        position = document.position if not path else holder.positions[key]  # type: ignore[index]
        wrong = f"not valid OpenAPI {version}: {short(error.message)}"
        yield Problem(position, join("", *path), wrong, f"follow the OpenAPI {version} specification")
