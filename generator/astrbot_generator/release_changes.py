"""What a client author must change from one release to another, as data for a page.

The differences come from the gate's engine; here they are told from the side of somebody who holds a developer key: an
operation that no key opened before is new, however much of it was described.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from astrbot_generator.code_plan import Plan, PlannedOperation, PlannedScope
from astrbot_generator.gate.document import Document, TablePositions
from astrbot_generator.gate.finding import Finding, Level
from astrbot_generator.gate.judge import changes

_TOLD_FROM_THE_TABLES = frozenset(
    "operation-added operation-removed operation-opened scope-added scope-removed sensitive-scope-added".split()
)
_LONGEST_LINE = 1500
_IN_A_LINE = 4


@dataclass(frozen=True)
class Entry:
    """What is different in the same operations."""

    operations: tuple[str, ...]
    """`GET /api/v1/bots`; none where it is of no operation."""
    messages: tuple[str, ...]
    examples: tuple[str, ...] = ()
    """Requests or answers that show it, each of one line or more."""

    @property
    def named(self) -> tuple[str, ...]:
        """The operations that are named in the first line."""
        return self.operations if len(self.operations) <= _IN_A_LINE + 1 else self.operations[:_IN_A_LINE]

    @property
    def folded(self) -> tuple[str, ...]:
        """The others."""
        return self.operations[len(self.named) :]


@dataclass(frozen=True)
class ReleaseChanges:
    """All that is different between two releases."""

    title: str
    old: str
    new: str
    scopes_added: tuple[PlannedScope, ...]
    scopes_gone: tuple[PlannedScope, ...]
    added: tuple[PlannedOperation, ...]
    """Operations that a key opens now and none opened before."""
    gone: tuple[PlannedOperation, ...]
    """Operations that a key opened and none opens now."""
    refused: tuple[Entry, ...]
    """Requests that were allowed and are refused."""
    widened: tuple[Entry, ...]
    """Answers that were not possible and are."""
    doubtful: tuple[Entry, ...]
    """What breaks some clients only, or depends on how they are written."""
    harmless: tuple[Entry, ...]
    """What breaks nobody."""
    without_key: tuple[Entry, ...]
    """Differences of operations that no key opens in either."""

    @property
    def nothing(self) -> bool:
        """Whether there is no difference at all."""
        told = (self.scopes_added, self.scopes_gone, self.added, self.gone, self.refused, self.widened)
        return not any((*told, self.doubtful, self.harmless, self.without_key))


def release_changes(old: Plan, new: Plan) -> ReleaseChanges:
    """The differences between the contracts of two releases."""
    before, after = _keyed(old), _keyed(new)
    stayed = [(before[position], operation) for position, operation in after.items() if position in before]
    added = tuple(operation for position, operation in after.items() if position not in before)
    gone = tuple(operation for position, operation in before.items() if position not in after)
    ours, others = _sorted_out(changes(_document(old), _document(new)), stayed, (*added, *gone))
    breaking = [finding for finding in ours if finding.level is Level.BREAKING]
    refused = _entries(finding for finding in breaking if finding.direction != "response")
    return ReleaseChanges(
        title=new.title,
        old=old.release,
        new=new.release,
        scopes_added=_only_in(new.scopes, old.scopes),
        scopes_gone=_only_in(old.scopes, new.scopes),
        added=added,
        gone=gone,
        refused=(*_sub_scopes(stayed), *refused),
        widened=_entries(finding for finding in breaking if finding.direction == "response"),
        doubtful=_entries(finding for finding in ours if finding.level is Level.WARNING),
        harmless=_entries(finding for finding in ours if finding.level is Level.INFORMATION),
        without_key=_entries(others),
    )


def str_of(operation: PlannedOperation) -> str:
    """An operation as people name it."""
    return f"{operation.method} {operation.path}"


def _document(plan: Plan) -> Document:
    return Document(plan.release, plan.document, TablePositions(plan.document))


def _keyed(plan: Plan) -> dict[tuple[str, str], PlannedOperation]:
    """The operations that a key opens, by method and path; the names of its parameters do not tell paths apart."""
    keyed = [operation for operation in plan.operations if operation.scope is not None]
    return {(operation.method, re.sub(r"\{[^}]*\}", "{}", operation.path)): operation for operation in keyed}


def _only_in(scopes: Sequence[PlannedScope], others: Sequence[PlannedScope]) -> tuple[PlannedScope, ...]:
    names = {scope.name for scope in others}
    return tuple(scope for scope in scopes if scope.name not in names)


def _sorted_out(
    findings: Iterable[Finding],
    stayed: Iterable[tuple[PlannedOperation, PlannedOperation]],
    come_and_gone: Iterable[PlannedOperation],
) -> tuple[list[Finding], list[Finding]]:
    """The findings that concern somebody who holds a key, and those of operations that no key opens in either."""
    kept = {str_of(operation) for _, operation in stayed}
    told = {str_of(operation) for operation in come_and_gone}
    ours: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        if finding.rule not in _TOLD_FROM_THE_TABLES and finding.operation not in told:
            (ours if finding.operation is None or finding.operation in kept else others).append(finding)
    return ours, others


def _sub_scopes(stayed: Iterable[tuple[PlannedOperation, PlannedOperation]]) -> Iterator[Entry]:
    """The sub-scopes that operations ask for now and did not before."""
    for before, after in stayed:
        for name, when in after.sub_scopes:
            if name not in before.sub_scope_names and after.scope is not None:
                yield Entry((str_of(after),), (f"some inputs need `{name}` beside `{after.scope.name}`: {when}",))


def _entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The findings as entries: what is said in one wording of several operations, and all that is said of the same."""
    by_words: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_words.setdefault((finding.rule, finding.message), []).append(finding)
    by_operations: dict[tuple[str, ...], dict[str, str | None]] = {}
    for (_, message), group in by_words.items():
        operations = tuple(dict.fromkeys(finding.operation for finding in group if finding.operation))
        example = next((_shortened(finding.witness.text) for finding in group if finding.witness), None)
        by_operations.setdefault(operations, {})[message] = example
    return tuple(
        Entry(operations, tuple(said), tuple(dict.fromkeys(filter(None, said.values()))))
        for operations, said in by_operations.items()
    )


def _shortened(text: str) -> str:
    return "\n".join(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …" for line in text.splitlines())
