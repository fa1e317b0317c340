"""Message sessions, their groups and rules. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class SessionsService(Protocol[CallerT_contra]):
    """Message sessions, their groups and rules."""

    async def list_session_groups(
        self, *, caller: CallerT_contra
    ) -> Answered[models.SessionGroupListAnswer] | Answered[models.ErrorEnvelope]:
        """List the groups of sessions. `GET /api/v1/session-groups`, scope `data`."""

    async def create_session_group(
        self, *, caller: CallerT_contra, body: models.SessionGroupCreation
    ) -> Answered[models.SessionGroupAnswer] | Answered[models.ErrorEnvelope]:
        """Create a group of sessions. `POST /api/v1/session-groups`, scope `data`."""

    async def update_session_group(
        self, *, caller: CallerT_contra, group_id: str, body: models.SessionGroupChange
    ) -> Answered[models.SessionGroupAnswer] | Answered[models.ErrorEnvelope]:
        """Change a group of sessions. `PUT /api/v1/session-groups/{group_id}`, scope `data`."""

    async def delete_session_group(
        self, *, caller: CallerT_contra, group_id: str
    ) -> Answered[models.NoteAnswer] | Answered[models.ErrorEnvelope]:
        """Delete a group of sessions. `DELETE /api/v1/session-groups/{group_id}`, scope `data`."""

    async def list_message_sessions(
        self,
        *,
        caller: CallerT_contra,
        page: int = 1,
        page_size: int = 20,
        search: str = "",
        message_type: str = "all",
        platform: str = "",
    ) -> Answered[models.MessageSessionPageAnswer] | Answered[models.ErrorEnvelope]:
        """List the message sessions, in pages. `GET /api/v1/sessions`, scope `data`."""

    async def list_active_umos(
        self, *, caller: CallerT_contra
    ) -> Answered[models.OriginListAnswer] | Answered[models.ErrorEnvelope]:
        """List the known message origins. `GET /api/v1/sessions/active-umos`, scope `data`."""

    async def set_session_provider(
        self, *, caller: CallerT_contra, body: models.SessionProviderChange
    ) -> Answered[models.SessionBatchAnswer] | Answered[models.ErrorEnvelope]:
        """Choose the provider of sessions. `PATCH /api/v1/sessions/provider`, scope `data`."""

    async def list_session_rules(
        self, *, caller: CallerT_contra, page: int = 1, page_size: int = 10, search: str = ""
    ) -> Answered[models.SessionRulePageAnswer] | Answered[models.ErrorEnvelope]:
        """List the rules of sessions, in pages, and the choices for rules.

        `GET /api/v1/sessions/rules`, scope `data`.
        """

    async def set_session_rule(
        self, *, caller: CallerT_contra, body: models.SessionRule
    ) -> Answered[models.OriginNoteAnswer] | Answered[models.ErrorEnvelope]:
        """Set a rule of a session. `POST /api/v1/sessions/rules`, scope `data`."""

    async def delete_session_rules(
        self, *, caller: CallerT_contra, body: models.SessionRuleDeletion
    ) -> Answered[models.SessionRulesDeletedAnswer] | Answered[models.ErrorEnvelope]:
        """Delete rules of sessions. `POST /api/v1/sessions/rules/delete`, scope `data`."""

    async def set_session_service(
        self, *, caller: CallerT_contra, body: models.SessionServiceChange
    ) -> Answered[models.SessionBatchAnswer] | Answered[models.ErrorEnvelope]:
        """Switch services of sessions on or off. `PATCH /api/v1/sessions/service`, scope `data`."""


def router(
    service: SessionsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `sessions` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, SessionsService
    serve("list_session_groups", "/api/v1/session-groups", declared.list_session_groups, service.list_session_groups)
    serve("create_session_group", "/api/v1/session-groups", declared.create_session_group, service.create_session_group)
    serve(
        "update_session_group",
        "/api/v1/session-groups/{group_id}",
        declared.update_session_group,
        service.update_session_group,
    )
    serve(
        "delete_session_group",
        "/api/v1/session-groups/{group_id}",
        declared.delete_session_group,
        service.delete_session_group,
    )
    serve("list_message_sessions", "/api/v1/sessions", declared.list_message_sessions, service.list_message_sessions)
    serve("list_active_umos", "/api/v1/sessions/active-umos", declared.list_active_umos, service.list_active_umos)
    serve(
        "set_session_provider", "/api/v1/sessions/provider", declared.set_session_provider, service.set_session_provider
    )
    serve("list_session_rules", "/api/v1/sessions/rules", declared.list_session_rules, service.list_session_rules)
    serve("set_session_rule", "/api/v1/sessions/rules", declared.set_session_rule, service.set_session_rule)
    serve(
        "delete_session_rules",
        "/api/v1/sessions/rules/delete",
        declared.delete_session_rules,
        service.delete_session_rules,
    )
    serve("set_session_service", "/api/v1/sessions/service", declared.set_session_service, service.set_session_service)
    return routes.router()
