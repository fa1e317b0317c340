"""Faults in when a request is refused: after it was done."""

from __future__ import annotations

from functools import partial

from astrbot_api.operations import BY_ID

from .server import Fault, Server

ACTING = [
    "create_bot",
    "delete_provider_source",
    "update_persona",
    "delete_persona_folder",
    "rename_config_profile",
    "create_plugin_source",
    "delete_skill",
    "create_mcp_server",
    "chat",
    "send_im_message",
]


def _acts_first(id: str, server: Server) -> None:
    server.acts_first = lambda operation: operation.id == id


ACTS_FIRST = tuple(
    Fault(
        f"acts-first-{id}".replace("_", "-"),
        "SCOPE-NO-EFFECT",
        f"`{BY_ID[id]}` does what it is asked before it refuses the key.",
        partial(_acts_first, id),
    )
    for id in ACTING
)
