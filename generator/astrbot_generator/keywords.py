"""The JSON Schema keywords that the generated code enforces; every other keyword in a schema is rejected."""

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
    "dependentRequired allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties "
    "patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties".split()
)
ANNOTATIONS = frozenset(
    "title description default deprecated readOnly writeOnly examples example format contentEncoding contentMediaType "
    "$comment discriminator xml externalDocs".split()
)
_REMEDIES = {
    "nullable": "it is an OpenAPI 3.0 keyword: add 'null' to `type`, `type: [string, 'null']`",
    "contentSchema": "describe the text with `pattern`, or remove it",
    "dependencies": "use `dependentRequired` or `dependentSchemas`",
    "definitions": "use `components/schemas` or `$defs`",
    "additionalItems": "use `items` next to `prefixItems`",
    "divisibleBy": "use `multipleOf`",
    "extends": "use `allOf`",
    "disallow": "use `not`",
}
_REMEDIES |= dict.fromkeys(
    "id $id $schema $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary".split(),
    "refer to schemas with `$ref` and a JSON pointer",
)


def keyword_problems(found: Found) -> Iterator[Problem]:
    """Yields the problems of the keywords of one schema, not of the schemas inside it."""
    schema = found.node
    if not isinstance(schema, Table):
        return
    for word in schema:
        if word in ("exclusiveMinimum", "exclusiveMaximum") and isinstance(schema[word], bool):
            wrong = f"`{word}: {str(schema[word]).lower()}` enforces nothing"
            yield problem_at(schema, word, found.pointer, wrong, "use the bound itself")
        elif word not in ENFORCED and word not in ANNOTATIONS and not word.startswith("x-"):
            yield problem_at(schema, word, found.pointer, f"the keyword `{word}` cannot be enforced", _remedy(word))
    yield from _pattern_problems(schema, found.pointer)


def _remedy(word: str) -> str:
    if word in _REMEDIES:
        return _REMEDIES[word]
    near = difflib.get_close_matches(word, sorted(ENFORCED | ANNOTATIONS), 1)
    return f"did you mean `{near[0]}`?" if near else "remove it, or prefix a custom keyword with `x-`"


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
