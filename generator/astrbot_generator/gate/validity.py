"""Checks a document against the schema of the OpenAPI Initiative, and its operations for contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

import jsonschema_rs

from astrbot_generator.gate.document import Document
from astrbot_generator.gate.operations import operations_of
from astrbot_generator.names import path_parameters
from astrbot_generator.openapi_schema import openapi_schema
from astrbot_generator.pointer import join

_MOST = 50


class Invalid(NamedTuple):
    """One problem."""

    pointer: str
    message: str


def problems(document: Document) -> list[Invalid]:
    """Returns the problems of a document as OpenAPI, at most `_MOST`."""
    return list(islice(chain(_by_schema(document), _by_operations(document)), _MOST))


def _by_schema(document: Document) -> Iterator[Invalid]:
    schema = openapi_schema("v3.0" if document.is_3_0 else "v3.1")
    cls = jsonschema_rs.Draft4Validator if document.is_3_0 else jsonschema_rs.Draft202012Validator
    validator = cls(schema, validate_formats=False, offline=True)
    try:
        if validator.is_valid(document.value):
            return
    except UnicodeEncodeError:
        yield Invalid("", "a name or text contains half of a surrogate pair, which UTF-8 cannot encode")
        return
    for error in validator.iter_errors(document.value):
        message = " ".join(str(error.message).split())
        yield Invalid(join("", *error.instance_path), message if len(message) <= 200 else f"…{message[-160:]}")


def _by_operations(document: Document) -> Iterator[Invalid]:
    ids: dict[str, str] = {}
    templates: dict[tuple[str, str], str] = {}
    for operation in operations_of(document):
        if operation.is_callback:
            continue
        if operation.id:
            other = ids.setdefault(operation.id, str(operation))
            if other != str(operation):
                message = f"`{operation.id}` is also the operationId of `{other}`"
                yield Invalid(join(operation.pointer, "operationId"), message)
        other = templates.setdefault(operation.key, str(operation))
        if other != str(operation):
            yield Invalid(operation.pointer, f"`{operation}` and `{other}` are the same path")
        declared = {str(p.value.get("name")) for p in operation.parameters() if p.param_in == "path"}
        for name in path_parameters(operation.path):
            if name not in declared:
                yield Invalid(operation.pointer, f"the path's `{{{name}}}` is not declared as a parameter")
