"""Stored conversations. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from .. import models
from ..contract import Contract
from ..operations import RELEASE
from ..releases import contract as contract_of
from .answers import Answered
from .routing import Routes
from .security import Authenticate, CallerT, CallerT_contra


class ConversationsService(Protocol[CallerT_contra]):
    """Stored conversations. Closed to developer keys."""

    async def list_conversations(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the conversations. `GET /api/v1/conversations`, closed (`data`)."""

    async def delete_conversations(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Delete several conversations. `POST /api/v1/conversations/batch-delete`, closed (`data`)."""

    async def export_conversations(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Export conversations. `POST /api/v1/conversations/export`, closed (`data`)."""

    async def get_conversation(
        self, *, caller: CallerT_contra, conversation_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Read a conversation. `GET /api/v1/conversations/{conversation_id}`, closed (`data`)."""

    async def delete_conversation(
        self, *, caller: CallerT_contra, conversation_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Delete a conversation. `DELETE /api/v1/conversations/{conversation_id}`, closed (`data`)."""

    async def update_conversation(
        self, *, caller: CallerT_contra, conversation_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Change a conversation. `PATCH /api/v1/conversations/{conversation_id}`, closed (`data`)."""

    async def replace_conversation_messages(
        self, *, caller: CallerT_contra, conversation_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Replace the messages of a conversation.

        `PUT /api/v1/conversations/{conversation_id}/messages`, closed (`data`).
        """


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
        "/api/v1/conversations/{conversation_id}",
        declared.get_conversation,
        service.get_conversation,
    )
    serve(
        "delete_conversation",
        "/api/v1/conversations/{conversation_id}",
        declared.delete_conversation,
        service.delete_conversation,
    )
    serve(
        "update_conversation",
        "/api/v1/conversations/{conversation_id}",
        declared.update_conversation,
        service.update_conversation,
    )
    serve(
        "replace_conversation_messages",
        "/api/v1/conversations/{conversation_id}/messages",
        declared.replace_conversation_messages,
        service.replace_conversation_messages,
    )
    return routes.router()
