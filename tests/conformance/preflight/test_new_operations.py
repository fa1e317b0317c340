"""Published operations that the contract lacks: which requests are harmless, and which scopes the document declares."""

from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_conformance.http.request import harmless
from astrbot_conformance.preflight.declared_access import DeclaredAccess, declared_access
from astrbot_conformance.preflight.new_operations import MOST, new_operations

CONTRACT = releases.contract()
OBJECT: dict[str, Any] = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/x"}}}}
OTHERS = {"/api/v1/bots": {"get": {"x-astrbot-scope": "bot"}}}


def new_in(path: str, method: str, entry: dict[str, Any], **more: Any) -> list[Operation]:
    """The new operation in a document with that operation."""
    return list(
        new_operations(CONTRACT, {"paths": {path: {method: entry}}, "components": {"x": {"type": "object"}}, **more})
    )


@pytest.mark.parametrize(
    ("method", "path", "entry", "body"),
    [
        ("get", "/api/v1/widgets", {}, None),
        ("get", "/api/v1/widgets/{id}/parts/{part-id}", {}, None),
        ("get", "/api/v2/widgets", {}, None),
        ("delete", "/api/v1/widgets/{id}", {}, None),
        ("post", "/api/v1/widgets", {"requestBody": OBJECT}, b"[]"),
        ("put", "/api/v1/bots", {"requestBody": OBJECT}, b"[]"),
    ],
)
def test_a_request_that_cannot_act_is_harmless(
    method: str, path: str, entry: dict[str, Any], body: bytes | None
) -> None:
    """A GET, a DELETE of a nonexistent resource, and a body that the document does not allow."""
    (operation,) = new_in(path, method, entry)
    request = harmless(operation)

    assert (request.risk, request.body, request.method) == (None, body, method.upper())
    assert request.path.count("conform-none-1") == path.count("{")


@pytest.mark.parametrize(
    ("method", "path", "entry"),
    [
        ("post", "/api/v1/restart", {}),
        ("post", "/api/v1/widgets/{id}/stop", {}),
        ("post", "/api/v1/widgets", {"requestBody": OBJECT | {"required": False}}),
        ("post", "/api/v1/widgets", {"requestBody": {"required": True, "content": {"application/json": {}}}}),
        ("post", "/api/v1/widgets", {"requestBody": {"required": True, "content": {"multipart/form-data": {}}}}),
        ("put", "/api/v1/widgets/{id}", {}),
        ("patch", "/api/v1/widgets/{id}", {"requestBody": {"$ref": "#/nowhere"}}),
        ("delete", "/api/v1/widgets", {}),
        ("delete", "/api/v1/widgets/{id}/parts", {}),
        ("delete", "/api/v1/widgets/{id}", {"requestBody": {"content": {}}}),
    ],
)
def test_a_request_that_may_have_an_effect_has_a_risk(method: str, path: str, entry: dict[str, Any]) -> None:
    """It is sent only to a target that may be changed."""
    (operation,) = new_in(path, method, entry)

    assert harmless(operation).risk == "its effect is unknown"


@pytest.mark.parametrize(
    ("entry", "document", "access"),
    [
        ({}, {}, DeclaredAccess((), is_public=False, others_have_scopes=True)),
        ({"x-astrbot-scope": "bot"}, {}, DeclaredAccess(("bot",), is_public=False, others_have_scopes=True)),
        ({"x-scopes": ["a", "b", "a"]}, {}, DeclaredAccess(("a", "b"), is_public=False, others_have_scopes=True)),
        ({"x-astrbot-scope": ""}, {}, DeclaredAccess((), is_public=False, others_have_scopes=True)),
        ({"x-astrbot-scope": [None, 5, {}]}, {}, DeclaredAccess((), is_public=False, others_have_scopes=True)),
        (
            {"security": [{"Key": ["bot"]}, {"Header": ["config"]}]},
            {},
            DeclaredAccess(("bot", "config"), is_public=False, others_have_scopes=True),
        ),
        ({"security": [{"Key": []}]}, {}, DeclaredAccess((), is_public=False, others_have_scopes=True)),
        ({"security": [{"DashboardToken": ["bot"]}]}, {}, DeclaredAccess((), is_public=False, others_have_scopes=True)),
        ({"security": []}, {}, DeclaredAccess((), is_public=True, others_have_scopes=True)),
        ({"security": [{}, {"Key": ["bot"]}]}, {}, DeclaredAccess(("bot",), is_public=True, others_have_scopes=True)),
        (
            {},
            {"security": [{"Key": ["bot"]}]},
            DeclaredAccess(("bot",), is_public=False, others_have_scopes=True),
        ),
        ({}, {"paths": {}}, DeclaredAccess((), is_public=False, others_have_scopes=False)),
        ({"security": 5, "parameters": 5}, {}, DeclaredAccess((), is_public=False, others_have_scopes=True)),
    ],
    ids=str,
)
def test_scopes_are_named_by_extensions_and_by_roles(
    entry: dict[str, Any], document: dict[str, Any], access: DeclaredAccess
) -> None:
    """As a text, as a list, or as the roles of a key. The roles of the dashboard token do not apply to keys."""
    paths: dict[str, Any] = {**document.get("paths", OTHERS), "/api/v1/widgets": {"get": entry}}
    (operation,) = new_operations(CONTRACT, {**document, "paths": paths})

    assert declared_access(operation, {**document, "paths": paths}) == access
    assert operation.scope == next(iter(access.scopes), None)


def test_a_document_cannot_make_a_run_endless() -> None:
    """Of very many operations, only the first are judged."""
    paths: dict[str, Any] = {f"/api/v1/widgets-{number}": {"get": {}} for number in range(2 * MOST)}

    assert len(list(new_operations(CONTRACT, {"paths": paths}))) == MOST
