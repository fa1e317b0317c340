"""Faults that reveal credentials."""

from __future__ import annotations

import json

from .server import Server, fault

SETTINGS = "GET /api/v1/config-profiles"
STATS = "GET /api/v1/bots/stats"
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"


@fault(breaks="NO-SECRETS")
def signing_secret_shown(server: Server) -> None:
    """The list of profiles shows the secret that signs tokens."""
    _also_showing(server, SETTINGS, {"dashboard": {"jwt_secret": "0123456789abcdef"}})


@fault(breaks="NO-SECRETS")
def password_hash_in_a_message(server: Server) -> None:
    """An error message contains the hash of the password."""
    server.answers["POST /api/v1/im/message"] = lambda status, body: (
        status,
        body | {"message": f"failed: {HASH}"} if status == 400 else body,
    )


@fault(breaks="NO-SECRETS")
def keys_count_their_uses(server: Server) -> None:
    """The statistics contain a developer key."""
    _also_showing(server, STATS, {"uses": {"abk_0123456789abcdefghijklmnop": 3}})


@fault(breaks="NO-SECRETS")
def settings_said_as_text(server: Server) -> None:
    """The statistics contain the dashboard settings as a JSON string."""
    _also_showing(server, STATS, {"debug": json.dumps({"dashboard": {"jwt_secret": "0123456789abcdef"}})})


@fault(breaks="NO-SECRETS")
def account_with_the_hash(server: Server) -> None:
    """The list of profiles contains the account with the MD5 of its password."""
    _also_showing(
        server, SETTINGS, {"account": {"username": "astrbot", "password": "5f4dcc3b5aa765d61d8327deb882cf99"}}
    )


def _also_showing(server: Server, place: str, more: dict[str, object]) -> None:
    server.change_data(place, lambda data: data | more)
