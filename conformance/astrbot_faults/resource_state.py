"""Faults in a check that depends on the resource: it checks credentials for some resources and not for others."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID
from astrbot_reference.plugin_sources import SOURCES, called
from astrbot_reference.stores.store import JsonObject, Store
from starlette.types import Scope

from .auth import let_revoked_in
from .server import Credentials, Fault, Request, Scopes, Server, fault

Who = Literal["any key", "no key", "an unknown key", "a revoked key"]
Forgets = Callable[[Operation], bool]  # whether the current request is authorized without a check

NAMED: ContextVar[frozenset[str]] = ContextVar("NAMED")
"""Every string in the path, the query and the body of the current request: one of them is the id."""


def _forget(server: Server, who: Who, forgets: Forgets) -> None:
    """Authorize a credential for requests that are not checked."""
    if who == "any key":
        server.scopes = lambda operation, held: server.everything if forgets(operation) else held
        return
    if who == "a revoked key":
        let_revoked_in(server, lambda operation, _: forgets(operation))
        return

    def authorized(operation: Operation, given: Credentials) -> Scopes | None:
        is_meant = any(given.values()) is (who == "an unknown key")
        return server.everything if is_meant and forgets(operation) else None

    server.strangers = authorized


def _reads_names(server: Server) -> None:
    """Keep the strings of each request in NAMED."""

    def form(scope: Scope) -> Scope:
        query = [value for _, value in parse_qsl(scope["query_string"].decode("latin-1"))]
        NAMED.set(frozenset(text for text in (*map(unquote, scope["path"].split("/")), *query) if text.isprintable()))
        return scope

    def note(request: Request) -> bool:
        with suppress(ValueError, RecursionError):  # no JSON, or nested too deeply
            NAMED.set(NAMED.get() | frozenset(_texts(json.loads(request.body))))
        return False  # it crashes on nothing

    server.forms, server.crashes = form, note


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.isprintable():
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def _stores(server: Server) -> list[Store]:
    """A list that holds the store of the server as soon as the server has one."""
    stores = list[Store]()

    @server.override
    class Noted(Store):
        def __init__(self, url: str = "sqlite://", *, sleep: Callable[[float], None] = time.sleep) -> None:
            super().__init__(url, sleep=sleep)
            stores.append(self)

    return stores


def _exists(kind: str, store: Store) -> bool:
    """Whether the request names a resource of that kind that exists."""
    if kind == "plugin_source":
        return any(called(source) in NAMED.get() for source in store.setting(SOURCES, []))
    return any(store.get(kind, name) is not None for name in NAMED.get())


def _if_it_exists(ids: frozenset[str], kind: str, who: Who, server: Server) -> None:
    _reads_names(server)
    stores = _stores(server)
    _forget(server, who, lambda operation: operation.id in ids and _exists(kind, stores[-1]))


def _fault(name: str, kind: str, ids: str, who: Who = "any key") -> Fault:
    operations = ids.split()
    noun = kind.replace("_", " ")
    told = " and ".join(f"`{BY_ID[id]}`" for id in operations)
    return Fault(
        name,
        "SCOPE-REQUIRED" if who == "any key" else "AUTH-REQUIRED",
        f"If the {noun} exists, {told} authorizes {who}.",
        partial(_if_it_exists, frozenset(operations), kind, who),
        operations[0],
    )


IF_IT_EXISTS = (
    _fault("existing-bot-removed-by-any-key", "bot", "delete_bot"),
    _fault("existing-bot-switched-by-any-key", "bot", "set_bot_enabled_by_id"),
    _fault("existing-provider-read-by-any-key", "provider", "get_provider"),
    _fault("existing-provider-removed-by-any-key", "provider", "delete_provider_by_id"),
    _fault("existing-provider-source-changed-by-any-key", "provider_source", "replace_provider_source"),
    _fault("existing-persona-changed-by-any-key", "persona", "update_persona update_persona_by_id"),
    _fault("existing-folder-removed-by-any-key", "persona_folder", "delete_persona_folder"),
    _fault("existing-profile-renamed-by-any-key", "config_profile", "rename_config_profile"),
    _fault("existing-template-read-by-any-key", "t2i_template", "get_t2i_template"),
    _fault("existing-project-read-by-any-key", "chat_project", "get_chat_project"),
    _fault("existing-session-read-by-any-key", "chat_session", "get_chat_session"),
    _fault("existing-skill-file-read-by-any-key", "skill", "get_skill_file"),
    _fault("existing-skill-removed-by-any-key", "skill", "delete_skill delete_skill_by_name"),
    _fault("existing-plugin-configured-by-any-key", "plugin", "set_plugin_config"),
    _fault("existing-plugin-source-removed-by-any-key", "plugin_source", "delete_plugin_source"),
    _fault("existing-mcp-server-switched-by-any-key", "mcp_server", "set_mcp_server_enabled"),
    _fault("existing-provider-removed-without-a-key", "provider", "delete_provider_by_id", "no key"),
    _fault("existing-skill-read-without-a-key", "skill", "list_skill_files", "no key"),
    _fault("existing-bot-read-by-an-unknown-key", "bot", "get_bot_by_id", "an unknown key"),
    _fault("existing-template-changed-by-an-unknown-key", "t2i_template", "replace_t2i_template", "an unknown key"),
    _fault("existing-persona-removed-by-a-revoked-key", "persona", "delete_persona", "a revoked key"),
    _fault("existing-profile-changed-by-a-revoked-key", "config_profile", "update_config_profile", "a revoked key"),
)


@fault(breaks="SCOPE-REQUIRED")
def providers_listed_by_any_key(server: Server) -> None:
    """Any key can list the providers as soon as there is one."""
    stores = _stores(server)
    _forget(server, "any key", lambda operation: operation.id == "list_providers" and bool(stores[-1].all("provider")))


@fault(breaks="SCOPE-REQUIRED")
def guard_remembers_the_resource(server: Server) -> None:
    """Once a key has used a bot, any key can use it."""
    _reads_names(server)
    known, stores = set[str](), _stores(server)

    def scopes(operation: Operation, held: Scopes) -> Scopes:
        if operation.tag != "bots":
            return held
        mine = {name for name in NAMED.get() if stores[-1].get("bot", name) is not None}
        if operation.scope in server.contract.closure(held):
            known.update(mine)
            return held
        return server.everything if mine & known else held

    server.scopes = scopes


@fault(breaks="SCOPE-REQUIRED")
def new_templates_are_unguarded(server: Server) -> None:
    """Any key can change and delete templates that were created since the server started."""
    _reads_names(server)
    made = set[str]()

    @server.override
    class Noted(Store):
        def put(self, kind: str, id: str, value: JsonObject) -> None:
            if kind == "t2i_template" and self.get(kind, id) is None:
                made.add(id)
            super().put(kind, id, value)

    ids = {"replace_t2i_template", "delete_t2i_template"}
    _forget(server, "any key", lambda operation: operation.id in ids and bool(NAMED.get() & made))
