"""Faults in when a request is refused: after it was done."""

from __future__ import annotations

from contextvars import ContextVar
from functools import partial
from typing import Any

from astrbot_api.operations import BY_ID
from starlette.types import Scope

from astrbot_reference.auth import Caller
from astrbot_reference.bots import Bots
from astrbot_reference.chat_projects import PROJECT, ChatProjects
from astrbot_reference.personas import Personas
from astrbot_reference.refusal import Refusal
from astrbot_reference.session_book import SessionBook
from astrbot_reference.store import JsonObject

from .server import UNDER, Fault, Server, fault

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


def _acts_first(id: str, server: Server) -> None:
    server.acts_first = lambda operation: operation.id == id


ACTS_FIRST = tuple(
    Fault(
        f"acts-first-{id}".replace("_", "-"),
        "SCOPE-NO-EFFECT",
        f"`{BY_ID[id]}` does what it is asked before it refuses the key.",
        partial(_acts_first, id),
        id,
    )
    for id in ACTING
)


@fault(breaks="SCOPE-NO-EFFECT")
def takes_out_whoever_asks(server: Server) -> None:
    """A session is taken out of its project before the server looks who asks for it."""
    _acts_unseen("remove_session_from_project", server)


@fault(breaks="SCOPE-NO-EFFECT")
def puts_in_whoever_asks(server: Server) -> None:
    """A session is put into a project before the server looks who asks for it."""
    _acts_unseen("add_session_to_project", server)


def _acts_unseen(id: str, server: Server) -> None:
    """Act before it is known whose key it is: so whose the things are is not looked at either."""
    _acts_first(id, server)
    own = SessionBook.own

    def session(book: SessionBook, id: str, caller: str) -> JsonObject:
        return book.find(id) if UNDER.get().refused else own(book, id, caller)

    def project(self: ChatProjects, id: str, caller: Caller) -> JsonObject:
        stored = self._store.get(PROJECT, id)
        if stored is None or not (UNDER.get().refused or stored["owner"] == caller.name):
            raise Refusal("Permission denied")
        return stored

    server.patch.setattr(SessionBook, "own", session)
    server.patch.setattr(ChatProjects, "_own", project)


FOR_ANYBODY = frozenset({"delete_bot_by_id", "set_skill_enabled", "move_persona", "replace_provider_by_id"})


@fault(breaks="SCOPE-NO-EFFECT")
def acts_for_anybody(server: Server) -> None:
    """Some second paths, switches and moves are done before somebody without a key is refused."""
    keyless: ContextVar[bool] = ContextVar("keyless", default=False)

    def form(scope: Scope) -> Scope:
        headers = {name.lower() for name, _ in scope["headers"]}
        keyless.set(not headers & {b"authorization", b"x-api-key", b"cookie"} and b"key=" not in scope["query_string"])
        return scope

    server.forms = form
    server.acts_first = lambda operation: operation.id in FOR_ANYBODY and keyless.get()


@fault(breaks="SCOPE-NO-EFFECT")
def bots_made_again(server: Server) -> None:
    """A bot is refused whose id is taken, and yet it stands in the place of the other."""
    sound: Any = vars(Bots)["create_bot"]

    async def create(self: Bots, **asked: Any) -> Any:
        try:
            return await sound(self, **asked)
        except Refusal:
            vars(Bots)["_keep"](self, vars(Bots)["_described"](self, asked["body"]))
            raise

    server.patch.setattr(Bots, "create_bot", create)


@fault(breaks="SCOPE-NO-EFFECT")
def half_a_change_of_a_persona(server: Server) -> None:
    """A change of a persona is refused for its dialog, and its prompt is kept."""
    sound: Any = vars(Personas)["_change"]

    def change(self: Personas, persona_id: str, wanted: dict[str, Any]) -> Any:
        try:
            return sound(self, persona_id, wanted)
        except Refusal:
            persona = vars(Personas)["_persona"](self, persona_id)
            vars(Personas)["_keep"](self, persona, system_prompt=wanted.get("system_prompt") or "")
            raise

    server.patch.setattr(Personas, "_change", change)
