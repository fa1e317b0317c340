"""What the gate says: changes that rules yield, findings that people read, the judgement they add up to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

Direction = Literal["request", "response"]


class Level(StrEnum):
    """How much a finding weighs."""

    BREAKING = "breaking"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def weight(self) -> int:
        """The more, the worse."""
        return {"breaking": 2, "warning": 1, "information": 0}[self.value]


@dataclass(frozen=True)
class Witness:
    """An example that shows a finding, as the request or answer it would be."""

    kind: Literal["request", "answer", "key"]
    text: str
    """For people, of one line or more."""
    value: Any = None
    """The JSON value of the body, parameter or header; for a key the list of its scopes."""

    def as_json(self) -> dict[str, Any]:
        """Its form in reports."""
        return {"kind": self.kind, "text": self.text, "value": self.value}


@dataclass(frozen=True)
class Change:
    """What a rule found at one place."""

    message: str
    base: str | None
    """The pointer in the old document; None where it was not there."""
    head: str | None
    """The pointer in the new document; None where it is no longer there."""
    witness: Witness | None = None
    subject: str | None = None
    """What the fingerprint is made of, where the pointer counts items of a list; else the pointer."""


@dataclass(frozen=True)
class Finding:
    """One thing that the gate found."""

    rule: str
    level: Level
    direction: Direction | None
    operation: str | None
    """`POST /bots`; None where it is of no operation."""
    pointer: str
    """In the new document; in the old one where it is no longer there."""
    file: str
    line: int
    column: int
    message: str
    witness: Witness | None = None
    subject: str | None = None
    consent: bool = False
    """Whether it is refused until somebody accepts it, whatever its level."""
    accepted: str | None = None
    """The reason for which it was accepted."""

    @property
    def fingerprint(self) -> str:
        """What exceptions name: it stays when message, line and order change."""
        return _hashed(self.rule, self.operation or "", self.subject or self.pointer)

    @property
    def shared_fingerprint(self) -> str:
        """What exceptions name to accept one change of a shared part in every operation."""
        return _hashed(self.rule, "*", self.pointer)

    def as_json(self) -> dict[str, Any]:
        """Its form in reports."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "direction": self.direction,
            "operation": self.operation,
            "pointer": self.pointer,
            "file": self.file,
            "line": self.line,
            "message": self.message,
            "witness": self.witness.as_json() if self.witness else None,
            "fingerprint": self.fingerprint,
            "accepted": self.accepted is not None,
        }


def _hashed(*parts: str) -> str:
    # JSON can spell half a character, which UTF-8 cannot.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Judgement:
    """All findings and what follows from them."""

    findings: tuple[Finding, ...]
    base: str | None
    """The name of the old document; None where there was nothing to compare with."""
    head: str
    fail_on: Level = Level.BREAKING
    used: frozenset[str] | None = None
    """The operations that the consumer uses; None where everybody is asked for."""
    notes: tuple[str, ...] = ()
    """What else a person should know, a line each."""

    def refuses(self, finding: Finding) -> bool:
        """Whether this finding alone makes the change refused."""
        if finding.accepted is not None or not self.concerns(finding):
            return False
        return finding.consent or finding.level.weight >= self.fail_on.weight

    def concerns(self, finding: Finding) -> bool:
        """Whether the finding touches an operation that is used."""
        return self.used is None or finding.operation is None or finding.operation in self.used

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings for which the change is refused."""
        return tuple(finding for finding in self.findings if self.refuses(finding))

    @property
    def verdict(self) -> Literal["accepted", "refused"]:
        """The verdict."""
        return "refused" if self.refused else "accepted"

    def count(self, level: Level) -> int:
        """How many findings have this level."""
        return sum(finding.level is level for finding in self.findings)
