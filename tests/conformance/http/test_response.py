"""What a response says: its type, its envelope, whether it is a refusal, and how it is quoted."""

import json
from typing import Any

import pytest
from astrbot_conformance.http import NOT_JSON, HttpResponse, harmless
from astrbot_conformance.http.hanging import control_of, stalls
from astrbot_conformance.http.removal import says_gone, tried_twice
from astrbot_conformance.http.request import NONE, HttpRequest
from astrbot_conformance.http.roles import Roles
from astrbot_conformance.json_text import MOST_VALUES
from astrbot_conformance.outcome import NotJudged

from tests.conformance.http.scripted import OTHER_PING, PING, key
from tests.conformance.made import new, operation, response_to

READ = harmless(operation())
ERROR: Any = {"status": new("error"), "message": "no bot"}


def answer(body: Any = None, status: int = 200, kind: str = "application/json", **others: Any) -> HttpResponse:
    """A response with this JSON."""
    return response_to(READ, json.dumps(body).encode(), status, kind=kind, **others)


@pytest.mark.parametrize(
    ("status", "refusal", "accepted", "admits"),
    [
        (199, False, False, True),
        (200, False, True, True),
        (299, False, True, True),
        (300, False, False, True),
        (399, False, False, True),
        (400, True, False, True),
        (401, True, False, False),
        (402, True, False, True),
        (403, True, False, False),
        (404, True, False, True),
        (499, True, False, True),
        (500, False, False, False),
        (501, False, False, False),
    ],
)
def test_the_meaning_of_a_status(status: int, refusal: bool, accepted: bool, admits: bool) -> None:  # noqa: FBT001
    """A refusal is a 4xx, success is a 2xx, and a key is rejected by 401, 403 or a 5xx."""
    response = answer({}, status)

    assert (response.is_refusal, response.is_accepted, response.admits) == (refusal, accepted, admits)


@pytest.mark.parametrize(("status", "refusal"), [(199, False), (200, True), (201, False)])
def test_an_error_envelope_with_200_is_a_refusal(status: int, refusal: bool) -> None:  # noqa: FBT001  by pytest
    """Its status is the only one that AstrBot sends with an envelope."""
    response = answer(ERROR, status)

    assert (response.is_error_envelope, response.is_refusal) == (True, refusal)
    assert response.is_accepted is (status == 201)


@pytest.mark.parametrize(
    "body",
    [{"status": "error"}, {"message": "x"}, {"status": "a", "message": "x"}, {"status": "ok", "message": "x"}, []],
)
def test_other_bodies_are_no_error_envelope(body: Any) -> None:
    """It has a status and a message."""
    assert not answer(body).is_error_envelope


@pytest.mark.parametrize(
    ("body", "message", "data"),
    [({"message": "m", "data": 1}, "m", 1), ({"message": 5}, None, None), ({}, None, None), ([1], None, None)],
)
def test_the_parts_of_an_envelope(body: Any, message: str | None, data: Any) -> None:
    """None if there is none."""
    assert (answer(body).message, answer(body).data) == (message, data)


@pytest.mark.parametrize(
    ("kind", "media_type", "is_stream"),
    [
        ("Text/Event-Stream; charset=utf-8", "text/event-stream", True),
        (" application/json ;x", "application/json", False),
        ("text/html", "text/html", False),
        ("", "", False),
    ],
)
def test_the_type_of_a_response(kind: str, media_type: str, is_stream: bool) -> None:  # noqa: FBT001  by pytest
    """In lower case, without parameters."""
    response = answer(kind=kind)

    assert (response.media_type, response.is_stream) == (media_type, is_stream)
    assert response_to(READ, headers={}).media_type == ""


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"," * MOST_VALUES, "text/event-stream", None),
        (
            b"," * (MOST_VALUES - 3) + b":{[,",
            "text/event-stream",
            f"its stream contains more than {MOST_VALUES:,} values",
        ),
        (b"," * (MOST_VALUES + 1), "text/plain", None),
        (b"[" + b"1," * (MOST_VALUES + 1) + b"1]", "application/problem+json", "its JSON contains "),
        (b"[" + b"1," * (MOST_VALUES + 1) + b"1]", "text/plain", None),
        (b"{", "application/json", None),
        (b"{}", "application/json", None),
    ],
)
def test_a_response_with_too_many_values_is_unusable(body: bytes, kind: str, reason: str | None) -> None:
    """As JSON or as a stream. Other texts are not parsed, and invalid JSON is judged by the checks."""
    unusable = response_to(READ, body, kind=kind).unusable

    assert (unusable or "").startswith(reason or "")
    assert (unusable is None) == (reason is None)


def test_events_of_a_stream_are_parsed() -> None:
    """One that is not JSON is marked."""
    response = response_to(READ, b'data: {"a": 1}\n\ndata: x\n\n', kind="text/event-stream")

    assert response.events() == [{"a": 1}, NOT_JSON]
    assert response_to(READ, b"x").json is NOT_JSON


