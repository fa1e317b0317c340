"""The state of a credential, as the run knows it: the run created, revoked or invented it, or got it from the user."""

from dataclasses import dataclass
from enum import Enum


class CredentialState(Enum):
    """What is true of a credential at the moment when the request is sent.

    UNVERIFIED: the run knows neither the scopes of the key nor whether it is live. OPERATOR: the token of a dashboard
    login, which opens every operation.
    """

    LIVE = "live"
    REVOKED = "revoked"
    DELETED = "deleted"
    EXPIRED = "expired"
    INVALID = "invalid"
    ABSENT = "absent"
    UNVERIFIED = "unverified"
    OPERATOR = "operator"

    @property
    def is_dead(self) -> bool:
        """Whether the server issued this key, and must reject it now."""
        return self in (CredentialState.REVOKED, CredentialState.DELETED, CredentialState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential of a request: its state, and the scopes that it was created with."""

    state: CredentialState
    scopes: frozenset[str] = frozenset()
