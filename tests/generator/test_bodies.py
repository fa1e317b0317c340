"""Bodies are read as their schemas type them: forms, several media types, and bodies that may be absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.generator.making import OK, load, schemas
from tests.generator.serving import ask, serve

pytestmark = pytest.mark.slow
URLENCODED, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
INTEGER: dict[str, Any] = {"type": "integer"}
LIST = {"type": "array", "items": INTEGER}
OBJECT = {"type": "object", "properties": {"n": INTEGER, "l": LIST}}
NAMED = {"type": "object", "required": ["n"], "properties": {"n": INTEGER}}
FILE = {"type": "string", "format": "binary"}


def members(**named: Any) -> dict[str, Any]:
    """An object schema with these members."""
    return {"type": "object", "properties": named}


class Sent(NamedTuple):
    """A request, and the status or what the service is given."""

    options: dict[str, Any]
    expected: Any


def json(text: str, expected: Any, media: str = JSON) -> Sent:
    """A body of JSON."""
    return Sent({"content": text.encode(), "headers": {"Content-Type": media}}, expected)


def form(expected: Any, **fields: Any) -> Sent:
    """A urlencoded form."""
    return Sent({"data": fields}, expected)


def parts(expected: Any, *named: tuple[str, Any]) -> Sent:
    """A multipart form: a text, or a file as (name, content, media type)."""
    return Sent({"files": [(name, (None, part) if isinstance(part, str) else part) for name, part in named]}, expected)


NOTHING = Sent({}, None)
BODIES: dict[str, tuple[dict[str, Any], bool, list[Sent]]] = {
    "parts by type": (
        {
            MULTIPART: {
                "schema": members(
                    number=INTEGER,
                    numbers=LIST,
                    maybe={"anyOf": [INTEGER, {"type": "null"}]},
                    typed={"type": ["integer", "null"]},
                    whole=OBJECT,
                    flag={"type": "boolean"},
                    choice={"type": "integer", "enum": [1, 2]},
                    texts={"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
                    wholes={"type": "array", "items": {"$ref": "#/components/schemas/Named"}},
                )
            }
        },
        True,
        [
            parts({"number": 1, "flag": True, "choice": 2}, ("number", "1"), ("flag", "true"), ("choice", "2")),
            parts({"numbers": [1, 2]}, ("numbers", "1"), ("numbers", "2")),
            parts({"numbers": [1]}, ("numbers", "1")),
            parts({"numbers": [1, 2]}, ("numbers", "[1, 2]")),
            parts({"maybe": None, "typed": 5}, ("maybe", ""), ("typed", "5")),
            parts({"whole": {"n": 1}}, ("whole", '{"n": 1}')),
            parts({"whole": {"n": 1}}, ("whole", ("a.json", b'{"n": 1}', JSON))),
            parts({"texts": ["a"]}, ("texts", "a")),
            parts({"texts": ["a", "b"]}, ("texts", "a"), ("texts", "b")),
            parts({"wholes": [{"n": 1}, {"n": 2}]}, ("wholes", '{"n": 1}'), ("wholes", '{"n": 2}')),
            parts(422, ("number", "x")),
            parts(422, ("numbers", "x")),
            parts(422, ("choice", "3")),
            parts(422, ("whole", '{"n": "x"}')),
            parts(422, ("whole", "[" * 100_000)),
            parts(422, ("number", "9" * 10_000)),
        ],
    ),
    "files": (
        {MULTIPART: {"schema": members(files={"type": "array", "items": FILE}, small={**FILE, "maxLength": 3})}},
        True,
        [
            parts({"files": [b"1", b"2"]}, ("files", ("a", b"1", "a/b")), ("files", ("b", b"2", "a/b"))),
            parts({"files": [b"1"], "small": b"123"}, ("files", ("a", b"1", "a/b")), ("small", ("b", b"123", "a/b"))),
            parts(422, ("small", ("a", b"1234", "a/b"))),
        ],
    ),
    "allOf": (
        {URLENCODED: {"schema": {"allOf": [{"$ref": "#/components/schemas/Named"}, members(m={"type": "boolean"})]}}},
        True,
        [form({"n": 1, "m": False}, n="1", m="false"), form(422, n="x"), form(422, m="true")],
    ),
    "oneOf": (
        {URLENCODED: {"schema": {"oneOf": [NAMED, {**members(b={"type": "boolean"}), "required": ["b"]}]}}},
        True,
        [form({"n": 1}, n="1"), form({"b": True}, b="true"), form(422, n="1", b="true")],
    ),
    "members without a name": (
        {URLENCODED: {"schema": {"type": "object", "additionalProperties": INTEGER}}},
        True,
        [form({"a": 1}, a="1"), form(422, a="x")],
    ),
    "encoding": (
        {
            URLENCODED: {
                "schema": members(
                    deep=OBJECT, list=LIST, piped=LIST, json={"type": "array", "items": {"type": "string"}}
                ),
                "encoding": {
                    "deep": {"style": "deepObject", "explode": True},
                    "list": {"style": "form", "explode": False},
                    "piped": {"style": "pipeDelimited"},
                    "json": {"contentType": "application/json"},
                },
            }
        },
        True,
        [
            Sent(
                {"data": {"deep[n]": "1", "deep[l]": ["1", "2"], "list": "1,2", "piped": "1|2", "json": '["a"]'}},
                {"deep": {"n": 1, "l": [1, 2]}, "list": [1, 2], "piped": [1, 2], "json": ["a"]},
            ),
            Sent({"data": {"deep[n]": "x"}}, 422),
        ],
    ),
    "two kinds of forms": (
        {URLENCODED: {"schema": NAMED}, MULTIPART: {"schema": members(n={"type": "boolean"})}},
        True,
        [form({"n": 1}, n="1"), parts({"n": True}, ("n", "true")), parts(422, ("n", "1")), form(422, n="true")],
    ),
    "an optional form": (
        {URLENCODED: {"schema": NAMED}},
        False,
        [Sent({}, {}), form({"n": 1}, n="1"), form(422, m="1")],
    ),
    "JSON or XML": (
        {JSON: {"schema": {"$ref": "#/components/schemas/Named"}}, "application/xml": {"schema": NAMED}},
        True,
        [
            json('{"n": 1}', {"n": 1}),
            json('{"n": "x"}', 422),
            json("{", 422),
            json("<n/>", b"<n/>", "application/xml"),
            json('{"n": 1}', {"n": 1}, "application/json; charset=utf-8"),
            json("n: 1", 415, "text/yaml"),
            Sent({"content": b'{"n": 1}'}, {"n": 1}),
            Sent({}, 422),
        ],
    ),
    "JSON or a form": (
        {JSON: {"schema": {"$ref": "#/components/schemas/Named"}}, URLENCODED: {"schema": NAMED}},
        True,
        [json('{"n": 1}', {"n": 1}), json('{"n": "x"}', 422), form({"n": 1}, n="1"), form(422, n="x")],
    ),
    "two kinds of JSON": (
        {JSON: {"schema": NAMED}, "application/merge-patch+json": {"schema": {"type": "object", "required": ["z"]}}},
        True,
        [
            json('{"n": 1}', {"n": 1}),
            json('{"n": 1}', 422, "application/merge-patch+json"),
            json('{"z": 1}', {"z": 1}, "application/merge-patch+json"),
        ],
    ),
    "JSON or anything": (
        {JSON: {"schema": NAMED}, "*/*": {}},
        False,
        [
            json('{"n": 1}', {"n": 1}),
            json('{"n": "x"}', 422),
            json("\0", b"\0", "image/png"),
            NOTHING,
            json("null", 422),
        ],
    ),
    "any media type with a schema": (
        {"*/*": {"schema": NAMED}},
        True,
        [json('{"n": 1}', b'{"n": 1}'), json('{"n": "x"}', 422), json("{", 422), json("\0", b"\0", "image/png")],
    ),
    "text": (
        {"text/plain": {"schema": {"type": "string", "maxLength": 3}}},
        True,
        [json("abc", b"abc", "text/plain"), json("abcd", 422, "text/plain")],
    ),
    "an optional body": ({JSON: {"schema": NAMED}}, False, [NOTHING, json('{"n": 1}', {"n": 1}), json(" null ", 422)]),
    "an optional body that may be null": (
        {JSON: {"schema": {"anyOf": [NAMED, {"type": "null"}]}}},
        False,
        [NOTHING, json("null", None), json('{"n": "x"}', 422)],
    ),
}


def received(body: Any) -> Any:
    """A body as plain values; an upload as its content."""
    if hasattr(body, "model_dump"):
        return body.model_dump(mode="json")
    value = getattr(body, "value", body)
    if isinstance(value, dict):
        return {name: received(item) for name, item in value.items()}
    if isinstance(value, list):
        return [received(item) for item in value]
    return getattr(value, "content", value)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_as_its_schema_types_it(name: str, tmp_path: Path) -> None:
    """Every media type is judged by its own schema; any other body is a 422, and an unknown media type a 415."""
    content, required, requests = BODIES[name]
    operation = {
        "operationId": "store",
        "requestBody": {"required": required, "content": content},
        "responses": OK,
    }
    api = load(tmp_path, schemas(Named=NAMED) | {"paths": {"/a": {"post": operation}}})
    app, given = serve(api)

    for request in requests:
        given.clear()
        answer = ask(app, "POST", "/a", **request.options)
        if isinstance(request.expected, int):
            assert (answer.status_code, given) == (request.expected, {}), request
        else:
            assert answer.status_code == 200, (request, answer.text)
            assert received(given["body"]) == request.expected, request
    derived = api.server.derive(app)["paths"]["/a"]["post"]["requestBody"]
    assert (derived.get("required", False), sorted(derived["content"])) == (required, sorted(content))
