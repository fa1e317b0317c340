"""The meaning of a scope, and a requirement. Generated; do not edit."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of a scope in two languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement. A violated MUST fails the verdict; a violated SHOULD is only reported."""

    id: str
    level: Literal["MUST", "SHOULD"]
    sentence: str
    source: str
