"""The conversation history that the agent uses. Generated; do not edit."""

from typing import Literal, Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, Raw
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ConversationsService(Protocol[CallerT_contra]):
    """The conversation history that the agent uses."""

    async def list_conversations(
        self,
        *,
        caller: CallerT_contra,
        page: int = 1,
        page_size: int = 20,
        platforms: str = "",
        message_types: str = "",
        search: str = "",
        exclude_ids: str = "",
        exclude_platforms: str = "",
        include_history: bool = True,
        keyword: str = "",
        umo: str = "",
        sort_by: Literal["created_at", "updated_at"] = "created_at",
        sort_order: Literal["asc", "desc"] = "desc",
        group_by_session: bool = False,
    ) -> Answered[models.ConversationPageAnswer]:
        """List the conversations, in pages. `GET /api/v1/conversations`, scope `data`."""

    async def delete_conversations(
        self, *, caller: CallerT_contra, body: models.ConversationChoice
    ) -> Answered[models.ConversationBatchAnswer]:
        """Delete several conversations. `POST /api/v1/conversations/batch-delete`, scope `data`."""

    async def export_conversations(self, *, caller: CallerT_contra, body: models.ConversationChoice) -> Raw:
        """Export conversations with their messages. `POST /api/v1/conversations/export`, scope `data`."""

    async def get_conversation(
        self, *, caller: CallerT_contra, conversation_id: str, user_id: str
    ) -> Answered[models.ConversationAnswer]:
        """Read a conversation. `GET /api/v1/conversations/{conversation_id}`, scope `data`."""

    async def delete_conversation(
        self, *, caller: CallerT_contra, conversation_id: str, user_id: str
    ) -> Answered[models.NoteAnswer]:
        """Delete a conversation. `DELETE /api/v1/conversations/{conversation_id}`, scope `data`."""

    async def update_conversation(
        self, *, caller: CallerT_contra, conversation_id: str, user_id: str, body: models.ConversationChange
    ) -> Answered[models.NoteAnswer]:
        """Change a conversation. `PATCH /api/v1/conversations/{conversation_id}`, scope `data`."""

    async def replace_conversation_messages(
        self, *, caller: CallerT_contra, conversation_id: str, user_id: str, body: models.ConversationMessages
    ) -> Answered[models.NoteAnswer]:
        """Replace the messages of a conversation.

        `PUT /api/v1/conversations/{conversation_id}/messages`, scope `data`.
        """

    async def list_conversation_bots(self, *, caller: CallerT_contra) -> Answered[models.ConversationBotListAnswer]:
        """List the bots that have conversations. `GET /api/v1/conversations/filter-options`, scope `data`."""


def router(
    service: ConversationsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `conversations` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ConversationsService
    serve("list_conversations", "/api/v1/conversations", declared.list_conversations, service.list_conversations)
    serve(
        "delete_conversations",
        "/api/v1/conversations/batch-delete",
        declared.delete_conversations,
        service.delete_conversations,
    )
    serve(
        "export_conversations",
        "/api/v1/conversations/export",
        declared.export_conversations,
        service.export_conversations,
    )
    serve(
        "get_conversation",
        "/api/v1/conversations/{conversation_id:path}",
        declared.get_conversation,
        service.get_conversation,
    )
    serve(
        "delete_conversation",
        "/api/v1/conversations/{conversation_id:path}",
        declared.delete_conversation,
        service.delete_conversation,
    )
    serve(
        "update_conversation",
        "/api/v1/conversations/{conversation_id:path}",
        declared.update_conversation,
        service.update_conversation,
    )
    serve(
        "replace_conversation_messages",
        "/api/v1/conversations/{conversation_id:path}/messages",
        declared.replace_conversation_messages,
        service.replace_conversation_messages,
    )
    serve(
        "list_conversation_bots",
        "/api/v1/conversations/filter-options",
        declared.list_conversation_bots,
        service.list_conversation_bots,
    )
    return routes.router()
