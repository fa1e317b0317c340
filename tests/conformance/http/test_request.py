"""Requests are values. They are harmless and are printed without credentials."""

import shlex

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID, CLOSED, KEYED, Operation
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import UNKNOWN_ID, HttpRequest, asking, creates_something, harmless
from astrbot_conformance.inputs.variants import is_harmless
from astrbot_conformance.secret import Secret

CHAT_KEY = Key(
    "1", frozenset({"chat"}), Secret("abk_0123456789abcdef0123456789", "ASTRBOT_KEY_CHAT"), CredentialState.LIVE
)
RISKY = {
    "POST /api/v1/plugins/{plugin_id}/reload",
    "POST /api/v1/t2i/templates/default/reset",
    "POST /api/v1/auth/totp/recovery",
    "POST /api/v1/backups",
    "POST /api/v1/system/restart",
    "POST /api/v1/updates/dashboard",
}


def test_only_requests_without_a_harmless_form_are_risky() -> None:
    """Every operation has a request that changes nothing, except for a few that act without any input."""
    risky = {str(operation) for operation in (*KEYED, *CLOSED) if harmless(operation).risk}

    assert risky == RISKY
    assert harmless(BY_ID["create_chat_session"]).risk is None


@pytest.mark.parametrize("operation", [o for o in (*KEYED, *CLOSED) if o.method != "GET"], ids=str)
def test_a_probe_that_could_write_has_no_effect(operation: Operation) -> None:
    """Its ids are nonexistent, and its body, if any, is not an object."""
    request = harmless(operation)

    assert "{" not in request.path
    assert request.path.count(UNKNOWN_ID) == operation.path.count("{")
    assert request.body in (None, b"[]")


def test_a_curl_line_reads_the_key_from_a_variable() -> None:
    """The variable is in double quotes, so that a shell expands it. The key itself does not occur."""
    request = asking(
        BY_ID["chat"],
        json_body={"message": "it's"},
    )

    line = request.curl("http://127.0.0.1:6185", CHAT_KEY, KeyHeader.BEARER)

    assert '-H "Authorization: Bearer $ASTRBOT_KEY_CHAT"' in line
    assert "abk_" not in line
    assert '{"message": "it\'s"}' in shlex.split(line)


def test_a_path_value_is_encoded() -> None:
    """Every text stays one path segment."""
    operation = BY_ID["get_bot"]

    request = asking(operation, path={"bot_id": "a ?#%"})

    assert request.path == "/api/v1/bots/a%20%3F%23%25"


@pytest.mark.parametrize(("body", "harms"), [([], False), ({}, False), ("text", False)])
def test_an_incomplete_body_is_harmless(body: object, *, harms: bool) -> None:
    """A body that is not an object, or lacks a required member, changes nothing."""
    operation = next(o for o in KEYED if o.id == "create_persona")

    assert is_harmless(asking(operation, json_body=body), releases.contract()) is not harms


@pytest.mark.parametrize("release", releases.RELEASES)
def test_one_operation_of_each_release_is_a_login_and_one_creates_something(release: str) -> None:
    """The transport knows both by general properties. If a new operation shares one, decide how to treat it."""
    operations = releases.contract(release).operations
    logins = [one.id for one in operations if HttpRequest(one, one.path).is_login]
    creating = [one.id for one in operations if creates_something(one)]

    assert (logins, creating) == (["log_in"], ["create_chat_session"])
