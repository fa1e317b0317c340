"""The requirements of AstrBot HTTP API 4.29.1. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..r4_28_2.requirements import REQUIREMENTS as PREVIOUS
from ..vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]
# fmt: off
_ADDED: tuple[Requirement, ...] = (
    Requirement("UPLOADS-OWNER", "MUST",
        "Only the key that started an upload in pieces can read, continue, complete and abort it. A request of another key MUST NOT have an effect on it, whatever user the request names.",
        "sources.md#uploads"),
)
# fmt: on
_ALL: tuple[Requirement, ...] = changed(PREVIOUS.values(), added=_ADDED, after={"UPLOADS-OWNER": "CONFIG-ADMIN"})

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
