"""Differences of types, enumerations, bounds, patterns and formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import MEMBERS, FlatSchema, atom_of, same
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.schema.normalize import Node
from astrbot_generator.pointer import join, pointer_of, split

SAMPLES: dict[str, tuple[Any, ...]] = {
    "null": (None,),
    "boolean": (True, False),
    "integer": (1, 0),
    "fraction": (0.5,),
    "string": ("a", ""),
    "array": ([],),
    "object": ({},),
}
_BOUNDS = (
    ("range", "minimum", "maximum", {"integer", "fraction"}),
    ("length", "minLength", "maxLength", {"string"}),
    ("count", "minItems", "maxItems", {"array"}),
    ("size", "minProperties", "maxProperties", {"object"}),
)
HINTS = frozenset(("int64", "float", "double", "password", "regex", "html", "markdown", "text"))
"""Formats that reject almost nothing: they only describe the value or its size."""
_WORDS = {
    "pattern": ("pattern", {"string"}),
    "uniqueItems": ("unique", {"array"}),
    "multipleOf": ("multiple", {"integer", "fraction"}),
    "format": ("format", {"string", "integer", "fraction"}),
}
"""keyword -> (kind of its differences, the types that it restricts)"""
WIDER_FORMATS = {
    ("int32", "int64"),
    ("float", "double"),
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("email", "idn-email"),
}
"""(narrower, wider)"""


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences of single keywords by which B rejects values that A allows."""
    a, b = here.flat_a, here.flat_b
    yield from _types(here)
    yield from _enums(here)
    common = a.types & b.types
    for kind, lower, upper, types in _BOUNDS:
        if common & types:
            yield from _bounds(here, kind, lower, upper)
    yield from _words(here, common)
    yield from _notes(here)


def _types(here: Location) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    missing = a.types - b.types
    if here.comparison.a.side == "text":
        missing -= {"null"}  # text cannot express null
        if _takes_any_text(b):
            missing -= {"integer", "fraction", "boolean"}
    if "null" in missing and a.types != {"null"} and b.types:
        yield here.found("null", a.types_at, b.types_at or b.enum_at, samples=(None,))
        missing -= {"null"}
    if missing:
        samples = tuple(sample for name in sorted(missing) for sample in SAMPLES[name])
        in_a, in_b = type_words(a.types), type_words(b.types)
        yield here.found("type", a.types_at, b.types_at or b.enum_at, in_a=in_a, in_b=in_b, samples=samples)


def _takes_any_text(flat: FlatSchema) -> bool:
    """Returns whether a parameter accepts any text, and therefore every number too."""
    free = not any(word in ("pattern", "format") for word, _ in flat.words) and flat.enum is None
    return "string" in flat.types and free and not {"minLength", "maxLength"} & flat.bounds.keys()


def type_words(types: frozenset[str]) -> list[str]:
    """Returns types in the words of `type`; an empty list if nothing is allowed."""
    names = sorted(types - {"integer", "fraction"})
    if "fraction" in types:
        return [*names, "number"]
    return [*names, "integer"] if "integer" in types else names


def _enums(here: Location) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    if b.enum is None or not (a.types & b.types):
        return
    if a.enum is None:
        yield here.found("enum", a.types_at, b.enum_at, in_a=None, in_b=b.enum)
        return
    gone = [value for value in a.enum if not any(same(value, other) for other in b.enum)]
    shared = [value for value in gone if atom_of(value) in a.types & b.types]
    if shared:
        yield here.found("enum", a.enum_at, b.enum_at, in_a=shared, in_b=b.enum, samples=tuple(shared))


def _bounds(here: Location, kind: str, lower: str, upper: str) -> Iterator[Difference]:
    for word, sign in ((lower, 1), (upper, -1)):
        one, other = _edge(here.flat_a, word, sign), _edge(here.flat_b, word, sign)
        if other is None or (one is not None and other[0] <= one[0]):
            continue
        _, at_a, in_a = one or (None, None, None)
        _, at_b, in_b = other
        if kind == "range" or sign == -1 or in_b != 0:  # a length is never below 0
            yield here.found(kind, at_a, at_b, name=split(at_b)[-1], in_a=in_a, in_b=in_b)


def _edge(flat: FlatSchema, word: str, sign: int) -> tuple[tuple[Any, bool], str, Any] | None:
    """Returns the tightest bound on one side: (sort key, pointer, value)."""
    found = []
    exclusive = "exclusive" + word[:1].upper() + word[1:]
    for name in (word, exclusive):
        if name in flat.bounds:
            value, pointer = flat.bounds[name]
            found.append(((value * sign, name == exclusive), pointer, value))
    return max(found, key=lambda edge: edge[0], default=None)


