"""Faults in the session that a chat is in."""

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
    """A new session has a UUID without its strokes for an id."""
    _named(server, lambda given: given if given and given.strip() else uuid.uuid4().hex)


@fault(breaks="CHAT-SESSION")
def one_session_for_all(server: Server) -> None:
    """Whoever names no session gets the same one."""
    _named(server, lambda given: given if given and given.strip() else "7a1d4a9e-8d8e-4f0e-9a55-2f8c3a5d1e11")


@fault(breaks="CHAT-SESSION")
def session_in_lower_case(server: Server) -> None:
    """The id of a session is kept in lower case."""
    _named(server, lambda given: given.lower() if given and given.strip() else str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def session_up_to_a_colon(server: Server) -> None:
    """The id of a session ends before a colon."""
    _named(server, lambda given: given.partition(":")[0] if given and given.strip() else str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def blank_session_is_one(server: Server) -> None:
    """A session of blanks is taken for a name."""
    _named(server, lambda given: given or str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def conversation_beats_session(server: Server) -> None:
    """An older word for the session counts although the newer one is there."""

    @server.override
    class Broken(Chat):
        @staticmethod
        def session_id(sent: JsonObject) -> str:
            return sent.get("session_id") or sent.get("conversation_id") or str(uuid.uuid4())


@fault(breaks="CHAT-SESSION")
def long_sessions_are_cut(server: Server) -> None:
    """The id of a session ends after 64 characters."""
    _named(server, lambda given: given[:64] if given and given.strip() else str(uuid.uuid4()))


@fault(breaks="CHAT-SESSION")
def keys_go_on_by_themselves_only(server: Server) -> None:
    """A session is gone on with by the key that began it, whoever its user is."""

    @server.override
    class Broken(SessionStore):
        def enter(self, id: str, username: str, caller: str) -> JsonObject:
            if self.exists(id) and caller not in {*self.find(id)["talkers"], self.find(id)["creator"]}:
                raise Refusal("session_id belongs to another username")
            return super().enter(id, username, caller)


@fault(breaks="JOURNEY-CHAT")
def deleted_sessions_are_read_on(server: Server) -> None:
    """What was said in a session is shown after it was deleted."""
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
