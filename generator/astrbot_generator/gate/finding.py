"""The results of the gate: changes that rules yield, findings that people read, and the judgement."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from astrbot_generator.errors import Position

Direction = Literal["request", "response"]
OPPOSITE: dict[Direction, Direction] = {"request": "response", "response": "request"}


class Level(StrEnum):
    """The severity of a finding."""

    BREAKING = "breaking"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def weight(self) -> int:
        """A number that grows with the severity."""
        return {"breaking": 2, "warning": 1, "information": 0}[self.value]


@dataclass(frozen=True)
class Witness:
    """An example that shows a finding: a request, a response or a key."""

    kind: Literal["request", "answer", "key"]
    text: str
    """Readable text of one line or more."""
    value: Any = None
    """The JSON value of the body, parameter or header; for a key, the list of its scopes."""

    def as_json(self) -> dict[str, Any]:
        """Returns its form in reports."""
        return {"kind": self.kind, "text": self.text, "value": self.value}


@dataclass(frozen=True)
class Change:
    """One change that a rule found."""

    message: str
    base: str | None
    """The pointer in the old document; None if it did not exist there."""
    head: str | None
    """The pointer in the new document; None if it no longer exists."""
    witness: Witness | None = None
    subject: str | None = None
    """The base of the fingerprint if the pointer contains list indexes; otherwise the pointer is used."""
    position: Position | None = None
    """Its position, if the pointer does not give it."""
    operation: str | None = None
    """Its operation, such as `POST /bots`, for rules about a whole document; None if it belongs to no operation."""
    cause: str | None = None
    """What is the same in all findings that one change of a shared component causes; None if it is not shared."""

    @property
    def pointer(self) -> str:
        """The pointer in the new document, or in the old one if it no longer exists."""
        return self.head if self.head is not None else self.base or ""


@dataclass(frozen=True, kw_only=True)
class Finding(Change):
    """A change as a finding of the gate: judged, and with its position and operation."""

    rule: str
    level: Level
    direction: Direction | None
    position: Position
    consent: bool = False
    """Whether it is refused until it is accepted, regardless of its level."""
    accepted: str | None = None
    """Why it was accepted; None if it was not."""

    @property
    def fingerprint(self) -> str:
        """The id for exceptions; it does not depend on message, line or order."""
        return _hashed(self.rule, self.operation or "", self.subject or self.pointer)

    @property
    def shared_fingerprint(self) -> str:
        """The id for an exception that accepts a change of a shared part in every operation."""
        return _hashed(self.rule, "*", self.pointer)

    def as_json(self) -> dict[str, Any]:
        """Returns its form in reports."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "direction": self.direction,
            "operation": self.operation,
            "pointer": self.pointer,
            "file": self.position.file,
            "line": self.position.line,
            "message": self.message,
            "witness": self.witness.as_json() if self.witness else None,
            "fingerprint": self.fingerprint,
            "accepted": self.accepted is not None,
        }


def _hashed(*parts: str) -> str:
    # JSON can contain half of a surrogate pair, but UTF-8 cannot.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Judgement:
    """All findings and the verdict."""

    findings: tuple[Finding, ...]
    base: str | None
    """The name of the old document; None if there was no comparison."""
    head: str
    fail_on: Level = Level.BREAKING
    used: frozenset[str] | None = None
    """The operations that the client uses; None to judge for all clients."""
    notes: tuple[str, ...] = ()
    """Further remarks, one line each."""

    def refuses(self, finding: Finding) -> bool:
        """Returns whether this finding alone refuses the change."""
        if finding.accepted is not None or not self.concerns(finding):
            return False
        return finding.consent or finding.level.weight >= self.fail_on.weight

    def concerns(self, finding: Finding) -> bool:
        """Returns whether the finding affects an operation that is used."""
        return self.used is None or finding.operation is None or finding.operation in self.used

    @property
    def verdict(self) -> Literal["accepted", "refused"]:
        """Whether the change is accepted or refused."""
        return "refused" if any(map(self.refuses, self.findings)) else "accepted"
