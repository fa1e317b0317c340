"""Rules for request parameters. Their schemas are judged like all other schemas."""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.operations import Operation, Parameter
from astrbot_generator.gate.pair import OperationPair
from astrbot_generator.gate.schema.flat_schema import flatten
from astrbot_generator.gate.schema.normalize import NormalizedSchemas
from astrbot_generator.gate.values import table


def _moved(pair: OperationPair) -> list[tuple[Parameter, Parameter]]:
    _, gone, added = pair.parameters()
    return [(old, new) for old in gone for new in added if old.name == new.name and old.param_in != new.param_in]


@rule("parameter-removed", area="parameter", level=Level.WARNING, direction="request")
def parameter_removed(pair: OperationPair) -> Iterator[Change]:
    """A parameter was removed. A server ignores parameters that it does not know, as it ignores unknown members.

    Breaks: no request; but the parameter no longer has an effect.
    Instead: keep it, marked as deprecated.
    Before: {name: enabled, in: query, schema: {type: boolean}}
    After: null
    """
    moved = [old for old, _ in _moved(pair)]
    for parameter in pair.parameters()[1]:
        if parameter not in moved:
            message = f"{parameter} is no longer read"
            yield Change(message, parameter.pointer, None, None, pair.subject(parameter))


@rule("parameter-moved", area="parameter", direction="request")
def parameter_moved(pair: OperationPair) -> Iterator[Change]:
    """A parameter moved between path, query, header and cookie.

    Breaks: clients that send it in the old location.
    Instead: accept it in both locations for a while.
    Before: {name: token, in: query, schema: {type: string}}
    After: {name: token, in: header, schema: {type: string}}
    """
    for old, new in _moved(pair):
        example = Witness("request", f"{pair.old} with {old}")
        yield Change(f"{old} moved to `{new.param_in}`", old.pointer, new.pointer, example, pair.subject(old))


def _added(pair: OperationPair) -> Iterator[Parameter]:
    moved = [new for _, new in _moved(pair)]
    yield from (parameter for parameter in pair.parameters()[2] if parameter not in moved)


@rule("parameter-added-required", area="parameter", direction="request", called=Level.INFORMATION)
def parameter_added_required(pair: OperationPair) -> Iterator[Change]:
    """A required parameter was added.

    Breaks: every client that does not send it.
    Instead: make it optional, with a default that keeps the old behaviour.
    Before: null
    After: {name: owner, in: query, required: true, schema: {type: string}}
    """
    for parameter in _added(pair):
        if parameter.required:
            example = Witness("request", f"{pair.new} without {parameter}")
            yield Change(f"{parameter} is new and required", None, parameter.pointer, example, pair.subject(parameter))


@rule("parameter-added", area="parameter", level=Level.INFORMATION, direction="request")
def parameter_added(pair: OperationPair) -> Iterator[Change]:
    """An optional parameter was added.

    Breaks: no client.
    Instead: nothing to do.
    Before: null
    After: {name: owner, in: query, schema: {type: string}}
    """
    for parameter in _added(pair):
        if not parameter.required:
            yield Change(f"{parameter} is new", None, parameter.pointer, None, pair.subject(parameter))


@rule("parameter-became-required", area="parameter", direction="request", called=Level.INFORMATION)
def parameter_became_required(pair: OperationPair) -> Iterator[Change]:
    """An optional parameter became required.

    Breaks: clients that do not send it.
    Instead: keep it optional, with a default that keeps the old behaviour.
    Before: {name: owner, in: query, schema: {type: string}}
    After: {name: owner, in: query, required: true, schema: {type: string}}
    """
    for old, new in pair.parameters()[0]:
        if new.required and not old.required:
            example = Witness("request", f"{pair.new} without {new}")
            yield Change(f"{new} became required", old.pointer, new.pointer, example, pair.subject(new))


@rule(
    "parameter-became-optional", area="parameter", level=Level.INFORMATION, direction="request", called=Level.BREAKING
)
def parameter_became_optional(pair: OperationPair) -> Iterator[Change]:
    """A required parameter became optional.

    Breaks: no client.
    Instead: nothing to do.
    Before: {name: owner, in: query, required: true, schema: {type: string}}
    After: {name: owner, in: query, schema: {type: string}}
    """
    for old, new in pair.parameters()[0]:
        if old.required and not new.required:
            yield Change(f"{new} became optional", old.pointer, new.pointer, None, pair.subject(new))


@rule("parameter-style-changed", area="parameter", direction="request")
def parameter_style_changed(pair: OperationPair) -> Iterator[Change]:
    """The serialization of a parameter changed: `style`, `explode`, `allowReserved`, `allowEmptyValue`, or JSON.

    Breaks: clients that use the old serialization; lists and objects are parsed incorrectly.
    Instead: add a parameter with another name.
    Before: {name: tags, in: query, schema: {type: array, items: {type: string}}}
    After: {name: tags, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
    """
    for old, new in pair.parameters()[0]:
        changed = _rewritten(pair, old, new)
        if changed:
            text = f"{pair.old} with {old} as it was written before: accepted before, misread now"
            yield Change(f"{new} {changed}", old.pointer, new.pointer, Witness("request", text), pair.subject(new))


def _rewritten(pair: OperationPair, old: Parameter, new: Parameter) -> str | None:
    """Returns how the serialization of a parameter changed; None if it did not."""
    contents = [sorted(table(parameter.value.get("content"))) for parameter in (old, new)]
    if contents[0] != contents[1]:
        return "is now sent as " + (contents[1][0] if contents[1] else "plain text")
    (style, explode), (new_style, new_explode) = old.writing, new.writing
    if style != new_style:
        return f"changed its style from {style} to {new_style}"
    if explode != new_explode and _composite(pair.old, old):
        return f"changed `explode` to {str(new_explode).lower()}"
    for word, accepted in (("allowReserved", "unescaped reserved characters"), ("allowEmptyValue", "an empty value")):
        if old.value.get(word) is True and new.value.get(word) is not True:
            return f"no longer accepts {accepted}"
    return None


def _composite(operation: Operation, parameter: Parameter) -> bool:
    schemas = NormalizedSchemas(operation.document, "request", "text")
    return not flatten(schemas, [schemas.node(parameter.below("schema"))]).types.isdisjoint(("array", "object"))
