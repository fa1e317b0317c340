"""Skills, their archives and files."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Form, Json, Raw, Upload
from astrbot_api.server.skills import SkillsService

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Service
from .packages.folders import within
from .packages.skill_archives import packed, unpacked
from .refusal import Refusal
from .release import described
from .stores.store import JsonObject
from .threads import elsewhere

NO_SANDBOX: JsonObject = {"exists": False, "ready": False, "count": 0, "updated_at": None}


class Skills(Service, SkillsService[Caller]):
    """The operations of the tag `skills`."""

    within = staticmethod(within)

    async def list_skills(self, *, caller: Caller) -> Json[models.SkillListAnswer]:
        """List all skills."""
        skills = [described(self._contract, "Skill", skill) for skill in self._skills.shown()]
        return ok(models.SkillListAnswer, {"skills": skills, "runtime": "none", "sandbox_cache": NO_SANDBOX})

    async def upload_skill(self, *, caller: Caller, body: Form) -> Json[models.SkillUploadedAnswer]:
        """Store the skill in an archive. Raises Refusal if it cannot be read or already exists."""
        archive = body.file("file")
        if archive is None:
            raise Refusal("Missing file")
        name, files = await elsewhere(unpacked, archive.name, archive.content)
        if self._skills.has(name):
            raise Refusal("Skill already exists.")
        self._skills.keep(name, files)
        return ok(models.SkillUploadedAnswer, {"name": name}, "Uploaded")

    async def upload_skills(
        self, *, caller: Caller, body: Form
    ) -> Json[models.SkillBatchAnswer] | Json[models.SkillBatchRefusal]:
        """Store the skills in several archives, and report the result of each."""
        archives = body.files("files")
        if not archives:
            raise Refusal("Missing files")
        report: JsonObject = {"total": len(archives), "succeeded": [], "failed": [], "skipped": []}
        for archive in archives:
            outcome, line = await self._shelve(archive)
            report[outcome].append({"filename": archive.name} | line)
        message = f"{len(report['succeeded'])} of {len(archives)} archives are skills now"
        if len(report["failed"]) == len(archives):
            return Json(models.SkillBatchRefusal, {"status": "error", "message": message, "data": report})
        return ok(models.SkillBatchAnswer, report, message)

    async def _shelve(self, archive: Upload) -> tuple[str, JsonObject]:
        """The heading of the report that an archive belongs under, and its entry."""
        try:
            name, files = await elsewhere(unpacked, archive.name, archive.content)
        except Refusal as refusal:
            return "failed", {"error": refusal.message}
        if self._skills.has(name):
            return "skipped", {"name": name, "error": "Skill already exists."}
        self._skills.keep(name, files)
        return "succeeded", {"name": name}

    async def download_skill(self, *, caller: Caller, skill_name: str) -> Raw:
        """A skill as an archive. Raises Refusal if the name is unknown."""
        content = await elsewhere(packed, skill_name, self._skills.files(skill_name))
        return Raw(
            content, "application/zip", headers={"Content-Disposition": f'attachment; filename="{skill_name}.zip"'}
        )

    async def set_skill_enabled(
        self, *, caller: Caller, skill_name: str, body: models.SkillState
    ) -> Json[models.SkillActivityAnswer]:
        """Enable or disable a skill, if it exists."""
        return self._enable(skill_name, given(body))

    async def set_skill_enabled_by_name(
        self, *, caller: Caller, body: models.NamedSkillState
    ) -> Json[models.SkillActivityAnswer]:
        """The same, with the name in the body."""
        fields = given(body)
        return self._enable(fields["skill_name"], fields)

    def _enable(self, name: str, fields: JsonObject) -> Json[models.SkillActivityAnswer]:
        states = [fields.get(word) for word in ("enabled", "active")]
        active = next((state for state in states if state is not None), True)
        self._skills.enable(name, active=active)
        return ok(models.SkillActivityAnswer, {"name": name, "active": active})

    async def delete_skill(self, *, caller: Caller, skill_name: str) -> Json[models.SkillDeletedAnswer]:
        """Delete a skill, if it exists."""
        self._skills.remove(skill_name)
        return ok(models.SkillDeletedAnswer, {"name": skill_name})

    async def list_skill_files(
        self, *, caller: Caller, skill_name: str, path: str | None = None
    ) -> Json[models.SkillFolderAnswer]:
        """List a folder of a skill. Raises Refusal if there is no such skill or folder."""
        entries = self._skills.folder(skill_name, path or "")
        return ok(models.SkillFolderAnswer, {"name": skill_name, "path": self.within(path or ""), "entries": entries})

    async def get_skill_file(self, *, caller: Caller, skill_name: str, file_path: str) -> Json[models.SkillFileAnswer]:
        """A file with its text. Raises Refusal if there is no such skill or file, or if it is not text."""
        content = self._skills.read(skill_name, file_path)
        size = len(content.encode())
        return ok(
            models.SkillFileAnswer,
            {"name": skill_name, "path": self.within(file_path), "content": content, "size": size, "editable": True},
        )

    async def get_skill_file_by_name(
        self, *, caller: Caller, skill_name: str, path: str
    ) -> Json[models.SkillFileAnswer]:
        """The same, with name and path in the query."""
        return await self.get_skill_file(caller=caller, skill_name=skill_name, file_path=path)

    async def replace_skill_file(
        self, *, caller: Caller, skill_name: str, file_path: str, body: bytes
    ) -> Json[models.WrittenSkillFileAnswer]:
        """Replace the text of a file. Raises Refusal as `get_skill_file` does, and if the body is not UTF-8."""
        try:
            content = body.decode()
        except UnicodeDecodeError as error:
            raise Refusal("The text is not UTF-8") from error
        return self._write(skill_name, file_path, content)

    async def replace_skill_file_by_name(
        self, *, caller: Caller, body: models.SkillFileReplacement
    ) -> Json[models.WrittenSkillFileAnswer]:
        """The same, with name, path and text in the body."""
        fields = given(body)
        return self._write(fields["skill_name"], fields["path"], fields.get("content", ""))

    def _write(self, name: str, path: str, content: str) -> Json[models.WrittenSkillFileAnswer]:
        try:
            size = self._skills.write(name, path, content)
        except UnicodeEncodeError as error:  # JSON can hold halves of characters
            raise Refusal("The text is not UTF-8") from error
        return ok(models.WrittenSkillFileAnswer, {"name": name, "path": self.within(path), "size": size})
