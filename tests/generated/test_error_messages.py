"""What a model or a server says of wrong input: the type, the place and the rule, never the value."""

from __future__ import annotations

import asyncio
import json
import logging
from types import ModuleType
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from tests.generator.making import contract, load, operation

SECRET = "sk-secret-7f3a9c"
NUMBER = 8675309778
LONG = "q" * 20_000
CASES: dict[str, tuple[Any, Any]] = {
    "type": ({"type": "integer"}, SECRET),
    "types": ({"type": ["integer", "null"]}, SECRET),
    "enum": ({"enum": ["a", 1]}, SECRET),
    "const": ({"const": {"a": 1}}, SECRET),
    "multipleOf": ({"multipleOf": 4}, NUMBER + 1),
    "maximum": ({"maximum": 2}, NUMBER),
    "exclusiveMaximum": ({"exclusiveMaximum": 2}, NUMBER),
    "minimum": ({"minimum": 99}, -NUMBER),
    "exclusiveMinimum": ({"exclusiveMinimum": 99}, -NUMBER),
    "minLength": ({"minLength": 99}, SECRET),
    "maxLength": ({"maxLength": 1}, SECRET),
    "a long text": ({"maxLength": 1}, LONG),
    "pattern": ({"type": "string", "pattern": "^a{2}$"}, SECRET),
    "maxItems": ({"maxItems": 0}, [SECRET]),
    "minItems": ({"minItems": 3}, [SECRET]),
    "uniqueItems": ({"uniqueItems": True}, [SECRET, SECRET]),
    "contains": ({"contains": {"type": "integer"}}, [SECRET]),
    "maxContains": ({"contains": {"type": "string"}, "maxContains": 1}, [SECRET, SECRET]),
    "minContains": ({"contains": {"type": "string"}, "minContains": 3}, [SECRET, SECRET]),
    "maxProperties": ({"maxProperties": 1}, {"a": SECRET, "b": SECRET}),
    "minProperties": ({"minProperties": 3}, {SECRET: SECRET}),
    "required": ({"type": "object", "required": ["a"]}, {SECRET: SECRET}),
    "dependentRequired": ({"dependentRequired": {"a": ["b"]}}, {"a": SECRET}),
    "dependentSchemas": ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": SECRET}),
    "anyOf": ({"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 99}]}, SECRET),
    "oneOf with none": ({"oneOf": [{"type": "integer"}, {"type": "string", "minLength": 99}]}, SECRET),
    "oneOf with two": ({"oneOf": [{"type": "string"}, {"type": "string", "minLength": 1}]}, SECRET),
    "allOf": ({"allOf": [{"type": "integer"}]}, SECRET),
    "not": ({"not": {"type": "string"}}, SECRET),
    "then": ({"if": {"type": "string"}, "then": {"minLength": 99}}, SECRET),
    "else": ({"if": {"type": "integer"}, "else": {"minLength": 99}}, SECRET),
    "prefixItems": ({"type": "array", "prefixItems": [{"type": "integer"}]}, [SECRET]),
    "items": ({"type": "array", "items": {"type": "integer"}}, [SECRET]),
    "no items": ({"type": "array", "items": False}, [SECRET]),
    "a property": ({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": SECRET}),
    "a property deep inside": (
        {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"const": 1}}}}},
        {"a": {"b": {"c": SECRET}}},
    ),
    "a forbidden property": ({"type": "object", "properties": {"a": False}}, {"a": SECRET}),
    "patternProperties": ({"type": "object", "patternProperties": {"^a": {"type": "integer"}}}, {"ab": SECRET}),
    "additionalProperties": (
        {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
        {SECRET: SECRET},
    ),
    "propertyNames": ({"type": "object", "propertyNames": {"maxLength": 2}}, {SECRET: SECRET}),
    "unevaluatedItems": ({"prefixItems": [{"type": "string"}], "unevaluatedItems": False}, ["a", SECRET]),
    "unevaluatedProperties": ({"properties": {"a": {}}, "unevaluatedProperties": False}, {SECRET: SECRET}),
    "nothing": (False, SECRET),
    "$ref": ({"$ref": "#/components/schemas/Whole"}, SECRET),
    "half a character": ({"type": "string"}, f"{SECRET}\ud800"),
    "an infinite number": ({"type": "string"}, [SECRET, float("inf")]),
    "no JSON": ({"type": "string"}, [SECRET, b"x"]),
}
AS_JSON = {
    name: case for name, case in CASES.items() if name not in ("half a character", "an infinite number", "no JSON")
}


def text(schema: Any) -> dict[str, Any]:
    """A JSON body with a schema."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def document() -> dict[str, Any]:
    """A contract with a schema and an operation for each case, and with operations that read in other ways."""
    names = {case: f"Case{number}" for number, case in enumerate(CASES)}
    paths: dict[str, Any] = {}
    for case, name in names.items():
        body = text({"$ref": f"#/components/schemas/{name}"})
        paths[f"/{name}"] = {"post": operation(name, security=[{"Key": ["read"]}], requestBody=body), "x-case": case}
    number = {"type": "integer", "maximum": 5}
    listed = [{"name": name, "in": "query", "schema": schema} for name, schema in (("n", number), ("m", number))]
    part = {"type": "object", "properties": {"n": number}, "required": ["n"]}
    form = {"required": True, "content": {"multipart/form-data": {"schema": part}}}
    stream = {"text/event-stream": {"schema": {"type": "string", "x-events": {"const": 1}}}}
    paths["/query"] = {"get": operation("query", parameters=listed)}
    paths["/header"] = {
        "get": operation("header", parameters=[{"name": "X-N", "in": "header", "required": True, "schema": number}])
    }
    paths["/form"] = {"post": operation("form", requestBody=form)}
    paths["/answer"] = {
        "get": operation("answer", responses={"200": {"description": "It.", "content": text(part)["content"]}})
    }
    paths["/events"] = {"get": operation("events", responses={"200": {"description": "It.", "content": stream}})}
    made = contract(paths={path: {k: v for k, v in item.items() if k != "x-case"} for path, item in paths.items()})
    schemas = {name: CASES[case][0] for case, name in names.items()}
    made["components"]["schemas"] = {**schemas, "Whole": {"type": "integer"}}
    return made


class Service:
    """Gives back what no contract allows."""

    def __getattr__(self, name: str) -> Any:
        async def method(**arguments: Any) -> Any:
            return events() if name == "events" else {"n": SECRET}

        async def events() -> Any:
            yield {"key": SECRET}

        return method


class Caller:
    """Who may read."""

    scopes = frozenset({"read"})


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package made of the contract."""
    return load(tmp_path_factory.mktemp("messages"), document())


@pytest.fixture(scope="module")
def app(api: ModuleType) -> FastAPI:
    """The operations, served."""

    async def authenticate(asked: Any, credentials: Any) -> Caller:
        return Caller()

    application = FastAPI()
    fields = api.server.Services.__dataclass_fields__
    api.server.mount(application, api.server.Services(**dict.fromkeys(fields, Service())), authenticate)
    return application


def ask(app: FastAPI, method: str, path: str, **options: Any) -> httpx2.Response:
    """One request."""

    async def send() -> httpx2.Response:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://made") as client:
            return await client.request(method, path, headers={"X-Key": "k", **options.pop("headers", {})}, **options)

    return asyncio.run(send())


def shows(*texts: str) -> list[str]:
    """The texts that repeat a value of these tests, or a part of one."""
    parts = [SECRET, str(NUMBER), str(NUMBER + 1), LONG[:300], "\\ud800"]
    return [text for text in texts if any(part in text for part in parts)]


def model(api: ModuleType, case: str) -> Any:
    """The model of a case."""
    return getattr(api.models, f"Case{list(CASES).index(case)}")


@pytest.mark.parametrize("case", CASES)
def test_an_error_of_a_model_shows_no_value(api: ModuleType, case: str) -> None:
    """Neither in the text of the error nor in a message: and yet it says which rule, and how long it is, is bounded."""
    with pytest.raises(ValidationError) as refusal:
        model(api, case).model_validate(CASES[case][1])

    errors = refusal.value.errors()
    assert shows(str(refusal.value), repr(refusal.value)) == []
    assert shows(*(str(error["msg"]) for error in errors), json.dumps(errors, default=str)) == []
    assert refusal.value.__context__ is None
    assert all(0 < len(error["msg"]) < 400 for error in errors)
    if case in AS_JSON:
        assert all("does not satisfy `" in error["msg"] or error["msg"] == "Field required" for error in errors)


@pytest.mark.parametrize("case", AS_JSON)
def test_a_422_shows_no_value(app: FastAPI, case: str) -> None:
    """The body of the answer, as FastAPI makes it of the errors of a generated route."""
    answer = ask(app, "POST", f"/Case{list(CASES).index(case)}", json=CASES[case][1])

    assert answer.status_code == 422
    assert shows(answer.text) == []
    assert len(answer.text) < 4000
    assert {"type", "loc", "msg", "input"} <= answer.json()["detail"][0].keys()


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("GET", f"/query?n={SECRET}", {}),
        ("GET", f"/query?m={NUMBER}", {}),
        ("GET", "/header", {"headers": {"X-N": SECRET}}),
        ("GET", "/header", {"headers": {"X-N": str(NUMBER)}}),
        ("POST", "/form", {"files": {"n": (None, SECRET)}}),
        ("POST", "/form", {"files": {"other": (None, SECRET)}}),
        ("POST", "/Case0", {"content": f'{{"key": "{SECRET}"', "headers": {"Content-Type": "application/json"}}),
        ("POST", "/Case0", {"content": SECRET}),
    ],
)
def test_a_422_of_anything_else_shows_no_value(app: FastAPI, method: str, path: str, options: dict[str, Any]) -> None:
    """Parameters, forms, and a body that is no JSON."""
    answer = ask(app, method, path, **options)

    assert answer.status_code == 422, answer.text
    assert shows(answer.text) == []


