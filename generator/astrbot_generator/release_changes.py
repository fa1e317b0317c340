"""The changes between two releases that affect clients, as data for a page.

The gate's engine finds the differences. The page takes the view of a developer who holds an API key: an operation that
no key could call before is new, even if the contract already described it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from astrbot_generator.code_plan import Plan, PlannedOperation, PlannedScope
from astrbot_generator.gate.document import Document, position_in
from astrbot_generator.gate.finding import Finding, Level
from astrbot_generator.gate.judge import changes
from astrbot_generator.gate.operations import template

_REPORTED_FROM_TABLES = frozenset(
    "operation-added operation-removed operation-opened scope-added scope-removed sensitive-scope-added".split()
)
_LONGEST_LINE = 1500
_IN_A_LINE = 4


@dataclass(frozen=True)
class Entry:
    """Differences that all operations of a group have."""

    operations: tuple[str, ...]
    """For example `GET /api/v1/bots`; empty if the difference belongs to no operation."""
    messages: tuple[str, ...]
    examples: tuple[str, ...] = ()
    """Requests or responses that show it, each of one line or more."""

    @property
    def named(self) -> tuple[str, ...]:
        """The operations that the first line names."""
        return self.operations if len(self.operations) <= _IN_A_LINE + 1 else self.operations[:_IN_A_LINE]

    @property
    def folded(self) -> tuple[str, ...]:
        """The operations that the page folds."""
        return self.operations[len(self.named) :]


@dataclass(frozen=True)
class ReleaseChanges:
    """All differences between two releases."""

    title: str
    old: str
    new: str
    scopes_added: tuple[PlannedScope, ...]
    scopes_gone: tuple[PlannedScope, ...]
    added: tuple[PlannedOperation, ...]
    """Operations that a key can call now, but could not before."""
    gone: tuple[PlannedOperation, ...]
    """Operations that a key could call before, but cannot now."""
    refused: tuple[Entry, ...]
    """Requests that were accepted before and are rejected now."""
    widened: tuple[Entry, ...]
    """Responses that were not possible before and are now."""
    doubtful: tuple[Entry, ...]
    """Changes that break only some clients, depending on how they are written."""
    harmless: tuple[Entry, ...]
    """Changes that break no client."""
    without_key: tuple[Entry, ...]
    """Differences of operations that no key can call in either release."""

    @property
    def nothing(self) -> bool:
        """Whether the releases do not differ."""
        tables = (self.scopes_added, self.scopes_gone, self.added, self.gone)
        return not any((*tables, self.refused, self.widened, self.doubtful, self.harmless, self.without_key))


def release_changes(old: Plan, new: Plan) -> ReleaseChanges:
    """Returns the differences between the contracts of two releases."""
    before, after = _keyed(old), _keyed(new)
    stayed = [(before[position], operation) for position, operation in after.items() if position in before]
    added = tuple(operation for position, operation in after.items() if position not in before)
    gone = tuple(operation for position, operation in before.items() if position not in after)
    ours, others = _divided(changes(_document(old), _document(new)), stayed, (*added, *gone))
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


def _document(plan: Plan) -> Document:
    return Document(plan.release, plan.document, partial(position_in, plan.document))


def _keyed(plan: Plan) -> dict[tuple[str, str], PlannedOperation]:
    """Returns the operations that a key can call, by method and path; parameter names in paths are ignored."""
    keyed = [operation for operation in plan.everything if operation.scope is not None]
    return {(operation.method, template(operation.path)): operation for operation in keyed}


def _only_in(scopes: Sequence[PlannedScope], others: Sequence[PlannedScope]) -> tuple[PlannedScope, ...]:
    names = {scope.name for scope in others}
    return tuple(scope for scope in scopes if scope.name not in names)


def _divided(
    findings: Iterable[Finding],
    stayed: Iterable[tuple[PlannedOperation, PlannedOperation]],
    added_or_removed: Iterable[PlannedOperation],
) -> tuple[list[Finding], list[Finding]]:
    """Returns the findings that concern key holders, and those of operations that no key can call in either release."""
    callable_now = {str(operation) for _, operation in stayed}
    in_tables = {str(operation) for operation in added_or_removed}
    ours: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        if finding.rule not in _REPORTED_FROM_TABLES and finding.operation not in in_tables:
            (ours if finding.operation is None or finding.operation in callable_now else others).append(finding)
    return ours, others


def _sub_scopes(stayed: Iterable[tuple[PlannedOperation, PlannedOperation]]) -> Iterator[Entry]:
    """Yields the sub-scopes that operations require now, but did not before."""
    for before, after in stayed:
        for name, when in after.sub_scopes:
            if name not in before.sub_scope_names and after.scope is not None:
                message = f"some inputs require `{name}` in addition to `{after.scope.name}`: {when}"
                yield Entry((str(after),), (message,))


def _entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """Returns the findings as entries: findings with equal operations share an entry."""
    by_words: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_words.setdefault((finding.rule, finding.message), []).append(finding)
    by_operations: dict[tuple[str, ...], dict[str, str | None]] = {}
    for (_, message), group in by_words.items():
        operations = tuple(dict.fromkeys(finding.operation for finding in group if finding.operation))
        example = next((_shortened(finding.witness.text) for finding in group if finding.witness), None)
        by_operations.setdefault(operations, {})[message] = example
    return tuple(
        Entry(operations, tuple(by_message), tuple(dict.fromkeys(filter(None, by_message.values()))))
        for operations, by_message in by_operations.items()
    )


def _shortened(text: str) -> str:
    return "\n".join(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …" for line in text.splitlines())
