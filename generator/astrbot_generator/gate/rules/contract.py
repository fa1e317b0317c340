"""Rules for our own contract, in addition to the checks of the generator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from astrbot_generator.bundle import bundle
from astrbot_generator.check import check
from astrbot_generator.errors import ContractError, Position
from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change
from astrbot_generator.gate.operations import Operation, operations_of
from astrbot_generator.gate.references import references
from astrbot_generator.gate.schema.normalize import NormalizedSchemas, plain_copy
from astrbot_generator.gate.state import State
from astrbot_generator.gate.values import row, table
from astrbot_generator.grammar import Found, walk_document
from astrbot_generator.pointer import join, pointer_of
from astrbot_generator.read import Table
from astrbot_generator.socket_rules import WORD

_STYLE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def _objects(state: State) -> Iterator[Found]:
    if isinstance(state.head.value, Table):
        yield from walk_document(state.head.value)


def _change(operation: Operation, message: str, *tokens: str) -> Change:
    """Returns a change of an operation, at the part that these tokens lead to."""
    return Change(message, None, join(operation.pointer, *tokens), operation=str(operation))


@rule("contract-refused", area="contract")
def contract_refused(state: State) -> Iterator[Change]:
    """The generator rejects the contract: it cannot turn a scope, keyword, name or reference into code.

    Breaks: everything that is generated from it.
    Instead: follow the remedy in the message.
    """
    try:
        check(state.head.value if isinstance(state.head.value, Table) else bundle(state.path))
    except ContractError as error:
        for problem in error.problems:
            at = problem.position
            position = at if isinstance(at, Position) else Position(at, 1, 1)
            yield Change(f"{problem.wrong}; {problem.remedy}", None, problem.pointer or "", position=position)


@rule("operation-id-style", area="contract")
def operation_id_style(state: State) -> Iterator[Change]:
    """An operationId is missing or is not in snake_case.

    Breaks: the names of generated methods, which are derived from it.
    Instead: use snake_case, beginning with a verb.
    """
    for operation in operations_of(state.head):
        if operation.id is None or not _STYLE.fullmatch(operation.id):
            yield _change(operation, f"the operationId `{operation.id}` is not in snake_case", "operationId")


@rule("side-effect-missing", area="contract")
def side_effect_missing(state: State) -> Iterator[Change]:
    """An operation does not declare its side effect.

    Breaks: the suite, which must know what it may send to a deployment.
    Instead: add `x-side-effect`: read, write, destructive or external.
    """
    for operation in operations_of(state.head):
        if "x-side-effect" not in operation.value:
            yield _change(operation, "no `x-side-effect`")


@rule("refusal-undocumented", area="contract")
def refusal_undocumented(state: State) -> Iterator[Change]:
    """An operation requires credentials, but does not document 401 and 403.

    Breaks: clients that get a 401 or 403 that the contract does not describe.
    Instead: refer to the shared `Unauthorized` and `InsufficientScope`. A WebSocket rejects with a message instead.
    """
    for operation in operations_of(state.head):
        if WORD in operation.value:
            continue
        missing = [status for status in ("401", "403") if status not in operation.answers()]
        if operation.value.get("security") and missing:
            yield _change(operation, f"missing response {' and '.join(missing)}", "responses")


@rule("answer-untyped", area="contract")
def answer_untyped(state: State) -> Iterator[Change]:
    """A JSON response has no schema, or one that accepts anything.

    Breaks: the checks of responses, which accept anything.
    Instead: describe every member; if AstrBot leaves it open, add `x-free-form` with the reason.
    """
    for operation in operations_of(state.head):
        for status, answer in operation.answers().items():
            part = operation.contents(answer).get("application/json")
            if part and part.value.get("schema") in (None, True, {}):
                message = f"the response {status} has no type"
                yield Change(message, None, part.pointer, operation=str(operation))


@rule("parameter-undescribed", area="contract")
def parameter_undescribed(state: State) -> Iterator[Change]:
    """A parameter has no description.

    Breaks: no code; but readers of the contract have to guess.
    Instead: add one sentence that says what it does.
    """
    seen = set()
    for operation in operations_of(state.head):
        for parameter in operation.parameters():
            if not str(parameter.value.get("description") or "").strip() and parameter.pointer not in seen:
                seen.add(parameter.pointer)
                message = f"the {parameter} has no description"
                yield Change(message, None, parameter.pointer, operation=str(operation))


@rule("schema-orphaned", area="contract")
def schema_orphaned(state: State) -> Iterator[Change]:
    """A component schema is unused.

    Breaks: nothing; but it is generated and maintained without need.
    Instead: remove it, or refer to it.
    """
    schemas = table(table(state.head.value.get("components")).get("schemas"))
    used = _reached(state.head.value)
    for name in schemas:
        if join("/components/schemas", name) not in used:
            yield Change(f"the schema `{name}` is unused", None, join("/components/schemas", name))


def _reached(document: dict[str, Any]) -> set[str]:
    """Returns the pointers that operations refer to, directly or through others, including discriminator mappings."""
    found: set[str] = set()
    waiting = [value for name, value in document.items() if name != "components"]
    components = table(document.get("components"))
    while waiting:
        for _, reference in [*references(waiting[-1]), *_other_references(waiting.pop())]:
            pointer = pointer_of(reference)
            tokens = pointer.split("/")
            if pointer not in found and tokens[1:2] == ["components"] and len(tokens) > 3:
                found.add(pointer)
                waiting.append(table(components.get(tokens[2])).get(tokens[3]))
    return found


def _other_references(node: Any) -> Iterator[tuple[str, str]]:
    """Yields references in extensions and in discriminators."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key.startswith("x-"):
                yield from references(value)
            if key == "mapping" and isinstance(value, dict):
                yield from (("", text) for text in value.values() if isinstance(text, str) and text.startswith("#/"))
            yield from _other_references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _other_references(value)


