"""The judgement of a change: every pair handed to every rule that asks for it, in the order of the new document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from astrbot_generator.gate.catalogue import Rule, load, of_area
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Change, Direction, Finding, Witness
from astrbot_generator.gate.operations import Operation, Parameter, Part
from astrbot_generator.gate.pair import OperationPair, Pair
from astrbot_generator.gate.rules.parameters import subject as parameter_subject
from astrbot_generator.gate.verdicts import SchemaJudge, Verdict
from astrbot_generator.pointer import join, split

FLIPPED: dict[Direction, Direction] = {"request": "response", "response": "request"}


@dataclass(frozen=True)
class Spoken:
    """A schema of an operation, and how messages speak of it."""

    what: str
    direction: Direction
    old: str
    new: str
    as_text: bool = False
    subject: str = ""
    """What stands for the pointer of the schema in fingerprints."""


def changes(
    base: Document, head: Document, *, scopes_from: str | None = None, today: date | None = None
) -> list[Finding]:
    """Every finding of the change rules, in the order of the new document."""
    pair = Pair(base, head, scopes_from=scopes_from, today=today)
    found = list(_of_document(pair))
    judge = SchemaJudge(base, head)
    for both in pair.both:
        found += _of_operation(both, judge)
    order = {str(operation.new): index for index, operation in enumerate(pair.both)}
    return sorted(found, key=lambda finding: (finding.operation is not None, order.get(finding.operation or "", -1)))


def _of_document(pair: Pair) -> Iterator[Finding]:
    by_pointer = {operation.pointer: operation for operation in (*pair.added, *pair.removed)}
    for rule in of_area("document"):
        for change in rule.check(pair):
            operation = by_pointer.get(change.base or "") or by_pointer.get(change.head or "")
            yield finding(rule, change, pair.head, operation)


def _of_operation(pair: OperationPair, judge: SchemaJudge) -> Iterator[Finding]:
    head = pair.pair.head
    for rule in of_area("security"):
        for change in rule.check(pair):
            yield finding(rule, change, head, pair.new)
    if _untouched(pair):
        return
    for rule in of_area("operation", "parameter", "body", "answer"):
        for change in rule.check(pair):
            yield finding(rule, change, head, pair.new)
    seen = set()
    for schema in _schemas(pair):
        for verdict in judge.judge(schema.direction, schema.old, schema.new, as_text=schema.as_text):
            made = _of_verdict(verdict, schema, pair)
            if (made.fingerprint, made.message) not in seen:
                seen.add((made.fingerprint, made.message))
                yield made


def _untouched(pair: OperationPair) -> bool:
    """Whether an operation is word for word the same, with all that it refers to."""
    same = pair.pair.sameness.same
    if str(pair.old) != str(pair.new) or not same(pair.old.value, pair.new.value):
        return False
    items = [operation.document.at(operation.pointer.rpartition("/")[0]) for operation in (pair.old, pair.new)]
    parameters = [item.get("parameters") for item in items]
    return bool(same(parameters[0], parameters[1]))


def _schemas(pair: OperationPair) -> Iterator[Spoken]:
    """Every schema of an operation that is in both documents."""
    asks: Direction = "response" if pair.new.flipped else "request"
    for old, new in pair.parameters()[0]:
        yield from _of_parameter(pair, old, new, asks)
    body, new_body = pair.bodies()
    if body and new_body:
        yield from _of_contents(pair, body, new_body, "the request body", asks, "requestBody")
    for status, one, other in pair.answers():
        where = join("responses", status)
        yield from _of_contents(pair, one, other, f"the answer {status}", FLIPPED[asks], where)
        headers = pair.new.headers(other)
        for name, header in pair.old.headers(one).items():
            if name in headers and "schema" in header.value and "schema" in headers[name].value:
                what, at = f"the header `{name}` of the answer {status}", join(where, "headers", name)
                pointers = header.below("schema"), headers[name].below("schema")
                yield Spoken(what, FLIPPED[asks], *pointers, as_text=True, subject=f"{pair.new.pointer}/{at}")


def _of_parameter(pair: OperationPair, old: Parameter, new: Parameter, direction: Direction) -> Iterator[Spoken]:
    where = parameter_subject(pair, new)
    if "schema" in old.value and "schema" in new.value:
        yield Spoken(str(new), direction, old.below("schema"), new.below("schema"), as_text=True, subject=where)
    else:
        one, other = pair.old.contents(old), pair.new.contents(new)
        for name in one:
            if name in other and "schema" in one[name].value and "schema" in other[name].value:
                yield Spoken(str(new), direction, one[name].below("schema"), other[name].below("schema"), subject=where)


def _of_contents(
    pair: OperationPair, old: Part, new: Part, what: str, direction: Direction, where: str
) -> Iterator[Spoken]:
    one, other = pair.old.contents(old), pair.new.contents(new)
    for name in one:
        if name in other:
            subject = f"{pair.new.pointer}/{where}{join('', 'content', name)}"
            several = f" ({name})" if len(other) > 1 else ""
            pointers = one[name].below("schema"), other[name].below("schema")
            values = [part[name].value.get("schema") for part in (one, other)]
            if all(value is not None for value in values):
                yield Spoken(what + several, direction, *pointers, subject=subject)
            events = [value.get("x-events") if isinstance(value, dict) else None for value in _followed(pair, values)]
            if all(event is not None for event in events):
                ends = [
                    document.follow(value, at)[1]
                    for document, value, at in zip(
                        (pair.old.document, pair.new.document), values, pointers, strict=True
                    )
                ]
                yield Spoken(
                    f"an event of {what}",
                    direction,
                    join(ends[0], "x-events"),
                    join(ends[1], "x-events"),
                    subject=f"{subject}/x-events",
                )


def _followed(pair: OperationPair, values: list[Any]) -> list[Any]:
    return [
        document.follow(value, "")[0]
        for document, value in zip((pair.old.document, pair.new.document), values, strict=True)
    ]


def _of_verdict(verdict: Verdict, schema: Spoken, pair: OperationPair) -> Finding:
    witness = None
    if verdict.witness is not None:
        witness = _spoken_witness(verdict.witness.value, schema, pair.new)
    # Inside the schema of this operation the pointer tells it apart; what stands in a component has its own pointer.
    at = verdict.new
    subject = schema.subject + at.removeprefix(schema.new) if at.startswith(schema.new) else f"{schema.subject}|{at}"
    if verdict.difference.name and not at.endswith("/" + verdict.difference.name):
        subject += f"|{verdict.difference.name}"
    change = Change(f"{schema.what}: {verdict.message}", verdict.old, verdict.new, witness, subject)
    return finding(verdict.rule, change, pair.pair.head, pair.new, direction=schema.direction)


def _spoken_witness(value: Any, schema: Spoken, operation: Operation) -> Witness:
    body = json.dumps(value, ensure_ascii=False)
    if schema.as_text and schema.direction == "request":
        return Witness("request", f"{operation} with {schema.what} {body}: allowed before, refused now", value)
    if schema.direction == "request":
        return Witness("request", f"{operation}\n{body}\nallowed before, refused now", value)
    return Witness("answer", f"{schema.what} of {operation}\n{body}\nnot allowed before, allowed now", value)


def finding(
    rule: Rule, change: Change, head: Document, operation: Operation | None, direction: Direction | None = None
) -> Finding:
    """A change as people read it, with its place in the files."""
    pointer = change.head if change.head is not None else change.base or ""
    place = head.place(change.head if change.head is not None else _nearest(change.base or ""))
    name = None if operation is None else str(operation)
    subject = change.subject
    return Finding(
        rule.id,
        rule.level,
        direction or rule.direction,
        name,
        pointer,
        place.file,
        place.line,
        place.column,
        change.message,
        change.witness,
        subject,
        rule.consent,
    )


def _nearest(pointer: str) -> str:
    """The pointer of what is gone; `place` answers with what is around it."""
    return join("", *split(pointer))


def rules_used(findings: Iterable[Finding]) -> dict[str, Rule]:
    """The rules that speak in these findings."""
    named = {found.rule for found in findings}
    return {name: rule for name, rule in load().items() if name in named}
