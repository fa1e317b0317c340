"""Developer keys as values, and where a request carries one."""

from dataclasses import dataclass
from enum import Enum

from astrbot_conformance.http.credential import Credential, CredentialState
from astrbot_conformance.secret import Secret


class KeyHeader(Enum):
    """Where a key stands in a request: the header and what comes before the key in it."""

    BEARER = ("Authorization", "Bearer ")
    HEADER = ("X-API-Key", "")


@dataclass(frozen=True, slots=True)
class Key:
    """A credential and what it may do. `variable` names its rights and stands for it in everything that is shown.

    state: what the run knows of it. A key that the run ends is from then on another value, with another state.
    """

    id: str
    scopes: frozenset[str]
    secret: Secret
    state: CredentialState
    key_header: KeyHeader | None = None  # None: wherever the target takes keys

    @property
    def variable(self) -> str:
        """The name of the environment variable that a replayed `curl` line reads."""
        return self.secret.variable

    @property
    def credential(self) -> Credential:
        """Its state and its scopes."""
        return Credential(self.state, self.scopes)


@dataclass(frozen=True, slots=True)
class Presented:
    """A key at a place of the suite's choosing: what stands before and after it, in a header or the query."""

    key: Key
    name: str
    before: str = ""
    after: str = ""
    in_query: bool = False

    @property
    def shown(self) -> str:
        """What stands there, with the variable in place of the key."""
        return f"{self.before}${self.key.variable}{self.after}"

    @property
    def sent(self) -> str:
        """What stands there on the wire."""
        return self.before + self.key.secret.reveal() + self.after
