"""A key has a scope only if the server treats it differently from an invented key and from a request without a key."""

import json

import pytest
from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.http.key import KeyHeader
from astrbot_conformance.http.request import asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.preflight.scope_probe import Responses, State

Reply = tuple[int, str | None]  # the status, and the message of an error envelope; None: the requested data
OK: Reply = (200, None)
REFUSED: Reply = (200, "no such thing")
INSUFFICIENT: Reply = (403, "Insufficient API key scope")
INVALID: Reply = (401, "Invalid API key")
MISSING: Reply = (401, "Missing API key")
SAME: Reply = (401, "Unauthorized")
GONE: Reply = (404, "Not Found")
BROKEN: Reply = (500, "Internal error")

CASES: list[tuple[Reply, Reply, Reply, State]] = [
    (OK, INVALID, MISSING, "held"),
    (OK, (403, "no"), SAME, "held"),
    (OK, (200, "Invalid API key"), (200, "Missing API key"), "held"),
    (REFUSED, INVALID, MISSING, "held"),
    (GONE, INVALID, MISSING, "held"),
    (OK, OK, MISSING, "unknown"),
    (OK, INVALID, OK, "unknown"),
    (OK, OK, OK, "unknown"),
    (REFUSED, REFUSED, MISSING, "unknown"),
    (REFUSED, (200, "another"), MISSING, "unknown"),
    (GONE, GONE, GONE, "unknown"),
    (BROKEN, INVALID, MISSING, "unknown"),
    (INSUFFICIENT, INVALID, MISSING, "missing"),
    (INSUFFICIENT, (403, "Invalid API key"), MISSING, "missing"),
    (INSUFFICIENT, INSUFFICIENT, INSUFFICIENT, "unknown"),
    ((403, "no 1"), (403, "no 2"), (403, "no 3"), "unknown"),
    (INSUFFICIENT, OK, MISSING, "unknown"),
    (INVALID, INVALID, MISSING, "refused"),
    (INVALID, INVALID, (403, "no"), "refused"),
    (SAME, SAME, SAME, "unknown"),
    (SAME, OK, MISSING, "unknown"),
    ((401, "no 1"), (401, "no 2"), (401, "no 3"), "unknown"),
]


def answer(reply: Reply) -> HttpResponse:
    """A response with that status and message."""
    status, message = reply
    body: dict[str, object] = {"status": "error" if message else "ok", "message": message, "data": {}}
    return HttpResponse(
        base="http://127.0.0.1:1",
        request=asking(IM_BOTS),
        key=None,
        key_header=KeyHeader.BEARER,
        status=status,
        headers={"content-type": "application/json"},
        body=json.dumps(body).encode(),
        seconds=0.0,
    )


@pytest.mark.parametrize(("given", "invented", "absent", "state"), CASES, ids=str)
def test_a_key_is_compared_with_an_invented_one_and_with_none(
    given: Reply, invented: Reply, absent: Reply, state: State
) -> None:
    """For every status, a response that every request gets proves nothing."""
    assert Responses(answer(given), answer(invented), answer(absent)).result().state == state


def test_a_web_page_proves_nothing() -> None:
    """A 200 without JSON does not show that the key is authorized."""
    page = HttpResponse("http://127.0.0.1:1", asking(IM_BOTS), None, KeyHeader.BEARER, 200, {}, b"<p>Welcome</p>", 0.0)

    assert Responses(page, answer(INVALID), answer(MISSING)).result().state == "unknown"
