"""The requirements of AstrBot HTTP API 4.26.8. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..requirements import REQUIREMENTS as PREVIOUS
from ..vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]
# fmt: off
_REPLACED: tuple[Requirement, ...] = (
    Requirement("KEY-SCOPES", "MUST",
        "A key MUST be granted only scopes from the list of eleven. `tool`, `skills`, `kb`, `system`, `*`, unknown names and an empty list MUST be rejected; the server MUST NOT drop any of them silently.",
        "sources.md#creating-keys"),
    Requirement("SCOPE-CLOSED", "MUST",
        "Closed operations MUST reject every developer key with 403, even one that has all eleven scopes.",
        "sources.md#closed-operations"),
)
_ADDED: tuple[Requirement, ...] = (
    Requirement("SHAPE-ERRORS", "MUST",
        "An undeclared method and an unexpected error of the server MUST return the error envelope too.",
        "sources.md#envelopes"),
)
# fmt: on
_ALL: tuple[Requirement, ...] = changed(
    PREVIOUS.values(), replaced=_REPLACED, added=_ADDED, after={"SHAPE-ERRORS": "BEYOND-FORMS"}
)

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
