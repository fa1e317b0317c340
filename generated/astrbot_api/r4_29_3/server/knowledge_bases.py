"""Knowledge bases. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class KnowledgeBasesService(Protocol[CallerT_contra]):
    """Knowledge bases. Closed to developer keys."""

    async def list_knowledge_bases(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the knowledge bases. `GET /api/v1/knowledge-bases`, closed (`kb`)."""

    async def create_knowledge_base(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Create a knowledge base. `POST /api/v1/knowledge-bases`, closed (`kb`)."""

    async def get_knowledge_base_task(
        self, *, caller: CallerT_contra, task_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Show the progress of a task of a knowledge base.

        `GET /api/v1/knowledge-bases/tasks/{task_id}`, closed (`kb`).
        """

    async def get_knowledge_base(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Show a knowledge base. `GET /api/v1/knowledge-bases/{kb_id}`, closed (`kb`)."""

    async def update_knowledge_base(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Change a knowledge base. `PUT /api/v1/knowledge-bases/{kb_id}`, closed (`kb`)."""

    async def delete_knowledge_base(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Delete a knowledge base. `DELETE /api/v1/knowledge-bases/{kb_id}`, closed (`kb`)."""

    async def list_chunks(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """List the chunks of a knowledge base. `GET /api/v1/knowledge-bases/{kb_id}/chunks`, closed (`kb`)."""

    async def delete_chunk(
        self, *, caller: CallerT_contra, kb_id: str, chunk_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Delete a chunk. `DELETE /api/v1/knowledge-bases/{kb_id}/chunks/{chunk_id}`, closed (`kb`)."""

    async def list_documents(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """List the documents of a knowledge base. `GET /api/v1/knowledge-bases/{kb_id}/documents`, closed (`kb`)."""

    async def upload_documents(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Upload documents. `POST /api/v1/knowledge-bases/{kb_id}/documents`, closed (`kb`)."""

    async def import_documents(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Import documents that are already split into chunks.

        `POST /api/v1/knowledge-bases/{kb_id}/documents/import`, closed (`kb`).
        """

    async def import_document_from_url(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Import a document from a URL. `POST /api/v1/knowledge-bases/{kb_id}/documents/import-url`, closed (`kb`)."""

    async def get_document(
        self, *, caller: CallerT_contra, kb_id: str, document_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Show a document. `GET /api/v1/knowledge-bases/{kb_id}/documents/{document_id}`, closed (`kb`)."""

    async def delete_document(
        self, *, caller: CallerT_contra, kb_id: str, document_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Delete a document. `DELETE /api/v1/knowledge-bases/{kb_id}/documents/{document_id}`, closed (`kb`)."""

    async def retrieve_chunks(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Find the chunks that are most similar to a text.

        `POST /api/v1/knowledge-bases/{kb_id}/retrieve`, closed (`kb`).
        """

    async def get_knowledge_base_stats(self, *, caller: CallerT_contra, kb_id: str) -> Answered[models.DashboardAnswer]:
        """Show the statistics of a knowledge base. `GET /api/v1/knowledge-bases/{kb_id}/stats`, closed (`kb`)."""


def router(
    service: KnowledgeBasesService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `knowledge-bases` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, KnowledgeBasesService
    serve(
        "list_knowledge_bases", "/api/v1/knowledge-bases", declared.list_knowledge_bases, service.list_knowledge_bases
    )
    serve(
        "create_knowledge_base",
        "/api/v1/knowledge-bases",
        declared.create_knowledge_base,
        service.create_knowledge_base,
    )
    serve(
        "get_knowledge_base_task",
        "/api/v1/knowledge-bases/tasks/{task_id}",
        declared.get_knowledge_base_task,
        service.get_knowledge_base_task,
    )
    serve(
        "get_knowledge_base", "/api/v1/knowledge-bases/{kb_id}", declared.get_knowledge_base, service.get_knowledge_base
    )
    serve(
        "update_knowledge_base",
        "/api/v1/knowledge-bases/{kb_id}",
        declared.update_knowledge_base,
        service.update_knowledge_base,
    )
    serve(
        "delete_knowledge_base",
        "/api/v1/knowledge-bases/{kb_id}",
        declared.delete_knowledge_base,
        service.delete_knowledge_base,
    )
    serve("list_chunks", "/api/v1/knowledge-bases/{kb_id}/chunks", declared.list_chunks, service.list_chunks)
    serve(
        "delete_chunk", "/api/v1/knowledge-bases/{kb_id}/chunks/{chunk_id}", declared.delete_chunk, service.delete_chunk
    )
    serve(
        "list_documents", "/api/v1/knowledge-bases/{kb_id}/documents", declared.list_documents, service.list_documents
    )
    serve(
        "upload_documents",
        "/api/v1/knowledge-bases/{kb_id}/documents",
        declared.upload_documents,
        service.upload_documents,
    )
    serve(
        "import_documents",
        "/api/v1/knowledge-bases/{kb_id}/documents/import",
        declared.import_documents,
        service.import_documents,
    )
    serve(
        "import_document_from_url",
        "/api/v1/knowledge-bases/{kb_id}/documents/import-url",
        declared.import_document_from_url,
        service.import_document_from_url,
    )
    serve(
        "get_document",
        "/api/v1/knowledge-bases/{kb_id}/documents/{document_id}",
        declared.get_document,
        service.get_document,
    )
    serve(
        "delete_document",
        "/api/v1/knowledge-bases/{kb_id}/documents/{document_id}",
        declared.delete_document,
        service.delete_document,
    )
    serve(
        "retrieve_chunks", "/api/v1/knowledge-bases/{kb_id}/retrieve", declared.retrieve_chunks, service.retrieve_chunks
    )
    serve(
        "get_knowledge_base_stats",
        "/api/v1/knowledge-bases/{kb_id}/stats",
        declared.get_knowledge_base_stats,
        service.get_knowledge_base_stats,
    )
    return routes.router()
