"""The tables of the scope reference, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from astrbot_generator.code_plan import PlannedOperation, PlannedScope
from astrbot_generator.markdown_text import cell, code_span, prose
from astrbot_generator.quoted_text import MarkdownText, joined, markdown
from astrbot_generator.reference_words import Words


def operation_table(operations: list[PlannedOperation], words: Words) -> MarkdownText:
    """Returns a table of operations."""
    if not operations:
        return markdown("\n{}", words.none)
    lines = [markdown("\n| {} | {} | {} |", words.operation, words.summary, words.effect)]
    lines.append(markdown("| --- | --- | --- |"))
    for operation in operations:
        effect = words.effects.get(operation.side_effect or "", markdown(""))
        lines.append(markdown("| {} | {} | {} |", call(operation), cell(prose(operation.summary)), effect))
    return joined(markdown("\n"), lines)


def sub_scope_table(operations: Iterable[PlannedOperation], name: str, words: Words) -> MarkdownText:
    """Returns a table of the operations that require a sub-scope for certain inputs, with the condition of each."""
    asking = [
        (operation, dict(operation.sub_scopes)[name]) for operation in operations if name in operation.sub_scope_names
    ]
    if not asking:
        return markdown("\n{}", words.none)
    lines = [markdown("\n| {} | {} |", words.operation, words.when), markdown("| --- | --- |")]
    lines += [markdown("| {} | {} |", call(operation), cell(prose(when))) for operation, when in asking]
    return joined(markdown("\n"), lines)


def users(operations: Iterable[PlannedOperation], scope: PlannedScope) -> int:
    """Returns how many operations require a scope, always or for certain inputs."""
    return sum(operation.scope == scope or scope.name in operation.sub_scope_names for operation in operations)


def call(operation: PlannedOperation) -> MarkdownText:
    """Returns an operation for a table cell."""
    return cell(code_span(f"{operation.method} {operation.path}"))
