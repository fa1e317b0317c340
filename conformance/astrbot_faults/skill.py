"""Faults in the check of paths inside a skill."""

from __future__ import annotations

from astrbot_reference.skills import Skills
from astrbot_reference.stores.skill_store import SkillStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault


class AnyPath(Skills):
    """Skills without a check of paths."""

    @staticmethod
    def within(path: str) -> str:
        """The path as it is."""
        return path


@fault(breaks="SKILL-FILES")
def skills_read_their_neighbours(server: Server) -> None:
    """A path outside a skill reads a file of another skill."""

    @server.override
    class Broken(SkillStore):
        def read(self, name: str, path: str) -> str:
            return super().read(*_led_out(name, path))

    server.override(AnyPath)


@fault(breaks="SKILL-FILES")
def skills_write_to_their_neighbours(server: Server) -> None:
    """A path outside a skill writes a file of another skill."""

    @server.override
    class Broken(SkillStore):
        def write(self, name: str, path: str, content: str) -> int:
            return super().write(*_led_out(name, path), content)

    server.override(AnyPath)


@fault(breaks="SKILL-FILES")
def skills_list_their_neighbours(server: Server) -> None:
    """The parent folder of a skill lists all skills."""

    @server.override
    class Broken(SkillStore):
        def folder(self, name: str, path: str) -> list[JsonObject]:
            if path != "..":
                return super().folder(name, path)
            entry = {"type": "directory", "size": 0, "editable": False}
            return [{"name": one["name"], "path": one["name"], **entry} for one in self.shown()]

    server.override(AnyPath)


def _led_out(name: str, path: str) -> tuple[str, str]:
    """The skill and the file that a path leads to; `../other/file` leads to another skill."""
    if not path.startswith("../"):
        return name, path
    name, _, path = path.removeprefix("../").partition("/")
    return name, path
