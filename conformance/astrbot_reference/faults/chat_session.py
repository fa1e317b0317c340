"""Faults in the session that a chat is in."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from astrbot_reference import chat

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
    server.patch.setattr(
        chat,
        "session_id",
        lambda sent: sent.get("session_id") or sent.get("conversation_id") or str(uuid.uuid4()),
    )


def _named(server: Server, name: Callable[[str | None], str]) -> None:
    server.patch.setattr(
        chat,
        "session_id",
        lambda sent: name(sent["session_id"] if "session_id" in sent else sent.get("conversation_id")),
    )
