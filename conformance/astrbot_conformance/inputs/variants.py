"""Requests that Schemathesis generates from the contract, and which of them may be sent.

It generates bodies and query parameters. Ids stay unknown, so that no resource is changed by accident. Below `--effects
destructive`, a request that could change something is sent only with a body that no server can act on: one that is not
an object, or lacks a required member.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import schemathesis
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from schemathesis.core import NotSet
from schemathesis.generation import GenerationMode

from astrbot_conformance.http import HttpRequest, harmless
from astrbot_conformance.http.request import JSON_TYPE

_loading = threading.Lock()
JSON_MEDIA = "application/json"
PATHS = ("..", "/", "\\", "%2f", "%5c", "://")


def varied(contract: Contract) -> tuple[Operation, ...]:
    """The operations with a JSON body that can be made invalid, and the reads with query parameters."""
    return tuple(
        operation
        for operation in contract.keyed
        if operation.probe
        and not operation.probe.query
        and (
            (operation.body and operation.body.required and JSON_MEDIA in operation.body.media_types)
            or (operation.side_effect == "read" and any(p.param_in == "query" for p in operation.parameters))
        )
    )


def variants(operation: Operation, contract: Contract, *, unbounded: bool = False) -> SearchStrategy[HttpRequest]:
    """Valid and invalid requests to `operation` by the contract. All of them are harmless unless `unbounded`."""
    source = _schemathesis_operation(operation, contract)
    cases: SearchStrategy[Any]
    if operation.side_effect == "read" or unbounded:
        cases = st.one_of(*(source.as_strategy(generation_mode=mode) for mode in GenerationMode))
        return cases.map(lambda case: _request(operation, case)).filter(_has_no_path)
    cases = source.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    return cases.map(lambda case: _broken(_request(operation, case), contract)).filter(_has_no_path)


def is_harmless(request: HttpRequest, contract: Contract) -> bool:
    """Whether the request changes nothing even if it is authorized: it reads, or no server can act on its body."""
    operation = request.operation
    if operation.side_effect == "read":
        return True
    try:
        body = json.loads(request.body or b"null")
    except (ValueError, RecursionError):
        return True
    return not isinstance(body, dict) or not _required(operation, contract) <= body.keys()


def _broken(request: HttpRequest, contract: Contract) -> HttpRequest:
    """`request` if it is harmless, else the same with a harmless body: without a required member, or in a list."""
    if is_harmless(request, contract):
        return request
    body = json.loads(request.body or b"null")
    required = _required(request.operation, contract)
    rest: Any = {name: value for name, value in body.items() if name != min(required)} if required else [body]
    return replace(request, body=json.dumps(rest).encode())


def _has_no_path(request: HttpRequest) -> bool:
    shown = "\n".join(name + value for name, value in request.query).lower()
    return not any(part in shown for part in PATHS)


@cache
def _loaded(contract: Contract) -> Any:
    return schemathesis.openapi.from_dict(contract.document())


def _schemathesis_operation(operation: Operation, contract: Contract) -> Any:
    """An operation in Schemathesis. It is created only when it is needed, because each uses memory."""
    with _loading:
        return _loaded(contract)[operation.path][operation.method]


def _request(operation: Operation, case: Any) -> HttpRequest:
    query = [(str(name), text) for name, value in (case.query or {}).items() for text in _texts(value)]
    blank = harmless(operation)
    body = _bytes(case.body)
    return HttpRequest(
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
def _required(operation: Operation, contract: Contract) -> frozenset[str]:
    """The members that the body of an operation requires."""
    components = contract.document()["components"]["schemas"]

    def of(part: Mapping[str, Any]) -> frozenset[str]:
        names = frozenset(part.get("required", ()))
        referred = part.get("$ref")
        parts = [components[referred.rpartition("/")[2]]] if referred else []
        return names.union(*(of(inner) for inner in [*parts, *part.get("allOf", ())]))

    return of(contract.resolve(operation.body.pointer)) if operation.body and operation.body.pointer else frozenset()
