"""SHAPE-*: the form of every response in the run. In a full run, these checks send no requests.

If the run leaves out the other checks, these checks send their requests, once for each operation.
"""

from collections.abc import Sequence

from astrbot_api.contract import Contract
from astrbot_api.operation import Answer, Operation

from astrbot_conformance.astrbot_configuration import has_known_members
from astrbot_conformance.astrbot_operations import CREATE_KEY, DELETE_KEY, LIST_KEYS, REVOKE_KEY
from astrbot_conformance.contract import keyed_and_closed, of_a_newer_target
from astrbot_conformance.http import Target
from astrbot_conformance.inputs.routes import by_undeclared_method, refusing
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.shape import fails_in_an_envelope, fits_schema, has_declared_status, is_envelope
from astrbot_conformance.verdict.requirement import afterwards, over, requirement

JSON, ANY_FILE = "application/json", "*/*"
MANAGEMENT = (CREATE_KEY, LIST_KEYS, REVOKE_KEY, DELETE_KEY)
REFUSAL = "#/components/schemas/ErrorEnvelope"


def typed(contract: Contract) -> list[Operation]:
    """The operations that return JSON on success. Others return a stream or a file, and JSON only for errors.

    Of the closed operations, a run calls only those that manage its keys.
    """

    def is_shown(answers: Sequence[Answer]) -> bool:
        shown = {
            response.media_type for response in answers if response.status[0] == "2" and response.pointer != REFUSAL
        }
        return JSON in shown and ANY_FILE not in shown

    return [operation for operation in (*contract.keyed, *MANAGEMENT) if is_shown(operation.answers)]


@requirement("SHAPE-STATUS")
@over(keyed_and_closed)
@afterwards
def test_shape_status(operation: Operation, target: Target, keys: KeyRing, observations: Observations) -> None:
    """Report a response of the operation, to any request of the run, whose status or media type is not declared."""
    observations.ensure_probed(operation, target, keys)
    observations.raise_result(has_declared_status, operation)


@requirement("SHAPE-ENVELOPE")
@over(keyed_and_closed)
@afterwards
def test_shape_envelope(operation: Operation, target: Target, keys: KeyRing, observations: Observations) -> None:
    """Report a JSON response of the operation, to any request of the run, that has another form."""
    observations.ensure_probed(operation, target, keys)
    observations.raise_result(is_envelope, operation)


@requirement("SHAPE-BODY")
@over(typed)
@afterwards
def test_shape_body(operation: Operation, target: Target, keys: KeyRing, observations: Observations) -> None:
    """Report a response of the operation, to any request of the run, whose body does not match the schema."""
    observations.ensure_probed(operation, target, keys)
    observations.raise_result(fits_schema, operation)


@requirement("SHAPE-BODY")
@over(of_a_newer_target)
@afterwards
def test_shape_body_of_a_newer_release(observations: Observations) -> None:
    """If the target is newer than every known release, report members of the configuration that are new or missing.

    This is one SHOULD finding for all operations, because the contract is older than the target.
    """
    observations.raise_result_of_all(has_known_members)


@requirement("SHAPE-ERRORS")
@over(refusing, sample=3)
def test_shape_errors(operation: Operation, target: Target, contract: Contract) -> None:
    """Send an undeclared method without a key, and expect the error envelope."""
    if not fails_in_an_envelope(target.send(by_undeclared_method(operation, target, contract)), contract):
        raise NotJudged(f"{operation}: accepts an undeclared method, see ROUTE-UNKNOWN")


@requirement("SHAPE-ERRORS")
@over(keyed_and_closed)
@afterwards
def test_shape_errors_of_the_server(observations: Observations) -> None:
    """Report a server error, or a response to an undeclared method, without the error envelope, in the whole run."""
    observations.raise_result_of_all(fails_in_an_envelope)
