"""Faults that show a secret of one scope in a response to keys with another scope."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from typing import Any

from astrbot_reference.stores.store import Store

from .server import Answer, Fault, Server, fault

Data = Any
Show = Callable[[Data, Data], Data]  # the data of a response, and the resources that it shows too


def _leak(place: str, kind: str, show: Show, server: Server) -> None:
    """Add resources of a kind to the data of an operation."""
    stores = _stores(server)
    server.change_data(place, lambda data: show(data, stores[-1].all(kind)))


def _stores(server: Server) -> list[Store]:
    """A list that holds the store of the server as soon as the server has one."""
    stores = list[Store]()

    @server.override
    class Noted(Store):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            stores.append(self)

    return stores


def _beside(data: Data, shown: Data) -> Data:
    """Add a member to an object, or to each object of a list."""
    return [one | {"debug": shown} for one in data] if isinstance(data, list) else data | {"debug": shown}


def _as_text(data: Data, shown: Data) -> Data:
    return _beside(data, json.dumps(json.dumps(shown)))


def _as_base64(data: Data, shown: Data) -> Data:
    return _beside(data, b64encode(json.dumps(shown).encode()).decode())


def _as_hexadecimal(data: Data, shown: Data) -> Data:
    return _beside(data, json.dumps(shown).encode().hex())


def _fault(name: str, place: str, kind: str, show: Show) -> Fault:
    line = f"`{place}` contains every {kind.replace('_', ' ')}, with its secrets."
    return Fault(name, "SCOPE-SECRETS", line, partial(_leak, place, kind, show))


LEAKS = (
    _fault("skills-show-provider-sources", "GET /api/v1/skills", "provider_source", _beside),
    _fault("skills-show-providers-as-base64", "GET /api/v1/skills", "provider", _as_base64),
    _fault("im-bots-show-tokens", "GET /api/v1/im/bots", "bot", _as_text),
    _fault("personas-show-providers", "GET /api/v1/personas", "provider", _beside),
    _fault("projects-show-profiles", "GET /api/v1/chat/projects", "config_profile", _as_text),
    _fault("chat-profiles-show-bots", "GET /api/v1/chat/configs", "bot", _beside),
    _fault("mcp-servers-show-plugin-configuration", "GET /api/v1/mcp/servers", "plugin_config", _beside),
    _fault("plugins-show-personas", "GET /api/v1/plugins", "persona", _as_hexadecimal),
    _fault("plugin-sources-show-chats", "GET /api/v1/plugin-sources", "chat_history", _beside),
    _fault("providers-show-bots", "GET /api/v1/providers/schema", "bot", _as_text),
    _fault("bot-types-show-projects", "GET /api/v1/bot-types", "chat_project", _beside),
    _fault("templates-show-mcp-servers", "GET /api/v1/t2i/templates", "mcp_server", _beside),
)


@fault(breaks="SCOPE-SECRETS")
def refusals_quote_bots(server: Server) -> None:
    """The refusal of an IM message quotes the configuration of every bot."""
    stores = _stores(server)

    def quoting(status: int, body: Any) -> Answer:
        bots = json.dumps(stores[-1].all("bot"))
        return status, body | {"message": f"{body['message']} {bots}"} if status == 400 else body

    server.answers["POST /api/v1/im/message"] = quoting
