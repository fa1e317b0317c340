"""Personas and their folders. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class PersonasService(Protocol[CallerT_contra]):
    """Personas and their folders."""

    async def list_persona_folders(
        self, *, caller: CallerT_contra, parent_id: str | None = None
    ) -> Answered[models.PersonaFolderListAnswer]:
        """List the folders in a folder, or those at the top level. `GET /api/v1/persona-folders`, scope `persona`."""

    async def create_persona_folder(
        self, *, caller: CallerT_contra, body: models.PersonaFolderCreation
    ) -> Answered[models.CreatedPersonaFolderAnswer]:
        """Create a folder. `POST /api/v1/persona-folders`, scope `persona`."""

    async def update_persona_folder(
        self, *, caller: CallerT_contra, folder_id: str, body: models.PersonaFolderChange
    ) -> Answered[models.PersonaNoteAnswer]:
        """Change a folder; a nonexistent one is accepted.

        `PUT /api/v1/persona-folders/{folder_id}`, scope `persona`.
        """

    async def delete_persona_folder(
        self, *, caller: CallerT_contra, folder_id: str
    ) -> Answered[models.PersonaNoteAnswer]:
        """Delete a folder; its personas move to the top level.

        `DELETE /api/v1/persona-folders/{folder_id}`, scope `persona`.
        """

    async def list_personas(
        self, *, caller: CallerT_contra, folder_id: str | None = None
    ) -> Answered[models.PersonaListAnswer]:
        """List the personas. `GET /api/v1/personas`, scope `persona`."""

    async def create_persona(
        self, *, caller: CallerT_contra, body: models.PersonaCreation
    ) -> Answered[models.CreatedPersonaAnswer]:
        """Create a persona. `POST /api/v1/personas`, scope `persona`."""

    async def get_persona_by_id(self, *, caller: CallerT_contra, persona_id: str) -> Answered[models.PersonaAnswer]:
        """Show a persona. `GET /api/v1/personas/by-id`, scope `persona`."""
        return await self.get_persona(caller=caller, persona_id=persona_id)

    async def update_persona_by_id(
        self, *, caller: CallerT_contra, body: models.PersonaChangeById
    ) -> Answered[models.PersonaNoteAnswer]:
        """Change a persona; absent members stay. `PUT /api/v1/personas/by-id`, scope `persona`."""

    async def delete_persona_by_id(
        self, *, caller: CallerT_contra, persona_id: str
    ) -> Answered[models.PersonaNoteAnswer]:
        """Delete a persona. `DELETE /api/v1/personas/by-id`, scope `persona`."""
        return await self.delete_persona(caller=caller, persona_id=persona_id)

    async def move_persona(
        self, *, caller: CallerT_contra, body: models.PersonaMove
    ) -> Answered[models.PersonaNoteAnswer]:
        """Move a persona to a folder; neither has to exist. `POST /api/v1/personas/move`, scope `persona`."""

    async def reorder_personas(
        self, *, caller: CallerT_contra, body: models.PersonaOrder
    ) -> Answered[models.PersonaNoteAnswer]:
        """Set the order of personas and folders; nonexistent ones are ignored.

        `POST /api/v1/personas/reorder`, scope `persona`.
        """

    async def get_persona_tree(self, *, caller: CallerT_contra) -> Answered[models.PersonaTreeAnswer]:
        """Show the folders as a tree, without their personas. `GET /api/v1/personas/tree`, scope `persona`."""

    async def get_persona(self, *, caller: CallerT_contra, persona_id: str) -> Answered[models.PersonaAnswer]:
        """Show a persona. `GET /api/v1/personas/{persona_id}`, scope `persona`."""

    async def update_persona(
        self, *, caller: CallerT_contra, persona_id: str, body: models.PersonaChange
    ) -> Answered[models.PersonaNoteAnswer]:
        """Change a persona; absent members stay. `PUT /api/v1/personas/{persona_id}`, scope `persona`."""

    async def delete_persona(self, *, caller: CallerT_contra, persona_id: str) -> Answered[models.PersonaNoteAnswer]:
        """Delete a persona. `DELETE /api/v1/personas/{persona_id}`, scope `persona`."""


def router(
    service: PersonasService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `personas` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, PersonasService
    serve(
        "list_persona_folders", "/api/v1/persona-folders", declared.list_persona_folders, service.list_persona_folders
    )
    serve(
        "create_persona_folder",
        "/api/v1/persona-folders",
        declared.create_persona_folder,
        service.create_persona_folder,
    )
    serve(
        "update_persona_folder",
        "/api/v1/persona-folders/{folder_id:path}",
        declared.update_persona_folder,
        service.update_persona_folder,
    )
    serve(
        "delete_persona_folder",
        "/api/v1/persona-folders/{folder_id:path}",
        declared.delete_persona_folder,
        service.delete_persona_folder,
    )
    serve("list_personas", "/api/v1/personas", declared.list_personas, service.list_personas)
    serve("create_persona", "/api/v1/personas", declared.create_persona, service.create_persona)
    serve("get_persona_by_id", "/api/v1/personas/by-id", declared.get_persona_by_id, service.get_persona_by_id)
    serve("update_persona_by_id", "/api/v1/personas/by-id", declared.update_persona_by_id, service.update_persona_by_id)
    serve("delete_persona_by_id", "/api/v1/personas/by-id", declared.delete_persona_by_id, service.delete_persona_by_id)
    serve("move_persona", "/api/v1/personas/move", declared.move_persona, service.move_persona)
    serve("reorder_personas", "/api/v1/personas/reorder", declared.reorder_personas, service.reorder_personas)
    serve("get_persona_tree", "/api/v1/personas/tree", declared.get_persona_tree, service.get_persona_tree)
    serve("get_persona", "/api/v1/personas/{persona_id:path}", declared.get_persona, service.get_persona)
    serve("update_persona", "/api/v1/personas/{persona_id:path}", declared.update_persona, service.update_persona)
    serve("delete_persona", "/api/v1/personas/{persona_id:path}", declared.delete_persona, service.delete_persona)
    return routes.router()
