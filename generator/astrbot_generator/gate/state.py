"""Judges the new state by itself: is it valid, does it keep our rules, does the project around it follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from astrbot_generator.background import Background
from astrbot_generator.errors import Position
from astrbot_generator.gate.catalogue import of_area
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Change, Direction, Finding, Level


def project_of(contract: Path) -> Path:
    """The folder of the project: the one above `spec/`, or that of the contract."""
    folder = contract.resolve().parent
    return folder.parent if folder.name == "spec" else folder


@dataclass(frozen=True)
class State:
    """The new contract and what lies around it."""

    path: Path
    head: Document
    base: Document | None
    changed: tuple[Finding, ...]
    version_rule: bool
    drift: Background[list[str]] | None = None
    """The generated files that are not what the contract generates; None where nobody asked."""

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return project_of(self.path)


@dataclass(frozen=True)
class Stated(Change):
    """A change that knows more of its place than a pointer says."""

    position: Position | None = None
    operation: str | None = None
    direction: Direction | None = None


def state_findings(state: State, *, ours: bool) -> Iterator[Finding]:
    """What is wrong with the new state."""
    for rule in of_area("contract", "project"):
        if rule.id in _FOR_ALL or ours or (rule.id == "version-not-bumped" and state.version_rule):
            for change in rule.check(state):
                position = getattr(change, "position", None) or state.head.position(change.head or "")
                yield Finding(
                    rule.id,
                    Level(rule.level),
                    None,
                    getattr(change, "operation", None),
                    change.head or "",
                    position.file,
                    position.line,
                    position.column,
                    change.message,
                    subject=change.subject,
                )


_FOR_ALL = ("document-invalid", "document-still-invalid")
