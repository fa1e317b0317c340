"""Templates that turn text into images. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class T2iService(Protocol[CallerT_contra]):
    """Templates that turn text into images."""

    async def list_t2i_templates(self, *, caller: CallerT_contra) -> Answered[models.T2iTemplateListAnswer]:
        """List the templates. `GET /api/v1/t2i/templates`, scope `config`."""

    async def create_t2i_template(
        self, *, caller: CallerT_contra, body: models.T2iTemplateCreation
    ) -> Answered[models.T2iTemplateNameAnswer]:
        """Create a template. `POST /api/v1/t2i/templates`, scope `config`."""

    async def get_active_t2i_template(self, *, caller: CallerT_contra) -> Answered[models.ActiveT2iTemplateAnswer]:
        """Show which template is active. `GET /api/v1/t2i/templates/active`, scope `config`."""

    async def set_active_t2i_template(
        self, *, caller: CallerT_contra, body: models.T2iTemplateChoice
    ) -> Answered[models.Done]:
        """Select the active template. `PUT /api/v1/t2i/templates/active`, scope `config`."""

    async def reset_default_t2i_template(self, *, caller: CallerT_contra) -> Answered[models.Done]:
        """Reset the base template to its original text, and make it active in every profile.

        `POST /api/v1/t2i/templates/default/reset`, scope `config`.
        """

    async def get_t2i_template(self, *, caller: CallerT_contra, name: str) -> Answered[models.T2iTemplateAnswer]:
        """Show a template. `GET /api/v1/t2i/templates/{name}`, scope `config`."""

    async def replace_t2i_template(
        self, *, caller: CallerT_contra, name: str, body: models.T2iTemplateText
    ) -> Answered[models.T2iTemplateNameAnswer]:
        """Replace the text of a template, or create the template.

        `PUT /api/v1/t2i/templates/{name}`, scope `config`.
        """

    async def delete_t2i_template(self, *, caller: CallerT_contra, name: str) -> Answered[models.Done]:
        """Delete a template. `DELETE /api/v1/t2i/templates/{name}`, scope `config`."""


def router(
    service: T2iService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `t2i` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, T2iService
    serve("list_t2i_templates", "/api/v1/t2i/templates", declared.list_t2i_templates, service.list_t2i_templates)
    serve("create_t2i_template", "/api/v1/t2i/templates", declared.create_t2i_template, service.create_t2i_template)
    serve(
        "get_active_t2i_template",
        "/api/v1/t2i/templates/active",
        declared.get_active_t2i_template,
        service.get_active_t2i_template,
    )
    serve(
        "set_active_t2i_template",
        "/api/v1/t2i/templates/active",
        declared.set_active_t2i_template,
        service.set_active_t2i_template,
    )
    serve(
        "reset_default_t2i_template",
        "/api/v1/t2i/templates/default/reset",
        declared.reset_default_t2i_template,
        service.reset_default_t2i_template,
    )
    serve("get_t2i_template", "/api/v1/t2i/templates/{name:path}", declared.get_t2i_template, service.get_t2i_template)
    serve(
        "replace_t2i_template",
        "/api/v1/t2i/templates/{name:path}",
        declared.replace_t2i_template,
        service.replace_t2i_template,
    )
    serve(
        "delete_t2i_template",
        "/api/v1/t2i/templates/{name:path}",
        declared.delete_t2i_template,
        service.delete_t2i_template,
    )
    return routes.router()
