"""The names of one contract: each operation, tag, schema, scope and parameter has its own name in generated code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from astrbot_generator.grammar import METHODS
from astrbot_generator.names import (
    class_name,
    constant,
    distinct,
    free_name,
    module_name,
    operation_name,
    parameter_name,
    protocol_name,
    snake,
)
from astrbot_generator.quoted_text import Identifier
from astrbot_generator.read import Table
from astrbot_generator.reserved_names import ARGUMENTS, server_package, service_module

Pair = tuple[str, str]


class ContractNames:
    """The names that generated code uses for the parts of a contract."""

    def __init__(self, document: Table) -> None:
        everything = list(each_operation(document))
        self.ids = operation_ids(document)
        """(method, path) -> id."""
        self.classes = class_names(document)
        """Component schema -> class."""
        self.methods = distinct(self.ids.values(), snake, service_module())
        """Operation id -> method of its service."""
        tags = [tag_of(operation) for *_, operation in everything]
        self.modules = distinct([*_declared_tags(document), *tags], module_name, server_package())
        """Tag -> module of its service."""
        self.protocols = distinct(self.modules, protocol_name, service_module(), joint="")
        """Tag -> protocol of its service."""

    def refusal(self, function: Identifier) -> Identifier:
        """Returns the name of the method that returns the event for a rejected connection or message of a WebSocket."""
        return free_name(f"refuse_{function}", self.methods.values())


def each_operation(document: Table) -> Iterator[tuple[str, str, Table, Table]]:
    """Yields the operations of a contract in order: (method, path, path item, operation)."""
    for path, item in (document.get("paths") or {}).items():
        methods = METHODS if isinstance(item, Table) and path.startswith("/") else ()
        yield from ((method, path, item, item[method]) for method in methods if isinstance(item.get(method), Table))


def operation_ids(document: Table) -> dict[Pair, str]:
    """Returns the id of each operation by method and path; an id that is not declared is derived from the two."""
    declared = {(method, path): operation.get("operationId") for method, path, _, operation in each_operation(document)}
    ids = {pair: str(identity) for pair, identity in declared.items() if identity}
    taken = set(ids.values())
    for pair in declared:
        if pair not in ids:
            ids[pair] = free_name(operation_name(*pair), taken)
            taken.add(ids[pair])
    return {pair: ids[pair] for pair in declared}


def class_names(document: Any) -> dict[str, Identifier]:
    """Returns the class of each component schema."""
    return distinct((document.get("components") or {}).get("schemas") or {}, class_name, joint="")


def scope_members(scopes: Iterable[str]) -> dict[str, Identifier]:
    """Returns the enum member of each scope."""
    return distinct(scopes, constant)


def argument_names(parameters: Iterable[Pair]) -> dict[Pair, Identifier]:
    """Returns the argument for each parameter, given by location and name.

    If parameters in two locations have the same name, the location is appended to the second one.
    """
    ordered = list(dict.fromkeys(parameters))
    names: dict[Pair, Identifier] = {}
    given: set[str] = set()
    for pair in sorted(ordered, key=lambda pair: pair[1] != parameter_name(pair[1])):
        location, name = pair
        wanted = parameter_name(name)
        if location == "path" and not wanted.isascii():  # a route accepts ASCII only
            wanted = Identifier("path_value")
        free = free_name(wanted, given, ARGUMENTS)
        if any(other == name for _, other in names) and free != wanted:
            free = free_name(f"{wanted}_{location}", given, ARGUMENTS)
        given.add(free)
        names[pair] = free
    return {pair: names[pair] for pair in ordered}


def tag_of(operation: Table) -> str:
    """Returns the tag of an operation: its first one, or `default`."""
    return str((operation.get("tags") or ["default"])[0])


def _declared_tags(document: Table) -> list[str]:
    return [str(tag["name"]) for tag in document.get("tags") or ()]
