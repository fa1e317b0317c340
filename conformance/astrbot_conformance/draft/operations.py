"""The operations that a published document adds to a contract, removes from it, or declares with other scopes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.draft.overlay import Action, quoted, references, removal
from astrbot_conformance.http.published_document import NAMED, Document, followed, listed, nameless, ways_to
from astrbot_conformance.json_value import as_list, as_object
from astrbot_conformance.preflight.declared_access import declared_scopes

TODO = "TODO"
SIDE_EFFECTS = {"GET": "read", "DELETE": "destructive"}  # a guess; other methods write
SECTIONS = ("schemas", "responses", "parameters")
PLAIN_TYPES = ("string", "integer", "number", "boolean")
GENERATED_ID = re.compile(r"_api_v1_.*")  # what FastAPI appends to the name of a function


def operation_changes(contract: Contract, published: Any) -> Iterator[Action]:
    """The actions for operations that are new, gone or require another scope, and for components without references."""
    document = as_object(published)
    entries = listed(document)
    known = {(one.method, nameless(one.path)): one for one in contract.operations}
    gone = _gone(contract, entries)
    yield from _removals(contract, gone)
    sockets = {(one.method, nameless(one.path)) for one in contract.websockets}
    added = [
        (at, entry)
        for at, entry in entries.items()
        if at not in known.keys() | sockets and entry["path"].startswith("/api/v1/")
    ]
    used = {one.id for one in contract.operations if one not in gone}
    for (method, _), entry in added:
        yield _addition(method, entry, document, contract, used)
    for at, one in known.items():
        if at in entries and (scopes := declared_scopes(entries[at], document)):
            yield from _other_scope(one, scopes[0], contract)


def _gone(contract: Contract, entries: Mapping[tuple[str, str], Document]) -> list[Operation]:
    """The operations that the document no longer lists by any path, with their aliases.

    AstrBot never lists some groups of operations. So an operation counts only if others of its group are listed.
    """
    groups = {path.split("/")[3] for _, path in entries if path.startswith("/api/v1/")}
    firsts = [one for one in contract.operations if not one.public and not one.alias_of]
    gone = {
        one.id for one in firsts if one.path.split("/")[3] in groups and not entries.keys() & ways_to(one, contract)
    }
    return [one for one in contract.operations if one.id in gone or one.alias_of in gone]


def _removals(contract: Contract, gone: list[Operation]) -> Iterator[Action]:
    """The removal of operations, of paths without operations, and of components that nothing refers to any more."""
    if not gone:
        return
    document = contract.document()
    paths = {path: dict(item) for path, item in document["paths"].items()}
    for one in gone:
        del paths[one.path][one.method.lower()]
        comment = f"{one.id}: the document does not list it. {TODO}: check that it is gone."
        if any(name in paths[one.path] for name in ("get", "put", "post", "patch", "delete")):
            yield removal(f"$.paths{quoted(one.path, one.method.lower())}", comment)
        else:
            del paths[one.path]
            yield removal(f"$.paths{quoted(one.path)}", comment)
    for section, name in _abandoned(document | {"paths": paths}):
        yield removal(f"$.components.{section}{quoted(name)}")


def _abandoned(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The components that nothing refers to, and then those that only these refer to."""
    components = {section: dict(document["components"].get(section, {})) for section in SECTIONS}
    while True:
        used = set(references({**document, "components": components}))
        unused = [
            (section, name)
            for section, named in components.items()
            for name in named
            if f"#/components/{section}/{name}" not in used
        ]
        if not unused:
            return
        for section, name in unused:
            del components[section][name]
            yield section, name


def _addition(method: str, entry: Document, document: Document, contract: Contract, used: set[str]) -> Action:
    path = str(entry["path"])
    neighbour = max(contract.operations, key=lambda one: _likeness(one.path, path))
    scopes = declared_scopes(entry, document)
    scope = next((scope for scope in scopes if scope in contract.scopes), None)
    own_id = _unused(GENERATED_ID.sub("", str(entry.get("operationId") or "")) or f"{method}{path}", used)
    operation: dict[str, Any] = {
        "operationId": own_id,
        "tags": [neighbour.tag],
        "summary": str(entry.get("summary") or TODO),
        "security": _security(scope, scopes, neighbour, contract),
        "x-side-effect": SIDE_EFFECTS.get(method, "write"),
        "x-refusal": neighbour.refusal,
    }
    if parameters := list(_query_parameters(entry, document)):
        operation["parameters"] = parameters
    if entry.get("requestBody"):
        content = {"application/json": {"schema": {"type": "object", "additionalProperties": True}}}
        operation["requestBody"] = {"required": True, "content": content}
    operation["responses"] = _responses(scope)
    item: dict[str, Any] = {method.lower(): operation}
    if path not in contract.document()["paths"] and NAMED.findall(path):
        item = {"parameters": [_path_parameter(name) for name in dict.fromkeys(NAMED.findall(path))], **item}
    stated = ", ".join(scopes) or "none"
    comment = (
        f"{own_id}: {TODO}: the effect, the way of refusing, the body and the response. Published scope: {stated}."
    )
    return Action("$.paths", "update", {path: item}, comment)


def _likeness(path: str, other: str) -> int:
    """The number of words at the beginning of two paths that are equal."""
    pairs = list(zip(path.split("/"), other.split("/"), strict=False))
    return next((number for number, (one, two) in enumerate(pairs) if one != two), len(pairs))


def _unused(name: str, used: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()).strip("_") or "operation"
    while plain in used:
        plain += "_again"
    used.add(plain)
    return plain


def _security(scope: str | None, declared: tuple[str, ...], neighbour: Operation, contract: Contract) -> list[Any]:
    if scope:
        return [{"BearerKey": [str(scope)]}, {"HeaderKey": [str(scope)]}]
    area = next((one for one in declared if one in contract.closed_scopes), None)
    return [{"DashboardToken": [area or neighbour.closed_scope or contract.closed_scopes[-1]]}]


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": TODO}


def _query_parameters(entry: Document, document: Document) -> Iterator[dict[str, Any]]:
    for one in (followed(one, document) for one in as_list(entry["parameters"])):
        if one.get("in") == "query" and isinstance(one.get("name"), str):
            kind = followed(one.get("schema"), document).get("type")
            schema = {"type": kind if kind in PLAIN_TYPES else "string"}
            required = {"required": True} if one.get("required") is True else {}
            yield {"name": one["name"], "in": "query", **required, "schema": schema, "description": TODO}


def _responses(scope: str | None) -> dict[str, Any]:
    ok = {"description": TODO, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ok"}}}}
    return {
        "200": ok if scope else {"$ref": "#/components/responses/DashboardAnswer"},
        "401": {"$ref": "#/components/responses/Unauthorized"},
        "403": {"$ref": "#/components/responses/InsufficientScope"},
    }


def _other_scope(operation: Operation, scope: str, contract: Contract) -> Iterator[Action]:
    if scope == (operation.scope or operation.closed_scope) or operation.public:
        return
    if scope not in (*contract.scopes, *contract.closed_scopes):
        return
    target = f"$.paths{quoted(operation.path, operation.method.lower())}"
    names = ("BearerKey", "HeaderKey") if scope in contract.scopes else ("DashboardToken",)
    comment = f"{operation.id}: the document requires the scope {scope}. {TODO}: check it."
    yield removal(f"{target}.security", comment)
    yield Action(target, "update", {"security": [{name: [str(scope)]} for name in names]})
