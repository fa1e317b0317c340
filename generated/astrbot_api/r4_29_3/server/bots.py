"""Bots and their platforms. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class BotsService(Protocol[CallerT_contra]):
    """Bots and their platforms."""

    async def list_bot_types(self, *, caller: CallerT_contra) -> Answered[models.BotTypeListAnswer]:
        """List the platforms that a bot can use. `GET /api/v1/bot-types`, scope `bot`."""

    async def register_bot(
        self, *, caller: CallerT_contra, bot_type: str, body: models.BotRegistrationStep
    ) -> Answered[models.BotRegistrationAnswer]:
        """Start the setup of a bot by scanning a code, or poll its progress.

        `POST /api/v1/bot-types/{bot_type}/registration`, scope `config`.
        """

    async def list_bots(
        self, *, caller: CallerT_contra, enabled: bool | None = None, type: str | None = None
    ) -> Answered[models.BotListAnswer]:
        """List the bots. `GET /api/v1/bots`, scope `bot`."""

    async def create_bot(self, *, caller: CallerT_contra, body: models.BotCreation) -> Answered[models.Done]:
        """Create a bot, and start it if it is enabled. `POST /api/v1/bots`, scope `bot`."""

    async def get_bot_by_id(self, *, caller: CallerT_contra, bot_id: str) -> Answered[models.SingleBotAnswer]:
        """Show a bot. `GET /api/v1/bots/by-id`, scope `bot`."""
        return await self.get_bot(caller=caller, bot_id=bot_id)

    async def replace_bot_by_id(
        self, *, caller: CallerT_contra, body: models.BotReplacementById
    ) -> Answered[models.Done]:
        """Replace the configuration of a bot, and restart it if it is enabled.

        `PUT /api/v1/bots/by-id`, scope `bot`.
        """

    async def delete_bot_by_id(self, *, caller: CallerT_contra, bot_id: str) -> Answered[models.Done]:
        """Stop a bot and delete it. `DELETE /api/v1/bots/by-id`, scope `bot`."""
        return await self.delete_bot(caller=caller, bot_id=bot_id)

    async def set_bot_enabled_by_id(
        self, *, caller: CallerT_contra, body: models.BotReference
    ) -> Answered[models.Done]:
        """Start or stop a bot; an absent `enabled` means false. `PATCH /api/v1/bots/enabled`, scope `bot`."""

    async def get_bot_stats(self, *, caller: CallerT_contra) -> Answered[models.BotStatsAnswer]:
        """Show the state of the started bots. `GET /api/v1/bots/stats`, scope `bot`."""

    async def test_bot_by_id(
        self, *, caller: CallerT_contra, body: models.BotReference
    ) -> Answered[models.BotTrialAnswer]:
        """Test a bot; this release does not support it. `POST /api/v1/bots/test`, scope `bot`."""

    async def get_bot(self, *, caller: CallerT_contra, bot_id: str) -> Answered[models.SingleBotAnswer]:
        """Show a bot. `GET /api/v1/bots/{bot_id}`, scope `bot`."""

    async def replace_bot(
        self, *, caller: CallerT_contra, bot_id: str, body: models.BotReplacement
    ) -> Answered[models.Done]:
        """Replace the configuration of a bot, and restart it if it is enabled.

        `PUT /api/v1/bots/{bot_id}`, scope `bot`.
        """

    async def delete_bot(self, *, caller: CallerT_contra, bot_id: str) -> Answered[models.Done]:
        """Stop a bot and delete it. `DELETE /api/v1/bots/{bot_id}`, scope `bot`."""

    async def set_bot_enabled(
        self, *, caller: CallerT_contra, bot_id: str, body: models.BotSwitch
    ) -> Answered[models.Done]:
        """Start or stop a bot. `PATCH /api/v1/bots/{bot_id}/enabled`, scope `bot`."""

    async def test_bot(self, *, caller: CallerT_contra, bot_id: str) -> Answered[models.BotTrialAnswer]:
        """Test a bot; this release does not support it. `POST /api/v1/bots/{bot_id}/test`, scope `bot`."""


def router(
    service: BotsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `bots` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, BotsService
    serve("list_bot_types", "/api/v1/bot-types", declared.list_bot_types, service.list_bot_types)
    serve("register_bot", "/api/v1/bot-types/{bot_type}/registration", declared.register_bot, service.register_bot)
    serve("list_bots", "/api/v1/bots", declared.list_bots, service.list_bots)
    serve("create_bot", "/api/v1/bots", declared.create_bot, service.create_bot)
    serve("get_bot_by_id", "/api/v1/bots/by-id", declared.get_bot_by_id, service.get_bot_by_id)
    serve("replace_bot_by_id", "/api/v1/bots/by-id", declared.replace_bot_by_id, service.replace_bot_by_id)
    serve("delete_bot_by_id", "/api/v1/bots/by-id", declared.delete_bot_by_id, service.delete_bot_by_id)
    serve(
        "set_bot_enabled_by_id", "/api/v1/bots/enabled", declared.set_bot_enabled_by_id, service.set_bot_enabled_by_id
    )
    serve("get_bot_stats", "/api/v1/bots/stats", declared.get_bot_stats, service.get_bot_stats)
    serve("test_bot_by_id", "/api/v1/bots/test", declared.test_bot_by_id, service.test_bot_by_id)
    serve("get_bot", "/api/v1/bots/{bot_id:path}", declared.get_bot, service.get_bot)
    serve("replace_bot", "/api/v1/bots/{bot_id:path}", declared.replace_bot, service.replace_bot)
    serve("delete_bot", "/api/v1/bots/{bot_id:path}", declared.delete_bot, service.delete_bot)
    serve("set_bot_enabled", "/api/v1/bots/{bot_id:path}/enabled", declared.set_bot_enabled, service.set_bot_enabled)
    serve("test_bot", "/api/v1/bots/{bot_id:path}/test", declared.test_bot, service.test_bot)
    return routes.router()
