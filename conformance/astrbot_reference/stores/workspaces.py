"""The workspaces of projects. They are in the store: nothing is written to a disk."""

from __future__ import annotations

from base64 import b64decode, b64encode

from astrbot_reference.chat_projects import PROJECT
from astrbot_reference.packages.folders import entries, within
from astrbot_reference.refusal import Refusal

from .session_store import SESSION
from .store import JsonObject, Store

KIND = "workspace"
MOST_TEXT = 512 * 1024
NOTES = "notes/latest.txt"


class Workspaces:
    """The files of each project by path, relative to the root of its workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, session_id: str, text: str) -> None:
        """Write a text into the workspace of the project of a session, if it has one."""
        session = self._store.get(SESSION, session_id) or {}
        project = self._store.get(PROJECT, session.get("project_id") or "")
        if project is not None and project.get("workspace_type") == "project":
            files = self._kept(project["project_id"]) | {NOTES: b64encode(text.encode()).decode()}
            self._store.put(KIND, project["project_id"], {"files": files})

    def folder(self, project_id: str, path: str) -> list[JsonObject]:
        """The entries of a folder, folders first. Raises Refusal if there is no such folder."""
        found = entries({name: len(b64decode(stored)) for name, stored in self._kept(project_id).items()}, path)
        if within(path) and not found:
            raise Refusal("Folder not found")
        return [one | {"readable": one["type"] == "file" and one["size"] <= MOST_TEXT} for one in found]

    def read(self, project_id: str, path: str) -> bytes:
        """The bytes of a file. Raises Refusal if there is none."""
        found = self._kept(project_id).get(within(path))
        if found is None:
            raise Refusal("File not found")
        return b64decode(found)

    def text(self, project_id: str, path: str) -> str:
        """The text of a file. Raises Refusal if there is none, or if it is too large or not UTF-8."""
        content = self.read(project_id, path)
        if len(content) > MOST_TEXT:
            raise Refusal("The file is too large")
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise Refusal("The file is not text") from error

    def forget(self, project_id: str) -> None:
        """Delete all files of a project."""
        self._store.remove(KIND, project_id)

    def _kept(self, project_id: str) -> dict[str, str]:
        stored = self._store.get(KIND, project_id) or {"files": {}}
        files: dict[str, str] = stored["files"]
        return files
