"""The skills that there are, and the files in them."""

from __future__ import annotations

from base64 import b64decode, b64encode

from astrbot_reference.packages.skill_archives import BEGINNING, description, within
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

KIND = "skill"


class SkillStore:
    """Stored skills by name: `{name, active, files}`, where files are kept in base64 by their path."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def shown(self) -> list[JsonObject]:
        """Every skill as the list of the newest release has it."""
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
        """Whether there is a skill of this name."""
        return self._store.get(KIND, name) is not None

    def keep(self, name: str, files: dict[str, bytes]) -> None:
        """Keep a skill, in the place of the one of this name if there is one; the agent may use it."""
        self._store.put(KIND, name, {"name": name, "active": True, "files": encoded(files)})

    def enable(self, name: str, *, active: bool) -> None:
        """Let the agent use a skill or not; nothing happens where there is none."""
        skill = self._store.get(KIND, name)
        if skill is not None:
            self._store.put(KIND, name, skill | {"active": active})

    def remove(self, name: str) -> None:
        """Forget a skill, if there is one."""
        self._store.remove(KIND, name)

    def files(self, name: str) -> dict[str, bytes]:
        """The files of a skill by path. Raises Refusal when there is no skill of this name."""
        skill = self._store.get(KIND, name)
        if skill is None:
            raise Refusal(f"Skill {name} not found")
        return {path: b64decode(content) for path, content in skill["files"].items()}

    def folder(self, name: str, path: str) -> list[JsonObject]:
        """What lies in a folder: folders first. Raises Refusal when there is no such skill or folder."""
        top = within(path)
        start = f"{top}/" if top else ""
        inside = {
            own.removeprefix(start): content for own, content in self.files(name).items() if own.startswith(start)
        }
        if not inside:
            raise Refusal(f"Folder {path} not found")
        folders = sorted({own.split("/")[0] for own in inside if "/" in own})
        return [
            *(entry(start + own, "directory", 0, editable=False) for own in folders),
            *(
                entry(start + own, "file", len(content), editable=text(content) is not None)
                for own, content in sorted(inside.items())
                if "/" not in own
            ),
        ]

    def read(self, name: str, path: str) -> str:
        """The text of a file. Raises Refusal when there is no such skill or file, or it is not text."""
        content = self.files(name).get(within(path))
        if content is None:
            raise Refusal(f"File {path} not found")
        found = text(content)
        if found is None:
            raise Refusal("Unsupported file type")
        return found

    def write(self, name: str, path: str, content: str) -> int:
        """Replace the text of a file that is there; gives its new size in bytes. Raises Refusal as `read` does."""
        self.read(name, path)
        skill = self._store.get(KIND, name) or {}
        files = skill["files"] | encoded({within(path): content.encode()})
        self._store.put(KIND, name, skill | {"files": files})
        return len(content.encode())


def entry(path: str, type: str, size: int, *, editable: bool) -> JsonObject:
    """A folder or file as the list of its folder has it."""
    return {"name": path.rpartition("/")[2], "path": path, "type": type, "size": size, "editable": editable}


def text(content: bytes) -> str | None:
    """The text that a file holds; None when it holds something else."""
    try:
        found = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in found else found


def encoded(files: dict[str, bytes]) -> dict[str, str]:
    """Files as they are kept."""
    return {path: b64encode(content).decode() for path, content in files.items()}
