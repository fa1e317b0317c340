"""Chat with the agent, and threads on its answers. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, EventStream
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ChatService(Protocol[CallerT_contra]):
    """Chat with the agent, and threads on its answers."""

    async def chat(
        self, *, caller: CallerT_contra, body: models.ChatRequest
    ) -> EventStream[models.ChatEvent] | Answered[models.ErrorEnvelope]:
        """Send a message to the agent and stream its answer. `POST /api/v1/chat`, scope `chat`."""

    async def list_chat_configs(
        self, *, caller: CallerT_contra
    ) -> Answered[models.ConfigProfileListAnswer] | Answered[models.ErrorEnvelope]:
        """List the configuration profiles that can be selected for an answer.

        `GET /api/v1/chat/configs`, scope `chat`.
        """

    async def create_chat_thread(
        self, *, caller: CallerT_contra, body: models.ThreadCreation
    ) -> Answered[models.ChatThreadAnswer] | Answered[models.ErrorEnvelope]:
        """Start a thread on a part of an answer. `POST /api/v1/chat/threads`, scope `chat`."""

    async def get_chat_thread(
        self, *, caller: CallerT_contra, thread_id: str
    ) -> Answered[models.ThreadHistoryAnswer] | Answered[models.ErrorEnvelope]:
        """Show a thread and its messages. `GET /api/v1/chat/threads/{thread_id}`, scope `chat`."""

    async def delete_chat_thread(
        self, *, caller: CallerT_contra, thread_id: str
    ) -> Answered[models.DeletedThreadAnswer] | Answered[models.ErrorEnvelope]:
        """Delete a thread and its messages. `DELETE /api/v1/chat/threads/{thread_id}`, scope `chat`."""

    async def chat_in_thread(
        self, *, caller: CallerT_contra, thread_id: str, body: models.ThreadMessage
    ) -> EventStream[models.ChatEvent] | Answered[models.ErrorEnvelope]:
        """Send a message in a thread and stream the answer.

        `POST /api/v1/chat/threads/{thread_id}/messages`, scope `chat`.
        """

    async def resume_chat_run(
        self, *, caller: CallerT_contra, run_id: str
    ) -> EventStream[models.ChatRunEvent] | Answered[models.ErrorEnvelope]:
        """Resume reading an answer that is being generated. `GET /api/v1/chat/runs/{run_id}/stream`, scope `chat`."""

    async def chat_over_websocket(
        self, *, caller: CallerT_contra, message: models.ChatSocketMessage
    ) -> EventStream[models.ChatSocketEvent]:
        """Chat with the agent over a WebSocket. `GET /api/v1/chat/ws`, scope `chat`."""

    async def refuse_chat_over_websocket(self, *, error: Exception) -> Answered[models.ChatSocketEvent] | None:
        """Returns the event for a rejected connection, or for a rejected message of `chat_over_websocket`.

        A connection is rejected with what `authenticate` raised, or with InsufficientScope; a message with WrongMessage,
        or with what the method raised. Returns None for an unexpected error, which is then raised again.
        """


def router(
    service: ChatService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `chat` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ChatService
    serve("chat", "/api/v1/chat", declared.chat, service.chat)
    serve("list_chat_configs", "/api/v1/chat/configs", declared.list_chat_configs, service.list_chat_configs)
    serve("create_chat_thread", "/api/v1/chat/threads", declared.create_chat_thread, service.create_chat_thread)
    serve("get_chat_thread", "/api/v1/chat/threads/{thread_id}", declared.get_chat_thread, service.get_chat_thread)
    serve(
        "delete_chat_thread",
        "/api/v1/chat/threads/{thread_id}",
        declared.delete_chat_thread,
        service.delete_chat_thread,
    )
    serve(
        "chat_in_thread", "/api/v1/chat/threads/{thread_id}/messages", declared.chat_in_thread, service.chat_in_thread
    )
    serve("resume_chat_run", "/api/v1/chat/runs/{run_id}/stream", declared.resume_chat_run, service.resume_chat_run)
    routes.connect(
        "chat_over_websocket", models.ChatSocketMessage, service.chat_over_websocket, service.refuse_chat_over_websocket
    )
    return routes.router()
