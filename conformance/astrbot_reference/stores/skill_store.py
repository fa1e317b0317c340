"""Stored skills and their files."""

from __future__ import annotations

from base64 import b64decode, b64encode

from astrbot_reference.packages.folders import entries, within
from astrbot_reference.packages.skill_archives import BEGINNING, description
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

KIND = "skill"


class SkillStore:
    """Stored skills by name: `{name, active, files}`. Files are base64, by their path."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def shown(self) -> list[JsonObject]:
        """Every skill as the newest release lists it."""
        return [
            {
                "name": skill["name"],
                "description": description(self.files(skill["name"])),
                "path": f"skills/{skill['name']}/{BEGINNING}",
                "active": skill["active"],
                "source_type": "local_only",
                "source_label": "local",
                "local_exists": True,
                "sandbox_exists": False,
                "plugin_name": "",
                "readonly": False,
                "preset": False,
            }
            for skill in self._store.all(KIND)
        ]

    def has(self, name: str) -> bool:
        """Whether a skill exists."""
        return self._store.get(KIND, name) is not None

    def keep(self, name: str, files: dict[str, bytes]) -> None:
        """Store a skill, or replace the one of this name. It is enabled."""
        self._store.put(KIND, name, {"name": name, "active": True, "files": encoded(files)})

    def enable(self, name: str, *, active: bool) -> None:
        """Enable or disable a skill, if it exists."""
        skill = self._store.get(KIND, name)
        if skill is not None:
            self._store.put(KIND, name, skill | {"active": active})

    def remove(self, name: str) -> None:
        """Delete a skill, if it exists."""
        self._store.remove(KIND, name)

    def files(self, name: str) -> dict[str, bytes]:
        """The files of a skill by path. Raises Refusal if there is no skill of this name."""
        skill = self._store.find(KIND, name, f"Skill {name} not found")
        return {path: b64decode(content) for path, content in skill["files"].items()}

    def folder(self, name: str, path: str) -> list[JsonObject]:
        """The entries of a folder, folders first. Raises Refusal if there is no such skill or folder."""
        files = self.files(name)
        found = entries({own: len(content) for own, content in files.items()}, path)
        if not found:
            raise Refusal(f"Folder {path} not found")
        return [one | {"editable": one["type"] == "file" and text(files[one["path"]]) is not None} for one in found]

    def read(self, name: str, path: str) -> str:
        """The text of a file. Raises Refusal if there is no such skill or file, or it is not text."""
        content = self.files(name).get(within(path))
        if content is None:
            raise Refusal(f"File {path} not found")
        found = text(content)
        if found is None:
            raise Refusal("Unsupported file type")
        return found

    def write(self, name: str, path: str, content: str) -> int:
        """Replace the text of an existing file, and return its size in bytes. Raises Refusal as `read` does."""
        self.read(name, path)
        skill = self._store.get(KIND, name) or {}
        files = skill["files"] | encoded({within(path): content.encode()})
        self._store.put(KIND, name, skill | {"files": files})
        return len(content.encode())


def text(content: bytes) -> str | None:
    """The text of a file; None if it is not text."""
    try:
        found = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in found else found


def encoded(files: dict[str, bytes]) -> dict[str, str]:
    """Files as they are stored."""
    return {path: b64encode(content).decode() for path, content in files.items()}
