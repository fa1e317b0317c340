"""Instances of JSON Schemas for tests: near the schema, so that many are valid and the others are nearly so.

Nothing here judges validity: that is for the validators under test to agree on.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-9, 9) | st.text("ab -1/", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abx_", max_size=3), inner, max_size=3),
    max_leaves=6,
)
_DEEPEST = 7


def instances(document: dict[str, Any], schema: Any) -> st.SearchStrategy[Any]:
    """Values that a schema of the document likely accepts, and values one change away from such."""
    likely = _likely(document, schema, 0)
    return likely | likely.flatmap(_changed)


def _likely(document: dict[str, Any], schema: Any, depth: int) -> st.SearchStrategy[Any]:
    if not isinstance(schema, dict) or not schema:
        return JSON
    if "$ref" in schema:
        return _component(document, schema["$ref"], depth + 1)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    variants = _variants(document, schema)
    if variants is not None:
        return st.one_of([_objects(document, variant, depth) for variant in variants])
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            return st.one_of([_likely(document, part, depth) for part in schema[word]])
    return _of_type(document, schema, depth) if "type" in schema else JSON


_known: dict[tuple[int, str, int], st.SearchStrategy[Any]] = {}


def _component(document: dict[str, Any], reference: str, depth: int) -> st.SearchStrategy[Any]:
    """The strategy for a component, made once for each depth."""
    key = (id(document), reference, depth)
    if key not in _known:
        name = reference.removeprefix("#/components/schemas/").replace("~1", "/").replace("~0", "~")
        _known[key] = st.deferred(lambda: _likely(document, document["components"]["schemas"][name], depth))
    return _known[key]


def _variants(document: dict[str, Any], schema: Any) -> list[dict[str, Any]] | None:
    """The objects that a schema may mean, each put together from the parts of `allOf` and one branch of each union.

    None where it is not put together from objects.
    """
    while isinstance(schema, dict) and "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].removeprefix("#/components/schemas/")]
    if not isinstance(schema, dict) or schema.get("type", "object") != "object" or {"const", "enum"} & schema.keys():
        return None
    words = ("type", "properties", "required", "additionalProperties", "patternProperties", "maxProperties")
    found: list[dict[str, Any]] = [{word: schema[word] for word in words if word in schema}]
    parts: list[list[Any]] = [[part] for part in schema.get("allOf", ())]
    parts += [schema[word] for word in ("oneOf", "anyOf") if word in schema]
    parts += [[schema["then"], schema.get("else", {})]] if "then" in schema else []
    for branches in parts:
        choices = [_variants(document, branch) for branch in branches]
        if any(choice is None for choice in choices):
            return None
        found = [_both(own, other) for own in found for choice in choices for other in choice or ()][:24]
    return found if any("type" in variant for variant in found) else [{"untyped": True, **variant} for variant in found]


def _both(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """An object that is both."""
    properties = {**(own.get("properties") or {}), **(other.get("properties") or {})}
    required = [*own.get("required", ()), *other.get("required", ())]
    return {**own, **other, "properties": properties, "required": required}


def _of_type(document: dict[str, Any], schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    kinds = schema.get("type", "object")
    if isinstance(kinds, list):
        return st.one_of([_of_type(document, {**schema, "type": kind}, depth) for kind in kinds])
    if kinds == "object":
        return _objects(document, schema, depth)
    if kinds == "array":
        return _arrays(document, schema, depth)
    if kinds == "string":
        return _texts(schema)
    if kinds == "integer":
        low, high = _bounds(schema)
        whole = st.integers(low, high) if low is None or high is None or low <= high else st.integers()
        return whole | whole.filter(lambda number: abs(number) < 2**53).map(float)
    if kinds == "number":
        low, high = _bounds(schema)
        return st.integers(low, high) | st.floats(low, high, allow_nan=False, allow_infinity=False)
    return {"boolean": st.booleans(), "null": st.none()}[kinds]


def _bounds(schema: dict[str, Any]) -> tuple[int | None, int | None]:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    return (None if low is None else int(low)), (None if high is None else int(high))


def _texts(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength")
    plain = st.text(min_size=shortest, max_size=longest if longest is not None else shortest + 6)
    if "pattern" in schema:
        try:
            return st.from_regex(re.compile(schema["pattern"]))
        except re.error:
            return plain
    return plain


def _arrays(document: dict[str, Any], schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    shortest = schema.get("minItems", 0)
    longest = shortest if depth > _DEEPEST else min(schema.get("maxItems", shortest + 3), shortest + 3)
    items = _likely(document, schema.get("items", {}), depth + 1)
    front = [_likely(document, item, depth + 1) for item in schema.get("prefixItems", ())]
    wanted = [_likely(document, schema.get("items", schema["contains"]), depth + 1)] if "contains" in schema else []
    rest = st.lists(items, min_size=shortest, max_size=longest)
    return st.tuples(st.tuples(*front), st.tuples(*wanted), rest).map(lambda parts: [*parts[0], *parts[1], *parts[2]])


def _objects(document: dict[str, Any], schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    members = schema.get("properties") or {}
    required = set(schema.get("required", ()))
    always = {name: _likely(document, members.get(name, {}), depth + 1) for name in required}
    maybe = {} if depth > _DEEPEST else {name: members[name] for name in members if name not in required}
    optional = {name: _likely(document, value, depth + 1) for name, value in maybe.items()}
    own = st.fixed_dictionaries(always, optional=optional)
    values = schema.get("additionalProperties", {})
    if values is False or depth > _DEEPEST or schema.get("maxProperties") == 0:
        return own
    names = st.text("abxyz_", min_size=1, max_size=3)
    if "patternProperties" in schema:
        names |= st.from_regex(re.compile(next(iter(schema["patternProperties"]))))
    extra = st.dictionaries(names, _likely(document, values, depth + 1), max_size=2)
    return st.tuples(extra, own).map(lambda parts: {**parts[0], **parts[1]})


def _changed(value: Any) -> st.SearchStrategy[Any]:
    """A value with one thing changed: a member dropped, nulled, of another type, an element too many, or all of it."""
    paths = _paths(value)
    return st.tuples(st.sampled_from(paths), st.sampled_from(("drop", "put", "add")), JSON).map(
        lambda change: _with_change(value, *change)
    )


def _paths(value: Any) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = [()]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        found += [(key, *path) for path in _paths(item)]
    return found


def _with_change(value: Any, path: tuple[str | int, ...], kind: str, other: Any) -> Any:
    if not path:
        if kind == "add" and isinstance(value, dict):
            return {**value, "surplus": other}
        return [*value, other] if kind == "add" and isinstance(value, list) else other
    key, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if not rest and kind == "drop":
        del copy[key]
    else:
        copy[key] = _with_change(copy[key], tuple(rest), kind, other)
    return copy
