"""The words in which a contract speaks: what a scope means, what a sentence demands. Generated; do not edit."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a scope means."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One normative sentence: MUST decides a verdict, SHOULD is reported."""

    id: str
    level: Literal["MUST", "SHOULD"]
    sentence: str
    source: str
