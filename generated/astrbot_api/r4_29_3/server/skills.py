"""Skills and their files. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, Raw
from ...server.bodies import Form
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class SkillsService(Protocol[CallerT_contra]):
    """Skills and their files."""

    async def list_skills(
        self, *, caller: CallerT_contra
    ) -> Answered[models.SkillListAnswer] | Answered[models.ErrorEnvelope]:
        """List the skills. `GET /api/v1/skills`, scope `skill`."""

    async def upload_skill(
        self, *, caller: CallerT_contra, body: Form
    ) -> Answered[models.SkillUploadedAnswer] | Answered[models.ErrorEnvelope]:
        """Upload the archive of a new skill. `POST /api/v1/skills`, scope `skill`."""

    async def download_skill_by_name(self, *, caller: CallerT_contra, skill_name: str) -> Raw:
        """Download a skill as a ZIP file. `GET /api/v1/skills/archive`, scope `skill`."""
        return await self.download_skill(caller=caller, skill_name=skill_name)

    async def upload_skills(
        self, *, caller: CallerT_contra, body: Form
    ) -> Answered[models.SkillBatchAnswer] | Answered[models.SkillBatchRefusal] | Answered[models.ErrorEnvelope]:
        """Upload the archives of several skills. `POST /api/v1/skills/batch`, scope `skill`."""

    async def delete_skill_by_name(
        self, *, caller: CallerT_contra, skill_name: str
    ) -> Answered[models.SkillDeletedAnswer] | Answered[models.ErrorEnvelope]:
        """Delete a skill; a nonexistent one is accepted. `DELETE /api/v1/skills/by-name`, scope `skill`."""
        return await self.delete_skill(caller=caller, skill_name=skill_name)

    async def set_skill_enabled_by_name(
        self, *, caller: CallerT_contra, body: models.NamedSkillState
    ) -> Answered[models.SkillActivityAnswer] | Answered[models.ErrorEnvelope]:
        """Enable or disable a skill for the agent; a nonexistent one is accepted.

        `PATCH /api/v1/skills/by-name`, scope `skill`.
        """

    async def get_skill_file_by_name(
        self, *, caller: CallerT_contra, skill_name: str, path: str
    ) -> Answered[models.SkillFileAnswer] | Answered[models.ErrorEnvelope]:
        """Read a text file of a skill. `GET /api/v1/skills/file`, scope `skill`."""

    async def replace_skill_file_by_name(
        self, *, caller: CallerT_contra, body: models.SkillFileReplacement
    ) -> Answered[models.WrittenSkillFileAnswer] | Answered[models.ErrorEnvelope]:
        """Replace the text of an existing file of a skill. `PUT /api/v1/skills/file`, scope `skill`."""

    async def list_skill_files_by_name(
        self, *, caller: CallerT_contra, skill_name: str, path: str | None = None
    ) -> Answered[models.SkillFolderAnswer] | Answered[models.ErrorEnvelope]:
        """List a folder of a skill. `GET /api/v1/skills/files`, scope `skill`."""
        return await self.list_skill_files(caller=caller, skill_name=skill_name, path=path)

    async def delete_skill(
        self, *, caller: CallerT_contra, skill_name: str
    ) -> Answered[models.SkillDeletedAnswer] | Answered[models.ErrorEnvelope]:
        """Delete a skill; a nonexistent one is accepted. `DELETE /api/v1/skills/{skill_name}`, scope `skill`."""

    async def set_skill_enabled(
        self, *, caller: CallerT_contra, skill_name: str, body: models.SkillState
    ) -> Answered[models.SkillActivityAnswer] | Answered[models.ErrorEnvelope]:
        """Enable or disable a skill for the agent; a nonexistent one is accepted.

        `PATCH /api/v1/skills/{skill_name}`, scope `skill`.
        """

    async def download_skill(self, *, caller: CallerT_contra, skill_name: str) -> Raw:
        """Download a skill as a ZIP file. `GET /api/v1/skills/{skill_name}/archive`, scope `skill`."""

    async def list_skill_files(
        self, *, caller: CallerT_contra, skill_name: str, path: str | None = None
    ) -> Answered[models.SkillFolderAnswer] | Answered[models.ErrorEnvelope]:
        """List a folder of a skill. `GET /api/v1/skills/{skill_name}/files`, scope `skill`."""

    async def get_skill_file(
        self, *, caller: CallerT_contra, skill_name: str, file_path: str
    ) -> Answered[models.SkillFileAnswer] | Answered[models.ErrorEnvelope]:
        """Read a text file of a skill. `GET /api/v1/skills/{skill_name}/files/{file_path}`, scope `skill`."""

    async def replace_skill_file(
        self, *, caller: CallerT_contra, skill_name: str, file_path: str, body: bytes
    ) -> Answered[models.WrittenSkillFileAnswer] | Answered[models.ErrorEnvelope]:
        """Replace the text of an existing file of a skill.

        `PUT /api/v1/skills/{skill_name}/files/{file_path}`, scope `skill`.
        """


def router(
    service: SkillsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `skills` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, SkillsService
    serve("list_skills", "/api/v1/skills", declared.list_skills, service.list_skills)
    serve("upload_skill", "/api/v1/skills", declared.upload_skill, service.upload_skill)
    serve(
        "download_skill_by_name",
        "/api/v1/skills/archive",
        declared.download_skill_by_name,
        service.download_skill_by_name,
    )
    serve("upload_skills", "/api/v1/skills/batch", declared.upload_skills, service.upload_skills)
    serve("delete_skill_by_name", "/api/v1/skills/by-name", declared.delete_skill_by_name, service.delete_skill_by_name)
    serve(
        "set_skill_enabled_by_name",
        "/api/v1/skills/by-name",
        declared.set_skill_enabled_by_name,
        service.set_skill_enabled_by_name,
    )
    serve(
        "get_skill_file_by_name", "/api/v1/skills/file", declared.get_skill_file_by_name, service.get_skill_file_by_name
    )
    serve(
        "replace_skill_file_by_name",
        "/api/v1/skills/file",
        declared.replace_skill_file_by_name,
        service.replace_skill_file_by_name,
    )
    serve(
        "list_skill_files_by_name",
        "/api/v1/skills/files",
        declared.list_skill_files_by_name,
        service.list_skill_files_by_name,
    )
    serve("delete_skill", "/api/v1/skills/{skill_name:path}", declared.delete_skill, service.delete_skill)
    serve(
        "set_skill_enabled", "/api/v1/skills/{skill_name:path}", declared.set_skill_enabled, service.set_skill_enabled
    )
    serve("download_skill", "/api/v1/skills/{skill_name:path}/archive", declared.download_skill, service.download_skill)
    serve(
        "list_skill_files",
        "/api/v1/skills/{skill_name:path}/files",
        declared.list_skill_files,
        service.list_skill_files,
    )
    serve(
        "get_skill_file",
        "/api/v1/skills/{skill_name:path}/files/{file_path:path}",
        declared.get_skill_file,
        service.get_skill_file,
    )
    serve(
        "replace_skill_file",
        "/api/v1/skills/{skill_name:path}/files/{file_path:path}",
        declared.replace_skill_file,
        service.replace_skill_file,
    )
    return routes.router()
