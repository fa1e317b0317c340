"""Contracts in which every text that OpenAPI leaves free is hostile, beside the same contracts with plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.generator.making import OK

Text = Callable[[str], str]
"""Given a word that is unique in the contract, the text that stands in its place; both begin alike."""

CANARY = "PWNED"
ALPHABETS: dict[str, str] = {
    "triple quotes": f'"""; __import__("pathlib").Path("{CANARY}").touch(); """',
    "three quotes at the end": '"""',
    "single triple quotes": f"'''; __import__('pathlib').Path('{CANARY}').touch(); '''",
    "a quote": f'") or __import__("pathlib").Path("{CANARY}").touch() or ("',
    "an apostrophe": f"') or __import__('pathlib').Path('{CANARY}').touch() or ('",
    "backslashes": "\\" * 3 + '"' + "\\" * 4 + "'\\",
    "escapes": '\\x22\\"\\N{QUOTATION MARK}\\042\\u0022\\',
    "line ends": f'\n__import__("pathlib").Path("{CANARY}").touch()\r\n\r\x0b\x0c\x85\u2028\u2029#',
    "comments": "# type: ignore # noqa # fmt: off # ruff: noqa # isort: skip_file # -*- coding: utf-7 -*- +AGEAIg-",
    "expressions of Jinja": "{{ 7*7 }}{{ ''.__class__.__mro__ }}",
    "statements of Jinja": "{% for x in y %}{% endraw %}{# #}{% raw %}",
    "braces": "{0}{__class__}{}{{}}%s%(x)s${x}",
    "NUL": "\x00a\x00",
    "control characters": "\x01\x07\x08\x1b[31m\x1b]0;x\x07\x7f\x9b",
    "bidi": "\u202e\u2066\u2067\u2069\u200f\u061c\ufeff",
    "invisible": "\u200b\u200d\u2060\u00ad\U000e0041\U000e0001",
    "keywords": " class None import lambda",
    "dunder names": "__class__ __init__ __import__ __globals__ __builtins__",
    "builtins": ".str.list.print",
    "unusual letters": "\ufb01\u00b2\u2460\u1369\u0149\u00df\u0130\u00aa\u01f0",
    "combining": "\u0301\u0345\u20e3",
    "other scripts": "日本語עבריתالعربية",
    "astral": "😀𝐀𝒷\U0010ffff",
    "private": "\ue000\uf8ff",
    "Markdown": "`code` ``` | [x](javascript:1) ![y](http://e.org) <b>@user #1 https://e.org",
    "paths": "../../etc/passwd/..\\..\\x",
    "a forward reference": "Literal[__import__('os')] | 'Any'",
    "long": "x" * 300,
    "long with blanks": "xy " * 100,
    "long quotes": '\\"' * 150,
    "only blanks": "   \t ",
    "a module of ours": "security",
    "numbers": "0123",
}


def contract(text: Text) -> dict[str, Any]:
    """A contract with a text in every place; the same places whatever the text."""
    return {
        "openapi": "3.1.0",
        "info": {"title": text("title"), "version": text("version"), "description": text("about"), "x-info": text("x")},
        "servers": [{"url": "/", "description": text("server")}],
        "tags": [{"name": tag(text, "tagone"), "description": text("described")}, {"name": tag(text, "tagtwo")}],
        "x-scopes": {
            text("scopeone"): {"en": text("meaning"), "zh": text("sense")},
            text("scopetwo"): {"en": text("meaningtwo"), "zh": text("sensetwo"), "implies": [text("scopeone")]},
            text("subscope"): {"en": text("less"), "zh": text("lesser"), "requires": text("scopeone")},
        },
        "x-closed-scopes": [text("closed")],
        "x-requirements": {
            text("rule"): {"level": "MUST", "sentence": text("sentence"), "source": text("source")},
        },
        "x-anything": {text("key"): [text("value")]},
        "paths": {
            f"/{path(text, 'pathone')}/{{{path(text, 'inpath')}}}": {
                "summary": text("itemsummary"),
                "parameters": [{"name": path(text, "inpath"), "in": "path", "required": True, "schema": KIND}],
                "get": _get(text),
                "post": _post(text),
            },
            f"/{path(text, 'pathtwo')}": {"get": _closed(text), "put": _form(text)},
        },
        "components": {
            "securitySchemes": {
                key(text, "keyscheme"): {
                    "type": "apiKey",
                    "in": "header",
                    "name": text("keyheader"),
                    "description": "x",
                },
                key(text, "bearer"): {"type": "http", "scheme": "bearer", "bearerFormat": text("format")},
                key(text, "other"): {"type": "http", "scheme": text("scheme"), "description": text("login")},
                key(text, "oauth"): {"type": "oauth2", "flows": _flows(text)},
                key(text, "openid"): {"type": "openIdConnect", "openIdConnectUrl": "https://example.org/openid"},
            },
            "schemas": _schemas(text),
        },
    }


KIND = {"type": "string", "minLength": 1}


def path(text: Text, word: str) -> str:
    """A text in a path, or as the name of a path parameter, where some letters mean something else."""
    return re.sub(r"[{}/#?\r\n]", "", text(word))


def tag(text: Text, word: str) -> str:
    """A text as a tag, which names a module: a longer one is refused."""
    return text(word)[:100]


