"""Checks a document against the schema of the OpenAPI Initiative, and its operations for contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import jsonschema_rs

from astrbot_generator.gate.document import Document
from astrbot_generator.gate.operations import operations_of
from astrbot_generator.gate.values import table
from astrbot_generator.names import path_parameters
from astrbot_generator.openapi_schema import openapi_schema
from astrbot_generator.pointer import join, key_of, split

_MOST = 50
_MOST_COMPARED = 2_000
_DEEPEST = 5
"""How many problems are reported and compared, and how many levels of alternatives are followed."""


class Invalid(NamedTuple):
    """One problem."""

    pointer: str
    message: str
    keyword: str


def problems(document: Document, base: Document | None) -> tuple[list[Invalid], list[Invalid]]:
    """Returns the new problems of a document as OpenAPI, and those that the base also has; at most `_MOST` of each.

    Problems are compared by pointer and keyword. Indexes of lists, and names that only one document has, are ignored.
    """
    found = list(islice(_problems(document), _MOST_COMPARED))
    known: Counter[tuple[str, str]] = Counter()
    if found and base:
        known.update(_key(problem, base, document) for problem in islice(_problems(base), _MOST_COMPARED))
    new: list[Invalid] = []
    old: list[Invalid] = []
    for problem in found:
        key = _key(problem, document, base) if base else ("", "")
        (old if known[key] > 0 else new).append(problem)
        known[key] -= 1
    return new[:_MOST], old[:_MOST]


def _problems(document: Document) -> Iterator[Invalid]:
    for broken in document.broken:
        yield Invalid(broken.problem.pointer or "", broken.problem.wrong, "$ref")
    yield from _by_schema(document)
    yield from _by_operations(document)


def _key(problem: Invalid, own: Document, other: Document) -> tuple[str, str]:
    """Returns what a problem has in common with the same problem of the other document."""
    tokens = split(problem.pointer)
    listed = [token.isdecimal() and isinstance(holder, list) for token, holder in _holders(own, tokens)]
    named = 1 if tokens[:1] in (["paths"], ["webhooks"]) else 2 if tokens[:1] == ["components"] else None
    known: Any = other.value
    for index, token in enumerate(tokens):
        known = table(known).get(token)
        if index == named and known is None:
            tokens[index] = "+"
    common = ("*" if is_index else token for token, is_index in zip(tokens, listed, strict=True))
    return "/".join(common), problem.keyword


def _holders(document: Document, tokens: list[str]) -> Iterator[tuple[str, Any]]:
    """Yields each token with the mapping or list that contains it."""
    value: Any = document.value
    for token in tokens:
        yield token, value
        key = key_of(value, token)
        value = None if key is None else value[key]


def _by_schema(document: Document) -> Iterator[Invalid]:
    version = "v3.0" if document.is_3_0 else "v3.2" if document.is_3_2 else "v3.1"
    cls = jsonschema_rs.Draft4Validator if document.is_3_0 else jsonschema_rs.Draft202012Validator
    validator = cls(openapi_schema(version), validate_formats=False, offline=True)
    try:
        if validator.is_valid(document.value):
            return
    except UnicodeEncodeError:
        yield Invalid("", "a name or text contains half of a surrogate pair, which UTF-8 cannot encode", "")
        return
    for whole in validator.iter_errors(document.value):
        for error in _causes(whole):
            message = " ".join(str(error.message).split())
            short = message if len(message) <= 200 else f"…{message[-160:]}"
            yield Invalid(join("", *error.instance_path), short, str(error.kind.name))


def _causes(error: Any, depth: int = 0) -> list[Any]:
    """Returns the errors of the alternative that fits best; the error itself if it is not about alternatives."""
    context = getattr(error.kind, "context", None)
    if not context or depth > _DEEPEST:
        return [error]
    own = len(error.instance_path)
    # A reference is the shortest alternative of most objects, so it fits best only if the object has a `$ref`.
    branches = [branch for branch in context if not any(_needs_reference(inner) for inner in branch)] or context
    best = max(branches, key=lambda branch: (min(len(inner.instance_path) for inner in branch) > own, -len(branch)))
    return [cause for inner in best for cause in _causes(inner, depth + 1)]


def _needs_reference(error: Any) -> bool:
    return error.kind.name == "required" and "$ref" in str(getattr(error.kind, "property", ""))


def _by_operations(document: Document) -> Iterator[Invalid]:
    ids: dict[str, str] = {}
    templates: dict[tuple[str, str], str] = {}
    for operation in operations_of(document):
        if operation.is_callback:
            continue
        if operation.id:
            other = ids.setdefault(operation.id, str(operation))
            if other != str(operation):
                message = f"`{operation.id}` is also the operationId of `{other}`"
                yield Invalid(join(operation.pointer, "operationId"), message, "operationId")
        other = templates.setdefault(operation.key, str(operation))
        if other != str(operation):
            yield Invalid(operation.pointer, f"`{operation}` and `{other}` are the same path", "paths")
        declared = {str(p.value.get("name")) for p in operation.parameters() if p.param_in == "path"}
        for name in path_parameters(operation.path):
            if name not in declared:
                message = f"the path's `{{{name}}}` is not declared as a parameter"
                yield Invalid(operation.pointer, message, "parameters")
