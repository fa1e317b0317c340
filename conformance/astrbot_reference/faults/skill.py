"""Faults in where the files of a skill may lie."""

from __future__ import annotations

from collections.abc import Callable

from astrbot_reference import skills
from astrbot_reference.skill_shelf import SkillShelf, entry
from astrbot_reference.store import JsonObject

from .server import Server, fault


@fault(breaks="SKILL-FILES")
def skills_read_their_neighbours(server: Server) -> None:
    """A path that leads out of a skill shows the file of another."""
    _led_out(server, "read")


@fault(breaks="SKILL-FILES")
def skills_write_to_their_neighbours(server: Server) -> None:
    """A path that leads out of a skill changes the file of another."""
    _led_out(server, "write")


@fault(breaks="SKILL-FILES")
def skills_list_their_neighbours(server: Server) -> None:
    """The folder above a skill shows all skills."""
    sound = SkillShelf.folder

    def folder(self: SkillShelf, name: str, path: str) -> list[JsonObject]:
        if path != "..":
            return sound(self, name, path)
        return [entry(one["name"], "directory", 0, editable=False) for one in self.shown()]

    server.patch.setattr(SkillShelf, "folder", folder)
    server.patch.setattr(skills, "within", lambda path: path)


def _led_out(server: Server, method: str) -> None:
    """Follow a path that begins with two dots into another skill."""
    sound: Callable[..., object] = getattr(SkillShelf, method)

    def done(self: SkillShelf, name: str, path: str, *more: str) -> object:
        if path.startswith("../"):
            name, _, path = path.removeprefix("../").partition("/")
        return sound(self, name, path, *more)

    server.patch.setattr(SkillShelf, method, done)
    server.patch.setattr(skills, "within", lambda path: path)
