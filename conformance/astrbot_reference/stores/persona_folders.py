"""The folders of personas."""

from __future__ import annotations

import uuid

from astrbot_reference.clock import Clock, stamp
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

FOLDER = "persona_folder"
BRANCH = ("folder_id", "name", "parent_id", "description", "sort_order")


class PersonaFolders:
    """Nested folders, each stored as PersonaFolder of the contract."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def within(self, parent_id: str | None) -> list[JsonObject]:
        """The folders in a folder, or those at the top, in their order."""
        found = [folder for folder in self._store.all(FOLDER) if (folder["parent_id"] or None) == (parent_id or None)]
        return sorted(found, key=lambda folder: (folder["sort_order"], folder["name"]))

    def tree(self, parent_id: str | None = None) -> list[JsonObject]:
        """The same with all their contents, as PersonaBranch of the contract."""
        return [
            {name: folder[name] for name in BRANCH} | {"children": self.tree(folder["folder_id"])}
            for folder in self.within(parent_id)
        ]

    def create(self, fields: JsonObject) -> JsonObject:
        """Create a folder. Its parent need not exist."""
        folder = {
            "folder_id": str(uuid.uuid4()),
            "name": fields["name"].strip(),
            "parent_id": fields.get("parent_id"),
            "description": fields.get("description"),
            "sort_order": fields.get("sort_order") or 0,
            "created_at": self._now(),
            "updated_at": self._now(),
        }
        self._store.put(FOLDER, folder["folder_id"], folder)
        return folder

    def change(self, folder_id: str, fields: JsonObject) -> None:
        """Change the given members of a folder, if it exists. Raises Refusal if it would contain itself."""
        folder = self._store.get(FOLDER, folder_id)
        if folder is None:
            return
        changes: JsonObject = {name: fields[name] for name in ("parent_id", "description") if name in fields}
        changes |= {name: fields[name] for name in ("name", "sort_order") if fields.get(name) is not None}
        if changes.get("parent_id") and self._lies_in(changes["parent_id"], folder_id):
            raise Refusal("A folder cannot contain itself")
        self._store.put(FOLDER, folder_id, folder | changes | {"updated_at": self._now()})

    def remove(self, folder_id: str) -> None:
        """Delete a folder, if it exists; its folders move to the top."""
        if self._store.remove(FOLDER, folder_id):
            for folder in self.within(folder_id):
                self._store.put(FOLDER, folder["folder_id"], folder | {"parent_id": None})

    def _lies_in(self, folder_id: str, above: str) -> bool:
        place: str | None = folder_id
        while place and place != above:
            place = (self._store.get(FOLDER, place) or {}).get("parent_id")
        return place == above

    def _now(self) -> str:
        return stamp(self._clock().replace(tzinfo=None))