def key(text: Text, word: str) -> str:
    """A text as the name of a component, for which OpenAPI leaves few letters free."""
    return re.sub(r"[^a-zA-Z0-9._-]", "-", text(word))


def ref(name: str) -> dict[str, Any]:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _flows(text: Text) -> dict[str, Any]:
    scopes = {text("role"): text("rolemeaning")}
    return {"clientCredentials": {"tokenUrl": "https://example.org/token", "scopes": scopes}}


def _get(text: Text) -> dict[str, Any]:
    choice = {"type": "string", "enum": [text("choiceone"), text("choicetwo")], "default": text("choiceone")}
    return {
        "operationId": text("getone"),
        "tags": [tag(text, "tagone")],
        "summary": text("summary"),
        "description": text("description"),
        "security": [{key(text, "keyscheme"): [text("scopetwo")]}, {key(text, "oauth"): [text("scopetwo")]}],
        "x-sub-scopes": {text("subscope"): text("when")},
        "x-side-effect": "read",
        "x-harmless-probe": {"query": {text("probe"): text("probed")}, "none": text("none")},
        "parameters": [
            {"name": text("queryone"), "in": "query", "description": text("said"), "schema": choice},
            {"name": text("querytwo"), "in": "query", "schema": {"type": "string", "pattern": "^a", "title": "t"}},
            {"name": text("header"), "in": "header", "schema": {"type": "array", "items": {"type": "integer"}}},
            {"name": text("cookie"), "in": "cookie", "schema": {"const": text("constant")}},
        ],
        "responses": {
            "200": {
                "description": text("answer"),
                "content": {"application/json": {"schema": ref(key(text, "modelone"))}},
            },
            "default": {"description": text("otherwise"), "content": {text("media"): {"schema": {"type": "string"}}}},
        },
    }


def _post(text: Text) -> dict[str, Any]:
    inline = {
        "type": "object",
        "title": text("inline"),
        "description": text("inlinedescribed"),
        "properties": {text("inner"): {"type": "object", "properties": {text("innermost"): {"const": text("leaf")}}}},
        "required": [text("inner"), text("unlisted")],
    }
    events = {"type": "string", "x-events": ref(key(text, "modelone"))}
    return {
        "operationId": text("postone"),
        "tags": [tag(text, "tagtwo")],
        "description": text("postdescription"),
        "security": [{key(text, "bearer"): [text("scopeone")]}],
        "x-side-effect": "write",
        "x-alias-of": text("getone"),
        "requestBody": {
            "description": text("body"),
            "content": {"application/json": {"schema": inline, "example": {text("inner"): text("example")}}},
        },
        "responses": {
            "200": {"description": text("stream"), "content": {"text/event-stream": {"schema": events}}},
            "400": {"description": text("wrong"), "content": {"application/json": {"schema": inline}}},
        },
        "callbacks": {},
    }


def _closed(text: Text) -> dict[str, Any]:
    return {
        "operationId": text("closedone"),
        "summary": text("closedsummary"),
        "security": [{key(text, "other"): [text("closed")]}],
        "responses": OK,
    }


def _form(text: Text) -> dict[str, Any]:
    schema = {"type": "object", "properties": {text("part"): {"type": "integer"}}, "required": [text("part")]}
    return {
        "operationId": text("formone"),
        "tags": [tag(text, "tagone")],
        "security": [{key(text, "bearer"): [text("scopeone")]}],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}},
        "responses": {"204": {"description": text("kept")}},
    }


def _schemas(text: Text) -> dict[str, Any]:
    one, two = key(text, "modelone"), key(text, "modeltwo")
    tagged = {"type": "object", "required": [text("kind")]}
    cat = {**tagged, "properties": {text("kind"): {"const": text("cat")}}}
    dog = {**tagged, "properties": {text("kind"): {"const": text("dog")}}}
    told_apart = {"propertyName": text("kind"), "mapping": {text("cat"): ref(key(text, "cat"))["$ref"]}}
    union = {"oneOf": [ref(key(text, "cat")), ref(key(text, "dog"))], "discriminator": told_apart}
    return {
        one: {
            "type": "object",
            "title": text("modeltitle"),
            "description": text("modeldescribed"),
            "$comment": text("comment"),
            "x-note": text("note"),
            "examples": [text("sample")],
            "properties": {
                text("member"): {"type": "string", "default": text("default"), "description": text("memberdescribed")},
                text("choice"): {"enum": [text("red"), text("green")], "title": text("membertitle")},
                text("fixed"): {"const": text("blue")},
                text("many"): {"type": "array", "items": ref(two)},
                text("nested"): {"type": "object", "properties": {text("deep"): {"type": "string"}}},
                text("union"): {"anyOf": [ref(two), {"type": "null"}]},
            },
            "required": [text("member"), text("missing")],
            "additionalProperties": False,
            "dependentRequired": {text("choice"): [text("fixed")]},
        },
        two: {"type": ["string", "null"], "description": text("twodescribed"), "default": text("twodefault")},
        key(text, "modelthree"): {"allOf": [ref(one), {"type": "object", "properties": {text("more"): KIND}}]},
        key(text, "cat"): cat,
        key(text, "dog"): dog,
        key(text, "pet"): union,
        key(text, "listing"): {"type": "array", "items": {"type": "object", "properties": {text("row"): ref(one)}}},
        key(text, "words"): {"enum": [text("yes"), text("no")], "description": text("wordsdescribed")},
    }