def _words(here: Location, common: frozenset[str]) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    for (word, value), pointer in b.words.items():
        if (word, value) in a.words:
            continue
        others = [(known, at) for (name, known), at in a.words.items() if name == word]
        in_a, at = others[0] if others else (None, None)
        kind, types = _WORDS[word]
        if common & types and not _is_kept(here, word, [known for known, _ in others], value):
            yield here.found(kind, at, pointer, in_a=in_a, in_b=value)


def _is_kept(here: Location, word: str, known: list[Any], value: Any) -> bool:
    """Returns whether values that follow the keyword in A also follow it in B."""
    if word == "multipleOf":
        whole = isinstance(value, int) and value
        return any(whole and isinstance(other, int) and other % value == 0 for other in known)
    return word == "format" and _format_kept(here, known[0] if known else None, value)


def _format_kept(here: Location, in_a: Any, in_b: Any) -> bool:
    """Returns whether the new format includes the old one, is only a hint, or means the same in OpenAPI 3.1."""
    if in_a is None and in_b in HINTS:
        return True
    return (in_a, in_b) in WIDER_FORMATS or (in_b == "binary" and bool(here.flat_a.notes.keys() & {*MEMBERS}))


def _notes(here: Location) -> Iterator[Difference]:
    """Yields differences of keywords that reject no value but still matter to clients."""
    a, b = here.flat_a.notes, here.flat_b.notes
    binary = ("format", "binary") in here.flat_a.words  # the OpenAPI 3.0 form of these keywords
    for word in () if binary else MEMBERS:
        if word in b and (word not in a or a[word][0] != b[word][0]):
            in_a, at = a.get(word, (None, None))
            yield here.found("encoding", at, b[word][1], name=word, in_a=in_a, in_b=b[word][0])
    if "default" in a and ("default" not in b or not same(a["default"][0], b["default"][0])):
        in_b, at = b.get("default", (None, None))
        yield here.found("default", a["default"][1], at, in_a=a["default"][0], in_b=in_b, name="" if at else "removed")
    yield from _discriminator(here)
    for word, kind in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        if word in b and b[word][0] is True and a.get(word, (False, ""))[0] is not True:
            yield here.found(kind, None, b[word][1])


def _discriminator(here: Location) -> Iterator[Difference]:
    a, b = here.flat_a.notes.get("discriminator"), here.flat_b.notes.get("discriminator")
    if not b or not isinstance(b[0], dict):
        return
    if not a or not isinstance(a[0], dict):
        yield here.found("discriminator", None, b[1], in_a=None, in_b=b[0].get("propertyName"))
        return
    if a[0].get("propertyName") != b[0].get("propertyName"):
        yield here.found("discriminator", a[1], b[1], in_a=a[0].get("propertyName"), in_b=b[0].get("propertyName"))
        return
    one = _names(here.flat_a, a[0], here.comparison.flat_a)
    other = _names(here.flat_b, b[0], here.comparison.flat_b)
    gone = sorted(key for key in one if key not in other)
    if gone:
        yield here.found("discriminator", a[1] + "/mapping", b[1], name="mapping", in_a=gone, in_b=sorted(other))
    moved = [key for key in sorted(one.keys() & other.keys()) if not _same_target(here, one[key], other[key])]
    if moved:
        yield here.found("discriminator", a[1] + "/mapping", b[1] + "/mapping", name="meaning", in_a=moved)


def _names(
    flat: FlatSchema, discriminator: dict[str, Any], flat_of: Callable[[tuple[Node, ...]], FlatSchema]
) -> dict[str, str]:
    """Returns the pointer for each value of the discriminator; an unmapped branch uses its own name."""
    mapping = discriminator.get("mapping")
    named = {str(key): _pointer(str(value)) for key, value in (mapping if isinstance(mapping, dict) else {}).items()}
    for branch in (branch for union in flat.unions for branch in union.branches):
        reference = branch.value.get("$ref") if isinstance(branch.value, dict) else None
        if isinstance(reference, str) and pointer_of(reference) not in named.values():
            tag = flat_of(tuple(flat_of((branch,)).of_property(str(discriminator.get("propertyName")))))
            if tag.enum is None:
                named.setdefault(split(pointer_of(reference))[-1], pointer_of(reference))
    return named


def _pointer(named: str) -> str:
    return pointer_of(named) if named.startswith("#") else join("/components/schemas", named)


def _same_target(here: Location, a: str, b: str) -> bool:
    """Returns whether a value still selects the same schema, or a renamed schema that accepts all its values."""
    one, other = (here.comparison.a.node(a),), (here.comparison.b.node(b),)
    return a == b or here.comparison.same(one, other) or here.walk.finds_nothing(one, other)