@rule("example-invalid", area="contract")
def example_invalid(state: State) -> Iterator[Change]:
    """An example does not match its schema.

    Breaks: readers who copy it, and mocks that return it.
    Instead: fix the example or the schema.
    """
    schemas = NormalizedSchemas(state.head, "response")
    for found in _objects(state):
        examples = list(_examples(found))
        if not examples:
            continue
        validator = _validator(schemas, found.pointer if found.kind == "schema" else join(found.pointer, "schema"))
        for tokens, example in examples:
            error = next(validator.iter_errors(plain_copy(example)), None)
            if error is not None:
                wrong = " ".join(str(error.message).split())[:160]
                yield Change(f"the example does not match its schema: {wrong}", None, join(found.pointer, *tokens))


def _validator(schemas: NormalizedSchemas, pointer: str) -> jsonschema_rs.Draft202012Validator:
    schema = schemas.closed(schemas.node(pointer))
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=False, offline=True)


def _examples(found: Found) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    node = found.node
    if found.kind not in ("media-type", "parameter", "header", "schema") or not isinstance(node, dict):
        return
    if "example" in node:
        yield ("example",), node["example"]
    listed = node.get("examples")
    if isinstance(listed, dict):
        for name, entry in listed.items():
            if isinstance(entry, dict) and "value" in entry:
                yield ("examples", name, "value"), entry["value"]
    elif isinstance(listed, list):
        yield from ((("examples", index), value) for index, value in enumerate(listed))


@rule("nullable-means-nothing", area="contract")
def nullable_means_nothing(state: State) -> Iterator[Change]:
    """An OpenAPI 3.1 schema uses `nullable`, which only OpenAPI 3.0 supports.

    Breaks: clients that rely on it: null is rejected.
    Instead: write `type: [string, 'null']`.
    """
    if state.head.is_3_0:
        return
    for found in _objects(state):
        if found.kind == "schema" and isinstance(found.node, dict) and "nullable" in found.node:
            yield Change("`nullable` has no effect in OpenAPI 3.1", None, join(found.pointer, "nullable"))


@rule("requirement-unknown", area="contract")
def requirement_unknown(state: State) -> Iterator[Change]:
    """An operation refers to an unknown requirement, or a requirement is incomplete.

    Breaks: the links from an operation to its requirements and their checks.
    Instead: use an id of `x-requirements`; give each requirement a level, a sentence and a source.
    """
    known = table(state.head.value.get("x-requirements"))
    for name, entry in known.items():
        missing = [
            word for word in ("level", "sentence", "source") if not (isinstance(entry, dict) and entry.get(word))
        ]
        if missing:
            yield Change(f"`{name}` has no {' and no '.join(missing)}", None, join("/x-requirements", name))
    for operation in operations_of(state.head):
        for name in row(operation.value.get("x-requirements")):
            if name not in known:
                yield _change(operation, f"unknown requirement `{name}`", "x-requirements")
