"""The rejection of a key without the required scope, apart from keys that an implication authorizes."""

from astrbot_api.operation import Operation

from astrbot_conformance.http import HttpResponse, Target, harmless
from astrbot_conformance.keys.implication import comes_from_implication
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.required_rejection import INSUFFICIENT


class InsufficientKeyRejection:
    """Expects that a key without the scope is rejected. It leaves out what SCOPE-NOT-IMPLIED reports."""

    def __init__(self, target: Target, keys: KeyRing) -> None:
        """Judge responses of `target` to one of `keys`."""
        self._target, self._keys = target, keys
        self._implied: Operation | None = None

    def expect(self, response: HttpResponse) -> None:
        """Raise FindingRaised unless the key was rejected, or only a scope of an implication authorized it."""
        operation, target = response.request.operation, self._target
        if response.admits and comes_from_implication(harmless(operation), target, self._keys, target.key_header):
            self._implied = operation
            return
        expect_rejected(response, self._keys.contract, status=403, message=INSUFFICIENT)

    def expect_no_implication(self) -> None:
        """Raise NotJudged if an implication authorized the key for any operation."""
        if self._implied:
            raise NotJudged(f"{self._implied}: another scope implies the required one, see SCOPE-NOT-IMPLIED")
