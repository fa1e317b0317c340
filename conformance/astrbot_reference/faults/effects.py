"""Faults in when a request is refused: after it was done."""

from __future__ import annotations

from functools import partial

from astrbot_api.operations import BY_ID

from .server import Fault, Server

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
