"""Rules for operations: ids, parameters and scopes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from astrbot_generator.errors import Position, Problem
from astrbot_generator.grammar import METHODS
from astrbot_generator.names import LONGEST_MODULE, method_name, module_name, operation_name
from astrbot_generator.plan_parameters import unservable
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of
from astrbot_generator.resolve import resolve
from astrbot_generator.scope_rules import is_sub_scope, plain_scopes

SIDE_EFFECTS = ("read", "write", "destructive", "external")
REFUSALS = ("status", "envelope")


def each_operation(document: Table) -> Iterator[tuple[str, str, Table, Table]]:
    """Yields the operations of a contract in order: (method, path, path item, operation)."""
    for path, item in (document.get("paths") or {}).items():
        methods = METHODS if isinstance(item, Table) and path.startswith("/") else ()
        yield from ((method, path, item, item[method]) for method in methods if isinstance(item.get(method), Table))


def operation_id(method: str, path: str, operation: Table) -> str:
    """Returns the id of an operation; derived from method and path if it has none."""
    return str(operation.get("operationId") or operation_name(method, path))


def operation_problems(document: Table) -> Iterator[Problem]:
    """Yields the problems of the operations of a contract."""
    ids: dict[str, Position] = {}
    names: dict[str, str] = {}
    modules: dict[str, str] = {}
    everything = list(each_operation(document))
    for method, path, item, operation in everything:
        pointer = join("/paths", path, method)
        identity = operation_id(method, path, operation)
        position = position_of(operation, "operationId")
        if identity in ids:
            wrong = f"the operationId `{identity}` is already used at {ids[identity]}"
            yield Problem(position, join(pointer, "operationId"), wrong, "give each operation a unique id")
        elif names.setdefault(method_name(identity), identity) != identity:
            name = method_name(identity)
            wrong = f"`{identity}` and `{names[name]}` would both become the method `{name}`"
            yield Problem(position, join(pointer, "operationId"), wrong, "rename one of them")
        ids.setdefault(identity, position)
        tag = str((operation.get("tags") or ["default"])[0])
        if modules.setdefault(module_name(tag), tag) != tag:
            wrong = (
                f"the tags `{tag}` and `{modules[module_name(tag)]}` would both become the module `{module_name(tag)}`"
            )
            yield Problem(position_of(operation, "tags"), join(pointer, "tags"), wrong, "rename one of them")
        elif len(module_name(tag).encode()) > LONGEST_MODULE:
            wrong = f"the tag `{tag}` is too long for a module name"
            yield Problem(position_of(operation, "tags"), join(pointer, "tags"), wrong, "choose a shorter tag")
        yield from _parameter_problems(document, path, item, operation, pointer)
        yield from _scope_problems(document, operation, pointer)
        yield from _sub_scope_problems(document, operation, pointer)
        yield from _word_problems(operation, pointer)
    for method, path, _, operation in everything:
        other = operation.get("x-alias-of")
        if other is not None and other not in ids:
            pointer = join("/paths", path, method, "x-alias-of")
            wrong = f"alias of `{other}`, which is not an operation"
            yield Problem(position_of(operation, "x-alias-of"), pointer, wrong, "name an operationId of the contract")


def parameters_of(document: Table, item: Table, operation: Table) -> Iterator[tuple[Table, Position]]:
    """Yields the parameters of an operation, then those of its path item: (parameter, position of its entry)."""
    seen: set[tuple[Any, Any]] = set()
    for holder in (operation, item):
        listed = holder.get("parameters") or Row(holder.position)
        for index, entry in enumerate(listed):
            parameter = resolve(document, entry)
            key = (parameter.get("name"), parameter.get("in"))
            if key not in seen:
                seen.add(key)
                yield parameter, position_of(listed, index)


def _parameter_problems(document: Table, path: str, item: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    wanted = re.findall(r"\{([^}]*)\}", path)
    declared: list[str] = []
    for parameter, position in parameters_of(document, item, operation):
        if parameter.get("in") == "path":
            declared.append(str(parameter.get("name")))
            if parameter.get("name") not in wanted:
                wrong = f"the path has no `{{{parameter.get('name')}}}`"
                yield Problem(position, join(pointer, "parameters"), wrong, "use a name from the path")
        reason = unservable(document, parameter)
        if reason:
            wrong = f"{reason} cannot be served: `{parameter.get('name')}`"
            yield Problem(
                position, join(pointer, "parameters"), wrong, "use a string, a number, or a list in the query"
            )
    for name in wanted:
        if name not in declared:
            wrong = f"the path's `{{{name}}}` is not declared"
            yield Problem(operation.position, pointer, wrong, "declare it as a parameter in `path`")


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
        yield Problem(
            position, where, f"{len(roles)} scopes ({', '.join(roles)})", "require the same one in every alternative"
        )


def _sub_scope_problems(document: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    """Yields entries of `x-sub-scopes` that are not sub-scopes, or that do not say when they are needed."""
    if "x-sub-scopes" not in operation:
        return
    asked, scopes = operation["x-sub-scopes"], document.get("x-scopes")
    if not isinstance(asked, Table):
        remedy = "map each to when it is needed: `{chat:admin: For …}`"
        yield Problem(position_of(operation, "x-sub-scopes"), join(pointer, "x-sub-scopes"), "not a mapping", remedy)
        return
    for name, sentence in asked.items():
        where = join(pointer, "x-sub-scopes", name)
        if not isinstance(scopes, Table) or not is_sub_scope(scopes.get(name)):
            remedy = "name a scope that has `requires` in `x-scopes`"
            yield Problem(position_of(asked, name), where, f"`{name}` is not a sub-scope", remedy)
        if not isinstance(sentence, str) or not sentence.strip():
            wrong = f"`{name}` does not say when it is needed"
            yield Problem(position_of(asked, name), where, wrong, "describe the inputs in one sentence")


def _word_problems(operation: Table, pointer: str) -> Iterator[Problem]:
    for word, known in (("x-side-effect", SIDE_EFFECTS), ("x-refusal", REFUSALS)):
        if word in operation and operation[word] not in known:
            wrong = f"unknown value `{word}: {operation[word]}`"
            yield Problem(position_of(operation, word), join(pointer, word), wrong, f"use one of {', '.join(known)}")
