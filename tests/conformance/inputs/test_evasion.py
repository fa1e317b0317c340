"""Unusual forms of a request: their bytes, and the targets to which they may be sent."""

import socket
from dataclasses import replace

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID, KEYED, OPERATIONS, Operation
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import UNKNOWN_ID, HttpRequest, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.inputs.evasion import FORMS, KEY_COMBINATIONS, PLACES, Form, reaches_operation, undeclared_verb
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret

from tests.conformance.hostile import listening, reply

CONTRACT = releases.contract()
SECRET = "abk_evasion-0123456789-0123456789"
KEY = Key("1", frozenset(), Secret(SECRET, "ASTRBOT_KEY_EVASION"), CredentialState.LIVE)
SKILLS, DELETION = BY_ID["list_skills"], BY_ID["delete_skill"]


def test_a_path_is_sent_unchanged() -> None:
    """Dots, doubled slashes and percent signs reach the target unchanged."""
    paths: list[str] = []

    def talk(connection: socket.socket, path: str) -> None:
        paths.append(path)
        connection.sendall(reply(404, {"status": "error", "message": "Not Found", "data": None}))

    path = "//api/v1/./a/../%62ots;x=1/"
    with listening(talk) as base:
        target = astrbot_target(TargetOptions(base=f"{base}/below"))
        target.send(HttpRequest(SKILLS, path, query=(("a", "b c"),)))
        target.close()

    assert paths == [f"/below{path}?a=b+c"]


@pytest.mark.parametrize("place", PLACES)
def test_a_key_at_an_unusual_place_is_sent_and_not_shown(place: str) -> None:
    """The request contains the key; the `curl` line contains its variable."""
    request = HttpRequest(SKILLS, SKILLS.path, presented=(PLACES[place](KEY),))
    wire = request.wire_target("http://target").decode() + str(request.wire_headers())

    shown = request.curl("http://target", None, KeyHeader.BEARER)

    assert SECRET in wire
    assert SECRET not in shown
    assert "$ASTRBOT_KEY_EVASION" in shown


@pytest.mark.parametrize("form", [form for form in FORMS if not form.only_reads], ids=lambda form: form.name)
def test_a_form_for_other_targets_keeps_the_request_harmless(form: Form) -> None:
    """The id stays the nonexistent one, and the body stays the harmless one."""
    plain = harmless(DELETION)
    if DELETION.method not in form.methods:
        return
    changed = form.change(plain, CONTRACT)

    assert changed.path.endswith((f"/{UNKNOWN_ID}", f"%2F{UNKNOWN_ID}"))
    assert changed.body == plain.body


@pytest.mark.parametrize("operation", KEYED, ids=str)
def test_only_plain_reads_have_an_ambiguous_path(operation: Operation) -> None:
    """On a target that is not disposable, no path with an id and no write has such a form."""
    suited = [form for form in FORMS if form.only_reads and form.suits(operation, disposable=False)]

    assert not suited or (operation.method == "GET" and "{" not in operation.path)


@pytest.mark.parametrize("operation", [o for o in KEYED if o.probe], ids=str)
def test_an_overridden_method_is_not_declared_at_the_path(operation: Operation) -> None:
    """The method that is sent selects no other operation at that path."""
    request = harmless(operation)

    assert not [o for o in OPERATIONS if o.path == request.path and o.method == undeclared_verb(request, CONTRACT)]


def test_combinations_contain_no_other_valid_key() -> None:
    """Each combination contains the key that is judged, and at most one unknown key."""
    none = Key(
        "none", frozenset(), Secret("abk_none-0123456789-0123456789", "ASTRBOT_KEY_UNKNOWN"), CredentialState.INVALID
    )

    for combine in KEY_COMBINATIONS.values():
        assert {presented.key.id for presented in combine(KEY, none)} <= {"1", "none"}


@pytest.mark.parametrize(
    ("status", "kind", "body", "entered"),
    [
        (200, "application/json", b'{"status": "ok", "message": null, "data": []}', True),
        (200, "application/json", b'{"status": "error", "message": "no such skill"}', True),
        (422, "application/json", b'{"detail": []}', False),
        (400, "application/json", b'{"status": "error", "message": "more than one credential"}', False),
        (401, "application/json", b'{"status": "error", "message": "Missing API key"}', False),
        (403, "application/json", b'{"status": "error", "message": "Insufficient API key scope"}', False),
        (404, "application/json", b'{"status": "error", "message": "Not Found"}', False),
        (405, "application/json", b'{"detail": "Method Not Allowed"}', False),
        (307, "text/plain", b"", False),
        (200, "text/html", b"<!doctype html>", False),
        (400, "text/plain", b"Bad Request", False),
    ],
)
def test_which_responses_come_from_the_operation(status: int, kind: str, body: bytes, entered: bool) -> None:  # noqa: FBT001
    """A response of the API does. A rejection, an unknown path, and a page for every path do not."""
    plain = _answer(200, "application/json", b'{"status": "ok", "message": null, "data": []}')

    assert reaches_operation(_answer(status, kind, body), plain) is entered


@pytest.mark.parametrize(
    ("plain", "odd", "entered"),
    [
        ((400, b'{"status": "error", "message": "no bot"}'), (400, b'{"status": "error", "message": "no bot"}'), True),
        ((400, b'{"status": "error", "message": "no bot"}'), (400, b'{"status": "error", "message": "odd"}'), False),
        ((400, b'{"status": "error", "message": "no bot"}'), (422, b'{"detail": []}'), False),
        ((400, b'{"detail": "Bad Request"}'), (400, b'{"detail": "bad path"}'), False),
        ((400, b'{"message": "Bad Request"}'), (400, b'{"message": "Bad Request"}'), False),
        ((422, b'{"detail": [{"type": "missing"}]}'), (422, b'{"detail": [{"type": "model_type"}]}'), True),
        ((404, b'{"status": "error", "message": "no t2i"}'), (404, b'{"status": "error", "message": "no t2i"}'), True),
    ],
)
def test_a_rejection_counts_if_the_plain_request_gets_it_too(
    plain: tuple[int, bytes],
    odd: tuple[int, bytes],
    entered: bool,  # noqa: FBT001
) -> None:
    """Any other rejection is one of the form itself, before the operation."""
    answers = [_answer(status, "application/json", body) for status, body in (odd, plain)]

    assert reaches_operation(*answers) is entered


@pytest.mark.parametrize(
    ("plain", "head", "entered"), [(200, 200, True), (400, 400, True), (404, 404, False), (200, 404, False)]
)
def test_head_counts_if_it_returns_the_status_of_get(plain: int, head: int, entered: bool) -> None:  # noqa: FBT001
    """Except 404, which a target may return for an unsupported method and for a nonexistent resource."""
    bodiless = _answer(head, "application/json", b"", verb="HEAD")

    assert reaches_operation(bodiless, _answer(plain, "application/json", b'{"detail": "some"}')) is entered


def _answer(status: int, kind: str, body: bytes, verb: str | None = None) -> HttpResponse:
    return HttpResponse(
        base="http://target",
        request=replace(harmless(SKILLS), verb=verb),
        key=None,
        key_header=KeyHeader.BEARER,
        status=status,
        headers={"content-type": kind},
        body=body,
        seconds=0.0,
    )
