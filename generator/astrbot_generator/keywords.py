"""The JSON Schema keywords that the generated code enforces. By JSON Schema, every other keyword is an annotation."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import jsonschema_rs

from astrbot_generator.errors import Problem
from astrbot_generator.grammar import Found
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of, problem_at

ENFORCED = frozenset(
    "$ref $defs type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength "
    "pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required "
    "dependentRequired dependencies allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains "
    "properties patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties".split()
)
ANNOTATIONS = frozenset(
    "title description default deprecated readOnly writeOnly examples example format contentEncoding contentMediaType "
    "$comment contentSchema $vocabulary discriminator xml externalDocs".split()
)
_REJECTED = {
    "nullable": (
        "the keyword `nullable` has no effect in OpenAPI 3.1",
        "add 'null' to `type`, `type: [string, 'null']`, or read it as OpenAPI 3.0 does with --allow nullable",
    ),
    "$schema": ("another version of JSON Schema", "use JSON Schema 2020-12, or remove `$schema`"),
    "$dynamicRef": (
        "a `$dynamicRef` that can lead to several schemas cannot be served",
        "use `$ref`, or keep only one schema with this `$dynamicAnchor`",
    ),
}
"""Keywords that change what a schema accepts, but not in generated code: (what is wrong, remedy)."""
_REPLACED = {
    "definitions": "use `components/schemas` or `$defs`",
    "additionalItems": "use `items` next to `prefixItems`",
    "divisibleBy": "use `multipleOf`",
    "extends": "use `allOf`",
    "disallow": "use `not`",
    "id": "use `$id`",
    "$recursiveRef": "use `$ref`",
    "$recursiveAnchor": "use `$anchor`",
}
"""Keywords of other versions of JSON Schema, with their replacements."""


_KNOWN = sorted(ENFORCED | ANNOTATIONS)


def keyword_problems(found: Found) -> Iterator[Problem]:
    """Yields the problems of the keywords of one schema, not of the schemas inside it."""
    schema = found.node
    if not isinstance(schema, Table):
        return
    for word in schema:
        if word in ("exclusiveMinimum", "exclusiveMaximum") and isinstance(schema[word], bool):
            wrong = f"`{word}: {str(schema[word]).lower()}` enforces nothing"
            yield problem_at(schema, word, found.pointer, wrong, "use the bound itself")
        elif word in _REJECTED and not _is_harmless_nullable(word, schema):
            yield problem_at(schema, word, found.pointer, *_REJECTED[word])
    yield from _pattern_problems(schema, found.pointer)


def _is_harmless_nullable(word: str, schema: Table) -> bool:
    kinds = schema.get("type")
    return word == "nullable" and (schema[word] is not True or (isinstance(kinds, list) and "null" in kinds))


def keyword_notes(found: Found) -> Iterator[Problem]:
    """Yields a note for each keyword of a schema that enforces nothing although its author may expect that."""
    schema = found.node
    for word in schema if isinstance(schema, Table) else ():
        if word in ENFORCED or word in ANNOTATIONS or word in _REJECTED or word.startswith("x-"):
            continue
        near = [f"did you mean `{name}`?" for name in difflib.get_close_matches(word, _KNOWN, 1, 0.8)]
        remedy = next(iter([*([_REPLACED[word]] if word in _REPLACED else []), *near]), None)
        if remedy is not None:
            wrong = f"the keyword `{word}` enforces nothing in JSON Schema 2020-12"
            yield problem_at(schema, word, found.pointer, wrong, remedy)


def _pattern_problems(schema: Table, pointer: str) -> Iterator[Problem]:
    patterns = schema.get("patternProperties")
    texts = [(schema, "pattern", schema.get("pattern"), pointer)]
    if isinstance(patterns, Table):
        texts += [(patterns, text, text, join(pointer, "patternProperties")) for text in patterns]
    for holder, key, text, where in texts:
        if not isinstance(text, str):
            continue
        try:
            jsonschema_rs.Draft202012Validator({"pattern": text})
        except (jsonschema_rs.ValidationError, ValueError):
            wrong = f"`{text}` is not a supported regular expression"
            yield problem_at(holder, key, where, wrong, "use ECMA 262 syntax")


def shape_problems(found: Found) -> Iterator[Problem]:
    """Yields the violations of JSON Schema 2020-12 in an outermost schema and everything inside it."""
    if not isinstance(found.node, bool):
        for error in _META.iter_errors(found.node):
            holder, key, path = locate(found, list(error.instance_path))
            wrong = f"not valid JSON Schema 2020-12: {short(error.message)}"
            where, remedy = join(found.pointer, *path), "follow the specification of the keyword"
            yield Problem(position_of(holder, key), where, wrong, remedy)


def locate(found: Found, path: list[str | int]) -> tuple[Table | Row, str | int, list[str | int]]:
    """Returns the holder of the value at a path below an object, its key, and the part of the path that exists."""
    holder, key, value = found.holder, found.key, found.node
    for depth, token in enumerate(path):
        if not isinstance(value, Table | Row):
            return holder, key, path[:depth]
        holder, key, value = value, token, value[token]  # type: ignore[index]
    return holder, key, path


def short(text: str) -> str:
    """Returns a message in at most 200 characters, because it may quote long values."""
    text = " ".join(text.split())
    return text if len(text) <= 200 else f"{text[:90]} … {text[-90:]}"


_META = jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})
