"""Reads OpenAPI 3.0 and 3.2 documents as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.grammar import Found, walk_document
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of, problem_at
from astrbot_generator.structure import structure_problems

VERSIONS = ("3.0.", "3.1.", "3.2.")
_DESCRIPTIVE: dict[str, tuple[str, ...]] = {
    "tag": ("summary", "parent", "kind"),
    "response": ("summary",),
    "security-scheme": ("deprecated", "oauth2MetadataUrl"),
    "example": ("dataValue", "serializedValue"),
}
"""kind of object -> members that OpenAPI 3.2 adds and that no generated code needs."""
_NEW = {
    "path-item": ("query", "additionalOperations"),
    "media-type": ("itemSchema", "itemEncoding", "prefixEncoding"),
    "encoding": ("encoding", "itemEncoding", "prefixEncoding"),
    "components": ("mediaTypes",),
}
"""kind of object -> members that OpenAPI 3.2 adds and that OpenAPI 3.1 cannot say."""


def upgrade(document: Table) -> list[Problem]:
    """Changes a bundled document to OpenAPI 3.1, and returns the parts that only OpenAPI 3.2 has.

    Raises ContractError if the document violates its version of OpenAPI.
    """
    version = str(document["openapi"])[:3]
    violations = list(structure_problems(document, version))
    if violations:
        raise ContractError(*violations)
    if version == "3.1":
        return []
    document["openapi"] = "3.1.1"
    if version == "3.2":
        return list(_problems_3_2(document))
    _change_schemas(document, _from_3_0)
    return []


def allow_nullable(document: Table) -> None:
    """Reads `nullable: true` in schemas as OpenAPI 3.0 does: the schema also allows null."""
    _change_schemas(document, _allow_null)


def _change_schemas(document: Table, change: Callable[[Table], None]) -> None:
    found = [entry.node for entry in walk_document(document) if entry.kind == "schema"]
    for schema in found:
        if isinstance(schema, Table):
            change(schema)


def _from_3_0(schema: Table) -> None:
    """Changes the keywords that have another meaning in OpenAPI 3.0."""
    if "$ref" in schema:  # OpenAPI 3.0 ignores everything next to it
        for word in [word for word in schema if word != "$ref"]:
            del schema[word]
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.pop(word, False) is True and bound in schema:
            schema.put(word, schema.pop(bound), position_of(schema, word))
    _allow_null(schema)


def _allow_null(schema: Table) -> None:
    """Replaces `nullable` by the type null, also next to `$ref`, `allOf` and others, where authors expect it."""
    if schema.pop("nullable", False) is not True:
        return
    position = position_of(schema, "nullable")
    kinds = schema.get("type")
    if kinds is not None and "const" not in schema:
        listed = kinds if isinstance(kinds, list) else [kinds]
        schema.put("type", _row(position, [*listed, *([] if "null" in listed else ["null"])]), position)
        if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
            schema.put("enum", _row(position, [*schema["enum"], None]), position)
    elif any(word in schema for word in ("$ref", "allOf", "oneOf", "anyOf", "enum", "const")):
        whole, null = schema.copied(), Table(position)
        null.put("type", "null", position)
        schema.clear()
        schema.put("anyOf", _row(position, [whole, null]), position)
        for word in ("description", "title"):
            if word in whole:
                schema.put(word, whole.pop(word), position_of(whole, word))


def _row(position: Any, items: list[Any]) -> Row:
    row = Row(position)
    for item in items:
        row.put(item, position)
    return row


def _problems_3_2(document: Table) -> Iterator[Problem]:
    """Yields the parts that only OpenAPI 3.2 has; removes those that only describe."""
    document.pop("$self", None)
    for tag in document.get("tags") or ():
        _remove(tag, "tag")
    for server in document.get("servers") or ():
        if isinstance(server, Table):
            server.pop("name", None)
    for found in list(walk_document(document)):
        if isinstance(found.node, Table):
            _remove(found.node, found.kind)
            yield from _new_parts(found.node, found)


def _remove(node: Any, kind: str) -> None:
    for word in _DESCRIPTIVE.get(kind, ()):
        if isinstance(node, Table):
            node.pop(word, None)


def _new_parts(node: Table, found: Found) -> Iterator[Problem]:
    remedy = "remove it, or describe it as OpenAPI 3.1 does"
    for word in _NEW.get(found.kind, ()):
        if word in node:
            yield problem_at(node, word, found.pointer, f"`{word}` is new in OpenAPI 3.2 and not supported", remedy)
    if found.kind == "parameter":
        for word, value in (("in", "querystring"), ("style", "cookie")):
            if node.get(word) == value:
                wrong = f"`{word}: {value}` is new in OpenAPI 3.2 and not supported"
                yield Problem(position_of(node, word), join(found.pointer, word), wrong, remedy)
