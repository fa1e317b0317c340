"""Scopes that a target grants although the contract that it is judged by does not have them."""

from collections.abc import Iterator
from typing import Any

from astrbot_api import releases
from astrbot_api.contract import Contract

from astrbot_conformance.contract import grantable
from astrbot_conformance.http.published_document import listed, marked_scopes
from astrbot_conformance.json_value import as_list, part
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.run_mark import new_mark


def unknown_scopes(contract: Contract, published: Any, dashboard: Dashboard) -> tuple[str, ...]:
    """The scopes that the document names, and those of other releases that the target grants to a new key."""
    published_only = {*_published(published)} - {*grantable(contract), *contract.closed_scopes}
    return tuple(sorted({*published_only, *_granted(contract, dashboard)}))


def _published(published: Any) -> Iterator[str]:
    for entry in listed(published).values():
        yield from marked_scopes(entry)


def _granted(contract: Contract, dashboard: Dashboard) -> Iterator[str]:
    """The scopes of later releases that a temporary key receives. It is deleted at once."""
    newest = releases.contract(releases.NEWEST)
    for scope in grantable(newest):
        if scope in grantable(contract):
            continue
        needed = newest.sub_scopes.get(scope)
        body = {"name": f"conform-{new_mark()}-scope", "scopes": [*([needed] if needed else []), scope]}
        try:
            with dashboard.temporary_key(body) as response:
                if response.is_accepted and scope in as_list(part(response.data, "scopes")):
                    yield str(scope)
        except NotJudged:
            return
