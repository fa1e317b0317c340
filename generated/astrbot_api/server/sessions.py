"""Message sessions and their rules. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from .. import models
from ..contract import Contract
from ..operations import RELEASE
from ..releases import contract as contract_of
from .answers import Answered
from .routing import Routes
from .security import Authenticate, CallerT, CallerT_contra


class SessionsService(Protocol[CallerT_contra]):
    """Message sessions and their rules. Closed to developer keys."""

    async def list_session_groups(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the groups of sessions. `GET /api/v1/session-groups`, closed (`data`)."""

    async def create_session_group(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Create a group of sessions. `POST /api/v1/session-groups`, closed (`data`)."""

    async def update_session_group(self, *, caller: CallerT_contra, group_id: str) -> Answered[models.DashboardAnswer]:
        """Change a group of sessions. `PUT /api/v1/session-groups/{group_id}`, closed (`data`)."""

    async def delete_session_group(self, *, caller: CallerT_contra, group_id: str) -> Answered[models.DashboardAnswer]:
        """Delete a group of sessions. `DELETE /api/v1/session-groups/{group_id}`, closed (`data`)."""

    async def list_message_sessions(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the message sessions. `GET /api/v1/sessions`, closed (`data`)."""

    async def list_active_umos(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the message origins seen recently. `GET /api/v1/sessions/active-umos`, closed (`data`)."""

    async def set_session_provider(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Choose the provider of sessions. `PATCH /api/v1/sessions/provider`, closed (`data`)."""

    async def list_session_rules(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the rules of sessions. `GET /api/v1/sessions/rules`, closed (`data`)."""

    async def set_session_rule(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Set a rule of a session. `POST /api/v1/sessions/rules`, closed (`data`)."""

    async def delete_session_rules(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Delete rules of sessions. `POST /api/v1/sessions/rules/delete`, closed (`data`)."""

    async def set_session_service(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Switch services of sessions on or off. `PATCH /api/v1/sessions/service`, closed (`data`)."""


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
