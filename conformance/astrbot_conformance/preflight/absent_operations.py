"""Operations of the contract that a target neither publishes nor serves. They are one finding together."""

from collections.abc import Iterator
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import NOT_SERVED, Target, harmless
from astrbot_conformance.http.published_document import listed, ways_to
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.matching_release import is_served


def absent_operations(contract: Contract, published: Any, target: Target, dashboard: Dashboard) -> Iterator[Operation]:
    """Each operation that the document does not list and the target does not serve.

    Harmless requests without a key, and with the session of the dashboard if there is one, get 404, 405 or 501. None
    is absent if there is no document: then most operations would have to be called.
    """
    document = listed(published)
    if not document:
        return
    for operation in (*contract.keyed, *contract.closed):
        if document.keys() & ways_to(operation, contract) or harmless(operation).risk:
            continue
        if not is_served(operation, target) and not _opens(operation, dashboard):
            yield operation


def _opens(operation: Operation, dashboard: Dashboard) -> bool:
    """Whether the target serves an operation to the dashboard, although it hides it without a login."""
    try:
        return dashboard.send(harmless(operation)).status not in NOT_SERVED
    except NotJudged:
        return False
