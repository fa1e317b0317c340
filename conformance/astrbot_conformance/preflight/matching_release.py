"""Which known release a target matches best: by its published document, or by the operations that it serves."""

from collections.abc import Mapping, Sequence

from astrbot_api import releases
from astrbot_api.operation import Operation

from astrbot_conformance.http import NOT_SERVED, Target, harmless
from astrbot_conformance.http.published_document import Document, listed, marked_scopes, nameless
from astrbot_conformance.outcome import NotJudged

Location = tuple[str, str]  # the method, and the path without the names of its parameters
MOST_PROBES = 40  # requests without a key that compare releases
NONEXISTENT = Operation("nonexistent", "GET", "/api/v1/conform-none", "none", "No release has it.", public=True)


def located(release: str) -> Mapping[Location, Operation]:
    """The operations of a release."""
    return {
        (operation.method, nameless(operation.path)): operation for operation in releases.contract(release).operations
    }


def best_by_document(candidates: Sequence[str], published: object) -> list[str]:
    """The candidates whose operations and scopes differ least from the published ones. Empty without a document."""
    document = listed(published)
    if not document:
        return []
    return _least({release: _distance(release, document) for release in candidates})


def _distance(release: str, document: Mapping[Location, Document]) -> int:
    """The number of operations that only one of the two has, or for which the document names another scope."""
    operations = located(release)
    different = sum(_names_another_scope(one, document[at]) for at, one in operations.items() if at in document)
    return len(operations.keys() ^ document.keys()) + different


def _names_another_scope(operation: Operation, entry: Document) -> bool:
    marks = marked_scopes(entry)
    return bool(marks) and (operation.scope or operation.closed_scope) not in marks


def best_by_responses(candidates: Sequence[str], target: Target) -> list[str]:
    """The candidates that have the operations that the target serves, and only those; all of them if none differ.

    Sends harmless GET requests without a key, to operations that not all candidates have.
    """
    by_release = {release: located(release) for release in candidates}
    every = {at: one for operations in by_release.values() for at, one in operations.items()}
    in_all = set(every).intersection(*by_release.values())
    differing = [at for at, one in every.items() if at not in in_all and at[0] == "GET" and not harmless(one).risk]
    if not differing or is_served(NONEXISTENT, target):  # then a response to an operation proves nothing
        return list(candidates)
    served = {at: is_served(every[at], target) for at in differing[:MOST_PROBES]}
    if not any(served.values()):
        return list(candidates)
    mismatches = {
        release: sum((at in operations) is not is_there for at, is_there in served.items())
        for release, operations in by_release.items()
    }
    return _least(mismatches)


def is_served(operation: Operation, target: Target) -> bool:
    """Whether a harmless request without a key gets another response than 404, 405 or 501."""
    try:
        return target.send(harmless(operation)).status not in NOT_SERVED
    except NotJudged:
        return False


def _least(distances: Mapping[str, int]) -> list[str]:
    least = min(distances.values())
    return [release for release, distance in distances.items() if distance == least]
