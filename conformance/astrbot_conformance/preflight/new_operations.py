"""Operations that a target publishes and no contract knows, and how each of them can be called without harm.

The effect of such an operation is unknown. A target that is not disposable gets only requests that cannot change
anything, even if they are authorized:

- a GET, with a nonexistent id if the path has one;
- a request with the body `[]`, if the document requires a JSON object as body, so that the operation has to reject it;
- a DELETE of a nonexistent id.

Every other request might have an effect: it is sent only with `--effects destructive`.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Body, Operation, Parameter

from astrbot_conformance.http.published_document import JSON, NAMED, Document, followed, listed, nameless
from astrbot_conformance.json_value import as_object
from astrbot_conformance.preflight.declared_access import declared_scopes

SEGMENT = r"(?:[\w~:-]|\{[\w-]+\})(?:[\w~:.-]|\{[\w-]+\})*"
ORDINARY = re.compile(rf"(/{SEGMENT})+/?", re.ASCII)  # no character that could change the path
MOST = 300  # maximum number of operations that are judged, even if a document lists more
UNKNOWN_EFFECT = "its effect is unknown"


def new_operations(contract: Contract, published: Any) -> Iterator[Operation]:
    """Each operation that the document lists and the contract does not know, MOST at most, in the document's order.

    Its scope is the first that the document names for it. Its side effect is unknown unless it is a GET.
    """
    document = as_object(published)
    known = {(operation.method, nameless(operation.path)) for operation in (*contract.operations, *contract.websockets)}
    unknown = (
        _operation(method, str(entry["path"]), entry, document)
        for (method, at), entry in listed(document).items()
        if (method, at) not in known and ORDINARY.fullmatch(str(entry["path"]))
    )
    return islice(unknown, MOST)


def _operation(method: str, path: str, entry: Document, document: Document) -> Operation:
    takes_object = _requires_an_object(entry, document)
    return Operation(
        id=f"{method} {path}",
        method=method,
        path=path,
        tag="beyond",
        summary=str(entry.get("summary", "")),
        scope=next(iter(declared_scopes(entry, document)), None),
        side_effect="read" if method == "GET" else None,
        parameters=tuple(
            Parameter(name, "path", required=True, type="string") for name in dict.fromkeys(NAMED.findall(path))
        ),
        body=Body((JSON,), required=True, schema=None, pointer=None) if takes_object else None,
        probe_reason=None if takes_object or _is_harmless(method, path, entry) else UNKNOWN_EFFECT,
    )


def _is_harmless(method: str, path: str, entry: Document) -> bool:
    """Whether a request without a body changes nothing, even if it is authorized."""
    return method == "GET" or (method == "DELETE" and path.rstrip("/").endswith("}") and "requestBody" not in entry)


def _requires_an_object(entry: Document, document: Document) -> bool:
    """Whether the document requires a JSON object as the body, and allows no other media type."""
    body = followed(entry.get("requestBody"), document)
    content = as_object(body.get("content"))
    schema = followed(as_object(content.get(JSON)).get("schema"), document)
    return body.get("required") is True and content.keys() == {JSON} and schema.get("type") == "object"
