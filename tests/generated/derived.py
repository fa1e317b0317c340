"""What a document says of its operations, in a form in which two documents can be compared."""

from __future__ import annotations

from typing import Any


def facts(document: dict[str, Any]) -> dict[str, Any]:
    """Method and path -> what the document says of that operation, references followed."""
    return {
        f"{method.upper()} {path}": {
            "id": operation["operationId"],
            "tags": operation.get("tags", ["default"])[:1],
            "parameters": parameters(document, [*item.get("parameters", []), *operation.get("parameters", [])]),
            "body": body(document, operation.get("requestBody")),
            "answers": {
                status: sorted(follow(document, answer).get("content", {}))
                for status, answer in operation["responses"].items()
            },
            "security": sorted(
                (scheme, tuple(roles))
                for way in operation.get("security", document.get("security", []))
                for scheme, roles in way.items()
            ),
        }
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "put", "post", "delete", "patch", "options", "head", "trace")
    }


def parameters(document: dict[str, Any], listed: list[Any]) -> dict[tuple[str, str], tuple[bool, tuple[str, ...]]]:
    """(place, name) -> whether it is required, and its JSON types."""
    found = [follow(document, parameter) for parameter in listed]
    return {
        (parameter["in"], parameter["name"]): (parameter.get("required", False), types(document, parameter["schema"]))
        for parameter in found
    }


def types(document: dict[str, Any], schema: Any) -> tuple[str, ...]:
    """The JSON types that a schema names."""
    schema = follow(document, schema)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return tuple(sorted({name for branch in schema[word] for name in types(document, branch)}))
    named = schema.get("type", "string")
    return tuple(sorted(named)) if isinstance(named, list) else (named,)


def body(document: dict[str, Any], declared: Any) -> tuple[bool, list[str]] | None:
    """Whether a body is required, and its media types."""
    if declared is None:
        return None
    found = follow(document, declared)
    return found.get("required", False), sorted(found["content"])


def follow(document: dict[str, Any], node: Any) -> Any:
    """An object, or what it refers to."""
    while "$ref" in node:
        value: Any = document
        for token in node["$ref"].split("/")[1:]:
            value = value[token.replace("~1", "/").replace("~0", "~")]
        node = value
    return node
