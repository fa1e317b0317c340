"""Faults in when a request is refused: after it was done."""

from __future__ import annotations

from functools import partial

from astrbot_api.operations import BY_ID

from astrbot_reference.auth import Caller
from astrbot_reference.chat_projects import PROJECT, ChatProjects
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
