"""Faults in the body of a response, derived from its schema: each changes something that the schema requires."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

from astrbot_api import releases
from astrbot_api.operation import Operation

from .server import Answer, Fault, Server, family

Change = Callable[[dict[str, Any], str], None]  # changes one member of an object

WRONG = [{"not": "expected"}]  # fits the schema of no member


def _missing(owner: dict[str, Any], name: str) -> None:
    if name != "data":  # without it the body is not an envelope
        del owner[name]


def _null(owner: dict[str, Any], name: str) -> None:
    owner[name] = None


def _of_wrong_type(owner: dict[str, Any], name: str) -> None:
    owner[name] = WRONG


def _enveloped_twice(operation: Operation, server: Server) -> None:
    def wrap(status: int, content: Any) -> Answer:
        return status, {**content, "data": {**content}} if status == 200 and "data" in content else content

    server.answers[str(server.contract.by_id[operation.id])] = wrap


def _changed(change: Change, operation: Operation, server: Server) -> None:
    served = server.contract.by_id[operation.id]
    pointer = next(answer.pointer for answer in served.answers if answer.status == "200" and answer.pointer)

    def spoil(status: int, content: Any) -> Answer:
        if status != 200 or content.get("status") != "ok":
            return status, content
        for spoilt in _spoilt(content, change):
            if not server.contract.validator_at(pointer).is_valid(spoilt):
                return status, spoilt
        return status, content

    server.answers[str(served)] = spoil


def _spoilt(content: Any, change: Change) -> Iterator[Any]:
    """The body with one member of its data changed: each member in turn, the deepest first."""
    members = [path for path in _members(content, ()) if path[0] == "data" and isinstance(path[-1], str)]
    for path in sorted(members, key=len, reverse=True):
        copy = deepcopy(content)
        owner = copy
        for step in path[:-1]:
            owner = owner[step]
        change(owner, path[-1])
        yield copy


def _members(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield (*path, name)
            yield from _members(member, (*path, name))
    elif isinstance(value, list) and value:
        yield from _members(value[0], (*path, 0))


def _family(
    kind: str, line: str, put: Callable[[Operation, Server], None], *ids: str, since: str = releases.BASE
) -> tuple[Fault, ...]:
    operations = [releases.contract(since).by_id[id] for id in ids]
    return family(kind, "SHAPE-BODY", f"The response of {{}} {line}.", operations, put, since=since)


_missing_in = partial(_family, "missing-in", "lacks a required member", partial(_changed, _missing))
_null_in = partial(_family, "null-in", "contains a null that its schema does not allow", partial(_changed, _null))
_wrong_type_in = partial(
    _family, "wrong-type-in", "contains a value of a wrong type", partial(_changed, _of_wrong_type)
)

MISSING = _missing_in(
    "list_bot_types",
    "get_provider_schema",
    "get_active_t2i_template",
    "upload_plugin_config_files",
    "promote_neo_candidate",
    "get_plugin_page",
)
NULL = _null_in("get_persona_tree", "list_config_profiles", "list_skills", "create_chat_thread", "reload_failed_plugin")
WRONG_TYPE = _wrong_type_in(
    "list_mcp_servers", "list_subagent_tools", "list_personas", "test_provider", "list_project_sessions"
)
TWICE = _family("two-envelopes-in", "has two envelopes", _enveloped_twice, "list_chat_configs", "list_mcp_servers")
MISSING_LATER = _missing_in("get_conversation", "begin_upload", "get_plugin_view", since=releases.NEWEST)
NULL_LATER = _null_in("create_session_group", "list_workspace_files", since=releases.NEWEST)
WRONG_TYPE_LATER = _wrong_type_in(
    "set_session_provider", "get_upload_status", "set_plugin_log_level", since=releases.NEWEST
)
