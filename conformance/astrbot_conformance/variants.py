"""Requests that Schemathesis makes from the contract, and which of them may be sent.

It invents bodies and query parameters; ids stay unknown ones, so that nothing is hit by chance. Below
`--effects destructive` a request that could change something is sent only with a body that no server can act on: one
that is not an object, or lacks a member that the operation cannot do without.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import schemathesis
from astrbot_api.operations import KEYED, Operation
from astrbot_api.validation import document, validator
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from schemathesis.core import NotSet
from schemathesis.generation import GenerationMode

from astrbot_conformance.request import JSON_TYPE, Request, harmless

JSON_MEDIA = "application/json"
PATHS = ("..", "/", "\\", "%2f", "%5c", "://")
VARIED = tuple(
    operation
    for operation in KEYED
    if operation.probe
    and not operation.probe.query
    and (
        (operation.body and JSON_MEDIA in operation.body.media_types)
        or (operation.method == "GET" and any(parameter.place == "query" for parameter in operation.parameters))
    )
)


def variants(operation: Operation, *, unbounded: bool = False) -> SearchStrategy[Request]:
    """Requests to `operation` that the contract allows, and ones that it does not; all harmless unless `unbounded`."""
    made = _loaded()[operation.id]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    cases = st.one_of(*(made.as_strategy(generation_mode=mode) for mode in modes))
    return cases.map(lambda case: _request(operation, case)).filter(lambda request: unbounded or is_harmless(request))


def is_harmless(request: Request) -> bool:
    """Whether the request changes nothing even when it is let through."""
    shown = request.path + "".join(name + value for name, value in request.query)
    if any(part in shown.lower() for part in PATHS if part != "/") or "/" in "".join(v for _, v in request.query):
        return False
    operation = request.operation
    if operation.side_effect == "read":
        return True
    if operation.body is None or operation.body.schema is None or not operation.body.required:
        return False
    try:
        body = json.loads(request.body or b"null")
    except (ValueError, RecursionError):
        return True
    schema = operation.body.schema
    missing = not isinstance(body, dict) or any(name not in body for name in _required(schema))
    return missing and not validator(schema).is_valid(body)


@cache
def _loaded() -> Mapping[str, Any]:
    schema = schemathesis.openapi.from_dict(document())
    operations = [result.ok() for result in schema.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in operations}


def _request(operation: Operation, case: Any) -> Request:
    query = [(str(name), text) for name, value in (case.query or {}).items() for text in _texts(value)]
    blank = harmless(operation)
    body = _bytes(case.body)
    return Request(
        operation=operation,
        path=blank.path,
        query=tuple(query),
        headers=() if body is None else (JSON_TYPE,),
        body=body,
        risk=blank.risk,
    )


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one if isinstance(one, str) else json.dumps(one) for one in values]


def _bytes(body: Any) -> bytes | None:
    if isinstance(body, NotSet):
        return None
    return body if isinstance(body, bytes) else json.dumps(body).encode()


@cache
def _required(schema: str) -> frozenset[str]:
    """The members that a component schema asks for, in itself or in what it is put together of."""
    components = document()["components"]["schemas"]

    def of(part: Mapping[str, Any]) -> frozenset[str]:
        names = frozenset(part.get("required", ()))
        referred = part.get("$ref")
        parts = [components[referred.rpartition("/")[2]]] if referred else []
        return names.union(*(of(inner) for inner in [*parts, *part.get("allOf", ())]))

    return of(components[schema])
