"""Generated requests change nothing on a target that the run does not own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Body, Operation
from astrbot_conformance.http import HttpRequest
from astrbot_conformance.http.request import JSON_TYPE
from astrbot_conformance.inputs import variants as under_test
from astrbot_conformance.inputs.variants import is_harmless, variants, varied
from hypothesis import strategies as st
from schemathesis.core import NOT_SET
from schemathesis.generation import GenerationMode

from tests.conformance.inputs.test_strategies import drawn
from tests.conformance.made import BODY, contract_of, operation, parameter

CONTRACT = releases.contract()
CREATION, SEARCH = CONTRACT.by_id["create_persona"], CONTRACT.by_id["list_chat_sessions"]
WORD = parameter("word", "query")
OPTIONAL = Body(("application/json",), required=False, schema=None, pointer=None)
VALID, SENT = {"persona_id": 1, "system_prompt": 2}, b'{"persona_id": 1, "system_prompt": 2}'
TEXT = Body(("text/plain",), required=True, schema=None, pointer=None)


def test_operations_whose_requests_vary() -> None:
    """Those that require a JSON body, and reads with a query, if their harmless request needs no query."""
    varying = (
        operation("/post", method="POST", side_effect="write", body=BODY),
        operation("/read", WORD),
        operation("/both", WORD, body=OPTIONAL),
    )
    others = [
        operation("/optional", method="POST", side_effect="write", body=OPTIONAL),
        operation("/text", method="POST", side_effect="write", body=TEXT),
        operation("/plain"),
        operation("/header", parameter("X-Odd", "header"), parameter("id", "path"), parameter("q", "querystring")),
        operation("/risky", WORD, probe_reason="it acts"),
        operation("/probed", WORD, probe_query=(("word", "x"),)),
        *(operation(f"/{effect}", WORD, side_effect=effect) for effect in ("destructive", "external", "write")),
    ]

    assert varied(contract_of(*varying, *others)) == varying


@pytest.mark.slow
def test_generated_requests_are_harmless() -> None:
    """Bodies lack a required member or are no object. Texts in the query are no paths."""
    for operation_ in (CREATION, SEARCH):
        requests = drawn(variants(operation_, CONTRACT), 40)
        assert all(is_harmless(request, CONTRACT) for request in requests)
        assert {request.path for request in requests} == {operation_.path}
        assert len({(request.query, request.body) for request in requests}) > 5


Requests = Callable[..., list[HttpRequest]]


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch) -> Requests:
    """The requests to an operation, if Schemathesis generates these valid and invalid cases."""

    def requests(
        taking: Operation, valid: dict[str, Any], invalid: dict[str, Any], **options: bool
    ) -> list[HttpRequest]:
        cases = {
            GenerationMode.POSITIVE: SimpleNamespace(**{"query": None, "body": NOT_SET} | valid),
            GenerationMode.NEGATIVE: SimpleNamespace(**{"query": None, "body": NOT_SET} | invalid),
        }
        source = SimpleNamespace(as_strategy=lambda generation_mode: st.just(cases[generation_mode]))
        monkeypatch.setattr(under_test, "_schemathesis_operation", lambda *_: source)
        return drawn(variants(operation=taking, contract=CONTRACT, **options), 60)

    return requests


def test_valid_requests_are_sent_only_if_they_change_nothing_of_others(generated: Requests) -> None:
    """If they read, or if the run owns the target. Invalid ones are always sent."""
    cases: tuple[dict[str, Any], dict[str, Any]] = ({"body": VALID}, {"body": []})

    assert {request.body for request in generated(CREATION, *cases)} == {b"[]"}
    assert {request.body for request in generated(CREATION, *cases, unbounded=True)} == {SENT, b"[]"}
    assert {request.body for request in generated(SEARCH, *cases)} == {SENT, b"[]"}
    for effect in ("destructive", "external", "write"):
        changing = operation(method="POST", side_effect=effect)
        assert {request.body for request in generated(changing, *cases)} == {b"[]"}


@pytest.mark.parametrize("part", ["..", "/", "\\", "%2F", "%5c", "://"])
def test_a_query_contains_no_path(generated: Requests, part: str) -> None:
    """A server may read the file at that path."""
    requests = generated(SEARCH, {"query": {"a": "x"}}, {"query": {"a": "x", "b": f"y{part}"}})
    names = generated(SEARCH, {"query": {"a": "x"}}, {"query": {f"y{part}": "b"}})

    assert {request.query for request in (*requests, *names)} == {(("a", "x"),)}


def test_the_type_of_a_body_is_sent_with_it(generated: Requests) -> None:
    """A request without a body has no type. Bytes are sent unchanged."""
    requests = generated(SEARCH, {}, {"body": b"\xff"})

    assert {(request.headers, request.body) for request in requests} == {((), None), ((JSON_TYPE,), b"\xff")}


@pytest.mark.parametrize(
    ("body", "harmless"),
    [
        (None, True),
        (b"", True),
        (b"{", True),
        (b"[" * 100_000, True),
        (b"[]", True),
        (b"5", True),
        (b"{}", True),
        (b'{"persona_id": 1}', True),
        (b'{"persona_id": 1, "system_prompt": 2}', False),
        (b'{"persona_id": 1, "system_prompt": 2, "more": 3}', False),
    ],
)
def test_a_body_is_harmless_if_no_server_can_act_on_it(body: bytes | None, harmless: bool) -> None:  # noqa: FBT001
    """One that is no object, or lacks a required member. A read is always harmless."""
    assert is_harmless(HttpRequest(CREATION, CREATION.path, body=body), CONTRACT) is harmless
    assert is_harmless(HttpRequest(SEARCH, SEARCH.path, body=body), CONTRACT)


@pytest.mark.parametrize("effect", ["destructive", "external", "write"])
def test_an_operation_without_required_members_is_not_harmless(effect: str) -> None:
    """Whatever its effect is."""
    request = HttpRequest(operation(method="POST", side_effect=effect), "/x", body=b"{}")

    assert not is_harmless(request, CONTRACT)
    assert is_harmless(HttpRequest(operation(method="POST"), "/x", body=b"{}"), CONTRACT)


@dataclass(frozen=True, eq=False)
class Schemas:
    """The parts of a contract that describe bodies."""

    resolve: Callable[[str], Any]
    document: Callable[[], Any]


def _schemas(*required: str) -> Contract:
    body = {"$ref": "#/components/schemas/A", "required": list(required), "allOf": [{"required": ["c"]}]}
    schemas = {"A": {"allOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"required": ["b"]}}
    return cast("Contract", Schemas({"#/body": body}.__getitem__, lambda: {"components": {"schemas": schemas}}))


def test_required_members_are_found_through_references() -> None:
    """Also in parts of parts. A body with all of them could change something."""
    request = HttpRequest(operation(method="POST", side_effect="write", body=BODY), "/x")
    contract = _schemas("a")

    for missing in "abc":
        body = dict.fromkeys(set("abc") - {missing})
        assert is_harmless(HttpRequest(request.operation, "/x", body=json.dumps(body).encode()), contract)
    assert not is_harmless(HttpRequest(request.operation, "/x", body=b'{"a": 1, "b": 2, "c": 3}'), contract)


@pytest.mark.parametrize(
    ("taking", "body", "sent"),
    [
        (CREATION, {"persona_id": 1, "system_prompt": 2, "more": 3}, {"system_prompt": 2, "more": 3}),
        (CREATION, {"persona_id": 1}, {"persona_id": 1}),
        (operation(method="POST", side_effect="write"), {"a": 1}, [{"a": 1}]),
    ],
)
def test_a_valid_body_is_made_harmless(generated: Requests, taking: Operation, body: Any, sent: object) -> None:
    """It loses its first required member, or is put in a list if no member is required."""
    (request, *_) = generated(taking, {}, {"body": body})

    assert json.loads(request.body or b"") == sent


def test_values_of_a_query_are_written_as_texts(generated: Requests) -> None:
    """Each value of a list is a parameter."""
    case = {"query": {"a": ["x", 1, None], "b": True, "c": "y"}}

    assert {request.query for request in generated(SEARCH, case, case)} == {
        (("a", "x"), ("a", "1"), ("a", "null"), ("b", "true"), ("c", "y"))
    }
