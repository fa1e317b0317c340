"""Faults in operations that the server publishes and the contract does not contain.

Each forwards to an operation of the contract, so it authorizes keys with the scope of that operation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Scope

from .server import Answer, Server, fault

PATH, BEHIND = "/api/v1/widgets", "/api/v1/bots"  # widgets are bots by another name
BOT = frozenset({"bot"})
ON_WIDGETS: ContextVar[bool] = ContextVar("ON_WIDGETS")  # whether the current request is for widgets
KEY_HEADERS = frozenset({b"authorization", b"x-api-key"})
OBJECT_BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
ID = {"name": "widget_id", "in": "path", "required": True, "schema": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Published:
    """An operation beyond the contract.

    says: its entry in the document. path: its path in the document. method: its method, and that of the operation
    `behind`, the path that requests are forwarded to. opens: whether a request is authorized without a check.
    """

    says: Mapping[str, Any] = field(default_factory=dict)
    path: str = PATH
    method: str = "GET"
    behind: str = BEHIND
    opens: Callable[[Scope], bool] = lambda _: False

    def put_into(self, server: Server) -> None:
        """Publish it, and forward its requests."""

        def document(status: int, content: Any) -> Answer:
            entry = {"summary": "Widgets", "responses": {}, **self.says}
            item = content["paths"].get(self.path, {}) | {self.method.lower(): entry}
            return status, content | {"paths": content["paths"] | {self.path: item}}

        def form(asked: Scope) -> Scope:
            if not taken.fullmatch(asked["path"]) or asked["method"] not in methods:
                return asked
            led = dict(asked) | {"path": self.behind, "raw_path": self.behind.encode(), "method": self.method}
            return led | {"trusted": True} if self.opens(asked) else dict(led, method=asked["method"])

        methods = {self.method, "HEAD"} if self.method == "GET" else {self.method}
        taken = re.compile(re.sub(r"\{\w+\}", "[^/]+", self.path))
        server.answers["GET /api/v1/openapi.json"] = document
        server.forms = form


@fault(breaks="BEYOND-AUTH")
def beyond_open_to_everybody(server: Server) -> None:
    """An operation that is published with a scope requires no key."""
    Published({"x-astrbot-scope": "bot"}, opens=lambda asked: not _shows_a_key(asked)).put_into(server)


@fault(breaks="BEYOND-AUTH")
def beyond_open_to_invented_keys(server: Server) -> None:
    """An operation that is published with a scope authorizes a key that was never created."""
    Published({"x-astrbot-scope": "bot"}).put_into(server)
    lead = server.forms

    def noted(asked: Scope) -> Scope:
        ON_WIDGETS.set(asked["path"] == PATH)
        return lead(asked)

    server.forms = noted
    server.strangers = lambda _, presented: BOT if ON_WIDGETS.get() and any(presented.values()) else None


@fault(breaks="BEYOND-SCOPE")
def beyond_with_another_scope(server: Server) -> None:
    """An operation requires another scope than the document says."""
    Published({"x-astrbot-scope": "persona"}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_with_another_role(server: Server) -> None:
    """An operation requires another scope than the roles in its security requirement."""
    Published({"security": [{"BearerKey": ["im"]}, {"HeaderKey": ["im"]}]}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_without_a_scope(server: Server) -> None:
    """A new operation that is published without a scope authorizes keys of another scope."""
    Published().put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_open_to_every_key(server: Server) -> None:
    """A new operation that is published without a scope authorizes every developer key."""
    Published(opens=_shows_a_key).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_with_an_empty_list(server: Server) -> None:
    """A new operation is published with an empty list of scopes but authorizes keys."""
    Published({"x-astrbot-scope": [], "security": [{"BearerKey": []}, {"HeaderKey": []}]}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_with_an_unknown_scope(server: Server) -> None:
    """A new operation is published with a scope that no key can hold, and authorizes keys of another scope."""
    Published({"x-astrbot-scope": "widgets"}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_of_a_closed_area(server: Server) -> None:
    """A new operation is published in a closed area but authorizes keys."""
    Published({"x-astrbot-scope": "system"}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_for_the_dashboard(server: Server) -> None:
    """A new operation is published for dashboard tokens only but authorizes keys."""
    Published({"security": [{"DashboardToken": []}]}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_public_in_the_document(server: Server) -> None:
    """A new operation is published as public, rejects requests without a key, and authorizes keys."""
    Published({"security": []}).put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_below_an_id(server: Server) -> None:
    """A new operation on one resource is published without a scope and authorizes keys before it finds none."""
    Published({"parameters": [ID]}, path=f"{PATH}/{{widget_id}}", behind=f"{BEHIND}/conform-none-1").put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_by_another_method(server: Server) -> None:
    """A path of the contract has a new method that is published without a scope, and authorizes keys."""
    says = {"requestBody": OBJECT_BODY}
    Published(says, path="/api/v1/skills", method="PUT", behind="/api/v1/config-routes").put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_under_another_prefix(server: Server) -> None:
    """A new operation below `/api/v2` is published without a scope, and authorizes keys."""
    Published(path="/api/v2/widgets").put_into(server)


@fault(breaks="BEYOND-SCOPE")
def beyond_that_removes(server: Server) -> None:
    """A new operation that deletes a resource is published without a scope and authorizes keys."""
    behind = f"{BEHIND}/conform-none-1"
    Published({"parameters": [ID]}, f"{PATH}/{{widget_id}}", method="DELETE", behind=behind).put_into(server)


@fault(breaks="BEYOND-FORMS")
def beyond_open_to_head(server: Server) -> None:
    """An operation outside the contract accepts HEAD without a key."""
    Published({"x-astrbot-scope": "bot"}, opens=lambda asked: asked["method"] == "HEAD").put_into(server)


@fault(breaks="BEYOND-FORMS")
def beyond_open_by_header(server: Server) -> None:
    """An operation outside the contract accepts any key in `X-API-Key`."""
    Published({"x-astrbot-scope": "bot"}, opens=lambda asked: b"x-api-key" in _named(asked)).put_into(server)


def _shows_a_key(asked: Scope) -> bool:
    return bool(KEY_HEADERS & _named(asked))


def _named(asked: Scope) -> set[bytes]:
    return {name for name, _ in asked["headers"]}
