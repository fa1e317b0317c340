"""Rules for operations: ids, parameters and scopes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from astrbot_generator.contract_names import each_operation, operation_ids
from astrbot_generator.errors import Position, Problem
from astrbot_generator.names import path_parameters
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of, problem_at
from astrbot_generator.resolve import resolve
from astrbot_generator.scope_rules import is_sub_scope, plain_scopes
from astrbot_generator.socket_rules import socket_problems

SIDE_EFFECTS = ("read", "write", "destructive", "external")
IGNORED_HEADERS = ("accept", "content-type", "authorization")
"""Header parameters that OpenAPI says to ignore: media types and `security` describe them."""
REFUSALS = ("status", "envelope")


def operation_problems(document: Table) -> Iterator[Problem]:
    """Yields the problems of the operations of a contract."""
    everything = list(each_operation(document))
    yield from _id_problems(document, everything)
    for method, path, item, operation in everything:
        pointer = join("/paths", path, method)
        yield from _parameter_problems(document, path, item, operation, pointer)
        yield from _scheme_problems(document, operation, pointer)
        yield from _scope_problems(document, operation, pointer)
        yield from _sub_scope_problems(document, operation, pointer)
        yield from _word_problems(operation, pointer)
        yield from socket_problems(method, item, operation, pointer)


def _id_problems(document: Table, everything: list[tuple[str, str, Table, Table]]) -> Iterator[Problem]:
    """Yields ids that two operations have, and aliases of unknown ids."""
    ids: dict[str, Position] = {}
    identities = operation_ids(document)
    for method, path, _, operation in everything:
        identity = identities[method, path]
        if identity in ids:
            wrong = f"the operationId `{identity}` is already used at {ids[identity]}"
            pointer = join("/paths", path, method)
            yield problem_at(operation, "operationId", pointer, wrong, "give each operation a unique id")
        ids.setdefault(identity, position_of(operation, "operationId"))
    for method, path, _, operation in everything:
        other = operation.get("x-alias-of")
        if other is not None and other not in ids:
            wrong, remedy = f"alias of `{other}`, which is not an operation", "name an operationId of the contract"
            yield problem_at(operation, "x-alias-of", join("/paths", path, method), wrong, remedy)


class Declared(NamedTuple):
    """A parameter of an operation, and where it is declared."""

    parameter: Table
    position: Position
    pointer: str
    """JSON pointer of the parameter, beginning with `#`."""


def parameters_of(document: Table, item: Table, operation: Table, pointer: str) -> list[Declared]:
    """Returns the parameters of the operation at this pointer, then those of its path item that it does not replace."""
    found: dict[tuple[Any, Any], Declared] = {}
    for holder, start in ((operation, pointer), (item, pointer.rpartition("/")[0])):
        listed = holder.get("parameters") or Row(holder.position)
        for index, entry in enumerate(listed):
            parameter = resolve(document, entry)
            if parameter.get("in") == "header" and str(parameter.get("name")).lower() in IGNORED_HEADERS:
                continue
            where = str(entry.get("$ref") or "#" + join(start, "parameters", index))
            key = (parameter.get("name"), parameter.get("in"))
            found.setdefault(key, Declared(parameter, position_of(listed, index), where))
    return list(found.values())


def _parameter_problems(document: Table, path: str, item: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    in_path = path_parameters(path)
    where = join(pointer, "parameters")
    declared = parameters_of(document, item, operation, pointer)
    for parameter, position, _ in declared:
        name = parameter.get("name")
        if parameter.get("in") == "path" and name not in in_path:
            yield Problem(position, where, f"the path has no `{{{name}}}`", "use a name from the path")
    known = {parameter.get("name") for parameter, _, _ in declared if parameter.get("in") == "path"}
    for name in in_path:
        if name not in known:
            wrong = f"the path's `{{{name}}}` is not declared"
            yield Problem(operation.position, pointer, wrong, "declare it as a parameter in `path`")


def _scheme_problems(document: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    """Yields the security schemes of an operation that the contract does not declare."""
    declared = (document.get("components") or {}).get("securitySchemes") or {}
    holder, where = (operation, pointer) if "security" in operation else (document, "")
    for name in dict.fromkeys(name for way in holder.get("security") or () for name in way):
        if name not in declared:
            wrong = f"the security scheme `{name}` is not declared"
            known = f"use one of {', '.join(declared)}, or add it" if declared else "add it"
            yield problem_at(holder, "security", where, wrong, f"{known} to `components/securitySchemes`")


def _scope_problems(document: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    """Yields a problem unless the operation requires exactly one scope, is in one closed area, or is public."""
    scopes = document.get("x-scopes")
    if not isinstance(scopes, Table):
        return
    known = [*plain_scopes(scopes), *(document.get("x-closed-scopes") or ())]
    holder = operation if "security" in operation else document
    where = join(pointer, "security")
    position = position_of(holder, "security") if "security" in holder else operation.position
    remedy = "write `[{BearerKey: [bot]}, …]` with one scope, or `[]` if the operation is public"
    if "security" not in holder:
        yield Problem(position, where, "no scope: `security` is missing", remedy)
        return
    alternatives = holder["security"]
    roles: list[str] = []
    for alternative in alternatives:
        own = [role for listed in alternative.values() for role in listed]
        if not own:
            yield Problem(position, where, "no scope: one of the alternatives requires none", remedy)
        roles += [role for role in own if role not in roles]
    for role in roles:
        if role not in known:
            what = "a sub-scope, which gives access to nothing by itself" if role in scopes else "not a scope"
            yield Problem(position, where, f"`{role}` is {what}", f"use one of {', '.join(known)}")
    if len(roles) > 1:
        wrong = f"{len(roles)} scopes ({', '.join(roles)})"
        yield Problem(position, where, wrong, "require the same one in every alternative")


def _sub_scope_problems(document: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    """Yields entries of `x-sub-scopes` that are not sub-scopes, or that do not say when they are needed."""
    if "x-sub-scopes" not in operation:
        return
    required, scopes = operation["x-sub-scopes"], document.get("x-scopes")
    if not isinstance(required, Table):
        remedy = "map each to when it is needed: `{chat:admin: For …}`"
        yield problem_at(operation, "x-sub-scopes", pointer, "not a mapping", remedy)
        return
    for name, sentence in required.items():
        where = join(pointer, "x-sub-scopes")
        if not isinstance(scopes, Table) or not is_sub_scope(scopes.get(name)):
            remedy = "name a scope that has `requires` in `x-scopes`"
            yield problem_at(required, name, where, f"`{name}` is not a sub-scope", remedy)
        if not isinstance(sentence, str) or not sentence.strip():
            wrong = f"`{name}` does not say when it is needed"
            yield problem_at(required, name, where, wrong, "describe the inputs in one sentence")


def _word_problems(operation: Table, pointer: str) -> Iterator[Problem]:
    for word, known in (("x-side-effect", SIDE_EFFECTS), ("x-refusal", REFUSALS)):
        if word in operation and operation[word] not in known:
            wrong = f"unknown value `{word}: {operation[word]}`"
            yield problem_at(operation, word, pointer, wrong, f"use one of {', '.join(known)}")
