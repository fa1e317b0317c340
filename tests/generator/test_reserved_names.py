"""No name of a contract collides with a name in the generated code, and names that differ are told apart."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.generator.making import load, make, schemas
from tests.generator.serving import METHOD, ask, serve

pytestmark = pytest.mark.slow
LETTERS = {"type": "array", "items": {"type": "string"}}


def contract_of(words: list[str]) -> dict[str, Any]:
    """A contract in which each word is a tag, an operation, a parameter, a schema and a member of every schema."""
    refers = {word: {"$ref": f"#/components/schemas/{word}"} for word in words}
    named = {word: {"type": "object", "properties": {"the-list": LETTERS, word: refers[word]}} for word in words}
    whole = {"type": "object", "properties": dict.fromkeys(words, LETTERS) | {"last": {"type": "integer"}}}
    paths = {
        f"/{number}/{{{word}}}": {
            "post": {
                "tags": [word],
                "operationId": word,
                "parameters": [
                    {"name": word, "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": word, "in": "query", "schema": LETTERS},
                    {"name": header(word), "in": "header", "schema": {"type": "integer"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": refers[word]}}},
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": refers[word]}}}},
            }
        }
        for number, word in enumerate(words)
    }
    return schemas(**named, **{"the-whole": whole}) | {"paths": paths}


def header(word: str) -> str:
    """A header of this name, or another one if OpenAPI ignores it."""
    return "x" if word.lower() in ("accept", "authorization") else word


def names_in(package: Path) -> Iterator[str]:
    """Every name that the modules of a package use, define, import or take as an argument."""
    for file in package.rglob("*.py"):
        yield file.stem
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.alias):
                yield from {*node.name.split("."), node.asname or node.name}
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node.name


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every name in the code generated from a contract with all kinds of names, every keyword and built-in name."""
    made = make(tmp_path_factory.mktemp("words"), contract_of(["pet"])) / "astrbot_api"
    found = {*names_in(made), *keyword.kwlist, *keyword.softkwlist, *dir(builtins)} - {"TheWhole"}
    return sorted(word for word in found if word.replace("_", "") and word.isidentifier())


@pytest.fixture(scope="module")
def api(words: list[str], tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package of a contract whose every name is one of these words."""
    return load(tmp_path_factory.mktemp("reserved"), contract_of(words))


def test_every_reserved_word_is_served(api: ModuleType, words: list[str]) -> None:
    """Each word is a tag, an operation, a parameter and a schema of its own: a request reaches its method."""
    app, served = serve(api)
    assert len(words) > 500
    assert len(api.server.Services.__dataclass_fields__) == len(words)

    methods = set()
    for number, word in enumerate(words):
        answer = ask(
            app, "POST", f"/{number}/p?{word}=a&{word}=b", json={word: {word: {}}}, headers={header(word): "7"}
        )
        assert answer.status_code == 200, (word, answer.text)
        given = dict(served)
        methods.add(given.pop(METHOD))
        assert given.pop("body").model_dump(mode="json") == {word: {word: {}}}, word
        assert sorted(map(str, given.values())) == ["7", "['a', 'b']", "p"], word
    assert len(methods) == len(words)


def test_every_reserved_word_is_a_member(api: ModuleType, words: list[str]) -> None:
    """A model with all words as members gets and returns all of them."""
    value = {word: [word] for word in words} | {"last": 1}

    whole = api.models.TheWhole.model_validate(value)

    assert whole.model_dump(mode="json") == value
    assert whole.last == 1


SPELLINGS = ["users", "Users", "USERS", "user-s", "user_s", "user.s", "2users", "USERS_", "_users", "x" * 300]
TEXTS = [*SPELLINGS, "用户", "用户!", "!", "&", "user s"]


def test_schemas_that_differ_only_in_case_or_punctuation_are_told_apart(tmp_path: Path) -> None:
    """Each is a class; a name that needs no change is not changed."""
    api = load(tmp_path, schemas(**{name: {"type": "object", "required": [name]} for name in SPELLINGS}))

    for name in ("users", "Users", "USERS", "user_s", "USERS_"):
        assert getattr(api.models, name).model_validate({name: 1}).model_dump() == {name: 1}
    told = [value for value in vars(api.models).values() if getattr(value, "__module__", "").endswith(".models")]
    assert len(told) == len(SPELLINGS)


def test_texts_that_differ_only_in_case_or_punctuation_are_told_apart(tmp_path: Path) -> None:
    """As tags, operations, parameters, members, scopes and paths."""
    paths = contract_of(TEXTS)["paths"]
    for item in paths.values():
        item["post"] |= {"requestBody": {"content": {}}, "responses": {"200": {"description": ""}}}
    unnamed = {f"/{text}-b": {"get": {"responses": {"200": {"description": ""}}}} for text in TEXTS}
    members = {"type": "object", "properties": {text: {"type": "integer"} for text in TEXTS}}
    api = load(tmp_path, schemas(Whole=members) | {"paths": paths | unnamed})
    app, served = serve(api, answer=lambda **_: None)

    methods = set()
    for number, text in enumerate(TEXTS):
        headers = {text: "7"} if text.isascii() and " " not in text else {}
        answer = ask(app, "POST", f"/{number}/p", params={text: ["a"]}, headers=headers)
        assert answer.status_code == 200, (text, answer.text)
        assert [value for value in served.values() if value == "p"], text
        assert [value for value in served.values() if value == ["a"]], text
        methods.add(served[METHOD])
    assert len(methods) == len(TEXTS)
    value = {text: number for number, text in enumerate(TEXTS)}
    assert api.models.Whole.model_validate(value).model_dump() == value
    assert len({operation.id for operation in api.operations.OPERATIONS}) == 2 * len(TEXTS)
