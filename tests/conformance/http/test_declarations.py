"""What a published document declares: its exact limits, and every kind of contradiction."""

from typing import Any, cast

import pytest
from astrbot_api.contract import Contract
from astrbot_api.operation import Body, Operation
from astrbot_conformance.http.published_document import disagreements, followed, key_ways, listed, marked_scopes

from tests.conformance.made import BODY, contract_of, new, operation, parameter

HEADER = parameter("X-Ours", "header")
QUERY = (parameter("q", "query"), parameter("n", "query", "integer|null"), parameter("must", "query", required=True))
READ = operation("/api/v1/read", HEADER, parameter("id", "path"), parameter("form", "querystring"), *QUERY)
POST = operation("/api/v1/post", method="POST", side_effect="write", body=BODY)
CLOSED = operation("/api/v1/closed", scope=None, closed_scope="file")
PUBLIC = operation("/api/v1/public", scope=None, public=True)
SCHEMA = {
    "properties": {"a": {"type": "string"}, "b": {"type": "array"}, "any": {}, "n": {"type": "number"}},
    "required": ["a"],
}


class Described(Contract):
    """A contract with one body."""

    def document(self) -> dict[str, Any]:
        """No components."""
        return {}

    def resolve(self, pointer: str) -> Any:
        """The schema of the body."""
        return {BODY.pointer: SCHEMA}[pointer]


def contract(*operations: Operation) -> Contract:
    """The contract of these operations."""
    made = contract_of(*operations)
    return cast("Contract", Described(**{name: getattr(made, name) for name in made.__dataclass_fields__}))


CONTRACT = contract(READ, POST, CLOSED, PUBLIC)


def differences(entry: dict[str, Any], of: Operation = READ, **document: Any) -> list[str]:
    """The contradictions of one operation."""
    paths = {of.path: {of.method.lower(): entry}}
    before = f"{of}: the document "
    return [text.removeprefix(before) for text in disagreements({"paths": paths, **document}, CONTRACT)]


@pytest.mark.parametrize(
    ("servers", "path"),
    [
        ([], "/bots"),
        (["/x"] * 19 + ["/api/v1"], "/api/v1/bots"),
        (["/x"] * 20 + ["/api/v1"], "/bots"),
        (["http://h/api"], "/api/bots"),
        (["http://h/below/api/v1/"], "/api/v1/bots"),
        (["/api", "/api/v1"], "/api/v1/bots"),
        (["http://["], "/bots"),
    ],
)
def test_the_first_twenty_servers_may_have_the_path_of_the_api(servers: list[str], path: str) -> None:
    """The version counts more than the order."""
    document = {"servers": [{"url": url} for url in servers], "paths": {"/bots": {"get": {}}}}

    assert listed(document).keys() == {("GET", path)}


def test_an_entry_has_the_parameters_of_its_path() -> None:
    """Beside its own ones, which may be missing."""
    document = {"paths": {"/x/{a}": {"parameters": [1], "get": {"parameters": [2]}, "put": {}, "post": [], "head": {}}}}

    assert listed(document) == {
        ("GET", "/x/{}"): {"parameters": [2], "path": "/x/{a}", "shared": [1]},
        ("PUT", "/x/{}"): {"parameters": [], "path": "/x/{a}", "shared": [1]},
    }


def test_references_are_followed_up_to_a_limit() -> None:
    """Twenty of them, each with at most a thousand characters."""
    chain: dict[str, Any] = {f"r{n}": {"$ref": f"#/r{n + 1}"} for n in range(1, 22)} | {
        "r20": {"x": 1},
        "a/b~c": {"y": 2},
    }
    longer = chain | {"r20": {"$ref": "#/r21"}, "r21": {"x": 1}}
    for length, found in ((998, {"z": 3}), (999, {})):
        assert followed({"$ref": f"#/{'a' * length}"}, {"a" * length: {"z": 3}}) == found

    assert followed({"$ref": "#/r1"}, chain) == {"x": 1}
    assert followed({"$ref": "#/r1"}, longer) == {"$ref": "#/r21"}
    assert followed({"$ref": "#/a~1b~0c"}, chain) == {"y": 2}
    assert followed({"$ref": "#/none"}, chain) == {}
    assert followed([], chain) == {}


def _chain(length: int, word: str, last: dict[str, Any]) -> dict[str, Any]:
    schema = last
    for _ in range(length - 1):
        schema = {word: [schema]}
    return schema


