"""Parameters are read as their schemas type them, in every location and style, and by their declared names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.generated.derived import facts
from tests.generator.making import OK, load, schemas
from tests.generator.serving import METHOD, ask, serve

pytestmark = pytest.mark.slow
INTEGER = {"type": "integer"}
LIST = {"type": "array", "items": INTEGER}
TEXTS = {"type": "array", "items": {"type": "string"}}
OBJECT = {
    "type": "object",
    "properties": {"n": INTEGER, "s": {"type": "string"}, "l": LIST},
    "additionalProperties": False,
}
CHOICE = {"type": "integer", "enum": [1, 2]}
TREE = {"type": "object", "properties": {"n": INTEGER, "t": {"$ref": "#/components/schemas/Tree"}}}

WRONG = object()
"""The request is rejected with 422."""
Requests = dict[str, Any]
"""path with query -> what the service is given."""


def query(schema: Any, **more: Any) -> dict[str, Any]:
    """A parameter `q` in the query."""
    return {"name": "q", "in": "query", "schema": schema, **more}


def in_path(schema: Any, **more: Any) -> dict[str, Any]:
    """A parameter `p` in the path."""
    return {"name": "p", "in": "path", "required": True, "schema": schema, **more}


CASES: dict[str, tuple[list[dict[str, Any]], Requests]] = {
    "a list or null": (
        [query({"type": ["array", "null"], "items": INTEGER})],
        {"/a": None, "/a?q=1&q=2": [1, 2], "/a?q=1": [1], "/a?q=x": WRONG},
    ),
    "a list or null, as FastAPI writes it": (
        [query({"anyOf": [LIST, {"type": "null"}], "title": "Ids"})],
        {"/a": None, "/a?q=1&q=2": [1, 2], "/a?q=x": WRONG},
    ),
    "a list or null in one text": (
        [query({"type": ["array", "null"], "items": INTEGER}, style="pipeDelimited", explode=False)],
        {"/a": None, "/a?q=1|2": [1, 2]},
    ),
    "a list or one value": ([query({"anyOf": [INTEGER, LIST]})], {"/a?q=5": 5, "/a?q=5&q=6": [5, 6], "/a?q=x": WRONG}),
    "a list in a text": ([query(LIST, explode=False)], {"/a?q=1,2": [1, 2], "/a?q=1,x": WRONG}),
    "a list of lists": ([query({"type": "array", "items": TEXTS}, explode=False)], {"/a?q=a": [["a"]]}),
    "deepObject": (
        [query(OBJECT, style="deepObject", explode=True)],
        {
            "/a": None,
            "/a?q[n]=5&q[s]=7&q[l]=1&q[l]=2": {"n": 5, "s": "7", "l": [1, 2]},
            "/a?q[l]=1": {"l": [1]},
            "/a?q[l][]=1": {"l": [1]},
            "/a?q[n]=x": WRONG,
            "/a?q[z]=1": WRONG,
        },
    ),
    "deepObject inside itself": (
        [query({"$ref": "#/components/schemas/Tree"}, style="deepObject", explode=True)],
        {"/a?q[t][t][n]=1": {"t": {"t": {"n": 1}}}, "/a?q[t][t][n]=x": WRONG, "/a?q" + "[t]" * 50 + "=1": WRONG},
    ),
    "an object in parameters of its own": (
        [query(OBJECT)],
        {"/a": None, "/a?n=5&s=7&l=1&l=2": {"n": 5, "s": "7", "l": [1, 2]}, "/a?n=x": WRONG},
    ),
    "an open object beside another parameter": (
        [query({**OBJECT, "additionalProperties": INTEGER}), {"name": "z", "in": "query", "schema": INTEGER}],
        {"/a?n=5&x=7&z=3": {"n": 5, "x": 7}, "/a?x=y": WRONG},
    ),
    "an object in one text": ([query(OBJECT, explode=False)], {"/a?q=n,5,s,7": {"n": 5, "s": "7"}}),
    "content": (
        [{"name": "q", "in": "query", "content": {"application/json": {"schema": OBJECT}}}],
        {"/a": None, '/a?q={"n":1}': {"n": 1}, '/a?q={"n":"x"}': WRONG, "/a?q={": WRONG},
    ),
    "content without a schema": (
        [{"name": "q", "in": "query", "content": {"application/json": {}}}],
        {'/a?q={"n":1}': {"n": 1}, "/a?q={": "{"},
    ),
    "required content": (
        [{"name": "q", "in": "query", "required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}],
        {"/a": WRONG, "/a?q=5": "5"},
    ),
    "allOf": (
        [query({"allOf": [{"$ref": "#/components/schemas/Choice"}], "default": 2})],
        {"/a": 2, "/a?q=1": 1, "/a?q=3": WRONG},
    ),
    "numbers as choices": ([query({"enum": [1, 2]})], {"/a?q=1": 1, "/a?q=3": WRONG}),
    "a format": ([query({"type": "string", "format": "date"})], {"/a?q=2026-01-31": "2026-01-31", "/a?q=x": WRONG}),
    "anything": ([query({})], {"/a": None, "/a?q=1": "1"}),
    "a list in the path": ([in_path(LIST)], {"/a/1,2": [1, 2], "/a/x": WRONG}),
    "an object in the path": ([in_path(OBJECT)], {"/a/n,1,s,x": {"n": 1, "s": "x"}}),
    "an exploded object in the path": ([in_path(OBJECT, explode=True)], {"/a/n=1,s=x": {"n": 1, "s": "x"}}),
    "label": ([in_path(LIST, style="label")], {"/a/.1,2": [1, 2]}),
    "exploded label": ([in_path(LIST, style="label", explode=True)], {"/a/.1.2": [1, 2]}),
    "matrix": ([in_path(INTEGER, style="matrix")], {"/a/;p=1": 1, "/a/;p=x": WRONG}),
    "exploded matrix": ([in_path(LIST, style="matrix", explode=True)], {"/a/;p=1;p=2": [1, 2]}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_query_or_path_parameter_is_read_as_its_schema_types_it(name: str, tmp_path: Path) -> None:
    """A value that its schema rejects is a 422; the derived document describes the parameter as the contract does."""
    parameters, requests = CASES[name]
    path = "/a/{p}" if parameters[0]["in"] == "path" else "/a"
    operation = {"operationId": "read", "tags": ["a"], "parameters": parameters, "responses": OK}
    document = schemas(Tree=TREE, Choice=CHOICE) | {"paths": {path: {"get": operation}}}
    api = load(tmp_path, document)
    app, given = serve(api)

    for request, expected in requests.items():
        given.clear()
        answer = ask(app, "GET", request)
        if expected is WRONG:
            assert (answer.status_code, given) == (422, {}), request
        else:
            assert answer.status_code == 200, (request, answer.text)
            assert given[parameters[0]["name"]] == expected, request
    if "schema" in parameters[0] and parameters[0]["schema"] and "enum" not in parameters[0]["schema"]:
        document["paths"][path]["get"]["parameters"] = [_typed(entry, name) for entry in parameters]
        assert facts(api.server.derive(app)) == facts(document)


def _typed(parameter: dict[str, Any], name: str) -> dict[str, Any]:
    """A parameter whose schema says its type itself."""
    return {**parameter, "schema": {"type": "integer"}} if name == "allOf" else parameter


HEADERS = {
    "api_key": {"type": "string"},
    "X_Two_Words": INTEGER,
    "X-List": TEXTS,
    "X-Maybe": {"type": ["array", "null"], "items": INTEGER},
    "X-Object": {"type": "object", "properties": {"n": INTEGER}},
}


def test_headers_and_cookies_are_read_by_their_declared_names(tmp_path: Path) -> None:
    """Also names with underscores; `Accept`, `Content-Type` and `Authorization` are ignored, as OpenAPI says."""
    parameters = [{"name": name, "in": "header", "schema": schema} for name, schema in HEADERS.items()]
    parameters += [
        {"name": name, "in": "header", "required": True, "schema": INTEGER}
        for name in ("Accept", "content-type", "Authorization")
    ]
    parameters += [{"name": "ids", "in": "cookie", "schema": LIST, "explode": False}]
    operation = {"operationId": "read", "parameters": parameters, "responses": OK}
    app, given = serve(load(tmp_path, schemas() | {"paths": {"/a": {"get": operation}}}))

    headers = {"api_key": "k", "X_Two_Words": "2", "X-List": "a,b", "X-Maybe": "1,2", "X-Object": "n,5"}
    answer = ask(app, "GET", "/a", headers={**headers, "Cookie": "ids=1,2"})

    assert answer.status_code == 200, answer.text
    assert {name: value for name, value in given.items() if name != METHOD} == {
        "api_key": "k",
        "X_Two_Words": 2,
        "x_list": ["a", "b"],
        "x_maybe": [1, 2],
        "x_object": {"n": 5},
        "ids": [1, 2],
    }
    assert ask(app, "GET", "/a", headers={"api-key": "k"}).status_code == 200
    assert given["api_key"] is None
    assert ask(app, "GET", "/a", headers={"X-Object": "n,x"}).status_code == 422
