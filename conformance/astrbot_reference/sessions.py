"""Message sessions, their groups and rules."""

from __future__ import annotations

from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Context, Service
from .origins import page_of, taken_apart
from .personas import PERSONA
from .refusal import Refusal
from .stores.conversation_store import ConversationStore
from .stores.session_rules import SessionRules
from .stores.store import JsonObject
from .stubs import models

SERVICES = "session_service_config"
SWITCHES = ("session_enabled", "llm_enabled", "tts_enabled")
PROVIDER = "provider_perf_"
ABILITIES = {"chat": "chat_completion", "stt": "speech_to_text", "tts": "text_to_speech"}
RULES = [SERVICES, "session_plugin_config", "kb_config", *(PROVIDER + ability for ability in ABILITIES.values())]


class Sessions(Service):
    """The operations of the tag `sessions`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rules = SessionRules(self._store, ConversationStore(self._store, self._clock))

    async def list_session_groups(self, *, caller: Caller) -> Json[models.SessionGroupListAnswer]:
        """Every group."""
        return ok(models.SessionGroupListAnswer, {"groups": [shown_group(group) for group in self._rules.groups()]})

    async def create_session_group(
        self, *, caller: Caller, body: models.SessionGroupCreation
    ) -> Json[models.SessionGroupAnswer]:
        """Create a group."""
        fields = given(body)
        group = self._rules.keep_group(fields["name"].strip(), fields.get("umos") or [])
        return ok(models.SessionGroupAnswer, {"message": "Created", "group": shown_group(group)})

    async def update_session_group(
        self, *, caller: Caller, group_id: str, body: models.SessionGroupChange
    ) -> Json[models.SessionGroupAnswer]:
        """Update the given members of the group in the path. Raises Refusal if the id is unknown."""
        fields, group = given(body), self._rules.group(group_id)
        umos = fields.get("umos")
        if umos is None:
            gone = fields.get("remove_umos") or []
            umos = [umo for umo in [*group["umos"], *(fields.get("add_umos") or [])] if umo not in gone]
        name = (fields.get("name") or "").strip() or group["name"]
        stored = self._rules.keep_group(name, umos, group_id)
        return ok(models.SessionGroupAnswer, {"message": "Saved", "group": shown_group(stored)})

    async def delete_session_group(self, *, caller: Caller, group_id: str) -> Json[models.NoteAnswer]:
        """Delete a group. Raises Refusal if the id is unknown."""
        self._rules.remove_group(group_id)
        return ok(models.NoteAnswer, {"message": "Deleted"})

    async def list_message_sessions(
        self,
        *,
        caller: Caller,
        page: int = 1,
        page_size: int = 20,
        search: str = "",
        message_type: str = "all",
        platform: str = "",
    ) -> Json[models.MessageSessionPageAnswer]:
        """A page of the sessions that match every filter, and the providers they can use."""
        kind = {"group": ":GroupMessage:", "private": ":FriendMessage:"}.get(message_type, "")
        found = [self._shown(umo) for umo in self._rules.origins() if kind in umo]
        found = [one for one in found if platform in {"", one["platform"]} and fits(one, search)]
        shown, number, size = page_of(found, page, page_size, 20)
        whole: JsonObject = {"sessions": shown, "total": len(found), "page": number, "page_size": size}
        whole["platforms"] = sorted({one["platform"] for one in found})
        return ok(models.MessageSessionPageAnswer, whole | self._choices())

    async def list_active_umos(self, *, caller: Caller) -> Json[models.OriginListAnswer]:
        """Every known origin."""
        umos = self._rules.origins()
        return ok(models.OriginListAnswer, {"umos": umos, "umo_infos": [taken_apart(self._store, umo) for umo in umos]})

    async def set_session_service(
        self, *, caller: Caller, body: models.SessionServiceChange
    ) -> Json[models.SessionBatchAnswer]:
        """Set the given switches in every chosen session. Raises Refusal if there is none to set."""
        fields = given(body)
        switched = {name: fields[name] for name in SWITCHES if fields.get(name) is not None}
        umos = self._rules.chosen(fields)
        for umo in umos:
            self._rules.set(umo, SERVICES, (self._rules.of(umo).get(SERVICES) or {}) | switched)
        return ok(models.SessionBatchAnswer, changed(umos))

    async def set_session_provider(
        self, *, caller: Caller, body: models.SessionProviderChange
    ) -> Json[models.SessionBatchAnswer]:
        """Set a provider in every chosen session. Raises Refusal if there is none with this id and capability."""
        fields = given(body)
        ability, id = fields["provider_type"], fields["provider_id"]
        if all(provider["id"] != id for provider in self._providers.select(ability, None)):
            raise Refusal(f"Provider {id} not found")
        umos = self._rules.chosen(fields)
        for umo in umos:
            self._rules.set(umo, PROVIDER + ability, id)
        return ok(models.SessionBatchAnswer, changed(umos))

    async def list_session_rules(
        self, *, caller: Caller, page: int = 1, page_size: int = 10, search: str = ""
    ) -> Json[models.SessionRulePageAnswer]:
        """A page of the sessions that have rules, and the options for rules."""
        found = [taken_apart(self._store, umo) | {"rules": self._rules.of(umo)} for umo in self._rules.ruled()]
        found = [one for one in found if fits(one, search)]
        shown, number, size = page_of(found, page, page_size, 10)
        personas = [{"name": one["persona_id"], "prompt": one["system_prompt"]} for one in self._store.all(PERSONA)]
        plugins = [plugin.package for plugin in self._plugins.all() if not plugin.reserved]
        whole: JsonObject = {"rules": shown, "total": len(found), "page": number, "page_size": size}
        whole |= self._choices() | {"available_personas": personas, "available_kbs": []}
        whole["available_plugins"] = [
            {"name": one.name, "display_name": one.display_name or one.name, "desc": one.desc} for one in plugins
        ]
        return ok(models.SessionRulePageAnswer, whole | {"available_rule_keys": RULES})

    async def set_session_rule(self, *, caller: Caller, body: models.SessionRule) -> Json[models.OriginNoteAnswer]:
        """Set a rule of a session."""
        fields = given(body)
        self._rules.set(fields["umo"], fields["rule_key"], fields.get("rule_value"))
        return ok(models.OriginNoteAnswer, {"message": "Saved", "umo": fields["umo"]})

    async def delete_session_rules(
        self, *, caller: Caller, body: models.SessionRuleDeletion
    ) -> Json[models.SessionRulesDeletedAnswer]:
        """Delete rules of one session or of several, if they have any."""
        fields = given(body)
        if fields.get("umo") and not fields.get("umos"):
            self._rules.remove(fields["umo"], fields.get("rule_key"))
            return ok(models.SessionRulesDeletedAnswer, {"message": "Deleted", "umo": fields["umo"]})
        umos = self._rules.chosen(fields)
        for umo in umos:
            self._rules.remove(umo, fields.get("rule_key"))
        return ok(models.SessionRulesDeletedAnswer, {"message": "Deleted", "success_count": len(umos)})

    def _shown(self, umo: str) -> JsonObject:
        rules = self._rules.of(umo)
        services: JsonObject = rules.get(SERVICES) or {}
        told = taken_apart(self._store, umo) | {
            "custom_name": services.get("custom_name", ""),
            "has_rules": bool(rules),
        }
        told |= {name: services.get(name, True) for name in SWITCHES}
        return told | {f"{short}_provider": rules.get(PROVIDER + long) for short, long in ABILITIES.items()}

    def _choices(self) -> JsonObject:
        return {
            f"available_{short}_providers": [
                {"id": provider["id"], "name": provider["id"], "model": provider.get("model")}
                for provider in self._providers.select(long, None)
            ]
            for short, long in ABILITIES.items()
        }


def shown_group(group: JsonObject) -> JsonObject:
    """The SessionGroup of the contract."""
    return group | {"umo_count": len(group["umos"])}


def changed(umos: list[str]) -> JsonObject:
    """The SessionBatchResult of the contract, if every session was changed."""
    return {"message": "Changed", "success_count": len(umos), "failed_count": 0, "failed_umos": []}


def fits(session: JsonObject, search: str) -> bool:
    """Whether a session matches a search text."""
    names = (session["umo"], session["display_name"], session.get("custom_name", ""))
    return any(search.lower() in name.lower() for name in names)
