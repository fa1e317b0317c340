"""The structure of an OpenAPI 3.1 document: for each kind of object, the kinds of its members.

All walks use this table. `$ref` is a reference only in the objects that the table lists, never inside an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table

Shape = Literal["one", "list", "map"]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
"""in -> the style of parameters without one"""

_ONE_SCHEMA = (
    "additionalProperties unevaluatedProperties propertyNames items contains unevaluatedItems not if then else "
    "contentSchema x-events x-json-text"
).split()
_SCHEMA: dict[str, tuple[Shape, str]] = (
    dict.fromkeys(_ONE_SCHEMA, ("one", "schema"))
    | dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("list", "schema"))
    | dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), ("map", "schema"))
)
_PARAMETER: dict[str, tuple[Shape, str]] = {
    "schema": ("one", "schema"),
    "content": ("map", "media-type"),
    "examples": ("map", "example"),
}

GRAMMAR: dict[str, dict[str, tuple[Shape, str]]] = {
    "document": {
        "paths": ("map", "path-item"),
        "webhooks": ("map", "path-item"),
        "components": ("one", "components"),
        "x-requirements": ("one", "requirements"),
    },
    "components": {
        "schemas": ("map", "schema"),
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "examples": ("map", "example"),
        "requestBodies": ("map", "request-body"),
        "headers": ("map", "header"),
        "securitySchemes": ("map", "security-scheme"),
        "links": ("map", "link"),
        "callbacks": ("map", "callback"),
        "pathItems": ("map", "path-item"),
    },
    "path-item": dict.fromkeys(METHODS, ("one", "operation")) | {"parameters": ("list", "parameter")},
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request-body"),
        "responses": ("map", "response"),
        "callbacks": ("map", "callback"),
        "x-websocket": ("one", "websocket"),
    },
    "websocket": {"receives": ("one", "schema"), "sends": ("one", "schema")},
    "callback": {"*": ("one", "path-item")},
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "request-body": {"content": ("map", "media-type")},
    "response": {
        "headers": ("map", "header"),
        "content": ("map", "media-type"),
        "links": ("map", "link"),
    },
    "media-type": {
        "schema": ("one", "schema"),
        "examples": ("map", "example"),
        "encoding": ("map", "encoding"),
    },
    "encoding": {"headers": ("map", "header")},
    "schema": _SCHEMA,
    "example": {},
    "link": {},
    "security-scheme": {},
    "requirements": {},
}
"""kind of object -> member -> (shape of the member, kind of the objects in it); `*` matches every name."""

IN_PLACE = frozenset({"path-item", "requirements"})
"""Kinds of objects that replace a `$ref` to another file instead of becoming components."""

SECTIONS = {kind: section for section, (_, kind) in GRAMMAR["components"].items()}
"""kind of object -> the section of `components` that holds such objects."""


class Found(NamedTuple):
    """An object that a walk found."""

    kind: str
    node: Any
    pointer: str
    holder: Table | Row
    """The mapping or list that contains it."""
    key: str | int
    """Its name or index there."""


def members(kind: str, node: Table) -> Iterator[tuple[str, Shape, str]]:
    """Yields the members of an object that contain other objects: (name, shape, kind)."""
    known = GRAMMAR[kind]
    for name in node:
        entry = known.get(name) or (known.get("*") if not name.startswith("x-") and name != "$ref" else None)
        if entry:
            yield name, *entry


def held(shape: Shape, holder: Table, name: str) -> Iterator[tuple[Table | Row, str | int, tuple[str | int, ...]]]:
    """Yields the objects in a member: (its direct holder, its key there, the tokens that lead to it)."""
    value = holder[name]
    if shape == "one":
        yield holder, name, (name,)
    elif shape == "list" and isinstance(value, Row):
        yield from ((value, index, (name, index)) for index in range(len(value)))
    elif shape == "map" and isinstance(value, Table):
        extensible = name in ("paths", "responses")
        yield from ((value, key, (name, key)) for key in value if not (extensible and key.startswith("x-")))


def walk(kind: str, node: Any, pointer: str, holder: Table | Row, key: str | int) -> Iterator[Found]:
    """Yields an object and all objects below it in document order, outer ones first; does not follow `$ref`."""
    yield Found(kind, node, pointer, holder, key)
    if not isinstance(node, Table):
        return
    for name, shape, inner in members(kind, node):
        for inner_holder, inner_key, tokens in held(shape, node, name):
            yield from walk(inner, inner_holder[inner_key], join(pointer, *tokens), inner_holder, inner_key)  # type: ignore[index]


def walk_document(document: Table) -> Iterator[Found]:
    """Yields every object of a document."""
    return walk("document", document, "", document, "")
