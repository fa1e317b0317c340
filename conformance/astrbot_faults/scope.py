"""Faults in the check of scopes."""

from __future__ import annotations

from typing import Any

from astrbot_api.operation import Operation

from .server import UNDER, Credentials, Server, fault


@fault(breaks="SCOPE-REQUIRED")
def check_dropped(server: Server) -> None:
    """Listing skills checks no scope."""
    server.scopes = lambda operation, held: server.everything if str(operation) == "GET /api/v1/skills" else held


@fault(breaks="SCOPE-REQUIRED")
def check_dropped_on_a_write(server: Server) -> None:
    """Creating a bot checks no scope."""
    server.scopes = lambda operation, held: server.everything if str(operation) == "POST /api/v1/bots" else held


@fault(breaks="SCOPE-REQUIRED")
def check_dropped_in_header_on_writes(server: Server) -> None:
    """A key in `X-API-Key` can use every operation but GET."""
    _note_header(server)
    server.scopes = lambda operation, held: (
        server.everything if UNDER.get().in_header and operation.method != "GET" else held
    )


@fault(breaks="SCOPE-REQUIRED")
def another_scope_will_do(server: Server) -> None:
    """`chat` keys can use the operations of personas."""
    server.scopes = lambda _, held: held | {"persona"} if {"chat"} <= held else held


@fault(breaks="SCOPE-REQUIRED")
def refused_with_401(server: Server) -> None:
    """A key without the required scope is rejected with 401."""
    server.every_answer = lambda status, body: (401 if status == 403 else status, body)


@fault(breaks="SCOPE-REQUIRED")
def refused_in_other_words(server: Server) -> None:
    """A key without the required scope is rejected with another message."""
    server.every_answer = lambda status, body: (status, body | {"message": "no"} if status == 403 else body)


@fault(breaks="SCOPE-SUFFICIENT")
def eight_scopes_at_most(server: Server) -> None:
    """The server reads only eight scopes of a key."""
    server.scopes = lambda _, held: frozenset(sorted(held)[:8])


@fault(breaks="SCOPE-SUFFICIENT")
def scopes_cut_short(server: Server) -> None:
    """The scopes of a key are stored in fifty characters, so the last of all nine is lost."""

    def stored(held: frozenset[str]) -> frozenset[str]:
        return frozenset(",".join(scope for scope in server.contract.scopes if scope in held)[:50].split(","))

    server.scopes = lambda _, held: stored(held)


@fault(breaks="SCOPE-SUFFICIENT")
def scope_not_enough(server: Server) -> None:
    """An operation rejects keys with its own scope."""
    server.scopes = lambda operation, held: frozenset() if str(operation) == "GET /api/v1/mcp/servers" else held


@fault(breaks="SCOPE-IMPLIES")
def config_implies_nothing(server: Server) -> None:
    """A `config` key cannot use `bot` and `provider` operations."""
    implied = frozenset({"bot", "provider", "config"})
    server.scopes = lambda operation, held: (
        held - implied if "config" in held and operation.scope in ("bot", "provider") else held
    )


@fault(breaks="SCOPE-IMPLIES")
def config_implies_bot_only(server: Server) -> None:
    """A `config` key cannot use `provider` operations."""
    implied = frozenset({"provider", "config"})
    server.scopes = lambda operation, held: (
        held - implied if "config" in held and operation.scope == "provider" else held
    )


@fault(breaks="SCOPE-NOT-IMPLIED")
def bot_and_provider_imply_config(server: Server) -> None:
    """`bot` and `provider` together imply `config`."""
    server.scopes = lambda _, held: held | {"config"} if {"bot", "provider"} <= held else held


@fault(breaks="SCOPE-NOT-IMPLIED")
def config_implies_personas(server: Server) -> None:
    """`config` implies `persona`."""
    server.scopes = lambda _, held: held | {"persona"} if "config" in held else held


@fault(breaks="SCOPE-NOT-IMPLIED")
def bot_implies_provider(server: Server) -> None:
    """`bot` implies `provider`."""
    server.scopes = lambda _, held: held | {"provider"} if "bot" in held else held


@fault(breaks="SCOPE-CLOSED")
def closed_area_opened(server: Server) -> None:
    """A key with every scope can read the statistics."""
    server.scopes = lambda operation, held: held | {"system"} if operation.path == "/api/v1/stats" else held


@fault(breaks="SCOPE-CLOSED")
def closed_area_public(server: Server) -> None:
    """The statistics require no key."""
    server.strangers = lambda operation, _: frozenset({"system"}) if operation.path == "/api/v1/stats" else None


@fault(breaks="SCOPE-CLOSED")
def closed_areas_opened_in_header(server: Server) -> None:
    """Any key in `X-API-Key` can use the closed areas."""

    def as_bearer(given: dict[str, str]) -> dict[str, str]:
        UNDER.get().in_header = "x-api-key" in given
        return {"authorization": f"Bearer {given['x-api-key']}"} | given if "x-api-key" in given else given

    closed = frozenset(server.contract.closed_scopes)
    server.headers = as_bearer
    server.scopes = lambda _, held: held | closed if UNDER.get().in_header else held


@fault(breaks="SCOPE-CLOSED")
def closed_areas_ignore_the_header(server: Server) -> None:
    """Closed areas ignore `X-API-Key`, so a key there gets 401."""
    server.credentials = lambda operation, given: dict(given) | ({} if operation.scope else {"HeaderKey": None})


@fault(breaks="SCOPE-CLOSED")
def closed_area_refuses_with_401(server: Server) -> None:
    """The knowledge bases return 401 to a developer key."""

    def refuse(status: int, body: Any) -> tuple[int, Any]:
        return 401 if status == 403 else status, body

    server.answers |= {str(operation): refuse for operation in server.contract.closed if operation.closed_scope == "kb"}


@fault(breaks="SCOPE-CLOSED")
def closed_area_opened_to_a_single_scope(server: Server) -> None:
    """A key whose only scope is `mcp` can use the tools."""
    server.scopes = lambda _, held: held | {"tool"} if held == {"mcp"} else held


def _note_header(server: Server) -> None:
    def noted(_: Operation, given: Credentials) -> Credentials:
        UNDER.get().in_header = bool(given.get("HeaderKey")) and not given.get("BearerKey")
        return given

    server.credentials = noted
