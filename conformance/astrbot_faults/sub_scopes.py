"""Faults in sub-scopes, and in the errors of releases that have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from astrbot_api.operation import Operation
from astrbot_reference.administrators import refuse_username
from astrbot_reference.auth import Caller
from astrbot_reference.chat import Chat
from astrbot_reference.config_profiles import ConfigProfiles
from astrbot_reference.stores.key_store import KeyStore
from astrbot_reference.stores.profile_store import ProfileStore
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.system_config import SystemConfig

from .server import Server, fault


@fault(breaks="KEY-SUB-SCOPES")
def sub_scopes_in_the_default(server: Server) -> None:
    """A key that is created without scopes holds the sub-scopes too."""

    @server.override
    class Broken(KeyStore):
        def _granted(self, scopes: Sequence[str] | None) -> list[str]:
            return [*super()._granted(scopes), *(server.contract.sub_scopes if scopes is None else ())]


@fault(breaks="CHAT-ADMIN")
def administrators_are_anybody(server: Server) -> None:
    """Any key can chat under the username of an administrator."""

    @server.override
    class Broken(Chat):
        @staticmethod
        def refuse_username(operation: Operation, caller: Caller, username: str, profiles: ProfileStore) -> None:
            pass


@fault(breaks="CHAT-ADMIN")
def administrators_are_nobody(server: Server) -> None:
    """No key can chat under the username of an administrator."""

    @server.override
    class Broken(Chat):
        @staticmethod
        def refuse_username(operation: Operation, caller: Caller, username: str, profiles: ProfileStore) -> None:
            refuse_username(operation, replace(caller, scopes=frozenset()), username, profiles)


@fault(breaks="CHAT-ADMIN")
def administrators_are_anybody_over_a_websocket(server: Server) -> None:
    """Any key can chat under the username of an administrator over the WebSocket."""

    @server.override
    class Broken(Chat):
        @staticmethod
        def refuse_username(operation: Operation, caller: Caller, username: str, profiles: ProfileStore) -> None:
            if operation.socket is None:
                refuse_username(operation, caller, username, profiles)


@fault(breaks="CONFIG-ADMIN")
def anybody_appoints_administrators(server: Server) -> None:
    """Any key with `config` can change the list of administrators."""

    @server.override
    class OfProfiles(ConfigProfiles):
        @staticmethod
        def refuse_change(operation: Operation, caller: Caller, stored: JsonObject, change: JsonObject) -> None:
            pass

    @server.override
    class OfTheSystem(SystemConfig):
        @staticmethod
        def refuse_change(operation: Operation, caller: Caller, stored: JsonObject, change: JsonObject) -> None:
            pass


@fault(breaks="SHAPE-ERRORS")
def undeclared_methods_outside_the_envelope(server: Server) -> None:
    """An undeclared method is rejected without the error envelope."""
    server.every_answer = lambda status, body: (status, {"detail": body["message"]} if status == 405 else body)
