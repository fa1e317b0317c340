"""The tables of the scope reference, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from astrbot_generator.code_plan import PlannedOperation, PlannedScope
from astrbot_generator.markdown_text import cell, code_span, prose
from astrbot_generator.quoted_text import MarkdownText, joined, markdown
from astrbot_generator.reference_words import Words


def operation_table(operations: list[PlannedOperation], words: Words) -> MarkdownText:
    """Returns a table of operations."""
    effects = [words.effects.get(operation.side_effect or "", markdown("")) for operation in operations]
    rows = [(call(o), cell(prose(o.summary)), effect) for o, effect in zip(operations, effects, strict=True)]
    return _table((words.operation, words.summary, words.effect), rows, words)


def sub_scope_table(operations: Iterable[PlannedOperation], name: str, words: Words) -> MarkdownText:
    """Returns a table of the operations that require a sub-scope for certain inputs, with the condition of each."""
    matching = [operation for operation in operations if name in operation.sub_scope_names]
    rows = [(call(operation), cell(prose(dict(operation.sub_scopes)[name]))) for operation in matching]
    return _table((words.operation, words.when), rows, words)


def _table(head: tuple[MarkdownText, ...], rows: Sequence[tuple[MarkdownText, ...]], words: Words) -> MarkdownText:
    """Returns a table, or a sentence if it has no rows."""
    if not rows:
        return markdown("\n{}", words.none)
    rule = (markdown("---"),) * len(head)
    lines = [markdown("| {} |", joined(markdown(" | "), row)) for row in (head, rule, *rows)]
    return markdown("\n{}", joined(markdown("\n"), lines))


def users(operations: Iterable[PlannedOperation], scope: PlannedScope) -> int:
    """Returns how many operations require a scope, always or for certain inputs."""
    return sum(operation.scope == scope or scope.name in operation.sub_scope_names for operation in operations)


def call(operation: PlannedOperation) -> MarkdownText:
    """Returns an operation for a table cell."""
    return cell(code_span(str(operation)))
