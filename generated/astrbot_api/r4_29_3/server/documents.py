"""The published documents. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, Raw
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT
from .. import models
from ..operations import RELEASE


class DocumentsService(Protocol):
    """The published documents."""

    async def get_openapi_document(self) -> Answered[models.PublishedDocument]:
        """Read the published OpenAPI document. `GET /api/v1/openapi.json`, public."""

    async def get_docs_page(self) -> Raw:
        """Read the interactive document. `GET /api/v1/docs`, public."""


def router(
    service: DocumentsService, authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `documents` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, DocumentsService
    serve("get_openapi_document", "/api/v1/openapi.json", declared.get_openapi_document, service.get_openapi_document)
    serve("get_docs_page", "/api/v1/docs", declared.get_docs_page, service.get_docs_page)
    return routes.router()