@pytest.mark.parametrize(
    ("response", "text"),
    [
        (answer({"message": "m"}), "200 `m`"),
        (answer(ERROR), "200 `no bot` in an error envelope"),
        (answer({}), "200 `application/json`"),
        (answer({}, kind="text/event-stream"), "200 `event stream`"),
        (response_to(READ, headers={}), "200 `no body`"),
        (
            answer({"message": "m"}, is_confidential=True),
            "200 (the response is not shown: it may contain a credential)",
        ),
        (
            answer(ERROR, is_confidential=True),
            "200 in an error envelope (the response is not shown: it may contain a credential)",
        ),
    ],
)
def test_a_response_in_short(response: HttpResponse, text: str) -> None:
    """Its status, its message or its type, and whether it is an error."""
    assert response.in_short == text
    assert response.is_confidential == ("not shown" in text)


def test_quotations_are_limited() -> None:
    """A message to 160 characters, a body to 600."""
    message = answer({"message": "m" * 1000}).in_short.split("`")[1]

    assert (message[:160], len(message.rstrip("… .")) <= 160) == ("m" * 160, True)
    for character in "xé\U0001f600":
        excerpt = response_to(READ, (character * 100_000).encode()).excerpt
        assert excerpt[:600] == character * 600
        assert character not in excerpt[600:]
    assert answer({}, is_confidential=True).excerpt == "(the response is not shown: it may contain a credential)"


def test_a_credential_is_masked_before_a_body_is_cut() -> None:
    """Also one that begins before the end of the quotation and continues beyond it."""
    secret = key("quoted").secret.reveal()
    masked = response_to(READ, f"{'x ' * 295}{secret} {'y ' * 49_999}".encode()).excerpt

    assert secret[:10] not in masked
    assert "$ASTRBOT_" in masked


def test_registered_secrets_are_found_in_the_first_128_kib() -> None:
    """Of the body and of the headers."""
    held = key("held")
    secret = held.secret.reveal().encode()
    for body, headers, found in (
        (b"a " + secret, {}, True),
        (b"", {"x": secret.decode()}, True),
        (b" " * (131_072 - len(secret)) + secret, {}, True),
        (b" " * (131_073 - len(secret)) + secret, {}, False),
    ):
        assert response_to(READ, body, headers=headers).held == (frozenset({held.variable}) if found else frozenset())


def test_a_response_knows_its_request() -> None:
    """As it was sent, its credentials, and whether it had the form of the contract."""
    response = answer(key=key(), nonexistent="other")
    odd = response_to(HttpRequest(operation(), f"/{NONE}"), nonexistent="other")

    assert response.sent_text.startswith("GET http://127.0.0.1:9/api/v1/made\nAuthorization: Bearer $ASTRBOT_KEY")
    assert response.curl.startswith("curl -sS -i http://127.0.0.1:9/api/v1/made -H ")
    assert response.credentials == (key().credential,)
    assert (response.is_to_the_plain_form, odd.is_to_the_plain_form) == (True, False)
    assert (odd.sent.path, answer().nonexistent) == ("/other", NONE)


@pytest.mark.parametrize("ending", ["closed", "silent", "slow", "large", "broken", "left"])
@pytest.mark.parametrize("kind", ["application/json", "text/event-stream"])
def test_only_a_body_that_stops_stalls(ending: str, kind: str) -> None:
    """A stream of events may pause."""
    response = answer(kind=kind, ending=new(ending))

    assert stalls(response) is (ending == "silent" and kind == "application/json")
    assert answer().ending == "closed"


@pytest.mark.parametrize("path", ["/ping", "/a", "/z"])
def test_the_control_is_another_operation(path: str) -> None:
    """The usual one, unless it is the request itself. If there is no other one, the usual one must do."""
    request = HttpRequest(operation(new(path)), path)

    assert control_of(request, Roles(PING, OTHER_PING)).operation is (OTHER_PING if path == "/ping" else PING)
    assert control_of(request, Roles(PING)).operation is PING


GONE: list[tuple[Any, int]] = [
    ({}, 200),
    ({"message": "Bot NOT FOUND"}, 404),
    (ERROR | {"message": "there is no bot"}, 200),
]
THERE: list[tuple[Any, int]] = [({"message": "busy"}, 400), ({"message": "not found"}, 500), ({}, 404)]


@pytest.mark.parametrize(
    ("body", "status", "gone"), [*((*one, True) for one in GONE), *((*one, False) for one in THERE)]
)
def test_a_removal_says_that_a_resource_is_gone(body: Any, status: int, gone: bool) -> None:  # noqa: FBT001  by pytest
    """By success, or by a refusal because it does not exist."""
    assert says_gone(answer(body, status)) is gone


def test_a_removal_is_tried_twice() -> None:
    """For each resource that stayed at first."""
    tries = list[str]()

    def remove(name: str) -> HttpResponse:
        tries.append(name)
        if name == "silent":
            raise NotJudged("no response")
        return answer({}, 200 if name == "quick" or tries.count(name) > 1 else 500)

    assert tried_twice(["quick", "slow", "silent"], remove) == ["silent"]
    assert tries == ["quick", "slow", "silent", "slow", "silent"]
