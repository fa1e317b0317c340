"""Login to the dashboard. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class AuthService(Protocol[CallerT_contra]):
    """Login to the dashboard."""

    async def update_account(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Change the dashboard account. `PATCH /api/v1/auth/account`, closed (`system`)."""

    async def log_in(
        self, *, body: models.Login
    ) -> Answered[models.DashboardSessionAnswer] | Answered[models.ErrorEnvelope]:
        """Log in to the dashboard. `POST /api/v1/auth/login`, public."""

    async def get_setup_status(self) -> Answered[models.SetupStatusAnswer]:
        """Show whether the first-run setup is complete. `GET /api/v1/auth/setup-status`, public."""

    async def recover_totp(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Create a new recovery code for two-factor login. `POST /api/v1/auth/totp/recovery`, closed (`system`)."""

    async def set_up_totp(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Set up two-factor login. `POST /api/v1/auth/totp/setup`, closed (`system`)."""


def router(
    service: AuthService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `auth` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, AuthService
    serve("update_account", "/api/v1/auth/account", declared.update_account, service.update_account)
    serve("log_in", "/api/v1/auth/login", declared.log_in, service.log_in)
    serve("get_setup_status", "/api/v1/auth/setup-status", declared.get_setup_status, service.get_setup_status)
    serve("recover_totp", "/api/v1/auth/totp/recovery", declared.recover_totp, service.recover_totp)
    serve("set_up_totp", "/api/v1/auth/totp/setup", declared.set_up_totp, service.set_up_totp)
    return routes.router()
