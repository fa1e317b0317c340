"""Message origins (UMO): the platform, type and session of a conversation."""

from __future__ import annotations

from .stores.session_store import SESSION
from .stores.store import JsonObject, Store


def origin_of(session: JsonObject) -> str:
    """The message origin of a chat session."""
    platform, creator = session["platform_id"], session["creator"]
    return f"{platform}:FriendMessage:{platform}!{creator}!{session['session_id']}"


def taken_apart(store: Store, umo: str) -> JsonObject:
    """The MessageOrigin of the contract."""
    platform, _, rest = umo.partition(":")
    message_type, _, session_id = rest.partition(":")
    parts = session_id.split("!", 2)
    session = (store.get(SESSION, parts[2]) if len(parts) == 3 else None) or {}
    name = session.get("display_name") or ""
    return {
        "umo": umo,
        "platform": platform,
        "message_type": message_type,
        "session_id": session_id,
        "auto_name": name,
        "user_alias": "",
        "display_name": name or umo,
        "creator_sender_id": session.get("creator", ""),
    }


def page_of(found: list[JsonObject], page: int, page_size: int, usual: int) -> tuple[list[JsonObject], int, int]:
    """A page of results, with page number and size in their limits: less than 1 counts as the default, at most 100."""
    number, size = max(page, 1), min(page_size, 100) if page_size >= 1 else usual
    return found[(number - 1) * size : number * size], number, size
