"""Judges a change: applies every rule to every pair, in the order of the new document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from astrbot_generator.gate.access import ScopeSource, usual_source
from astrbot_generator.gate.catalogue import Rule, of_area
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Change, Direction, Finding, Level, Witness
from astrbot_generator.gate.operation_schemas import OperationSchema, schemas_of
from astrbot_generator.gate.operations import Operation
from astrbot_generator.gate.pair import OperationPair, Pair
from astrbot_generator.gate.rules.representation import element
from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.verdicts import SchemaJudge, Verdict

Readers = Literal["strict", "tolerant"]
_FOR_STRICT_READERS = ("response-property-added-to-closed", "response-opened")


def changes(
    base: Document,
    head: Document,
    *,
    source: ScopeSource | None = None,
    today: date | None = None,
    readers: Readers = "strict",
) -> list[Finding]:
    """Returns every finding of the change rules, in the order of the new document.

    `readers` says whether clients reject unknown members of objects that allow none.
    """
    pair = Pair(base, head, source=source or usual_source(base), today=today)
    found = list(_of_document(pair))
    judge = SchemaJudge(base, head)
    for both in pair.both:
        found += _of_operation(both, judge)
    order = {str(operation.new): index for index, operation in enumerate(pair.both)}
    if readers == "tolerant":
        found = [replace(f, level=Level.WARNING) if f.rule in _FOR_STRICT_READERS else f for f in found]
    return sorted(found, key=lambda finding: (finding.operation is not None, order.get(finding.operation or "", -1)))


def _of_document(pair: Pair) -> Iterator[Finding]:
    by_pointer = {operation.pointer: operation for operation in (*pair.added, *pair.removed)}
    for rule in of_area("document"):
        for change in rule.check(pair):
            operation = by_pointer.get(change.base or "") or by_pointer.get(change.head or "")
            yield _finding(rule, change, pair.head, operation)


def _of_operation(pair: OperationPair, judge: SchemaJudge) -> Iterator[Finding]:
    head = pair.pair.head
    for rule in of_area("security"):
        for change in rule.check(pair):
            yield _finding(rule, change, head, pair.new)
    if _untouched(pair):
        return
    for rule in of_area("operation", "parameter", "body", "answer"):
        for change in rule.check(pair):
            yield _finding(rule, change, head, pair.new)
    seen = set()
    for schema in schemas_of(pair):
        for verdict in judge.judge(schema.direction, schema.old, schema.new, schema.medium):
            finding = _of_verdict(verdict, schema, pair)
            if (finding.fingerprint, finding.message) not in seen:
                seen.add((finding.fingerprint, finding.message))
                yield finding


def _untouched(pair: OperationPair) -> bool:
    """Returns whether an operation is literally unchanged, including its references and its path item."""
    same = pair.pair.sameness.same
    if str(pair.old) != str(pair.new) or not same(pair.old.value, pair.new.value):
        return False
    items = [operation.item() for operation in (pair.old, pair.new)]
    return all(same(*(item.value.get(word) for item in items)) for word in ("parameters", "servers"))


def _of_verdict(verdict: Verdict, schema: OperationSchema, pair: OperationPair) -> Finding:
    witness = None
    if verdict.witness is not None:
        witness = _witness_in_words(verdict, verdict.witness.value, schema, pair.new)
    # A schema inside the operation is identified by its pointer below it, a component by its own pointer.
    at = verdict.new
    subject = schema.subject + at.removeprefix(schema.new) if at.startswith(schema.new) else f"{schema.subject}|{at}"
    if verdict.difference.name and not at.endswith("/" + verdict.difference.name):
        subject += f"|{verdict.difference.name}"
    found = verdict.difference
    cause = text([found.name, found.in_a, found.in_b]) if at.startswith("/components/") else None
    change = Change(f"{schema.what}: {verdict.message}", verdict.old, verdict.new, witness, subject, cause=cause)
    return _finding(verdict.rule, change, pair.pair.head, pair.new, direction=schema.direction)


def _witness_in_words(verdict: Verdict, value: Any, schema: OperationSchema, operation: Operation) -> Witness:
    body = json.dumps(value, ensure_ascii=False)
    if verdict.difference.kind == "xml":
        body += f", written as {element(verdict.difference.in_a)}"
    if schema.medium in ("text", "list") and schema.direction == "request":
        return Witness("request", f"{operation} with {schema.what} {body}: accepted before, rejected now", value)
    if schema.direction == "request":
        return Witness("request", f"{operation}\n{body}\naccepted before, rejected now", value)
    return Witness("answer", f"{schema.what} of {operation}\n{body}\nnot possible before, possible now", value)


def _finding(
    rule: Rule, change: Change, head: Document, operation: Operation | None, direction: Direction | None = None
) -> Finding:
    position = head.position(change.pointer)
    if operation is None:
        return rule.finding(change, position)
    return rule.finding(change, position, str(operation), is_callback=operation.is_callback, direction=direction)
