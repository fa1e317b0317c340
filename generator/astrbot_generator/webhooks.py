"""The operations of a contract that are not served: webhooks and callbacks, which the server itself calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.contract_names import each_operation, operation_ids
from astrbot_generator.errors import Problem
from astrbot_generator.grammar import METHODS
from astrbot_generator.pointer import join
from astrbot_generator.read import Table, position_of
from astrbot_generator.resolve import resolve

_NAMED = 3


def operations_for_models(document: Table, *, with_paths: bool) -> Iterator[tuple[str, Table, str]]:
    """Yields the id, the operation and the pointer of each webhook and callback, and of each operation if asked."""
    ids = operation_ids(document)
    for method, path, _, operation in each_operation(document) if with_paths else ():
        yield ids[method, path], operation, join("/paths", path, method)
    yield from webhooks(document)
    yield from callbacks(document)


def webhooks(document: Table) -> Iterator[tuple[str, Table, str]]:
    """Yields the id, the operation and the pointer of each webhook."""
    for name, item in (document.get("webhooks") or {}).items():
        yield from _methods(name, item, join("/webhooks", name))


def callbacks(document: Table) -> Iterator[tuple[str, Table, str]]:
    """Yields the id, the operation and the pointer of each callback."""
    for method, path, _, operation in each_operation(document):
        for name, declared in (operation.get("callbacks") or {}).items():
            refers = isinstance(declared, Table) and isinstance(declared.get("$ref"), str)
            start = declared["$ref"][1:] if refers else join("/paths", path, method, "callbacks", name)
            for expression, item in resolve(document, declared).items():
                yield from _methods(name, item, join(start, expression))


def not_served(document: Table) -> Iterator[Problem]:
    """Yields a note that names the webhooks and callbacks, for which only models are generated."""
    for kind, found in (("webhook", webhooks(document)), ("callback", callbacks(document))):
        names = list(dict.fromkeys(identity for identity, *_ in found))
        if names:
            shown = ", ".join(f"`{name}`" for name in names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
            wrong = f"{kind}s are not served, only the models of their bodies are generated: {shown}"
            where = "webhooks" if kind == "webhook" else "paths"
            yield Problem(position_of(document, where), f"/{where}", wrong, f"send each {kind} with your own code")


def _methods(name: str, item: Any, pointer: str) -> Iterator[tuple[str, Table, str]]:
    for method in METHODS if isinstance(item, Table) else ():
        operation = item.get(method)
        if isinstance(operation, Table):
            yield str(operation.get("operationId") or f"{name}_{method}"), operation, join(pointer, method)
