"""Rules for server URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.document import row, table
from astrbot_generator.gate.finding import Change, Level
from astrbot_generator.gate.operations import Operation
from astrbot_generator.gate.pair import OperationPair, Pair

_MOST = 100


def _addresses(listed: Any) -> list[str]:
    """Returns the URLs of a list of servers, one for each value of a variable; `/` if the list is empty."""
    found = [address for server in row(listed) if isinstance(server, dict) for address in _filled(server)]
    return found or ["/"]


def _filled(server: dict[str, Any]) -> Iterator[str]:
    pieces = re.split(r"\{([^}]*)\}", str(server.get("url")))
    variables = table(server.get("variables"))
    choices = [row(table(variables.get(name)).get("enum")) or [f"{{{name}}}"] for name in pieces[1::2]]
    for values in islice(product(*choices), _MOST):
        yield pieces[0] + "".join(f"{value}{after}" for value, after in zip(values, pieces[2::2], strict=True))


@rule("server-removed", area="document", level=Level.WARNING)
def server_removed(pair: Pair) -> Iterator[Change]:
    """A server URL was removed.

    Breaks: clients that use it, if the server is switched off.
    Instead: list it for as long as the server runs.
    Before: {document: {servers: [{url: 'https://a.example.org/v1'}, {url: 'https://b.example.org/v1'}]}}
    After: {document: {servers: [{url: 'https://a.example.org/v1'}]}}
    """
    yield from _gone(pair.base.value.get("servers"), pair.head.value.get("servers"), "/servers")


@rule("operation-server-removed", area="operation", level=Level.WARNING)
def operation_server_removed(pair: OperationPair) -> Iterator[Change]:
    """A server URL of a single operation was removed or replaced.

    Breaks: clients that call the old URL, if the server is switched off.
    Instead: list the URL for as long as the server runs.
    Before: {servers: [{url: 'https://a.example.org/v1'}, {url: 'https://b.example.org/v1'}]}
    After: {servers: [{url: 'https://a.example.org/v1'}]}
    """
    old, new = _own(pair.old), _own(pair.new)
    if old or new:
        roots = pair.pair.base.value.get("servers"), pair.pair.head.value.get("servers")
        yield from _gone(old or roots[0], new or roots[1], f"{pair.new.pointer}/servers")


def _own(operation: Operation) -> Any:
    return operation.value.get("servers") or operation.item().value.get("servers")


def _gone(old: Any, new: Any, pointer: str) -> Iterator[Change]:
    kept = _addresses(new)
    for address in _addresses(old):
        if address not in kept:
            message = f"the server `{address}` is no longer listed"
            yield Change(message, pointer, pointer, subject=f"{pointer}/{address}")
