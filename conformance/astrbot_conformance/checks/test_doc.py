"""DOC-*: the documents that the target publishes about itself."""

from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.astrbot_operations import DOCUMENT_PAGE, PUBLISHED_DOCUMENT
from astrbot_conformance.contract import absent_from
from astrbot_conformance.http import HttpResponse, Target, asking
from astrbot_conformance.http.published_document import disagreements, listed, ways_to
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

SHOWN = 12  # maximum number of contradictions that a finding names


@requirement("DOC-OPENAPI")
@over([PUBLISHED_DOCUMENT])
def test_doc_openapi(target: Target, contract: Contract) -> None:
    """Fetch the document, and expect each operation for developer keys in it, by one of its paths.

    Closed operations and those of the dashboard may be missing: no key opens them.
    """
    response = _published(target)
    published = listed(response.json)

    firsts = (operation for operation in contract.keyed if operation.alias_of is None)
    missing = [str(operation) for operation in firsts if not ways_to(operation, contract) & published.keys()]

    if missing:
        expected = "a document that lists every operation for developer keys"
        fail(response, expected=expected, actual=f"not listed: {', '.join(missing)}")


@requirement("DOC-OPENAPI")
@over([PUBLISHED_DOCUMENT])
def test_doc_openapi_of_absent_operations(target: Target, contract: Contract) -> None:
    """Expect that the target has every operation of the contract.

    The operations that it neither lists nor serves are one finding. No other check calls them.
    """
    response = _published(target)
    absent = [str(operation) for operation in absent_from(contract)]
    if absent:
        expected = f"every operation of AstrBot {contract.release}"
        fail(response, expected=expected, actual=f"not there, neither listed nor served: {', '.join(absent)}")


@requirement("DOC-OPENAPI")
@over([PUBLISHED_DOCUMENT])
def test_doc_openapi_agrees(target: Target, contract: Contract) -> None:
    """Compare the parameters, bodies and scopes in the document with the contract.

    The document may omit any of them.
    """
    response = _published(target)
    if not listed(response.json).keys() & {way for operation in contract.keyed for way in ways_to(operation, contract)}:
        raise NotJudged("the published document lists no operation of the contract")
    contradictions = list(disagreements(response.json, contract))
    if contradictions:
        more = f" … and {len(contradictions) - SHOWN} more" if len(contradictions) > SHOWN else ""
        expected = "a document that does not contradict the contract"
        fail(response, expected=expected, actual="; ".join(contradictions[:SHOWN]) + more)


@requirement("DOC-UI")
@over([DOCUMENT_PAGE])
def test_doc_ui(target: Target) -> None:
    """Fetch the page of the interactive document, and expect HTML with the status 200."""
    response = target.send_once(asking(DOCUMENT_PAGE))
    if response.status != 200:
        fail(response, expected="200")
    if response.media_type != "text/html" or b"<" not in response.body:
        fail(response, expected="an HTML page")


def _published(target: Target) -> HttpResponse:
    """The response with the published document. Raises FindingRaised if there is none."""
    response = target.send_once(asking(PUBLISHED_DOCUMENT))
    if response.status != 200:
        fail(response, expected="200")
    document: Any = response.json
    is_document = isinstance(document, dict) and str(document.get("openapi", "")).startswith("3.")
    if not is_document or not isinstance(document.get("paths"), dict):
        fail(response, expected="an OpenAPI 3 document as JSON", actual=f"{response.in_short}, not such a document")
    return response
