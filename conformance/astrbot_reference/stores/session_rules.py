"""Rules of message sessions, and groups of sessions."""

from __future__ import annotations

import uuid

from astrbot_reference.refusal import Refusal

from .conversation_store import ConversationStore
from .store import JsonObject, Store

RULE, GROUP = "session_rule", "session_group"


class SessionRules:
    """The rules and groups of message sessions. An origin is known if it has a conversation or a rule."""

    def __init__(self, store: Store, conversations: ConversationStore) -> None:
        self._store = store
        self._conversations = conversations

    def origins(self) -> list[str]:
        """Every known origin, sorted."""
        talked = {conversation["user_id"] for conversation in self._conversations.all()}
        return sorted(talked | {stored["umo"] for stored in self._store.all(RULE)})

    def of(self, umo: str) -> JsonObject:
        """The rules of an origin by key; empty if it has none."""
        stored = self._store.get(RULE, umo) or {"rules": {}}
        rules: JsonObject = stored["rules"]
        return rules

    def ruled(self) -> list[str]:
        """The origins that have rules."""
        return [stored["umo"] for stored in self._store.all(RULE)]

    def set(self, umo: str, key: str, value: object) -> None:
        """Set a rule."""
        self._store.put(RULE, umo, {"umo": umo, "rules": self.of(umo) | {key: value}})

    def remove(self, umo: str, key: str | None) -> None:
        """Delete a rule of an origin, or all of them if none is named."""
        left = {name: value for name, value in self.of(umo).items() if key not in {None, name}}
        if left:
            self._store.put(RULE, umo, {"umo": umo, "rules": left})
        else:
            self._store.remove(RULE, umo)

    def groups(self) -> list[JsonObject]:
        """Every group."""
        return self._store.all(GROUP)

    def group(self, id: str) -> JsonObject:
        """A group. Raises Refusal if the id is unknown."""
        return self._store.find(GROUP, id, "Session group not found")

    def keep_group(self, name: str, umos: list[str], id: str | None = None) -> JsonObject:
        """Store a group; a new one if no id is given."""
        group: JsonObject = {"id": id or uuid.uuid4().hex[:8], "name": name, "umos": list(dict.fromkeys(umos))}
        self._store.put(GROUP, group["id"], group)
        return group

    def remove_group(self, id: str) -> None:
        """Delete a group. Raises Refusal if the id is unknown."""
        self.group(id)
        self._store.remove(GROUP, id)

    def chosen(self, fields: JsonObject) -> list[str]:
        """The origins of a SessionChoice. Raises Refusal if it names an unknown group, or nothing."""
        if fields.get("umos"):
            return list(fields["umos"])
        scope = fields.get("scope")
        if scope == "custom_group":
            return list(self.group(fields.get("group_id") or "")["umos"])
        types = {"all": "", "group": ":GroupMessage:", "private": ":FriendMessage:"}
        if scope not in types:
            raise Refusal("umos or scope is required")
        return [umo for umo in self.origins() if types[scope] in umo]
