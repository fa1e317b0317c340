"""Faults that let credentials out."""

from __future__ import annotations

from .server import Server, fault

SETTINGS = "GET /api/v1/config-profiles"
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"


@fault(breaks="NO-SECRETS")
def signing_secret_shown(server: Server) -> None:
    """A list of profiles shows what tokens are signed with."""
    server.answers[SETTINGS] = lambda status, body: (
        status,
        body | {"data": body["data"] | {"dashboard": {"jwt_secret": "0123456789abcdef"}}} if status == 200 else body,
    )


@fault(breaks="NO-SECRETS")
def password_hash_in_a_message(server: Server) -> None:
    """A refusal tells the hash of the password."""
    server.answers["POST /api/v1/im/message"] = lambda status, body: (
        status,
        body | {"message": f"failed: {HASH}"} if status == 400 else body,
    )
