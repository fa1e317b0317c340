"""Chat sessions and their history. Generated; do not edit."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Query

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, EventStream
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE
from ..validation import conforms


class ChatSessionsService(Protocol[CallerT_contra]):
    """Chat sessions and their history."""

    async def list_chat_sessions(
        self,
        *,
        caller: CallerT_contra,
        username: Annotated[str, Query(), conforms("#/paths/~1api~1v1~1chat~1sessions/get/parameters/0/schema")],
        page: int = 1,
        page_size: int = 20,
        platform_id: str | None = None,
    ) -> Answered[models.ChatSessionPageAnswer] | Answered[models.ErrorEnvelope]:
        """List the sessions of a user, in pages. `GET /api/v1/chat/sessions`, scope `chat`."""

    async def delete_chat_sessions(
        self, *, caller: CallerT_contra, body: models.ChatSessionBatch
    ) -> Answered[models.ChatSessionBatchAnswer] | Answered[models.ErrorEnvelope]:
        """Delete several sessions of the key at once. `POST /api/v1/chat/sessions/batch-delete`, scope `chat`."""

    async def create_chat_session(
        self, *, caller: CallerT_contra, platform_id: str = "webchat"
    ) -> Answered[models.NewChatSessionAnswer] | Answered[models.ErrorEnvelope]:
        """Start a session that belongs to the key. `GET /api/v1/chat/sessions/new`, scope `chat`."""

    async def get_chat_session(
        self,
        *,
        caller: CallerT_contra,
        session_id: str,
        page: Annotated[
            int, Query(), conforms("#/paths/~1api~1v1~1chat~1sessions~1{session_id}/get/parameters/0/schema")
        ] = 1,
        page_size: Annotated[
            int, Query(), conforms("#/paths/~1api~1v1~1chat~1sessions~1{session_id}/get/parameters/1/schema")
        ] = 1000,
    ) -> Answered[models.ChatSessionHistoryAnswer] | Answered[models.ErrorEnvelope]:
        """Read the messages of a session. `GET /api/v1/chat/sessions/{session_id}`, scope `chat`."""

    async def delete_chat_session(
        self, *, caller: CallerT_contra, session_id: str
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Delete a session of the key and its messages. `DELETE /api/v1/chat/sessions/{session_id}`, scope `chat`."""

    async def update_chat_session(
        self, *, caller: CallerT_contra, session_id: str, body: models.ChatSessionChange
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Change the title of a session of the key. `PATCH /api/v1/chat/sessions/{session_id}`, scope `chat`."""

    async def edit_chat_message(
        self, *, caller: CallerT_contra, session_id: str, message_id: str, body: models.MessageChange
    ) -> Answered[models.ChangedMessageAnswer] | Answered[models.ErrorEnvelope]:
        """Change the last message of the user.

        `PATCH /api/v1/chat/sessions/{session_id}/messages/{message_id}`, scope `chat`.
        """

    async def regenerate_chat_message(
        self, *, caller: CallerT_contra, session_id: str, message_id: str, body: models.Regeneration | None = None
    ) -> EventStream[models.ChatEvent] | Answered[models.ErrorEnvelope]:
        """Replace the last answer with a new one and stream it.

        `POST /api/v1/chat/sessions/{session_id}/messages/{message_id}/regenerate`, scope `chat`.
        """

    async def stop_chat_session(
        self, *, caller: CallerT_contra, session_id: str
    ) -> Answered[models.StoppedRunsAnswer] | Answered[models.ErrorEnvelope]:
        """Stop the answers in progress in a session of the key.

        `POST /api/v1/chat/sessions/{session_id}/stop`, scope `chat`.
        """


def router(
    service: ChatSessionsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `chat-sessions` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ChatSessionsService
    serve("list_chat_sessions", "/api/v1/chat/sessions", declared.list_chat_sessions, service.list_chat_sessions)
    serve(
        "delete_chat_sessions",
        "/api/v1/chat/sessions/batch-delete",
        declared.delete_chat_sessions,
        service.delete_chat_sessions,
    )
    serve("create_chat_session", "/api/v1/chat/sessions/new", declared.create_chat_session, service.create_chat_session)
    serve("get_chat_session", "/api/v1/chat/sessions/{session_id}", declared.get_chat_session, service.get_chat_session)
    serve(
        "delete_chat_session",
        "/api/v1/chat/sessions/{session_id}",
        declared.delete_chat_session,
        service.delete_chat_session,
    )
    serve(
        "update_chat_session",
        "/api/v1/chat/sessions/{session_id}",
        declared.update_chat_session,
        service.update_chat_session,
    )
    serve(
        "edit_chat_message",
        "/api/v1/chat/sessions/{session_id}/messages/{message_id}",
        declared.edit_chat_message,
        service.edit_chat_message,
    )
    serve(
        "regenerate_chat_message",
        "/api/v1/chat/sessions/{session_id}/messages/{message_id}/regenerate",
        declared.regenerate_chat_message,
        service.regenerate_chat_message,
    )
    serve(
        "stop_chat_session",
        "/api/v1/chat/sessions/{session_id}/stop",
        declared.stop_chat_session,
        service.stop_chat_session,
    )
    return routes.router()
