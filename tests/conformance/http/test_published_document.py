"""A published document is compared with the contract as far as it declares something. It may be incomplete."""

from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.http.published_document import METHODS, disagreements, listed, ways_to
from astrbot_conformance.preflight.new_operations import new_operations

CONTRACT = releases.contract()
SILENT: dict[str, Any] = {"get": {"responses": {}}}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"security": [{"BearerKey": ["chat"]}]}, "allows keys with `chat`, the contract requires `bot`"),
    ({"security": []}, "requires no credentials, the contract does"),
    ({"x-astrbot-scope": "chat"}, "requires the scope `chat`, the contract `bot`"),
    (
        {"parameters": [{"name": "colour", "in": "query"}]},
        "declares the query parameter `colour`, which the contract lacks",
    ),
    (
        {"parameters": [{"name": "enabled", "in": "query", "required": True}]},
        "declares `enabled` as required, the contract as optional",
    ),
    (
        {"parameters": [{"name": "enabled", "in": "query", "schema": {"type": "array"}}]},
        "declares `enabled` with the type array, the contract with boolean",
    ),
    (
        {"parameters": [{"name": "enabled", "in": "header"}]},
        "declares `enabled` in a header, the contract in the query",
    ),
    (
        {"parameters": [{"name": "X-Tenant", "in": "header", "required": True}]},
        "requires the header `X-Tenant`, which the contract lacks",
    ),
    ({"requestBody": {"required": True, "content": {}}}, "requires a body, the contract has none"),
]


def test_the_contract_agrees_with_itself() -> None:
    """The contract's own document lists every operation and contradicts none."""
    assert list(disagreements(CONTRACT.document(), CONTRACT)) == []
    assert all(ways_to(operation, CONTRACT) & listed(CONTRACT.document()).keys() for operation in CONTRACT.keyed)


def test_a_missing_declaration_is_no_contradiction() -> None:
    """A document without parameters, bodies and scopes contradicts nothing."""
    assert list(disagreements({"paths": {"/api/v1/bots": SILENT}}, CONTRACT)) == []


@pytest.mark.parametrize(("entry", "difference"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_contradiction_is_reported(entry: dict[str, Any], difference: str) -> None:
    """With the operation and the difference."""
    contradictions = list(disagreements({"paths": {"/api/v1/bots": {"get": entry}}}, CONTRACT))

    assert contradictions == [f"GET /api/v1/bots: the document {difference}"]


HARMLESS: list[dict[str, Any]] = [
    {"security": [{"BearerKey": ["bot"]}, {"BearerKey": ["config"]}]},
    {"security": [{"BearerKey": ["bot"]}, {"DashboardToken": ["operator"]}]},
    {"security": [{"BearerKey": []}]},
    {"parameters": [{"name": "Authorization", "in": "header", "required": True}]},
    {"parameters": [{"name": "X-Request-Id", "in": "header"}]},
]


@pytest.mark.parametrize("entry", HARMLESS, ids=str)
def test_open_questions_are_no_contradictions(entry: dict[str, Any]) -> None:
    """A scope that implies the required one, and requirements for the dashboard."""
    assert list(disagreements({"paths": {"/api/v1/bots": {"get": entry}}}, CONTRACT)) == []


@pytest.mark.parametrize("base", ["/api/v1", "http://127.0.0.1:6185/api/v1/", "https://host/astrbot/api/v1"])
def test_paths_may_be_relative_to_a_server(base: str) -> None:
    """They may also be references."""
    items = {"/bots": {"$ref": "#/components/pathItems/Bots"}, "/api/v1/personas": SILENT}
    document = {"servers": [{"url": base}], "paths": items, "components": {"pathItems": {"Bots": SILENT}}}

    assert listed(document).keys() == {("GET", "/api/v1/bots"), ("GET", "/api/v1/personas")}


def test_new_operations_have_a_stable_order() -> None:
    """The order of the document, then by method, because the seed chooses among them."""
    document = {"paths": {path: dict.fromkeys(METHODS, SILENT["get"]) for path in ("/api/v1/z", "/api/v1/a")}}

    ids = [operation.id for operation in new_operations(CONTRACT, document)]

    assert ids == [f"{method.upper()} {path}" for path in document["paths"] for method in sorted(METHODS)]


def test_global_security_applies_to_every_operation() -> None:
    """It applies to operations without their own declaration."""
    own = {"get": {"security": [{"BearerKey": ["bot"]}]}}
    paths = {"/api/v1/bots": own, "/api/v1/personas": SILENT}

    contradictions = list(disagreements({"security": [{"BearerKey": ["bot"]}], "paths": paths}, CONTRACT))

    difference = "the document allows keys with `bot`, the contract requires `persona`"
    assert contradictions == [f"GET /api/v1/personas: {difference}"]


def test_a_closed_operation_has_no_scope_of_keys() -> None:
    """The document may name internal scopes of the server there."""
    entries = [{"post": {"security": [{"BearerKey": [role]}]}} for role in ("file", "chat")]
    contradictions = [list(disagreements({"paths": {"/api/v1/file": one}}, CONTRACT)) for one in entries]

    difference = "the document allows keys with `chat`, the contract allows no key"
    assert contradictions == [[], [f"POST /api/v1/file: {difference}"]]


@pytest.mark.parametrize(("place", "name", "wrong"), [("header", "x-api-key", False), ("header", "X-Key", True)])
def test_a_document_declares_the_place_of_keys(place: str, name: str, wrong: bool) -> None:  # noqa: FBT001
    """It must be a header that AstrBot reads."""
    schemes = {"Key": {"type": "apiKey", "in": place, "name": name}}
    paths = {"/api/v1/bots": {"get": {"security": [{"Key": ["bot"]}]}}}

    assert bool(list(disagreements({"components": {"securitySchemes": schemes}, "paths": paths}, CONTRACT))) is wrong


@pytest.mark.parametrize("odd", [None, [], "text", {}, {"paths": 3}, {"paths": {"/x": {"get": 5}}}], ids=repr)
def test_a_document_of_any_form_is_read(odd: Any) -> None:
    """Text that is not a document lists nothing and causes no error."""
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
def test_hostile_documents_are_read_quickly(name: str) -> None:
    """Cycles, endless chains, exponential trees and members of wrong types raise no error and take little time."""
    document = {"paths": {"/api/v1/bots": {"get": BODY, "post": BODY}, "/{" + "{" * 300_000: {"get": {}}}} | HOSTILE[
        name
    ]

    assert ("GET", "/api/v1/bots") in listed(document)
    assert all(isinstance(one, str) for one in disagreements(document, CONTRACT))


def test_a_document_is_read_up_to_a_limit() -> None:
    """A document with 100,000 paths, many more than any AstrBot has."""
    assert len(listed({"paths": {f"/api/v1/{number}": SILENT for number in range(100_000)}})) == 2000
