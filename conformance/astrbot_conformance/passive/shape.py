"""Passive checks of the form of responses, by operation, status and media type."""

from collections.abc import Iterator
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Answer as Declared

from astrbot_conformance.contract import EarlierContract
from astrbot_conformance.http import NOT_JSON, HttpResponse
from astrbot_conformance.http.response import NOT_SHOWN
from astrbot_conformance.passive.schema_problem import first_errors, outline, schema_problem
from astrbot_conformance.verdict.finding import fail

JSON = "application/json"
ANY = "*/*"

NO_MEDIA_TYPE = "without a media type"
MEDIA_TYPES = (JSON, "text/html", "text/plain", "text/event-stream", NO_MEDIA_TYPE)


def has_declared_status(response: HttpResponse, contract: Contract) -> bool:
    """Check that the contract declares the status and the media type of a response."""
    if not is_described(response, contract):
        return False
    if _declared(response, contract) is None:
        declared = sorted({f"{d.status} {d.media_type}" for d in _answers(response, contract)})
        media_type = response.media_type or NO_MEDIA_TYPE
        if response.is_confidential and media_type not in MEDIA_TYPES:
            media_type = "another media type"
        fail(response, expected=f"one of {', '.join(declared)}", actual=f"{response.status} {media_type}")
    return _is_of_the_operation(response)


def is_no_crash(response: HttpResponse, _: Contract) -> bool:
    """Check that the service did not fail with 500."""
    if response.status == 500:
        fail(response, expected="no 5xx")
    return response.admits


def is_envelope(response: HttpResponse, contract: Contract) -> bool:
    """Check that a JSON response is an envelope, or another form that the contract declares for it."""
    if not is_described(response, contract) or response.media_type != JSON:
        return False
    if not _is_one_of_the_envelopes(response, contract) and not _fits(response, contract):
        shown = NOT_SHOWN if response.is_confidential else _outline(response.json)
        fail(response, expected="the envelope of data, the error envelope or a list of input errors", actual=shown)
    return _is_of_the_operation(response) or not _shows_json(response, contract)


def fits_schema(response: HttpResponse, contract: Contract) -> bool:
    """Check that a response matches its schema in the contract: data and refusals each have their own."""
    declared = _declared(response, contract) if is_described(response, contract) else None
    if declared is None or declared.pointer is None or declared.media_type != JSON:
        return False
    if not _fits(response, contract) and _is_one_of_the_envelopes(response, contract):
        expected = f"a body that matches the schema {_name(declared.pointer)}"
        fail(response, expected=expected, actual=_problem(declared, response, contract))
    return response.is_accepted


def fails_in_an_envelope(response: HttpResponse, _contract: Contract) -> bool:
    """Check that an error outside of any operation is also reported in the error envelope."""
    if (response.status != 405 and response.status < 500) or response.request.method == "HEAD":
        return False
    if not response.is_error_envelope:
        fail(response, expected='the error envelope, `{"status": "error", "message": …}`')
    return True


def carries_data(response: HttpResponse, contract: Contract) -> bool:
    """Whether a response carries the requested data: data in an envelope, or another form that is declared."""
    if not response.is_accepted or not isinstance(response.json, dict):
        return False
    is_read = response.request.operation.side_effect == "read"
    return (response.json.get("status") == "ok" and bool(response.data)) or (
        is_read and is_described(response, contract) and _fits(response, contract)
    )


def _shows_json(response: HttpResponse, contract: Contract) -> bool:
    """Whether the operation can return JSON other than refusals."""
    return any(declared.status[0] == "2" and declared.media_type == JSON for declared in _answers(response, contract))


def _is_of_the_operation(response: HttpResponse) -> bool:
    """Whether the response comes from the operation. Operations that no key opens return only refusals."""
    return response.admits or response.request.operation.scope is None


def is_described(response: HttpResponse, contract: Contract) -> bool:
    """Whether the contract describes this response: it was read completely, and its request has the plain form."""
    return (
        response.request.operation.id in contract.by_id
        and response.ending == "closed"
        and response.status < 500
        and response.status not in (405, 415, 429)
        and response.is_to_the_plain_form
    )


def _answers(response: HttpResponse, contract: Contract) -> tuple[Declared, ...]:
    """Every response that the contract declares for the operation."""
    return contract.by_id[response.request.operation.id].answers


def _declared(response: HttpResponse, contract: Contract) -> Declared | None:
    """The contract's declaration for a response with this status and media type."""
    same_status = [d for d in _answers(response, contract) if d.status == str(response.status)]
    exact = [d for d in same_status if d.media_type in (response.media_type, None)]
    return next(iter([*exact, *(d for d in same_status if d.media_type == ANY)]), None)


def _fits(response: HttpResponse, contract: Contract) -> bool:
    declared = _declared(response, contract)
    if declared is None or response.json is NOT_JSON:
        return False
    if declared.pointer is None or contract.validator_at(declared.pointer).is_valid(response.json):
        return True
    return isinstance(contract, EarlierContract) and _only_lacks_open_members(declared.pointer, response.json, contract)


def _only_lacks_open_members(pointer: str, value: Any, contract: EarlierContract) -> bool:
    """Whether members are missing only in the area whose members may differ in a newer release."""
    area = list(contract.open_area)
    of_branches = (first_errors(contract.validator_at(one), value) for one in _branches(pointer, contract))
    return any(
        all(error.kind.name == "required" and list(error.instance_path[: len(area)]) == area for error in errors)
        for errors in of_branches
    )


def _is_one_of_the_envelopes(response: HttpResponse, contract: Contract) -> bool:
    body = response.json
    if not isinstance(body, dict):
        return False
    if response.status == 422 and contract.validator("InputProblems").is_valid(body):
        return True
    refused = response.status >= 400 or body.get("status") == "error"
    accepted = "Ok" if body.get("message") is None else "OkWithMessage"
    return contract.validator("ErrorEnvelope" if refused else accepted).is_valid(body)


def _problem(declared: Declared, response: HttpResponse, contract: Contract) -> str:
    """Why a response does not match its schema. Shows no value of a confidential response."""
    if response.is_confidential:
        return NOT_SHOWN
    pointers = list(_branches(str(declared.pointer), contract))
    of_branches = [first_errors(contract.validator_at(pointer), response.json) for pointer in pointers]
    if not all(of_branches):
        return "the body matches several alternatives of the schema, expected exactly one"
    errors = max(of_branches, key=lambda errors: max(len(error.instance_path) for error in errors))
    return schema_problem(errors, response.json)


def _branches(pointer: str, contract: Contract) -> Iterator[str]:
    """The alternatives of a schema, or the schema itself."""
    schema = contract.resolve(pointer)
    choices = schema.get("oneOf") if isinstance(schema, dict) else None
    for number, choice in enumerate(choices or ()):
        yield choice.get("$ref", f"{pointer}/oneOf/{number}")
    if not choices:
        yield pointer


def _outline(value: Any) -> str:
    return "a body that is not valid JSON" if value is NOT_JSON else outline(value)


def _name(pointer: str) -> str:
    """The name of a schema, or the operation whose response it describes."""
    words = [word.replace("~1", "/") for word in pointer.split("/")]
    return f"`{words[3]}`" if words[1] == "components" else f"of `{words[3].upper()} {words[2]}`"
