"""Differences of keywords that reject no value of JSON Schema but matter to clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.schema import discriminators
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import EXTENSIBLE, MEMBERS, FlatSchema, same
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.values import row, table


def compare(here: Location) -> Iterator[Difference]:
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
    yield from discriminators.compare(here)
    yield from _xml(here)
    yield from _extensible(here)
    if here.flat_b.contents:
        yield from here.inside("content", "", here.flat_a.contents, here.flat_b.contents)
    for word, kind in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        if word in b and b[word][0] is True and a.get(word, (False, ""))[0] is not True:
            yield here.found(kind, None, b[word][1])


def _extensible(here: Location) -> Iterator[Difference]:
    """Yields the known values of an extensible enumeration that B does not list."""
    a, b = (flat.notes.get(EXTENSIBLE) for flat in (here.flat_a, here.flat_b))
    gone = [value for value in row(a and a[0]) if not any(same(value, other) for other in row(b and b[0]))]
    if a and b and gone:
        yield here.found("extensible", a[1], b[1], in_a=gone)


def _xml(here: Location) -> Iterator[Difference]:
    """Yields a difference of the XML elements and attributes."""
    if here.comparison.b.medium == "xml":
        one, other = _element(here, here.flat_a), _element(here, here.flat_b)
        if one != other:
            at_a, at_b = (flat.notes.get("xml", (None, None))[1] for flat in (here.flat_a, here.flat_b))
            yield here.found("xml", at_a, at_b, in_a=one, in_b=other)


def _element(here: Location, flat: FlatSchema) -> dict[str, Any]:
    """Returns how a value is written: the element or attribute, with the defaults of OpenAPI."""
    given = table(flat.notes.get("xml", ({},))[0])
    step = here.trail[-1] if here.trail else None
    is_list = flat.types == {"array"}
    wrapped = is_list and (given.get("wrapped") is True or given.get("nodeType") == "element")
    name = str(step.key) if step and step.label == "property" else ""
    return {
        "name": name if is_list and not wrapped else given.get("name", name),
        "namespace": given.get("namespace"),
        "kind": "attribute" if given.get("attribute") is True else given.get("nodeType", "element"),
        "wrapped": wrapped,
    }