@pytest.mark.parametrize("path", ["/answer", "/events"])
def test_a_wrong_answer_is_logged_without_its_values(app: FastAPI, path: str, caplog: pytest.LogCaptureFixture) -> None:
    """What a service gives back may hold a new key: neither the log nor the error repeats it."""
    with caplog.at_level(logging.ERROR):
        ask(app, "GET", path)

    logged = [record.getMessage() for record in caplog.records if "does not allow" in record.getMessage()]
    assert logged
    assert shows(caplog.text) == []
    assert all("does not satisfy `" in text for text in logged)


def test_a_broken_rule_is_named(api: ModuleType) -> None:
    """The message says what the contract requires, so that the sender can fix the value."""
    messages = {
        "maxLength": "a string does not satisfy `maxLength: 1`",
        "pattern": 'a string does not satisfy `pattern: "^a{2}$"`',
        "enum": 'a string does not satisfy `enum: ["a", 1]`',
        "required": "Field required",
        "additionalProperties": "an object does not satisfy `additionalProperties`",
        "propertyNames": "an object does not satisfy `propertyNames: maxLength: 2`",
        "nothing": "a string does not satisfy `false`",
    }
    for case, message in messages.items():
        with pytest.raises(ValidationError) as refusal:
            model(api, case).model_validate(CASES[case][1])
        assert message in [error["msg"] for error in refusal.value.errors()]


def test_a_member_with_a_long_name_is_named_shortly(api: ModuleType) -> None:
    """The place of an error is bounded, too."""
    with pytest.raises(ValidationError) as refusal:
        model(api, "patternProperties").model_validate({f"a{LONG}": "x"})

    assert len(str(refusal.value)) < 1000
