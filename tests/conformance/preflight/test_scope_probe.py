"""A key holds a scope only if the server treats it otherwise than an invented key and no key."""

import json

import pytest
from astrbot_conformance.contract import IM_BOTS
from astrbot_conformance.http.key import KeyHeader
from astrbot_conformance.http.request import asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.preflight.scope_probe import Responses, State

Said = tuple[int, str | None]  # the status and the message of an error envelope; None: what was asked for
OK: Said = (200, None)
REFUSED: Said = (200, "no such thing")
INSUFFICIENT: Said = (403, "Insufficient API key scope")
INVALID: Said = (401, "Invalid API key")
MISSING: Said = (401, "Missing API key")
SAME: Said = (401, "Unauthorized")
GONE: Said = (404, "Not Found")
BROKEN: Said = (500, "Internal error")

CASES: list[tuple[Said, Said, Said, State]] = [
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


def answer(said: Said) -> HttpResponse:
    """A response with that status."""
    status, message = said
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
    given: Said, invented: Said, absent: Said, state: State
) -> None:
    """Whatever the status is: what every request gets says nothing."""
    assert Responses(answer(given), answer(invented), answer(absent)).result().state == state


def test_a_web_page_is_not_what_was_asked_for() -> None:
    """A 200 without JSON opens nothing."""
    page = HttpResponse("http://127.0.0.1:1", asking(IM_BOTS), None, KeyHeader.BEARER, 200, {}, b"<p>Welcome</p>", 0.0)

    assert Responses(page, answer(INVALID), answer(MISSING)).result().state == "unknown"
