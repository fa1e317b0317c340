"""Which words of JSON Schema the generated code enforces; every other word in a schema is refused."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import jsonschema_rs

from astrbot_generator.errors import Problem
from astrbot_generator.grammar import Found
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of

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
    "nullable": "it is a word of OpenAPI 3.0: name 'null' in `type`, `type: [string, 'null']`",
    "contentSchema": "describe the text with `pattern`, or leave it out",
    "dependencies": "use `dependentRequired` or `dependentSchemas`",
    "definitions": "use `components/schemas` or `$defs`",
    "additionalItems": "use `items` beside `prefixItems`",
    "id": "refer to schemas with `$ref` and a JSON pointer",
    "divisibleBy": "use `multipleOf`",
    "extends": "use `allOf`",
    "disallow": "use `not`",
}
_REMEDIES |= dict.fromkeys(
    "$id $schema $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary".split(),
    "refer to schemas with `$ref` and a JSON pointer",
)


def keyword_problems(found: Found) -> Iterator[Problem]:
    """What is wrong with the words of one schema, not of those inside it."""
    schema = found.node
    if not isinstance(schema, Table):
        return
    for word in schema:
        position, pointer = schema.positions[word], join(found.pointer, word)
        if word in ("exclusiveMinimum", "exclusiveMaximum") and isinstance(schema[word], bool):
            yield Problem(
                position, pointer, f"`{word}: {str(schema[word]).lower()}` enforces nothing", "use the bound itself"
            )
        elif word not in ENFORCED and word not in ANNOTATIONS and not word.startswith("x-"):
            yield Problem(position, pointer, f"the keyword `{word}` cannot be enforced", _remedy(word))
    yield from _pattern_problems(schema, found.pointer)


def _remedy(word: str) -> str:
    if word in _REMEDIES:
        return _REMEDIES[word]
    near = difflib.get_close_matches(word, sorted(ENFORCED | ANNOTATIONS), 1)
    return f"write `{near[0]}` if that is meant" if near else "remove it, or begin a word of your own with `x-`"


def _pattern_problems(schema: Table, pointer: str) -> Iterator[Problem]:
    patterns = schema.get("patternProperties")
    texts = [(schema, "pattern", schema.get("pattern"), join(pointer, "pattern"))]
    if isinstance(patterns, Table):
        texts += [(patterns, text, text, join(pointer, "patternProperties", text)) for text in patterns]
    for holder, key, text, where in texts:
        if not isinstance(text, str):
            continue
        try:
            jsonschema_rs.Draft202012Validator({"pattern": text})
        except (jsonschema_rs.ValidationError, ValueError):
            wrong, remedy = f"`{text}` is no regular expression that can be enforced", "write it in ECMA 262's syntax"
            yield Problem(holder.positions[key], where, wrong, remedy)


def shape_problems(found: Found) -> Iterator[Problem]:
    """Where an outermost schema, with all inside it, is no JSON Schema 2020-12."""
    if not isinstance(found.node, bool):
        for error in _META.iter_errors(found.node):
            holder, key, path = locate(found, list(error.instance_path))
            yield Problem(
                position_of(holder, key),
                join(found.pointer, *path),
                f"not JSON Schema 2020-12: {short(error.message)}",
                "write the keyword as the standard has it",
            )


def locate(found: Found, path: list[str | int]) -> tuple[Table | Row, str | int, list[str | int]]:
    """What holds the value at a path below an object, and its key there; the path that exists."""
    holder, key, value = found.holder, found.key, found.node
    for depth, token in enumerate(path):
        if not isinstance(value, Table | Row):
            return holder, key, path[:depth]
        holder, key, value = value, token, value[token]  # type: ignore[index]
    return holder, key, path


def short(text: str) -> str:
    """A message in at most 200 characters: the values it quotes may be long."""
    text = " ".join(text.split())
    return text if len(text) <= 200 else f"{text[:90]} … {text[-90:]}"


_META = jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})
