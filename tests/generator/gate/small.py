"""Small documents with one schema in one place, and what the gate finds between two of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from astrbot_generator.gate.access import usual_source
from astrbot_generator.gate.document import load, settle
from astrbot_generator.gate.finding import Finding
from astrbot_generator.gate.judge import changes

Json = Any
STRING: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
BOOLEAN: Json = {"type": "boolean"}


def objects(properties: Json, **more: Json) -> Json:
    """Returns the schema of an object."""
    return {"type": "object", "properties": properties, **more}


def lists(items: Json, **more: Json) -> Json:
    """Returns the schema of a list."""
    return {"type": "array", "items": items, **more}


def document(operation: Json = None, *, version: str = "3.1.0", schemas: Json = None, **root: Json) -> Json:
    """Returns a document with the operation `POST /things`."""
    return {
        "openapi": version,
        "info": {"title": "Things", "version": "1.0.0"},
        "paths": {"/things": {"post": {"responses": {"200": {"description": "Done"}}, **(operation or {})}}},
        "components": {"schemas": schemas or {}},
        **root,
    }


def request(schema: Json, media_type: str = "application/json", **more: Json) -> Json:
    """Returns a document with this schema of the request body."""
    return document({"requestBody": {"content": {media_type: {"schema": schema}}}}, **more)


def response(schema: Json, media_type: str = "application/json", **more: Json) -> Json:
    """Returns a document with this schema of the response."""
    answer = {"description": "Done", "content": {media_type: {"schema": schema}}}
    return document({"responses": {"200": answer}}, **more)


def parameter(schema: Json, param_in: str = "query", **more: Json) -> Json:
    """Returns a document with this schema of a parameter."""
    required = {"required": True} if param_in == "path" else {}
    return document({"parameters": [{"name": "q", "in": param_in, "schema": schema, **required, **more}]})


def header(schema: Json) -> Json:
    """Returns a document with this schema of a response header."""
    answer = {"description": "Done", "headers": {"X-H": {"schema": schema}}}
    return document({"responses": {"200": answer}})


def found(folder: Path, old: Json, new: Json, **options: Json) -> list[Finding]:
    """Returns the findings between two documents, which are written to files and read again."""
    documents = []
    for name, value in (("old", old), ("new", new)):
        file = folder / f"{name}.json"
        file.write_text(json.dumps(value), "utf-8")
        documents.append(load(file, tolerant=True))
    settle(*documents)
    source = usual_source(documents[0], options.pop("scopes_from", None), options.pop("unscoped", "closed"))
    return changes(documents[0], documents[1], source=source, **options)


def breaks(folder: Path, old: Json, new: Json, **options: Json) -> bool:
    """Returns whether the gate refuses the change. Each breaking finding must have an example."""
    findings = found(folder, old, new, **options)
    without = [finding.rule for finding in findings if finding.level == "breaking" and finding.witness is None]
    assert without == []
    return any(finding.level == "breaking" or finding.consent for finding in findings)