@pytest.mark.parametrize(("length", "is_found"), [(199, True), (200, True), (201, False), (202, False)])
def test_schemas_are_followed_up_to_a_limit(length: int, is_found: bool) -> None:  # noqa: FBT001  by pytest
    """Two hundred from one schema."""
    members = _chain(length, "allOf", {"required": ["x"]})
    kinds = _chain(length, "anyOf", {"type": "array"})

    body = {"requestBody": {"content": {"application/json": {"schema": members}}}}
    assert differences(body, POST) == (["requires the member `x`, the contract does not"] if is_found else [])
    query = {"parameters": [{"name": "q", "in": "query", "schema": kinds}]}
    assert differences(query) == (["declares `q` with the type array, the contract with string"] if is_found else [])


def test_a_schema_is_followed_once() -> None:
    """The same part may occur in several places."""
    part = {"required": ["x"], "properties": {"a": {"type": "array"}}}
    schema = {"allOf": [{"allOf": [part]}, part], "properties": {"a": {}}, "required": ["a"]}
    many = {"allOf": [{"allOf": [part, {"required": ["y"]}]}, {"allOf": [part]}]}

    text = "declares `a` with the type array, the contract with string"
    more = [f"requires the member `{name}`, the contract does not" for name in "xy"]
    assert differences({"requestBody": _json(schema)}, POST) == [more[0], text]
    assert differences({"requestBody": _json(many)}, POST) == [*more, text]


def _json(schema: Any, **others: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}, **others}


@pytest.mark.parametrize(
    ("schema", "difference"),
    [
        ({"properties": {"a": {"type": "array"}}}, "declares `a` with the type array, the contract with string"),
        (
            {"properties": {"a": {"type": ["array", "null"]}}},
            "declares `a` with the type array|null, the contract with string",
        ),
        ({"properties": {"a": {"type": ["string", "array"]}}}, None),
        ({"properties": {"a": {}}}, None),
        ({"properties": {"any": {"type": "array"}}}, None),
        ({"properties": {"new": {"type": "array"}}}, None),
        ({"properties": {"n": {"type": "integer"}}}, None),
        ({"properties": {"n": {"type": "string"}}}, "declares `n` with the type string, the contract with number"),
        (
            {"properties": {"b": {"anyOf": [{"type": "object"}, {"type": "null"}]}}},
            "declares `b` with the type null|object, the contract with array",
        ),
        ({"properties": {"b": {"oneOf": [{"type": "object"}, {}]}}}, None),
        ({"properties": {"b": {"anyOf": [{"type": "object"}], "oneOf": [{"type": "array"}]}}}, None),
        ({"properties": {"a": {"type": "string"}}, "allOf": [{"properties": {"a": {"type": "array"}}}]}, None),
        ({"required": ["a"]}, None),
        ({"required": ["b"]}, "requires the member `b`, the contract does not"),
        ({}, None),
    ],
)
def test_the_members_of_a_body_are_compared(schema: Any, difference: str | None) -> None:
    """Their types as far as both name some, and which of them are required."""
    assert differences({"requestBody": _json(schema)}, POST) == ([difference] if difference else [])


def test_a_required_body_is_compared() -> None:
    """A body that the contract describes without a schema is not."""
    nothing = {"requestBody": {"required": True, "content": {}}}
    plain = operation(
        "/api/v1/plain", method="POST", body=Body(("text/plain",), required=True, schema=None, pointer=None)
    )
    unlike = {"paths": {"/api/v1/plain": {"post": {"requestBody": _json({"required": ["x"]}, required=True)}}}}

    assert differences(nothing) == ["requires a body, the contract has none"]
    assert differences({"requestBody": _json({"required": ["x"]}, required=True)}) == differences(nothing)
    assert differences({"requestBody": {"required": False, "content": {}}}) == []
    assert differences(nothing, POST) == []
    assert list(disagreements(unlike, contract(plain))) == []


