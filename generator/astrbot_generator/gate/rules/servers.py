"""Rules for server URLs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level
from astrbot_generator.gate.pair import OperationPair, Pair
from astrbot_generator.gate.servers import addresses, full_addresses, own_servers


@rule("server-removed", area="document", level=Level.WARNING)
def server_removed(pair: Pair) -> Iterator[Change]:
    """A server URL was removed.

    Breaks: clients that use it, if the server is switched off.
    Instead: list it for as long as the server runs.
    Before: {document: {servers: [{url: 'https://a.example.org/v1'}, {url: 'https://b.example.org/v1'}]}}
    After: {document: {servers: [{url: 'https://a.example.org/v1'}]}}
    """
    gone = list(_gone(pair.base.value.get("servers"), pair.head.value.get("servers"), "/servers"))
    moved = all(full_addresses(both.old) <= full_addresses(both.new) for both in pair.both) if gone else True
    if not (moved and pair.both and not pair.removed):  # else a part of the URL moved from the server to the paths
        yield from gone


@rule("operation-server-removed", area="operation", level=Level.WARNING)
def operation_server_removed(pair: OperationPair) -> Iterator[Change]:
    """A server URL of a single operation was removed or replaced.

    Breaks: clients that call the old URL, if the server is switched off.
    Instead: list the URL for as long as the server runs.
    Before: {servers: [{url: 'https://a.example.org/v1'}, {url: 'https://b.example.org/v1'}]}
    After: {servers: [{url: 'https://a.example.org/v1'}]}
    """
    old, new = own_servers(pair.old), own_servers(pair.new)
    if old or new:
        roots = pair.pair.base.value.get("servers"), pair.pair.head.value.get("servers")
        if not full_addresses(pair.old) <= full_addresses(pair.new):
            yield from _gone(old or roots[0], new or roots[1], f"{pair.new.pointer}/servers")


def _gone(old: Any, new: Any, pointer: str) -> Iterator[Change]:
    kept = addresses(new)
    for address in addresses(old):
        if address not in kept:
            message = f"the server `{address}` is no longer listed"
            yield Change(message, pointer, pointer, subject=f"{pointer}/{address}")
