"""Messages that a running bot sends without being asked. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ImService(Protocol[CallerT_contra]):
    """Messages that a running bot sends without being asked."""

    async def list_im_bots(self, *, caller: CallerT_contra) -> Answered[models.ImBotsAnswer]:
        """List the ids of the bots. `GET /api/v1/im/bots`, scope `im`."""

    async def send_im_message(self, *, caller: CallerT_contra, body: models.ImMessage) -> Answered[models.DoneQuietly]:
        """Send a message through a running bot. `POST /api/v1/im/message`, scope `im`."""

    async def send_im_message_alias(
        self, *, caller: CallerT_contra, body: models.ImMessage
    ) -> Answered[models.DoneQuietly]:
        """Send a message through a running bot. `POST /api/v1/im/messages`, scope `im`."""
        return await self.send_im_message(caller=caller, body=body)


def router(
    service: ImService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `im` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ImService
    serve("list_im_bots", "/api/v1/im/bots", declared.list_im_bots, service.list_im_bots)
    serve("send_im_message", "/api/v1/im/message", declared.send_im_message, service.send_im_message)
    serve("send_im_message_alias", "/api/v1/im/messages", declared.send_im_message_alias, service.send_im_message_alias)
    return routes.router()