@pytest.mark.parametrize(
    ("declared", "difference"),
    [
        ({"name": "q", "in": "header"}, "declares `q` in a header, the contract in the query"),
        ({"name": "q", "in": "cookie"}, "declares `q` in a cookie, the contract in the query"),
        ({"name": "q", "in": "path"}, None),
        ({"name": "x", "in": "cookie"}, None),
        ({"name": "x", "in": "cookie", "required": True}, None),
        ({"name": "x", "in": "header"}, None),
        ({"name": "x", "in": "header", "required": True}, "requires the header `x`, which the contract lacks"),
        ({"name": "form", "in": "header", "required": True}, "requires the header `form`, which the contract lacks"),
        ({"name": "id", "in": "header", "required": True}, "requires the header `id`, which the contract lacks"),
        ({"name": "x-OURS", "in": "header", "required": True}, None),
        ({"name": "Host", "in": "header", "required": True}, None),
        ({"name": "x", "in": "query"}, "declares the query parameter `x`, which the contract lacks"),
        ({"name": "form", "in": "query"}, "declares the query parameter `form`, which the contract lacks"),
        ({"name": "id", "in": "query"}, "declares the query parameter `id`, which the contract lacks"),
        ({"name": "id", "in": "cookie"}, None),
        ({"name": "x", "in": "a"}, None),
        ({"name": "x", "in": "querystring"}, None),
        ({"name": "must", "in": "query"}, "declares `must` as optional, the contract as required"),
        ({"name": "must", "in": "query", "required": True}, None),
        ({"name": "q", "in": "query", "required": True}, "declares `q` as required, the contract as optional"),
        ({"name": "n", "in": "query", "schema": {"type": "number"}}, None),
        ({"name": "n", "in": "query", "schema": {"type": "null"}}, None),
        (
            {"name": "q", "in": "query", "schema": {"type": "number"}},
            "declares `q` with the type number, the contract with string",
        ),
        ({"$ref": "#/components/parameters/Odd"}, "declares the query parameter `odd`, which the contract lacks"),
    ],
)
def test_parameters_are_compared(declared: dict[str, Any], difference: str | None) -> None:
    """Those of the operation and those of its path."""
    declared = {name: new(value) if name == "in" else value for name, value in declared.items()}
    components = {"parameters": {"Odd": {"name": "odd", "in": "query"}}}
    shared = {"paths": {READ.path: {"parameters": [declared], "get": {}}}, "components": components}

    found = [difference] if difference else []
    assert differences({"parameters": [declared]}, components=components) == found
    assert [text.partition("the document ")[2] for text in disagreements(shared, CONTRACT)] == found


SCHEMES = {
    "Key": {"type": "http", "scheme": "bearer"},
    "Header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "Odd": {"type": "apiKey", "in": "query", "name": "key"},
    "InCookie": {"type": "apiKey", "in": new("cookie"), "name": "k"},
    "OAuth": {"type": "oauth2"},
    "Plain": {"type": "http", "bearerFormat": "JWT"},
    "UserSession": {"type": "http"},
    "Bare": {},
}


@pytest.mark.parametrize(
    ("entry", "of", "found"),
    [
        ({"x-astrbot-scope": "chat"}, READ, ["requires the scope `chat`, the contract `bot`"]),
        ({"x-scopes": ["chat", "bot"]}, READ, []),
        ({"x-scopes": ["chat", "odd"]}, CLOSED, ["allows keys with `chat`, the contract allows no key"]),
        ({"x-scope": "odd"}, CLOSED, []),
        ({"security": []}, READ, ["requires no credentials, the contract does"]),
        ({"security": [{"Key": ["bot"]}, {}]}, READ, ["requires no credentials, the contract does"]),
        ({"security": []}, PUBLIC, []),
        ({"security": [{"Key": ["config"]}]}, READ, []),
        (
            {"security": [{"Key": ["chat", "bot", "im"]}]},
            READ,
            ["allows keys with `bot`, `chat`, `im`, the contract requires `bot`"],
        ),
        (
            {"security": [{"Key": ["im", "chat", "x"]}]},
            CLOSED,
            ["allows keys with `chat`, `im`, the contract allows no key"],
        ),
        (
            {"security": [{"Odd": []}]},
            READ,
            ["expects the key in `query key`, the contract in `Authorization` or `X-API-Key`"],
        ),
        ({"security": [{"Odd": []}, {"Header": []}]}, READ, []),
        ({"security": [{"Odd": []}]}, CLOSED, []),
        ({"security": [{"Bare": []}]}, READ, []),
        ({"parameters": [{"name": "x", "in": "query"}]}, CLOSED, []),
        ({"parameters": [{"name": "x", "in": "query"}]}, PUBLIC, []),
    ],
)
def test_scopes_and_places_of_keys_are_compared(entry: dict[str, Any], of: Operation, found: list[str]) -> None:
    """As far as the document names some."""
    assert differences(entry, of, components={"securitySchemes": SCHEMES}) == found


def test_a_login_of_people_is_no_way_for_a_key() -> None:
    """By its type, its place, its name or its format. An operation without a declaration has that of the document."""
    document = {"components": {"securitySchemes": SCHEMES}, "security": [{"Key": []}]}
    ways: list[dict[str, list[str]]] = [{name: []} for name in SCHEMES]

    assert key_ways({"security": ways}, document) == [{"Key": []}, {"Header": []}, {"Odd": []}, {"Bare": []}]
    assert key_ways({"security": [{"Key": [], "OAuth": []}]}, document) == []
    assert key_ways({}, document) == [{"Key": []}]
    assert key_ways({"security": []}, document) == []


def test_marks_name_scopes_in_order() -> None:
    """Each once. A mark that is no text or empty is ignored."""
    entry = {"x-scopes": ["b", " ", 5, "a"], "x-astrbot-scope": "b", "x-scope": None, "x-required-scopes": "c"}

    assert marked_scopes(entry) == ["b", "a", "c"]
