"""Which requests a server must reject, according to the contract and the state of the credentials that were sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import CredentialState, HttpRequest, HttpResponse
from astrbot_conformance.http.credential import Credential

INSUFFICIENT = "Insufficient API key scope"
NAMES = {CredentialState.LIVE: "insufficient key", CredentialState.ABSENT: "no key"}
# A segment that every server and proxy routes unchanged: no dots alone, no encoded slash, backslash, dot or NUL.
SEGMENT = re.compile(r"(?i)(?!\.+$)(?!.*%(?:2e|2f|5c|00|25))[\w.~!$&'()*+,:@%-]+")


@dataclass(frozen=True, slots=True)
class RequiredRejection:
    """The contract requires a request to be rejected: by which requirement, for which credential, and how."""

    requirement: str
    state: CredentialState
    expected: str

    @property
    def credential(self) -> str:
        """The credential that was sent, for the name of a check: `insufficient key`, `revoked key`, `no key`."""
        return NAMES.get(self.state, f"{self.state.value} key")


def required_rejection(response: HttpResponse, contract: Contract) -> RequiredRejection | None:
    """Why the server had to reject the request of `response`. None if it may authorize it, or if that is open."""
    request, credentials = response.request, response.credentials
    own = contract.by_id.get(request.operation.id)
    required = _required_by(own, credentials, contract) if own else None
    if required is None or not _is_routed_plainly(request) or _carries_a_token(request):
        return None
    others = _operations_at(contract, request.method, request.path)
    return required if all(_required_by(other, credentials, contract) for other in others) else None


def _required_by(
    operation: Operation, credentials: Sequence[Credential], contract: Contract
) -> RequiredRejection | None:
    states = {credential.state for credential in credentials}
    if operation.scope is None and operation.closed_scope is None:
        return None
    if states & {CredentialState.OPERATOR, CredentialState.UNVERIFIED}:
        return None
    if CredentialState.LIVE in states:
        held = contract.closure(scope for credential in credentials for scope in credential.scopes)
        if operation.closed_scope is not None:
            return RequiredRejection("SCOPE-CLOSED", CredentialState.LIVE, "403 for every developer key")
        if operation.scope in held:
            return None
        expected = f"403 `{INSUFFICIENT}` for a key without `{operation.scope}`"
        return RequiredRejection("SCOPE-REQUIRED", CredentialState.LIVE, expected)
    if states == {CredentialState.ABSENT}:
        requirement = "AUTH-REQUIRED" if operation.scope else "SCOPE-CLOSED"
        return RequiredRejection(requirement, CredentialState.ABSENT, "401 without a key")
    state = min(states - {CredentialState.ABSENT}, key=lambda state: state.value)
    article = "an" if state.value[0] in "aeiou" else "a"
    status = "401" if operation.scope else "401 or 403"
    return RequiredRejection("AUTH-REQUIRED", state, f"{status} for {article} {state.value} key")


def _is_routed_plainly(request: HttpRequest) -> bool:
    plain = replace(request, presented=()) if request.presented else request
    return plain.is_plain and all(map(SEGMENT.fullmatch, request.path.removeprefix("/").split("/")))


def _carries_a_token(request: HttpRequest) -> bool:
    """Whether the query carries a credential of another kind, such as the token in a link to a page of a plugin."""
    return any("token" in name.lower() for name, _ in request.query)


@lru_cache(maxsize=8192)
def _operations_at(contract: Contract, method: str, path: str) -> tuple[Operation, ...]:
    """Every operation that a server may route such a request to."""
    return tuple(o for o in contract.operations if o.method == method and o.matches(path))
