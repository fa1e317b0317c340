"""Judges the new contract alone: its validity, our own rules, and the files of the project around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from astrbot_generator.background import Background
from astrbot_generator.gate.catalogue import of_area
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Finding


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


def state_findings(state: State, *, ours: bool) -> Iterator[Finding]:
    """Yields the findings of the rules about the new contract and the project."""
    for rule in of_area("contract", "project"):
        if rule.id in _FOR_ALL or ours or (rule.id == "version-not-bumped" and state.version_rule):
            for change in rule.check(state):
                position = change.position or state.head.position(change.pointer)
                yield rule.finding(change, position, change.operation)


_FOR_ALL = ("document-invalid", "document-still-invalid")
