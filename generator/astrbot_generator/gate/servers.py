"""The addresses of operations: the URLs of their servers, followed by their paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from astrbot_generator.gate.operations import Operation, template
from astrbot_generator.gate.values import row, table

_MOST = 100


def servers_of(operation: Operation) -> Any:
    """Returns the servers of an operation: its own, those of its path, or those of the document."""
    return own_servers(operation) or operation.document.value.get("servers")


def own_servers(operation: Operation) -> Any:
    """Returns the servers that are listed at an operation or its path."""
    return operation.value.get("servers") or operation.item().value.get("servers")


def addresses(listed: Any) -> list[str]:
    """Returns the URLs of a list of servers, one for each value of a variable; `/` if the list is empty."""
    found = [address for server in row(listed) if isinstance(server, dict) for address in _filled(server)]
    return found or ["/"]


def full_addresses(operation: Operation) -> frozenset[str]:
    """Returns the full URLs of an operation, without the names of path parameters."""
    path = template(operation.path)
    return frozenset(address.rstrip("/") + path for address in addresses(servers_of(operation)))


def _filled(server: dict[str, Any]) -> Iterator[str]:
    pieces = re.split(r"\{([^}]*)\}", str(server.get("url")))
    variables = table(server.get("variables"))
    choices = [row(table(variables.get(name)).get("enum")) or [f"{{{name}}}"] for name in pieces[1::2]]
    for values in islice(product(*choices), _MOST):
        yield pieces[0] + "".join(f"{value}{after}" for value, after in zip(values, pieces[2::2], strict=True))
