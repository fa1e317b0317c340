"""A published document is held against the contract where it speaks, and may be silent."""

from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.http.published_document import METHODS, disagreements, listed, ways_to
from astrbot_conformance.preflight.new_operations import new_operations

CONTRACT = releases.contract()
SILENT: dict[str, Any] = {"get": {"responses": {}}}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"security": [{"BearerKey": ["chat"]}]}, "says that it takes chat"),
    ({"security": []}, "says that no credentials are needed"),
    ({"x-astrbot-scope": "chat"}, "says scope `chat`"),
    ({"parameters": [{"name": "colour", "in": "query"}]}, "names a query parameter `colour`"),
    ({"parameters": [{"name": "enabled", "in": "query", "required": True}]}, "says that `enabled` is required"),
    (
        {"parameters": [{"name": "enabled", "in": "query", "schema": {"type": "array"}}]},
        "says that `enabled` is of type array",
    ),
    ({"parameters": [{"name": "enabled", "in": "header"}]}, "says that `enabled` stands in a header"),
    ({"parameters": [{"name": "X-Tenant", "in": "header", "required": True}]}, "asks for a header `X-Tenant`"),
    ({"requestBody": {"required": True, "content": {}}}, "asks for a body"),
]


def test_the_contract_agrees_with_itself() -> None:
    """The contract's own document, published, lists every operation and contradicts none."""
    assert list(disagreements(CONTRACT.document(), CONTRACT)) == []
    assert all(ways_to(operation, CONTRACT) & listed(CONTRACT.document()).keys() for operation in CONTRACT.keyed)


def test_silence_is_no_disagreement() -> None:
    """A document without parameters, bodies and scopes contradicts nothing."""
    assert list(disagreements({"paths": {"/api/v1/bots": SILENT}}, CONTRACT)) == []


