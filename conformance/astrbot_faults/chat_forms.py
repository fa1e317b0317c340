"""Faults in some forms of a chat: string or segments, streaming or not, in a new session or an existing one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from astrbot_api.models import DoneQuietly, ImMessage
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.im import Im
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.chat_history import History
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

CHAT, IM, IM_TOO = "POST /api/v1/chat", "POST /api/v1/im/message", "POST /api/v1/im/messages"
PLAIN = [{"type": "plain", "text": "hello"}]
NOTHING: Mapping[str, Any] = MappingProxyType({})
SAID: ContextVar[Mapping[str, Any]] = ContextVar("SAID", default=NOTHING)  # the body of the current chat


@fault(breaks="CHAT-USERNAME")
def strings_need_no_name(server: Server) -> None:
    """Chat requires no username if the message is a string."""
    _chat(server, lambda body: {"username": "somebody"} | body if isinstance(body.get("message"), str) else body)


@fault(breaks="SESSIONS-OWNER")
def chains_go_on_anywhere(server: Server) -> None:
    """A message in segments can continue any user's session."""
    _entering(server, lambda said: isinstance(said.get("message"), list))


@fault(breaks="SESSIONS-OWNER")
def owners_count_in_pieces_only(server: Server) -> None:
    """A chat without streaming can continue any user's session."""
    _entering(server, lambda said: said.get("enable_streaming") is False)


@fault(breaks="MSG-EMPTY")
def later_messages_unchecked(server: Server) -> None:
    """Only the first message of a session must not be empty."""
    begun: set[Any] = set()

    def unchecked(body: JsonObject) -> JsonObject:
        known, session = begun.copy(), body.get("session_id")
        begun.add(session)
        return body if session not in known or body.get("message") else body | {"message": PLAIN}

    _chat(server, unchecked)


@fault(breaks="MSG-REPLY-ONLY")
def replies_alone_will_do_at_once(server: Server) -> None:
    """A chat without streaming accepts a message of `reply` segments only."""
    _chat(server, lambda body: body | {"message": PLAIN} if _is_reply_at_once(body) else body)


@fault(breaks="MSG-SEGMENTS")
def replies_not_kept(server: Server) -> None:
    """Chat drops the `reply` segments of a message."""
    _chat(server, lambda body: body | {"message": _without_replies(body.get("message"))} if body else body)


@fault(breaks="MSG-SEGMENTS")
def long_texts_cut(server: Server) -> None:
    """Chat cuts texts after 8,000 characters."""

    def cut(message: Any) -> Any:
        if not isinstance(message, list):
            return message[:8000] if isinstance(message, str) else message
        return [s | {"text": s["text"][:8000]} if isinstance(s, dict) and _text_of(s) else s for s in message]

    _chat(server, lambda body: body | {"message": cut(body["message"])} if "message" in body else body)


@fault(breaks="MSG-SEGMENTS")
def chains_kept_twice(server: Server) -> None:
    """The history contains each message in segments twice."""

    @server.override
    class Broken(History):
        def add(
            self,
            place: str,
            platform: str,
            sender: str,
            checkpoint: str,
            content: JsonObject,
            *,
            by_model: bool = False,
        ) -> JsonObject:
            if content["type"] == "user" and isinstance(SAID.get().get("message"), list):
                super().add(place, platform, sender, checkpoint, content, by_model=by_model)
            return super().add(place, platform, sender, checkpoint, content, by_model=by_model)

    _chat(server, lambda body: body)


@fault(breaks="MSG-FORMS")
def texts_like_chains_are_chains(server: Server) -> None:
    """A string that looks like a list of segments is parsed as one."""

    def chained(body: Any) -> Any:
        message = body.get("message") if isinstance(body, dict) else None
        if isinstance(message, str) and message.startswith("[{") and message.endswith("}]"):
            return body | {"message": json.loads(message)}
        return body

    server.bodies |= dict.fromkeys((CHAT, IM, IM_TOO), chained)


@fault(breaks="CHAT-STREAM")
def long_chats_never_end(server: Server) -> None:
    """The stream that answers a long message has no `end` event."""

    def endless(stream: bytes) -> bytes:
        events = stream.split(b"\n\n")
        return b"\n\n".join(event for event in events if b'"end"' not in event) if _is_long(SAID.get()) else stream

    server.streams[CHAT] = endless
    _chat(server, lambda body: body)


@fault(breaks="SCOPE-NO-EFFECT")
def im_says_what_it_refuses(server: Server) -> None:
    """IM delivers the text before an unknown attachment, and then rejects the message."""

    @server.override
    class Broken(Im):
        async def send_im_message(self, *, caller: Caller, body: ImMessage) -> Json[DoneQuietly]:
            try:
                return await super().send_im_message(caller=caller, body=body)
            except Refusal:
                sent = given(body)
                place, message = sent["umo"].rpartition(":")[2], sent["message"]
                texts = [s for s in message if s["type"] == "plain"] if isinstance(message, list) else []
                if texts and self._sessions.exists(place):
                    self._sessions.history.add(place, "webchat", "bot", "none", {"type": "bot", "message": texts})
                raise


def _chat(server: Server, change: Callable[[JsonObject], JsonObject]) -> None:
    def read(body: Any) -> Any:
        if not isinstance(body, dict):
            return body
        SAID.set(body)
        return change(body)

    server.bodies[CHAT] = read


def _entering(server: Server, is_let_in: Callable[[Mapping[str, Any]], bool]) -> None:
    """Let any username continue a session if the body has that form."""

    @server.override
    class Broken(SessionStore):
        def enter(self, id: str, username: str, caller: str) -> JsonObject:
            creator = self.find(id)["creator"] if self.exists(id) else username
            return super().enter(id, creator if is_let_in(SAID.get()) else username, caller)

    _chat(server, lambda body: body)


def _is_reply_at_once(body: JsonObject) -> bool:
    chain = body.get("message") if body.get("enable_streaming") is False else None
    return bool(chain) and isinstance(chain, list) and all(_is_reply(segment) for segment in chain)


def _without_replies(message: Any) -> Any:
    others = [s for s in message if not _is_reply(s)] if isinstance(message, list) else []
    return others if any(map(_text_of, others)) else message


def _is_reply(segment: Any) -> bool:
    return isinstance(segment, dict) and segment.get("type") == "reply" and "message_id" in segment


def _text_of(segment: Any) -> str:
    return segment["text"] if isinstance(segment, dict) and isinstance(segment.get("text"), str) else ""


def _is_long(said: Mapping[str, Any]) -> bool:
    return len(json.dumps(said.get("message"))) > 5000
