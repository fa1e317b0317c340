"""Faults in IM messages."""

from __future__ import annotations

from typing import Any

from .server import Server, fault

SEND, BOTS = "POST /api/v1/im/message", "GET /api/v1/im/bots"


@fault(breaks="IM-FIELDS")
def umo_not_required(server: Server) -> None:
    """IM accepts a message without `umo` and sends it to the web chat."""
    server.bodies[SEND] = lambda body: {"umo": "webchat:FriendMessage:all"} | body


@fault(breaks="IM-FIELDS")
def message_not_required(server: Server) -> None:
    """IM accepts a request without a message and sends a greeting."""
    server.bodies[SEND] = lambda body: {"message": "hello"} | body


@fault(breaks="IM-BOTS")
def bots_as_objects(server: Server) -> None:
    """The list of bot ids contains objects."""
    server.change_data(BOTS, lambda _: {"bot_ids": [{"id": "a bot"}]})


@fault(breaks="IM-BOTS")
def bots_that_are_off_not_listed(server: Server) -> None:
    """The list of bot ids omits disabled bots."""
    server.change_data(BOTS, lambda _: {"bot_ids": []})


@fault(breaks="IM-BOTS")
def bots_not_listed(server: Server) -> None:
    """The list of bot ids is missing."""
    server.change_data(BOTS, lambda _: {})


@fault(breaks="IM-BOTS")
def one_bot_listed(server: Server) -> None:
    """The list of bot ids contains the first bot only."""
    server.change_data(BOTS, lambda data: {"bot_ids": data["bot_ids"][:1]})


@fault(breaks="IM-BOTS")
def bots_listed_twice(server: Server) -> None:
    """The list of bot ids contains every bot twice."""
    server.change_data(BOTS, lambda data: {"bot_ids": data["bot_ids"] * 2})


@fault(breaks="IM-FIELDS")
def any_platform_is_the_web_chat(server: Server) -> None:
    """A `umo` of an unknown platform is delivered to the web chat."""

    def led_home(body: Any) -> Any:
        platform, colon, rest = body["umo"].partition(":")
        return body | {"umo": f"webchat:{rest}"} if colon and platform != "webchat" else body

    server.bodies[SEND] = led_home


@fault(breaks="IM-FIELDS")
def umo_of_two_parts(server: Server) -> None:
    """A `umo` without a message type is accepted as a friend message."""

    def filled(body: Any) -> Any:
        platform, colon, rest = body["umo"].partition(":")
        return body | {"umo": f"{platform}:FriendMessage:{rest}"} if colon and ":" not in rest else body

    server.bodies[SEND] = filled
