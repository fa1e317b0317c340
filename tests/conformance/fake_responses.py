"""Responses and targets that need no server."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
from astrbot_api.operations import BY_ID
from astrbot_conformance.http import CredentialState, HttpRequest, HttpResponse, Key, Target, TargetOptions
from astrbot_conformance.http.request import asking
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret

from tests.conformance.made import response_to

URL = "http://127.0.0.1:6185"
LIST_BOTS = asking(BY_ID["list_bots"])
JSON = "application/json"


def envelope(data: Any) -> dict[str, Any]:
    """The body of an accepted request."""
    return {"status": "ok", "message": None, "data": data}


REFUSED = {"status": "error", "message": "no", "data": None}


def key_with(*scopes: str, state: CredentialState = CredentialState.LIVE, id: str = "1") -> Key:
    """A key with these scopes."""
    return Key(id, frozenset(scopes), Secret("abk_0123456789abcdef0123456789", "ASTRBOT_KEY_X"), state)


def response_with(
    body: Any, *, status: int = 200, kind: str = JSON, request: HttpRequest = LIST_BOTS, key: Key | None = None
) -> HttpResponse:
    """A response with this body: a text, or a value as JSON."""
    content = (body if isinstance(body, str) else json.dumps(body)).encode()
    return replace(response_to(request, content, status, kind=kind, key=key, headers=None if kind else {}), base=URL)


def target_that(answers: Callable[[httpx2.Request], httpx2.Response]) -> Target:
    """A target whose responses come from this function."""
    return astrbot_target(TargetOptions("http://127.0.0.1:1"), httpx2.MockTransport(answers))
