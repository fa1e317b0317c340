"""The requirements of AstrBot HTTP API 4.27.4. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..r4_26_8.requirements import REQUIREMENTS as PREVIOUS
from ..vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]
# fmt: off
_REPLACED: tuple[Requirement, ...] = (
    Requirement("KEY-SCOPES", "MUST",
        "A key MUST be granted only scopes from the list of eleven and the two sub-scopes. `tool`, `skills`, `kb`, `system`, `*`, unknown names and an empty list MUST be rejected; the server MUST NOT drop any of them silently.",
        "sources.md#creating-keys"),
    Requirement("SCOPE-CLOSED", "MUST",
        "Closed operations MUST reject every developer key with 403, even one that has all eleven scopes and both sub-scopes.",
        "sources.md#closed-operations"),
)
_ADDED: tuple[Requirement, ...] = (
    Requirement("KEY-SUB-SCOPES", "MUST",
        "A sub-scope MUST be granted only together with the scope that it requires, and MUST NOT be a default scope.",
        "sources.md#sub-scopes"),
    Requirement("CHAT-ADMIN", "MUST",
        "A chat under the username of an administrator MUST be rejected unless the key has `chat:admin`.",
        "sources.md#sub-scopes"),
    Requirement("CONFIG-ADMIN", "MUST",
        "A change of the list of administrators MUST be rejected unless the key has `config:edit_admin`.",
        "sources.md#sub-scopes"),
)
# fmt: on
_ALL: tuple[Requirement, ...] = changed(
    PREVIOUS.values(),
    replaced=_REPLACED,
    added=_ADDED,
    after={"KEY-SUB-SCOPES": "SHAPE-ERRORS", "CHAT-ADMIN": "KEY-SUB-SCOPES", "CONFIG-ADMIN": "CHAT-ADMIN"},
)

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
