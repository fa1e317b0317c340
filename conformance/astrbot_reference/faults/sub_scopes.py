"""Faults in what sub-scopes are for, and in the errors of releases that have them."""

from __future__ import annotations

from typing import Any

from astrbot_reference import chat, config_profiles, system_config
from astrbot_reference.administrators import refuse_username
from astrbot_reference.auth import Caller
from astrbot_reference.keys import Keys

from .server import Server, fault


@fault(breaks="KEY-SUB-SCOPES")
def sub_scopes_in_the_default(server: Server) -> None:
    """A key that is made without naming scopes may chat as an administrator."""
    sound = Keys._granted  # noqa: SLF001  what a fault is about

    def granted(self: Keys, scopes: Any) -> list[str]:
        return [*sound(self, scopes), *(server.contract.sub_scopes if scopes is None else ())]

    server.patch.setattr(Keys, "_granted", granted)


@fault(breaks="CHAT-ADMIN")
def administrators_are_anybody(server: Server) -> None:
    """Any key chats under the username of an administrator."""
    server.patch.setattr(chat, "refuse_username", lambda *_: None)


@fault(breaks="CHAT-ADMIN")
def administrators_are_nobody(server: Server) -> None:
    """Nobody chats under the username of an administrator, whatever the key holds."""

    def refuse(operation: Any, caller: Caller, username: str, profiles: Any) -> None:
        refuse_username(operation, Caller(caller.name, frozenset(), caller.key_id), username, profiles)

    server.patch.setattr(chat, "refuse_username", refuse)


@fault(breaks="CONFIG-ADMIN")
def anybody_appoints_administrators(server: Server) -> None:
    """Any key with `config` changes the list of administrators."""
    for module in (config_profiles, system_config):
        server.patch.setattr(module, "refuse_change", lambda *_: None)


@fault(breaks="SHAPE-ERRORS")
def undeclared_methods_outside_the_envelope(server: Server) -> None:
    """An undeclared method is refused in the form of another framework."""
    server.every_answer = lambda status, body: (
        status,
        {"detail": body["message"]} if status == 405 else body,
    )
