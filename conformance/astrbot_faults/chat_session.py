"""Faults in the session of a chat."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from astrbot_reference.chat import Chat
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.chat_history import History
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault


@fault(breaks="CHAT-SESSION")
def session_is_no_uuid(server: Server) -> None:
    """The id of a new session is a UUID without hyphens."""
    _named(server, lambda given: given if given and given.strip() else uuid.uuid4().hex)


@fault(breaks="CHAT-SESSION")
def one_session_for_all(server: Server) -> None:
    """Every chat without a session id uses the same session."""
    _named(server, lambda given: given if given and given.strip() else "7a1d4a9e-8d8e-4f0e-9a55-2f8c3a5d1e11")


@fault(breaks="CHAT-SESSION")
def session_in_lower_case(server: Server) -> None:
    """The id of a session is stored in lower case."""
    _named(server, lambda given: given.lower() if given and given.strip() else str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def session_up_to_a_colon(server: Server) -> None:
    """The id of a session is cut at a colon."""
    _named(server, lambda given: given.partition(":")[0] if given and given.strip() else str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def blank_session_is_one(server: Server) -> None:
    """A blank session id is used as it is."""
    _named(server, lambda given: given or str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def conversation_beats_session(server: Server) -> None:
    """`conversation_id` takes precedence over `session_id`."""

    @server.override
    class Broken(Chat):
        @staticmethod
        def session_id(sent: JsonObject) -> str:
            return sent.get("session_id") or sent.get("conversation_id") or str(uuid.uuid4())


@fault(breaks="CHAT-SESSION")
def long_sessions_are_cut(server: Server) -> None:
    """The id of a session is cut after 64 characters."""
    _named(server, lambda given: given[:64] if given and given.strip() else str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def keys_go_on_by_themselves_only(server: Server) -> None:
    """Only the key that created a session can continue it, even under the same username."""

    @server.override
    class Broken(SessionStore):
        def enter(self, id: str, username: str, caller: str) -> JsonObject:
            if self.exists(id) and caller not in {*self.find(id)["talkers"], self.find(id)["creator"]}:
                raise Refusal("session_id belongs to another username")
            return super().enter(id, username, caller)


@fault(breaks="JOURNEY-CHAT")
def deleted_sessions_are_read_on(server: Server) -> None:
    """The history of a deleted session can still be read."""
    gone: dict[str, tuple[JsonObject, list[JsonObject]]] = {}

    @server.override
    class Sessions(SessionStore):
        def delete(self, id: str) -> None:
            gone[id] = self.find(id), self.history.shown(id)
            super().delete(id)

        def readable(self, id: str, caller: str) -> JsonObject:
            return gone[id][0] if id in gone and not self.exists(id) else super().readable(id, caller)

    @server.override
    class Messages(History):
        def shown(self, place: str) -> list[JsonObject]:
            return super().shown(place) or gone.get(place, ({}, []))[1]


def _named(server: Server, name: Callable[[str | None], str]) -> None:
    @server.override
    class Broken(Chat):
        @staticmethod
        def session_id(sent: JsonObject) -> str:
            return name(sent["session_id"] if "session_id" in sent else sent.get("conversation_id"))
