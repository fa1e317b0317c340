"""Finds secrets that the run planted in the responses to keys that may not read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from astrbot_api.contract import Contract

from astrbot_conformance.http import CredentialState, HttpResponse
from astrbot_conformance.secret import planted, planted_in
from astrbot_conformance.verdict.finding import Finding, FindingRaised


@dataclass(frozen=True, slots=True)
class PlantedSecretSearch:
    """The passive check. readers: the variable of each planted secret -> the scopes that may read it."""

    readers: Mapping[str, frozenset[str]]

    def __call__(self, response: HttpResponse, contract: Contract) -> bool:
        """Check that the response shows no planted secret that only other scopes may read. Nor does the finding.

        Returns True only if a key got data. A key that should have been rejected is the subject of another requirement.
        """
        foreign = self._foreign_to(response, contract)
        if not foreign or not _is_due(response, contract):
            return False
        if shown := foreign & (response.held | planted_in(response.body)):
            scopes = sorted({scope for variable in shown for scope in self.readers[variable]})
            raise FindingRaised(
                Finding(
                    operation=str(response.request.operation),
                    expected="no secret that only keys with another scope may read",
                    actual=f"the response shows a secret that only keys with {' or '.join(scopes)} may read",
                    curl=response.curl,
                    response="(not shown: it contains a secret)",
                    request=response.sent_text,
                    scopes=tuple(sorted(response.key.scopes)) if response.key else (),
                )
            )
        return response.key is not None and response.is_accepted

    def _foreign_to(self, response: HttpResponse, contract: Contract) -> frozenset[str]:
        """The planted secrets that the sender of the request may not read. Empty for the dashboard."""
        if response.request.is_login or (response.key is not None and response.key.id == ""):
            return frozenset()
        held = _held_scopes(response, contract)
        return frozenset(variable for variable in planted() if held.isdisjoint(self.readers.get(variable, held)))


def _held_scopes(response: HttpResponse, contract: Contract) -> frozenset[str]:
    credentials = [one for one in response.credentials if one.state is CredentialState.LIVE]
    return frozenset(contract.closure(scope for one in credentials for scope in one.scopes))


def _is_due(response: HttpResponse, contract: Contract) -> bool:
    """Whether the server may return this response to the sender: a rejection, or data that its scopes open."""
    operation = response.request.operation
    if operation.closed_scope is not None or operation.scope is not None:
        is_open = operation.scope in _held_scopes(response, contract)
        return is_open or response.is_refusal
    return True
