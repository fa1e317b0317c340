"""Developer keys as values, and their place in a request."""

from dataclasses import dataclass
from enum import Enum

from astrbot_conformance.http.credential import Credential, CredentialState
from astrbot_conformance.secret import Secret


class KeyHeader(Enum):
    """The position of a key in a request: the header, and the text before the key in it."""

    BEARER = ("Authorization", "Bearer ")
    HEADER = ("X-API-Key", "")


@dataclass(frozen=True, slots=True)
class Key:
    """A credential and its rights. `variable` names these rights and replaces the credential in all output.

    state: what the run knows of the key. If the run revokes or deletes a key, it gets a new value with another
    state.
    """

    id: str
    scopes: frozenset[str]
    secret: Secret
    state: CredentialState
    key_header: KeyHeader | None = None  # None: every header in which the target accepts keys

    @property
    def variable(self) -> str:
        """The name of the environment variable that the `curl` line of a finding reads."""
        return self.secret.variable

    @property
    def credential(self) -> Credential:
        """Its state and its scopes."""
        return Credential(self.state, self.scopes)


@dataclass(frozen=True, slots=True)
class Presented:
    """A key at an unusual place in a header or the query, with the text before and after it."""

    key: Key
    name: str
    before: str = ""
    after: str = ""
    in_query: bool = False

    @property
    def shown(self) -> str:
        """The text at that place, with the variable instead of the key."""
        return f"{self.before}${self.key.variable}{self.after}"

    @property
    def sent(self) -> str:
        """The text at that place as it is sent."""
        return self.before + self.key.secret.reveal() + self.after
