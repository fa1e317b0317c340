"""DOC-*: what the target publishes about itself."""

import re
from typing import Any

from astrbot_api.operations import OPERATIONS, Operation

from astrbot_conformance.contract import DOCUMENT_PAGE, PUBLISHED_DOCUMENT
from astrbot_conformance.finding import expect, found
from astrbot_conformance.request import asking
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target

METHODS = frozenset({"get", "put", "post", "patch", "delete"})


@requirement("DOC-OPENAPI")
@over([PUBLISHED_DOCUMENT])
def test_doc_openapi(target: Target) -> None:
    """The published document is served and lists every operation of the contract.

    Of two paths to one thing, one is enough. The closed areas and the dashboard may be left out: no key gets there.
    """
    answer = target.send_once(asking(PUBLISHED_DOCUMENT))
    expect(answer, status=200)
    document = answer.json if isinstance(answer.json, dict) else {}
    if not str(document.get("openapi", "")).startswith("3.") or not isinstance(document.get("paths"), dict):
        found(answer, expected="an OpenAPI 3 document as JSON", actual="something else")

    listed = _listed(document)
    missing = [str(operation) for operation in _wanted() if not _ways_to(operation) & listed]

    if missing:
        found(answer, expected="every operation that a key reaches", actual=f"not listed: {', '.join(missing)}")


@requirement("DOC-UI")
@over([DOCUMENT_PAGE])
def test_doc_ui(target: Target) -> None:
    """The interactive document is served."""
    answer = target.send_once(asking(DOCUMENT_PAGE))
    expect(answer, status=200)
    if answer.media_type != "text/html" or b"<" not in answer.body:
        found(answer, expected="an HTML page")


def _wanted() -> list[Operation]:
    return [operation for operation in OPERATIONS if operation.scope is not None and operation.alias_of is None]


def _ways_to(operation: Operation) -> set[tuple[str, str]]:
    """The operation and its aliases, as method and path with the names of parameters left out."""
    ways = [operation, *(other for other in OPERATIONS if other.alias_of == operation.id)]
    return {(way.method, _nameless(way.path)) for way in ways}


def _listed(document: dict[str, Any]) -> set[tuple[str, str]]:
    paths = {path: item for path, item in document["paths"].items() if isinstance(item, dict)}
    return {(name.upper(), _nameless(path)) for path, item in paths.items() for name in METHODS & item.keys()}


def _nameless(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)
