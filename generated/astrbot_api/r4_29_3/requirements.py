"""The requirements of AstrBot HTTP API 4.29.3. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..r4_29_1.requirements import REQUIREMENTS as PREVIOUS
from ..vocabulary import Requirement

__all__ = ["REQUIREMENTS", "Requirement"]
# fmt: off
# fmt: on
_ALL: tuple[Requirement, ...] = changed(PREVIOUS.values())

REQUIREMENTS: Mapping[str, Requirement] = MappingProxyType({requirement.id: requirement for requirement in _ALL})
"""Every requirement by its id, in the order of the contract."""
