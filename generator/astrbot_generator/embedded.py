"""Finds what `$id`, `$anchor` and `$dynamicAnchor` name in a file, so that a `$ref` to a name becomes a JSON pointer.

The bundle refers to components only, so it needs none of these keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from astrbot_generator.errors import ContractError
from astrbot_generator.pointer import join, key_of, split
from astrbot_generator.read import Row, Table

IDENTIFIERS = frozenset(("$id", "$anchor", "$dynamicAnchor"))
"""The keywords that the bundle does not need; a schema in it has none of them."""
DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
)
"""The values of `$schema` and `jsonSchemaDialect` that name the version of JSON Schema that is enforced."""
_DATA = frozenset("example examples default const enum value mapping".split())
_NAMES = frozenset("properties patternProperties dependentSchemas $defs definitions schemas".split())


class Embedded(NamedTuple):
    """The names in a file. Each name belongs to the resource around it: a schema with `$id`, or else the file."""

    resources: Mapping[str, str]
    """Absolute URI, or relative one if the file declares no absolute one -> pointer of the schema with this `$id`."""
    anchors: Mapping[tuple[str, str], str]
    """(pointer of the resource, anchor) -> pointer of the schema with this anchor."""
    dynamic: Mapping[str, tuple[str, ...]]
    """`$dynamicAnchor` -> pointers of the schemas that have it."""


def is_dialect(value: Any) -> bool:
    """Returns whether `$schema` or `jsonSchemaDialect` names JSON Schema 2020-12, or the dialect of OpenAPI 3.1."""
    return isinstance(value, str) and value.rstrip("#") in DIALECTS


def embedded_in(value: Any) -> Embedded:
    """Returns the names in the value of a file."""
    found = Embedded({}, {}, {})
    for pointer, schema, base, resource in _schemas(value):
        if isinstance(schema.get("$id"), str):
            found.resources.setdefault(base, pointer)  # type: ignore[attr-defined]
        for word in ("$anchor", "$dynamicAnchor"):
            if isinstance(schema.get(word), str):
                found.anchors.setdefault((resource, schema[word]), pointer)  # type: ignore[attr-defined]
        if isinstance(schema.get("$dynamicAnchor"), str):
            name = schema["$dynamicAnchor"]
            found.dynamic[name] = (*found.dynamic.get(name, ()), pointer)  # type: ignore[index]
    return found


def pointer_to(text: str, value: Any, at: str, embedded: Embedded) -> str | None:
    """Returns the pointer of what a `$ref` at a pointer leads to, if a name in the file decides it; None otherwise."""
    base, resource = _base(value, at)
    try:
        address, fragment = urldefrag(urljoin(base, text))
    except ValueError:
        return None
    if text.startswith("#"):
        start = resource
    elif address in embedded.resources:
        start = embedded.resources[address]
    else:
        return None
    if not fragment:
        return start if start or not text.startswith("#") else None
    if fragment.startswith("/"):
        return start + fragment if start and _exists(value, start + fragment) else None
    return embedded.anchors.get((start, fragment), embedded.anchors.get(("", fragment)))


def _schemas(value: Any) -> Iterator[tuple[str, Table, str, str]]:
    """Yields the mappings of a file that can be schemas: (pointer, mapping, base URI, pointer of its resource)."""
    waiting: list[tuple[str, Any, str, str, bool]] = [("", value, "", "", False)]
    while waiting:
        pointer, node, base, resource, names = waiting.pop()
        if isinstance(node, Row):
            waiting += [(join(pointer, n), item, base, resource, False) for n, item in enumerate(node)]
        if not isinstance(node, Table):
            continue
        if not names:
            if isinstance(node.get("$id"), str):
                base, resource = _joined(base, node["$id"]), pointer
            yield pointer, node, base, resource
        for key, item in node.items():
            if names or key not in _DATA:
                waiting.append((join(pointer, key), item, base, resource, not names and key in _NAMES))


def _base(value: Any, at: str) -> tuple[str, str]:
    """Returns the base URI at a pointer, and the pointer of the resource that it belongs to."""
    base, resource, pointer = "", "", ""
    for token in ["", *split(at)]:
        if pointer or token:
            key = key_of(value, token)
            if key is None:
                break
            value, pointer = value[key], join(pointer, token)
        if isinstance(value, dict) and isinstance(value.get("$id"), str):
            base, resource = _joined(base, value["$id"]), pointer
    return base, resource


def _joined(base: str, identifier: str) -> str:
    try:
        return urldefrag(urljoin(base, identifier))[0]
    except ValueError:
        return base


def _exists(value: Any, pointer: str) -> bool:
    for token in split(pointer):
        key = key_of(value, token)
        if key is None:
            return False
        value = value[key]
    return True


def split_reference(text: Any, reject: Callable[[str, str], ContractError]) -> tuple[str, str]:
    """Returns the file path and fragment of a `$ref`; raises the result of `reject` if it is not a URI reference."""
    try:
        address = urlsplit(text) if isinstance(text, str) else None
    except ValueError:
        address = None
    if address is None:
        raise reject("is not a URI reference", "write a relative file and a JSON pointer")
    return address.path, address.fragment
