"""Faults in the required members of a chat."""

from __future__ import annotations

from astrbot_reference.chat import Chat
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault


@fault(breaks="CHAT-USERNAME")
def nobody_may_chat(server: Server) -> None:
    """Chat accepts a request without a username and uses a default one."""
    server.bodies["POST /api/v1/chat"] = lambda body: body | {"username": body.get("username") or "somebody"}


@fault(breaks="CHAT-USERNAME")
def blank_name_is_a_name(server: Server) -> None:
    """Chat accepts a blank username."""
    server.bodies["POST /api/v1/chat"] = lambda body: (
        body | {"username": "blank"} if str(body.get("username", "x")).isspace() else body
    )


@fault(breaks="CHAT-PROFILE")
def unknown_profiles_will_do(server: Server) -> None:
    """Chat accepts a nonexistent `config_id` and uses the default profile."""

    @server.override
    class Broken(Chat):
        def _check_profile(self, sent: JsonObject) -> None:
            pass


@fault(breaks="CHAT-PROFILE")
def unknown_names_of_profiles_will_do(server: Server) -> None:
    """Chat accepts a nonexistent `config_name` and uses the default profile."""

    @server.override
    class Broken(Chat):
        def _check_profile(self, sent: JsonObject) -> None:
            super()._check_profile(sent | {"config_name": ""})
