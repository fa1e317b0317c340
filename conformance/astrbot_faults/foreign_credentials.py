"""Faults in which the server authorizes a credential that it did not issue."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any

from astrbot_api.operation import Operation

from .server import Scopes, Server, fault

FORMER_SECRET = "Advanced_System_for_Text_Response_and_Bot_Operations_Tool"  # noqa: S105  public (CVE-2025-55449)
COOKIE = "astrbot_dashboard_jwt"


@fault(breaks="AUTH-FOREIGN")
def unsigned_token_is_an_operator(server: Server) -> None:
    """A token with the algorithm `none` is a login of the dashboard."""
    _accept(server, lambda text: _has_algorithm(text, "none"), lambda _: True)


@fault(breaks="AUTH-FOREIGN")
def former_secret_opens_closed_areas(server: Server) -> None:
    """Closed areas accept a token that is signed with the secret of earlier releases."""
    _accept(server, lambda text: _is_signed(text, FORMER_SECRET), lambda operation: operation.scope is None)


@fault(breaks="AUTH-FOREIGN")
def former_secret_opens_the_cookie(server: Server) -> None:
    """The cookie of the dashboard is verified with the secret of earlier releases."""

    def headers(given: dict[str, str]) -> dict[str, str]:
        token = SimpleCookie(given.get("cookie", "")).get(COOKIE)
        return {"authorization": f"Bearer cookie {token.value}"} | given if token else given

    server.headers = headers
    _accept(server, lambda text: text.startswith("cookie ") and _is_signed(text[7:], FORMER_SECRET), lambda _: True)


@fault(breaks="AUTH-FOREIGN")
def empty_secret_opens_skills(server: Server) -> None:
    """Operations on skills verify tokens with an empty secret."""
    _accept(server, lambda text: _is_signed(text, ""), lambda operation: operation.tag == "skills")


@fault(breaks="AUTH-FOREIGN")
def default_login_in_basic(server: Server) -> None:
    """The first login works with the scheme `Basic`."""
    login = base64.b64encode(b"astrbot:astrbot").decode()
    _accept_scheme(server, "Basic", lambda text: text == login)


@fault(breaks="AUTH-FOREIGN")
def digest_is_not_verified(server: Server) -> None:
    """The response of the scheme `Digest` is not verified."""
    _accept_scheme(server, "Digest", lambda text: text.startswith("username="))


@fault(breaks="AUTH-FOREIGN")
def keys_of_other_services(server: Server) -> None:
    """A key that starts with `sk-` is forwarded to the model service instead of being verified here."""
    _accept(server, lambda text: text.startswith("sk-"), lambda operation: operation.scope == "chat")


def _accept(server: Server, is_valid: Callable[[str], bool], where: Callable[[Operation], bool]) -> None:
    """Authorize credentials that the server does not know, with every right."""
    everything = server.everything | frozenset(server.contract.closed_scopes)

    def strangers(operation: Operation, given: Any) -> Scopes | None:
        return everything if where(operation) and any(text and is_valid(text) for text in given.values()) else None

    server.strangers = strangers


def _accept_scheme(server: Server, scheme: str, is_valid: Callable[[str], bool]) -> None:
    """Authorize credentials of another authentication scheme."""

    def headers(given: dict[str, str]) -> dict[str, str]:
        name, _, text = given.get("authorization", "").partition(" ")
        return given | {"authorization": f"Bearer {scheme} {text}"} if name == scheme else given

    server.headers = headers
    _accept(server, lambda text: text.startswith(f"{scheme} ") and is_valid(text.partition(" ")[2]), lambda _: True)


def _has_algorithm(token: str, algorithm: str) -> bool:
    head = token.split(".", maxsplit=1)[0]
    with suppress(ValueError):
        read = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
        return isinstance(read, dict) and read.get("alg") == algorithm
    return False


def _is_signed(token: str, secret: str) -> bool:
    head, _, signature = token.rpartition(".")
    expected = base64.urlsafe_b64encode(hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest())
    return hmac.compare_digest(expected.rstrip(b"=").decode(), signature.rstrip("="))
