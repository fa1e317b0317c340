"""Every declared body is held to its schema, whether the service returns it or raises an error."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from tests.generator.making import load, schemas
from tests.generator.serving import ask, serve

pytestmark = pytest.mark.slow
PROBLEM = "application/problem+json"
OBJECT = {"application/json": {"schema": {"type": "object", "required": ["id"]}}}
TITLE = {PROBLEM: {"schema": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}}}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with two successes, an error with a body, a range of errors and an error without a body."""
    responses = {
        "200": {"description": "", "content": OBJECT},
        "201": {"description": "", "content": OBJECT},
        "404": {"description": "", "content": TITLE},
        "409": {"description": ""},
        "5XX": {"description": "", "content": TITLE},
    }
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    operation = {"operationId": "put", "requestBody": body, "responses": responses}
    return load(tmp_path_factory.mktemp("errors"), schemas() | {"paths": {"/a": {"put": operation}}})


def raising(error: Exception) -> Callable[..., Any]:
    """A service that raises an error."""

    def answer(**_: Any) -> Any:
        raise error

    return answer


def answered(app: FastAPI, **options: Any) -> tuple[int, str]:
    """The status and the body of one response."""
    answer = ask(app, "PUT", "/a", **options)
    return answer.status_code, answer.text


WRONG = (500, "Internal Server Error")


def test_what_a_service_returns_is_held_to_the_schema_of_its_status(api: ModuleType) -> None:
    """A model, JSON with a status, and raw text that is JSON."""
    json, raw = api.server.Json, api.server.Raw
    cases: list[tuple[Any, tuple[int, str]]] = [
        ({"id": 1}, (200, '{"id":1}')),
        ({}, WRONG),
        (json(Any, {"id": 1}, 201), (201, '{"id":1}')),
        (json(Any, {}, 201), WRONG),
        (json(Any, {"id": 1}, 202), WRONG),
        (json(Any, {"title": "x"}, 404), (404, '{"title":"x"}')),
        (json(Any, {"id": 1}, 404), WRONG),
        (json(Any, {"title": "x"}, 503), (503, '{"title":"x"}')),
        (raw('{"title": "x"}', PROBLEM, 404), (404, '{"title": "x"}')),
        (raw('{"id": 1}', PROBLEM, 404), WRONG),
        (raw("{", PROBLEM, 404), WRONG),
        (raw('{"title": "x"}', "application/json", 404), WRONG),
        (raw('{"id": 1}', "application/json; charset=utf-8", 201), (201, '{"id": 1}')),
        (raw("[]", "application/json"), WRONG),
        (raw("[" * 10_000, "application/json"), WRONG),
    ]

    for given, expected in cases:
        app, _ = serve(api, answer=lambda given=given, **_: given)
        assert answered(app) == expected, given


def test_an_error_of_a_service_is_held_to_its_schema(api: ModuleType) -> None:
    """FastAPI's own body for an error is not what this contract declares; the one of a handler can be."""
    app, _ = serve(api, answer=raising(HTTPException(404, "secret")))
    assert answered(app) == WRONG

    for body, expected in (({"title": "x"}, (404, '{"title":"x"}')), ({"detail": "secret"}, WRONG)):
        app, _ = serve(api, answer=raising(HTTPException(404, "secret")))

        @app.exception_handler(HTTPException)
        async def handle(_: Request, error: HTTPException, body: Any = body) -> JSONResponse:
            return JSONResponse(body, error.status_code, media_type=PROBLEM)

        assert answered(app) == expected


def test_errors_without_a_declared_body_are_sent_as_they_are(api: ModuleType) -> None:
    """A status without a body or without a declaration, and input that FastAPI rejects before the service is called."""
    for status in (403, 409):
        app, _ = serve(api, answer=raising(HTTPException(status, "no")))
        assert answered(app) == (status, '{"detail":"no"}')
    app, given = serve(api)
    status, text = answered(app, content="[", headers={"Content-Type": "application/json"})
    assert (status, given) == (422, {})
    assert "json_invalid" in text
