"""Undeclared methods next to declared ones: on which paths, and which method."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation, Parameter
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.inputs.routes import (
    alone,
    by_undeclared_method,
    declared_beside,
    refusing,
    refusing_below_ids,
    short_reads,
)
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.target import astrbot_target

from tests.conformance.made import contract_of, new, operation, parameter

READ, DEEP, WRITE = operation(), operation("/api/v1/made/deep"), operation(method="POST")
HEAD, ROOT = operation(method="HEAD"), operation("/api/v1")
BELOW, RISKY = operation("/api/v1/made/{id}", parameter("id", "path")), operation("/risky", probe_reason="it acts")
RISKY_BELOW = operation("/risky/{id}", parameter("id", "path"), probe_reason="it acts")
OTHERS = tuple(operation("/api/v1/full", method=method) for method in ("DELETE", "PATCH", "POST", "PUT"))
FULL = operation("/api/v1/full")
FULL_BELOW = tuple(
    operation("/api/v1/full/{id}", parameter("id", "path"), method=method)
    for method in ("DELETE", "PATCH", "POST", "PUT")
)
CONTRACT = contract_of(READ, DEEP, WRITE, HEAD, ROOT, BELOW, RISKY, RISKY_BELOW, FULL, *OTHERS, *FULL_BELOW)


def test_operations_on_paths_with_and_without_parameters() -> None:
    """Only those with a harmless request, and only if their path refuses a method other than GET."""
    assert alone(CONTRACT) == (READ, DEEP, WRITE, HEAD, ROOT, FULL, *OTHERS)
    assert short_reads(CONTRACT) == (READ, FULL)
    assert refusing(CONTRACT) == (READ, DEEP, WRITE, HEAD, ROOT)
    assert refusing_below_ids(CONTRACT) == (BELOW,)


def test_methods_are_declared_by_every_operation_that_matches() -> None:
    """Even by one whose parameter matches a word of the path, or everything below a path."""
    files = operation("/files/{path}", parameter("path", "path"), method="PUT")
    below = operation("/files/some/{name}/x", parameter("name", "path"), method="POST")
    plain = operation("/files/some")
    everything = [
        operation("/files/{path}/y", _slashed("path"), method="PATCH"),
        operation("/other/{path}", _slashed("path"), method="DELETE"),
    ]

    assert declared_beside(plain, contract_of(plain, files, below)) == {"GET", "PUT"}
    assert declared_beside(plain, contract_of(plain, *everything)) == {"GET", "PATCH"}


def _slashed(name: str) -> Parameter:
    one = parameter(name, "path")
    return replace(one, slashes=True)


def _sent(operation_: Operation, contract: Contract, document: object) -> str:
    """The undeclared method, if the target publishes this document."""
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=document))
    target = astrbot_target(TargetOptions(base="http://127.0.0.1:9"), transport=transport)
    request = by_undeclared_method(operation_, target, contract)
    assert request.path == operation_.path.replace("{id}", "conform-none-1")
    return request.method


def test_an_undeclared_method_is_undeclared_in_the_published_document_too() -> None:
    """The first one in the order of the alphabet. Other paths of the document do not matter."""
    elsewhere: dict[str, Any] = {"/api/v1/a": {"delete": {}}, "/api/v1/z": {"delete": {}}}
    here: dict[str, Any] = {new("/api/v1/made"): {"delete": {}}}

    assert _sent(READ, CONTRACT, {"paths": elsewhere}) == "DELETE"
    assert _sent(READ, CONTRACT, {"paths": here | elsewhere}) == "PATCH"
    assert _sent(READ, CONTRACT, {"paths": {"/api/v1/made": {"delete": {}, "patch": {}}}}) == "PUT"
    assert _sent(BELOW, CONTRACT, {"paths": {"/api/v1/made/{other}": {"delete": {}}}}) == "PATCH"


def test_a_path_with_every_method_is_not_judged() -> None:
    """The contract and the document declare all of them together."""
    document: dict[str, Any] = {"paths": {"/api/v1/made": {"delete": {}, "patch": {}, "put": {}}}}

    with pytest.raises(NotJudged, match="accepts every method"):
        _sent(READ, CONTRACT, document)
