"""Skills, whose archives are not found with 404."""

from __future__ import annotations

from astrbot_api.server import Raw

from astrbot_reference import skills
from astrbot_reference.auth import Caller
from astrbot_reference.refusal import Refusal


class Skills(skills.Skills):
    """The operations of the tag `skills`."""

    async def download_skill(self, *, caller: Caller, skill_name: str) -> Raw:
        """A skill as an archive. Raises Refusal with 404 if the name is unknown."""
        if not self._skills.has(skill_name):
            raise Refusal(f"Skill {skill_name} not found", 404)
        return await super().download_skill(caller=caller, skill_name=skill_name)