@pytest.mark.parametrize(("said", "told"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_contradiction_is_told(said: dict[str, Any], told: str) -> None:
    """With the operation and what is wrong."""
    found = list(disagreements({"paths": {"/api/v1/bots": {"get": said}}}, CONTRACT))

    assert len(found) == 1
    assert found[0].startswith(f"GET /api/v1/bots: {told}")


HARMLESS: list[dict[str, Any]] = [
    {"security": [{"BearerKey": ["bot"]}, {"BearerKey": ["config"]}]},
    {"security": [{"BearerKey": ["bot"]}, {"DashboardToken": ["operator"]}]},
    {"security": [{"BearerKey": []}]},
    {"parameters": [{"name": "Authorization", "in": "header", "required": True}]},
    {"parameters": [{"name": "X-Request-Id", "in": "header"}]},
]


@pytest.mark.parametrize("said", HARMLESS, ids=str)
def test_what_the_contract_leaves_open_is_no_disagreement(said: dict[str, Any]) -> None:
    """A scope that implies the right one, and what the dashboard itself asks for."""
    assert list(disagreements({"paths": {"/api/v1/bots": {"get": said}}}, CONTRACT)) == []


@pytest.mark.parametrize("base", ["/api/v1", "http://127.0.0.1:6185/api/v1/", "https://host/astrbot/api/v1"])
def test_paths_may_be_given_below_a_server(base: str) -> None:
    """As they may be references."""
    items = {"/bots": {"$ref": "#/components/pathItems/Bots"}, "/api/v1/personas": SILENT}
    document = {"servers": [{"url": base}], "paths": items, "components": {"pathItems": {"Bots": SILENT}}}

    assert listed(document).keys() == {("GET", "/api/v1/bots"), ("GET", "/api/v1/personas")}


def test_what_is_beyond_the_contract_stands_in_the_same_order_each_time() -> None:
    """That of the document, and by method: a seed chooses among them."""
    document = {"paths": {path: dict.fromkeys(METHODS, SILENT["get"]) for path in ("/api/v1/z", "/api/v1/a")}}

    ids = [operation.id for operation in new_operations(CONTRACT, document)]

    assert ids == [f"{method.upper()} {path}" for path in document["paths"] for method in sorted(METHODS)]


def test_what_is_said_once_for_all_operations_is_said_of_each() -> None:
    """Of those that say nothing of their own."""
    own = {"get": {"security": [{"BearerKey": ["bot"]}]}}
    paths = {"/api/v1/bots": own, "/api/v1/personas": SILENT}

    found = list(disagreements({"security": [{"BearerKey": ["bot"]}], "paths": paths}, CONTRACT))

    assert found == ["GET /api/v1/personas: says that it takes bot, it takes `persona`"]


def test_a_closed_operation_is_published_without_a_scope_of_keys() -> None:
    """The scopes that the server keeps to itself may stand there."""
    said = [{"post": {"security": [{"BearerKey": [role]}]}} for role in ("file", "chat")]
    found = [list(disagreements({"paths": {"/api/v1/file": one}}, CONTRACT)) for one in said]

    assert found == [[], ["POST /api/v1/file: says that keys with chat may, it is closed to keys"]]


@pytest.mark.parametrize(("place", "name", "wrong"), [("header", "x-api-key", False), ("header", "X-Key", True)])
def test_a_document_says_where_a_key_stands(place: str, name: str, wrong: bool) -> None:  # noqa: FBT001
    """In a header that is looked at."""
    schemes = {"Key": {"type": "apiKey", "in": place, "name": name}}
    paths = {"/api/v1/bots": {"get": {"security": [{"Key": ["bot"]}]}}}

    assert bool(list(disagreements({"components": {"securitySchemes": schemes}, "paths": paths}, CONTRACT))) is wrong


@pytest.mark.parametrize("odd", [None, [], "text", {}, {"paths": 3}, {"paths": {"/x": {"get": 5}}}], ids=repr)
def test_a_document_of_any_form_is_read(odd: Any) -> None:
    """What is no document lists nothing and breaks nothing."""
    assert listed(odd) == {}


def _in_a_circle(word: str) -> dict[str, Any]:
    return {"schemas": {"A": {word: [{"$ref": "#/components/schemas/A"}] * 9}}}


MANY = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 9} for n in range(90)}
CHAIN = {f"S{n}": {"anyOf": [{"$ref": f"#/components/schemas/S{n + 1}"}]} for n in range(5000)}
SCHEMA = {"$ref": "#/components/schemas/A"}
BODY: dict[str, Any] = {
    "requestBody": {"content": {"application/json": {"schema": SCHEMA}}},
    "parameters": [{"name": "enabled", "in": "query", "schema": SCHEMA}],
}
HOSTILE: dict[str, dict[str, Any]] = {
    "all of itself": {"components": _in_a_circle("allOf")},
    "any of itself": {"components": _in_a_circle("anyOf")},
    "9 to the 90th schemas": {"components": {"schemas": {"A": MANY["S0"], **MANY}}},
    "5,000 schemas in a chain": {"components": {"schemas": {"A": CHAIN["S0"], **CHAIN}}},
    "a pointer of 8 MB": {"components": {"schemas": {"A": {"$ref": "#" + "/a" * 4_000_000}}}},
    "odd members": {"components": {"schemas": {"A": {"type": 5, "allOf": 7, "required": 9, "anyOf": {}}}}},
    "servers that are no URL": {"servers": [{"url": "http://["}, 5, {"url": {}}] * 10_000},
    "no object": {"components": [], "servers": 5, "security": 9},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_of_any_form_is_read_to_its_end(name: str) -> None:
    """Circles, endless chains, exponential trees and members of another type: none raises, and none takes long."""
    document = {"paths": {"/api/v1/bots": {"get": BODY, "post": BODY}, "/{" + "{" * 300_000: {"get": {}}}} | HOSTILE[
        name
    ]

    assert ("GET", "/api/v1/bots") in listed(document)
    assert all(isinstance(one, str) for one in disagreements(document, CONTRACT))


def test_a_document_of_any_size_is_read_up_to_a_bound() -> None:
    """Of 100,000 paths so many as no AstrBot has."""
    assert len(listed({"paths": {f"/api/v1/{number}": SILENT for number in range(100_000)}})) == 2000
