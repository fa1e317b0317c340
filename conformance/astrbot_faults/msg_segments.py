"""Faults in the handling of segments."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.attachment_store import AttachmentStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

CHAT, IM, IM_TOO = "POST /api/v1/chat", "POST /api/v1/im/message", "POST /api/v1/im/messages"
MEDIA = frozenset({"image", "record", "file", "video"})
Chain = list[Any]


@fault(breaks="MSG-SEGMENTS")
def texts_escaped_in_the_history(server: Server) -> None:
    """The history returns texts with HTML escapes."""

    def answer(status: int, content: Any) -> tuple[int, Any]:
        return status, json.loads(json.dumps(content).replace("<", "&lt;"))

    server.answers["GET /api/v1/chat/sessions/{session_id}"] = answer


@fault(breaks="MSG-ATTACHMENT")
def attachments_not_looked_up(server: Server) -> None:
    """Any id is accepted as the id of an attachment."""

    @server.override
    class Broken(AttachmentStore):
        def find(self, id: str) -> JsonObject:
            try:
                return super().find(id)
            except Refusal:
                return {"attachment_id": id, "type": "file", "filename": id}


@fault(breaks="MSG-ATTACHMENT")
def unknown_attachments_dropped(server: Server) -> None:
    """Chat drops unknown attachments and keeps the rest of the message."""
    _chains(server, CHAT, lambda chain: _without_unknown(chain) or chain)


@fault(breaks="MSG-ATTACHMENT")
def unknown_attachments_dropped_over_im(server: Server) -> None:
    """IM drops unknown attachments on its second path and keeps the rest of the message."""
    _chains(server, IM_TOO, lambda chain: _without_unknown(chain) or chain)


@fault(breaks="MSG-ATTACHMENT")
def only_the_first_attachment_is_looked_up(server: Server) -> None:
    """Chat checks the attachment of the first segment only."""
    _chains(server, CHAT, lambda chain: chain if chain[:1] == _unknown(chain)[:1] else _without_unknown(chain))


@fault(breaks="MSG-SEGMENTS")
def a_hundred_segments_kept(server: Server) -> None:
    """Chat keeps at most a hundred segments."""
    _chains(server, CHAT, lambda chain: chain[:100] if _is_in_order(chain) else chain)


@fault(breaks="MSG-SEGMENTS")
def media_first(server: Server) -> None:
    """Chat stores media before text."""
    _chains(
        server,
        CHAT,
        lambda chain: sorted(chain, key=lambda part: part.get("type") == "plain") if _is_in_order(chain) else chain,
    )


@fault(breaks="MSG-SEGMENTS")
def said_twice_kept_once(server: Server) -> None:
    """IM stores only one of several equal segments."""
    _chains(server, IM, lambda chain: [part for place, part in enumerate(chain) if part not in chain[:place]])


@fault(breaks="MSG-SEGMENTS")
def videos_refused(server: Server) -> None:
    """IM rejects videos."""
    _chains(server, IM, lambda chain: [] if any(_type(part) == "video" for part in chain) else chain)


@fault(breaks="MSG-SEGMENTS")
def video_kept_as_text(server: Server) -> None:
    """Chat stores a video as text."""
    _chains(
        server,
        CHAT,
        lambda chain: [_told(part) for part in chain] if _is_in_order(chain) and not _unknown(chain) else chain,
    )


@fault(breaks="MSG-FORMS")
def strings_in_lower_case(server: Server) -> None:
    """Chat stores a string in lower case, but segments unchanged."""
    _strings(server, str.lower)


@fault(breaks="MSG-FORMS")
def strings_composed(server: Server) -> None:
    """Chat normalizes the Unicode characters of a string, but not those of segments."""
    _strings(server, lambda text: unicodedata.normalize("NFKC", text))


def _strings(server: Server, change: Callable[[str], str]) -> None:
    server.bodies[CHAT] = lambda body: (
        body | {"message": change(body["message"])} if isinstance(body.get("message"), str) else body
    )


def _chains(server: Server, place: str, change: Callable[[Chain], Chain]) -> None:
    server.bodies[place] = lambda body: (
        body | {"message": change(body["message"])}
        if isinstance(body.get("message"), list) and body["message"]
        else body
    )


def _type(part: Any) -> Any:
    return part.get("type") if isinstance(part, dict) else None


def _is_in_order(chain: Chain) -> bool:
    """Whether every segment of a list is well-formed."""
    needed = {"plain": "text", "reply": "message_id"} | dict.fromkeys(MEDIA, "attachment_id")
    said = [part for part in chain if _type(part) in needed and part.get(needed[part["type"]])]
    return len(said) == len(chain)


def _unknown(chain: Chain) -> Chain:
    return [
        part
        for part in chain
        if _type(part) in MEDIA
        and part.get("attachment_id")
        and not str(part["attachment_id"]).startswith("a77ac4ed-0000-4000-8000-00000000000")
    ]


def _without_unknown(chain: Chain) -> Chain:
    unknown = _unknown(chain)
    return [part for part in chain if part not in unknown]


def _told(part: Any) -> Any:
    return {"type": "plain", "text": part["attachment_id"]} if _type(part) == "video" else part
