"""Small parts of contracts, put into whole documents: what a case of the gate is written in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from astrbot_generator.gate.document import Document, load

WORDS = (
    "request",
    "response",
    "parameter",
    "parameters",
    "operation",
    "answers",
    "body",
    "paths",
    "document",
    "security",
)
OF_AREA = {
    "document": "paths",
    "operation": "operation",
    "security": "security",
    "parameter": "parameter",
    "body": "body",
    "answer": "answers",
}


def whole(word: str, fragment: Any, *, version: str = "3.1.0", schemas: Any = None) -> dict[str, Any]:
    """The document around a fragment: `POST /things`, which is as plain as it can be."""
    operation: dict[str, Any] = {"responses": {"200": {"description": "Done"}}}
    document: dict[str, Any] = {
        "openapi": version,
        "info": {"title": "Things", "version": "1.0.0"},
        "paths": {"/things": {"post": operation}},
        "components": {
            "schemas": schemas or {},
            "securitySchemes": {
                "Key": {"type": "http", "scheme": "bearer"},
                "Other": {"type": "apiKey", "in": "header", "name": "X-Other"},
            },
        },
    }
    if word in ("paths", "document"):
        _place_in_document(document, word, fragment)
    elif fragment is not None:
        _place_in_operation(document, operation, word, fragment)
    return document


def _place_in_operation(document: dict[str, Any], operation: dict[str, Any], word: str, fragment: Any) -> None:
    if word == "request":
        operation["requestBody"] = {"content": {"application/json": {"schema": fragment}}}
    elif word == "response":
        operation["responses"]["200"]["content"] = {"application/json": {"schema": fragment}}
    elif word in ("parameter", "parameters"):
        operation["parameters"] = fragment if isinstance(fragment, list) else [fragment]
    elif word == "answers":
        operation["responses"] = fragment
    elif word == "body":
        operation["requestBody"] = fragment
    elif word == "security":
        document["x-scopes"] = fragment.pop("scopes", {})
        root = fragment.pop("root", None)
        document.update({} if root is None else {"security": root})
        operation.update(fragment)
    else:
        operation.update(fragment)


def _place_in_document(document: dict[str, Any], word: str, fragment: Any) -> None:
    if word == "paths" and "document" not in fragment:
        document["paths"] = {path: _item(item) for path, item in fragment.items()}
    else:
        _merge(document, fragment.get("document", fragment))


def _item(item: dict[str, Any]) -> dict[str, Any]:
    plain = {"responses": {"200": {"description": "Done"}}}
    return {key: {**plain, **value} if isinstance(value, dict) else value for key, value in item.items()}


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def pair(case: dict[str, Any], folder: Path) -> tuple[Document, Document]:
    """The two documents of a case, written to files and read as the gate reads them."""
    word = next(word for word in WORDS if word in case)
    versions = case.get("openapi", "3.1.0")
    schemas = case.get("schemas", {})
    documents = []
    for index, name in enumerate(("base", "head")):
        version = versions[index] if isinstance(versions, list) else versions
        shared = schemas[index] if isinstance(schemas, list) else schemas
        # Written through text, so that no two parts of a case share an object.
        fragment = json.loads(json.dumps(case[word][index]))
        file = folder / f"{name}.json"
        file.write_text(json.dumps(whole(word, fragment, version=version, schemas=shared)), "utf-8")
        documents.append(load(file))
    return documents[0], documents[1]
