"""Faults in the chat over a WebSocket: its server looks up keys and checks messages by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

from astrbot_api import models
from astrbot_api.operation import Operation
from astrbot_api.server import Json
from astrbot_reference.auth import Authentication, Caller
from astrbot_reference.bodies import given
from astrbot_reference.chat import Chat
from astrbot_reference.refusal import Unauthorized
from astrbot_reference.stores.chat_history import History
from astrbot_reference.stores.key_store import KeyStore, digest
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.store import JsonObject

from .server import Credentials, Server, fault

Event = Json[models.ChatSocketEvent]
Events = AsyncIterator[Event]
QUERY = frozenset({"QueryApiKey", "QueryKey"})


@fault(breaks="WS-AUTH")
def socket_accepts_revoked_keys(server: Server) -> None:
    """The WebSocket does not check whether a key is revoked."""
    _let_revoked_in(server, lambda _: True)


@fault(breaks="WS-AUTH")
def socket_accepts_revoked_keys_in_the_query(server: Server) -> None:
    """The WebSocket accepts a revoked key in the query."""
    _let_revoked_in(server, lambda sent: any(sent.get(name) for name in QUERY))


@fault(breaks="WS-AUTH")
def socket_accepts_any_text_in_the_header(server: Server) -> None:
    """The WebSocket accepts any text in `X-API-Key` as a key."""
    _authenticated(server, lambda sent, caller: caller or (_stranger(server) if sent.get("HeaderKey") else None))


@fault(breaks="WS-AUTH")
def socket_needs_no_key(server: Server) -> None:
    """The WebSocket requires no key, but rejects invalid ones."""
    _authenticated(server, lambda sent, caller: caller or (None if any(sent.values()) else _stranger(server)))


@fault(breaks="WS-AUTH")
def socket_requires_no_scope(server: Server) -> None:
    """The WebSocket accepts every valid key, whatever its scopes are."""
    _authenticated(server, lambda _, caller: caller and replace(caller, scopes=caller.scopes | {"chat"}))


@fault(breaks="WS-AUTH")
def socket_requires_no_scope_in_bearer(server: Server) -> None:
    """The WebSocket does not check the scopes of a key in `Authorization`."""
    _authenticated(
        server,
        lambda sent, caller: (
            replace(caller, scopes=caller.scopes | {"chat"}) if caller and sent.get("BearerKey") else caller
        ),
    )


@fault(breaks="WS-AUTH")
def socket_ignores_one_parameter(server: Server) -> None:
    """The WebSocket ignores a key in the parameter `key`."""
    _authenticated(server, lambda sent, caller: None if sent.get("QueryKey") else caller)


@fault(breaks="WS-AUTH")
def socket_ignores_the_header(server: Server) -> None:
    """The WebSocket ignores a key in `X-API-Key`."""
    _authenticated(server, lambda sent, caller: None if sent.get("HeaderKey") else caller)


@fault(breaks="WS-AUTH")
def socket_rejects_and_serves(server: Server) -> None:
    """The WebSocket sends the error `UNAUTHORIZED`, but then serves the connection all the same."""
    _authenticated(server, lambda _, caller: caller or _stranger(server))

    async def after_error(events: Events) -> Events:
        yield Json(models.ChatSocketEvent, {"type": "error", "code": "UNAUTHORIZED", "data": "Invalid API key"})
        async for event in events:
            yield event

    @server.override
    class Broken(Chat):
        async def chat_over_websocket(self, *, caller: Caller, message: models.ChatSocketMessage) -> Events:
            events = await super().chat_over_websocket(caller=caller, message=message)
            return after_error(events) if caller.name == "stranger" else events


@fault(breaks="WS-CHAT")
def socket_sends_no_end(server: Server) -> None:
    """The WebSocket sends no event of the type `end`."""
    _sent(server, lambda content: None if content["type"] == "end" else content)


@fault(breaks="WS-CHAT")
def socket_names_another_session(server: Server) -> None:
    """The first event over the WebSocket names another session."""
    _sent(server, lambda content: content | {"session_id": "main"} if content["type"] == "session_id" else content)


@fault(breaks="WS-CHAT")
def socket_starts_with_the_answer(server: Server) -> None:
    """The WebSocket does not send the event with the session."""
    _sent(server, lambda content: None if content["type"] == "session_id" else content)


@fault(breaks="WS-CHAT")
def socket_stores_nothing(server: Server) -> None:
    """The WebSocket does not store the messages of the user."""

    @server.override
    class Broken(Chat):
        async def chat_over_websocket(self, *, caller: Caller, message: models.ChatSocketMessage) -> Events:
            events = await super().chat_over_websocket(caller=caller, message=message)
            sent = given(message)
            if sent.get("t") != "ping":
                _forget_last(self._sessions.history, self.session_id(sent))
            return events


@fault(breaks="WS-CHAT")
def socket_forgets_after_a_cut(server: Server) -> None:
    """If the client leaves before the end of the answer, its message is removed from the history."""

    async def kept_if_read(events: Events, forget: Callable[[], None]) -> Events:
        is_read = False
        try:
            async for event in events:
                is_read = event.content["type"] == "end"
                yield event
        finally:
            if not is_read:
                forget()

    @server.override
    class Broken(Chat):
        async def chat_over_websocket(self, *, caller: Caller, message: models.ChatSocketMessage) -> Events:
            events, sent = await super().chat_over_websocket(caller=caller, message=message), given(message)
            if sent.get("t") == "ping":
                return events
            return kept_if_read(events, lambda: _forget_last(self._sessions.history, self.session_id(sent)))


@fault(breaks="WS-RULES")
def socket_continues_any_session(server: Server) -> None:
    """Over the WebSocket, a client can continue a session of another username."""
    is_socket = False

    @server.override
    class Sessions(SessionStore):
        def enter(self, id: str, username: str, caller: str) -> JsonObject:
            owner = self.find(id)["creator"] if is_socket and self.exists(id) else username
            return super().enter(id, owner, caller)

    @server.override
    class Broken(Chat):
        async def chat_over_websocket(self, *, caller: Caller, message: models.ChatSocketMessage) -> Events:
            nonlocal is_socket
            is_socket = True
            try:
                return await super().chat_over_websocket(caller=caller, message=message)
            finally:
                is_socket = False


@fault(breaks="WS-RULES")
def socket_accepts_wrong_messages(server: Server) -> None:
    """The WebSocket gives an empty answer to a message without content, in place of an error."""
    _refused(server, lambda event: event["data"].startswith("Message content is empty"))


@fault(breaks="WS-RULES")
def socket_accepts_unknown_attachments(server: Server) -> None:
    """The WebSocket gives an empty answer to a message with a nonexistent attachment, in place of an error."""
    _refused(server, lambda event: "attachment" in event["data"])


@fault(breaks="WS-RULES")
def socket_needs_no_username(server: Server) -> None:
    """The WebSocket gives an empty answer to a message without a username, in place of an error."""
    _refused(server, lambda event: event["code"] == "BAD_USER")


@fault(breaks="WS-RULES")
def socket_accepts_unknown_profiles(server: Server) -> None:
    """The WebSocket gives an empty answer to a message that names a nonexistent profile, in place of an error."""
    _refused(server, lambda event: event["code"] == "CONFIG_ERROR")


def _stranger(server: Server) -> Caller:
    return Caller("stranger", server.everything)


def _authenticated(server: Server, decide: Callable[[Credentials, Caller | None], Caller | None]) -> None:
    """Let `decide` choose the caller of a WebSocket, from its credentials and the caller that they prove, if any."""

    @server.override
    class Broken(Authentication):
        async def authenticate(self, operation: Operation, credentials: Credentials) -> Caller:
            if operation.socket is None:
                return await super().authenticate(operation, credentials)
            try:
                proven = await super().authenticate(operation, credentials)
            except Unauthorized:
                proven = None
            caller = decide(credentials, proven)
            if caller is None:
                raise Unauthorized("Invalid API key" if any(credentials.values()) else "Missing API key")
            return caller


def _let_revoked_in(server: Server, where: Callable[[Credentials], bool]) -> None:
    revoked = set[str]()

    @server.override
    class Noted(KeyStore):
        def revoke(self, key_id: str) -> None:
            revoked.add(self._stored(key_id)["hash"])
            super().revoke(key_id)

    def decide(sent: Credentials, caller: Caller | None) -> Caller | None:
        is_revoked = any(secret and digest(secret) in revoked for secret in sent.values())
        return _stranger(server) if is_revoked and where(sent) else caller

    _authenticated(server, decide)


def _sent(server: Server, change: Callable[[JsonObject], JsonObject | None]) -> None:
    """Change every event of an answer, or drop those for which `change` returns None."""

    async def changed(events: Events) -> Events:
        async for event in events:
            if (content := change(event.content)) is not None:
                yield Json(models.ChatSocketEvent, content)

    @server.override
    class Broken(Chat):
        async def chat_over_websocket(self, *, caller: Caller, message: models.ChatSocketMessage) -> Events:
            return changed(await super().chat_over_websocket(caller=caller, message=message))


def _forget_last(history: History, place: str) -> None:
    """Remove the last message of the user from a session."""
    of_user = [message["id"] for message in history.messages(place) if message["content"]["type"] == "user"]
    history.drop(place, lambda message: message["id"] in of_user[-1:])


def _refused(server: Server, is_accepted: Callable[[JsonObject], bool]) -> None:
    """Give an empty answer in place of the errors that `is_accepted` selects."""

    @server.override
    class Broken(Chat):
        async def refuse_chat_over_websocket(self, *, error: Exception) -> Event | None:
            event = await super().refuse_chat_over_websocket(error=error)
            if event is None or event.content["type"] != "error" or not is_accepted(event.content):
                return event
            end: dict[str, Any] = {"type": "end", "data": "", "streaming": False, "message_id": "none"}
            return Json(models.ChatSocketEvent, end)
