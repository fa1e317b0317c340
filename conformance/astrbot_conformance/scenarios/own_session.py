"""A chat session that the run created, and the requests that outsiders may try on it."""

from astrbot_conformance.astrbot_operations import (
    DELETE_SESSION,
    DELETE_SESSIONS,
    READ_SESSION,
    RENAME_SESSION,
    SESSIONS,
    STOP_SESSION,
)
from astrbot_conformance.chat.sessions import user_of
from astrbot_conformance.http import HttpRequest, Key, asking


def attempts_on(session: str, owner: Key) -> list[HttpRequest]:
    """Requests that list, read, rename, stop and remove the session."""
    path = {"session_id": session}
    return [
        asking(SESSIONS, query={"username": user_of(owner)}),
        asking(READ_SESSION, path=path),
        asking(RENAME_SESSION, path=path, json_body={"display_name": f"{session}-changed"}),
        asking(STOP_SESSION, path=path),
        asking(DELETE_SESSIONS, json_body={"session_ids": [session]}),
        asking(DELETE_SESSION, path=path),
    ]
