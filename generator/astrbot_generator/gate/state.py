"""Judges the new contract alone: its validity, our own rules, and the files of the project around it."""

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
    """Returns the folder of the project: the parent of `spec/`, or else the folder of the contract."""
    folder = contract.resolve().parent
    return folder.parent if folder.name == "spec" else folder


@dataclass(frozen=True)
class State:
    """The new contract and the project around it."""

    path: Path
    head: Document
    base: Document | None
    changed: tuple[Finding, ...]
    version_rule: bool
    drift: Background[list[str]] | None = None
    """The generated files that differ from the contract; None if they are not compared."""

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return project_of(self.path)


@dataclass(frozen=True)
class Stated(Change):
    """A change with a position or operation that its pointer does not give."""

    position: Position | None = None
    operation: str | None = None
    direction: Direction | None = None


def state_findings(state: State, *, ours: bool) -> Iterator[Finding]:
    """Yields the findings of the rules about the new contract and the project."""
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
