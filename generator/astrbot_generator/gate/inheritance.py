"""The schemas that a discriminator selects without `oneOf` or `anyOf`: those whose `allOf` includes its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from astrbot_generator.gate.values import row, table
from astrbot_generator.pointer import join, pointer_of, split, value_at

_SCHEMAS = "/components/schemas"
_MOST = 2_000
"""The most descendants of one schema."""


class Family(NamedTuple):
    """A schema with a discriminator, and the schemas that the discriminator selects."""

    member: str
    """The member that the discriminator reads."""
    names: dict[str, list[str]]
    """pointer of a schema -> the values that select it; the schema itself is included"""


def families(document: dict[str, Any]) -> dict[str, Family]:
    """Returns the families of a document by the pointer of the schema with the discriminator."""
    schemas = table(table(document.get("components")).get("schemas"))
    heirs = _heirs(schemas)
    found = {}
    for name, schema in schemas.items():
        own = join(_SCHEMAS, name)
        rule = discriminator_of(schema)
        if rule and "oneOf" not in schema and "anyOf" not in schema:
            names = selected(rule, [own, *_descendants(own, heirs)], lambda pointer: exists(document, pointer))
            if len(names) > 1:
                found[own] = Family(str(rule["propertyName"]), names)
    return found


def discriminator_of(schema: Any) -> dict[str, Any]:
    """Returns the discriminator of a schema; empty if there is none."""
    rule = table(table(schema).get("discriminator"))
    return rule if isinstance(rule.get("propertyName"), str) else {}


def selected(rule: dict[str, Any], unmapped: list[str], is_known: Any) -> dict[str, list[str]]:
    """Returns the values that select each schema; a schema without a mapping is selected by its own name."""
    names: dict[str, list[str]] = {}
    for value, target in table(rule.get("mapping")).items():
        pointer = target_of(str(target))
        if is_known(pointer):
            names.setdefault(pointer, []).append(str(value))
    for pointer in unmapped:
        names.setdefault(pointer, [split(pointer)[-1]])
    return names


def target_of(named: str) -> str:
    """Returns the pointer of the schema that a mapping names: by a reference, or by its name."""
    return pointer_of(named) if named.startswith("#") else join(_SCHEMAS, named)


def exists(document: Any, pointer: str) -> bool:
    """Returns whether there is a part of a document at a pointer."""
    try:
        value_at(document, pointer)
    except KeyError:
        return False
    return True


def _heirs(schemas: dict[str, Any]) -> dict[str, list[str]]:
    """Returns the schemas that include each schema through `allOf`."""
    found: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for part in row(table(schema).get("allOf")):
            reference = table(part).get("$ref")
            if isinstance(reference, str):
                found.setdefault(pointer_of(reference), []).append(join(_SCHEMAS, name))
    return found


def _descendants(pointer: str, heirs: dict[str, list[str]]) -> Iterator[str]:
    seen = {pointer}
    waiting = [pointer]
    while waiting and len(seen) < _MOST:
        for heir in heirs.get(waiting.pop(0), ()):
            if heir not in seen:
                seen.add(heir)
                waiting.append(heir)
                yield heir
