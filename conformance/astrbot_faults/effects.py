"""Faults in the order: an operation takes effect before the request is rejected."""

from __future__ import annotations

from contextvars import ContextVar

from astrbot_api.models import BotCreation, Done, PersonaNoteAnswer
from astrbot_api.operations import BY_ID, Operation
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bots import Bots
from astrbot_reference.chat_projects import PROJECT, ChatProjects
from astrbot_reference.personas import Personas
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.store import JsonObject
from starlette.types import Scope

from .server import UNDER, Server, family, fault

ACTING = [
    "create_bot",
    "set_bot_enabled_by_id",
    "replace_provider_by_id",
    "create_provider_source_provider",
    "delete_provider_source",
    "update_persona",
    "delete_persona_by_id",
    "reorder_personas",
    "move_persona",
    "delete_persona_folder",
    "rename_config_profile",
    "update_config_profile",
    "set_config_route",
    "delete_config_route",
    "replace_config_routes",
    "create_plugin_source",
    "set_plugin_enabled_by_id",
    "upload_plugin_config_files",
    "delete_skill",
    "upload_skills",
    "create_mcp_server",
    "replace_mcp_server_by_name",
    "chat",
    "send_im_message",
    "send_im_message_alias",
]


def _acts_first(early: Operation, server: Server) -> None:
    server.acts_first = lambda operation: operation.id == early.id


ACTS_FIRST = family(
    "acts-first",
    "SCOPE-NO-EFFECT",
    "{} takes effect before it rejects the key.",
    [BY_ID[id] for id in ACTING],
    _acts_first,
)


@fault(breaks="SCOPE-NO-EFFECT")
def takes_out_whoever_asks(server: Server) -> None:
    """Removing a session from its project takes effect before the key is checked."""
    _acts_unseen("remove_session_from_project", server)


@fault(breaks="SCOPE-NO-EFFECT")
def puts_in_whoever_asks(server: Server) -> None:
    """Adding a session to a project takes effect before the key is checked."""
    _acts_unseen("add_session_to_project", server)


def _acts_unseen(id: str, server: Server) -> None:
    """Take effect before the key is checked, and so without a check of the owner."""
    _acts_first(BY_ID[id], server)

    @server.override
    class Sessions(SessionStore):
        def own(self, id: str, caller: str) -> JsonObject:
            return self.find(id) if UNDER.get().refused else super().own(id, caller)

    @server.override
    class Projects(ChatProjects):
        def _own(self, project_id: str, caller: Caller) -> JsonObject:
            stored = self._store.get(PROJECT, project_id)
            if stored is None or not (UNDER.get().refused or stored["owner"] == caller.name):
                raise Refusal("Permission denied")
            return stored


FOR_ANYBODY = frozenset({"delete_bot_by_id", "set_skill_enabled", "move_persona", "replace_provider_by_id"})


@fault(breaks="SCOPE-NO-EFFECT")
def acts_for_anybody(server: Server) -> None:
    """Some second paths, switches and moves take effect before a request without a key is rejected."""
    keyless: ContextVar[bool] = ContextVar("keyless", default=False)

    def form(scope: Scope) -> Scope:
        headers = {name.lower() for name, _ in scope["headers"]}
        keyless.set(not headers & {b"authorization", b"x-api-key", b"cookie"} and b"key=" not in scope["query_string"])
        return scope

    server.forms = form
    server.acts_first = lambda operation: operation.id in FOR_ANYBODY and keyless.get()


@fault(breaks="SCOPE-NO-EFFECT")
def bots_made_again(server: Server) -> None:
    """Creating a bot with an existing id returns an error but replaces the bot."""

    @server.override
    class Broken(Bots):
        async def create_bot(self, *, caller: Caller, body: BotCreation) -> Json[Done]:
            try:
                return await super().create_bot(caller=caller, body=body)
            except Refusal:
                self._keep(self._described(body))
                raise


@fault(breaks="SCOPE-NO-EFFECT")
def half_a_change_of_a_persona(server: Server) -> None:
    """An update of a persona is rejected for its dialog, but its prompt is stored."""

    @server.override
    class Broken(Personas):
        def _change(self, persona_id: str, fields: JsonObject) -> Json[PersonaNoteAnswer]:
            try:
                return super()._change(persona_id, fields)
            except Refusal:
                self._keep(self._persona(persona_id), system_prompt=fields.get("system_prompt") or "")
                raise
