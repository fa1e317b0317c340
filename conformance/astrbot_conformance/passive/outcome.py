"""Whether a response shows that its credential was authorized or rejected."""

import hashlib
from enum import Enum

from astrbot_api.contract import Contract

from astrbot_conformance.http import HttpRequest, HttpResponse
from astrbot_conformance.http.sent_credentials import without_credentials

REFUSALS = (400, 404, 409, 410, 422)  # returned by operations that read the request, and by other parts
NO_CONTENT = (204, 205)
ANY, JSON, PAGE = "*/*", "application/json", "text/html"


class Outcome(Enum):
    """REJECTED: 401 or 403. AUTHORIZED: the operation did its work. UNCLEAR: the response shows neither.

    UNCONFIRMED: the response comes from the operation, or from a part before it; only a control can show which.
    """

    REJECTED = "rejected"
    AUTHORIZED = "authorized"
    UNCONFIRMED = "unconfirmed"
    UNCLEAR = "unclear"


def outcome_of(response: HttpResponse, contract: Contract) -> Outcome:
    """What `response` alone shows about authorization."""
    if response.status in (401, 403):
        return Outcome.REJECTED
    if response.is_accepted:
        return Outcome.AUTHORIZED if _is_from_the_operation(response, contract) else Outcome.UNCONFIRMED
    if response.status == 200 or response.status in REFUSALS:
        return Outcome.UNCONFIRMED
    return Outcome.UNCLEAR


def digest_of(request: HttpRequest) -> bytes:
    """A digest that is equal, in every process of a run, for requests that differ only in their credentials."""
    plain = without_credentials(request)
    text = repr((plain.method, plain.path, plain.query, plain.headers))
    return hashlib.sha256(text.encode() + b"\0" + (request.body or b"")).digest()[:16]


def _is_from_the_operation(response: HttpResponse, contract: Contract) -> bool:
    """Whether an accepted request reached its operation. A web UI may return a page for any GET."""
    if isinstance(response.json, dict):
        return bool(response.json.get("status") == "ok")
    if response.status in NO_CONTENT:
        return response.request.method != "GET"
    return response.is_stream or response.media_type in _media_types(response, contract)


def _media_types(response: HttpResponse, contract: Contract) -> set[str | None]:
    """The media types that only this operation returns, according to the contract."""
    declared = contract.by_id[response.request.operation.id].answers
    return {one.media_type for one in declared if one.status == str(response.status)} - {ANY, JSON, PAGE, None}
